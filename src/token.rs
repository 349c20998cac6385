//! Agora AccessToken2 ("007") tokens: built, decoded and verified locally.
//!
//! Layout: `007` + base64(zlib(signature, signing info)), integers little-endian, strings with a 16-bit length.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The service type of chat.
const CHAT: u16 = 5;
/// The chat privilege of a user token.
pub const PRIVILEGE_USER: u16 = 1;
/// The chat privilege of an app token.
pub const PRIVILEGE_APP: u16 = 2;
/// The longest life of a token, in seconds.
pub const MAX_EXPIRE: u32 = 86_400;
/// Why a token cannot be built, read or trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenError {
    /// The App ID is not 32 hexadecimal digits.
    AppId,
    /// The App Certificate is not 32 hexadecimal digits.
    AppCertificate,
    /// It is no 007 token.
    Malformed,
    /// It was signed with another certificate, or changed since.
    Signature,
    /// It is past its time.
    Expired,
    /// It was issued in the future: the clocks differ.
    Clock,
    /// It lacks the chat privilege.
    Privilege,
}

impl TokenError {
    /// The name that JavaScript callers see.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AppId => "app_id",
            Self::AppCertificate => "app_certificate",
            Self::Malformed => "malformed",
            Self::Signature => "signature",
            Self::Expired => "expired",
            Self::Clock => "clock",
            Self::Privilege => "privilege",
        }
    }
}

impl std::fmt::Display for TokenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::AppId => "the App ID must be 32 hexadecimal digits",
            Self::AppCertificate => "the App Certificate must be 32 hexadecimal digits",
            Self::Malformed => "this is no 007 token",
            Self::Signature => "the signature does not fit: another App Certificate, or the token was changed",
            Self::Expired => "the token has expired",
            Self::Clock => "the token was issued in the future: check the clocks",
            Self::Privilege => {
                "the token has no chat privilege, or none that can be found behind a service of an unknown type"
            }
        })
    }
}

impl std::error::Error for TokenError {}

/// What a token is built from.
#[derive(Clone, Debug)]
pub struct Claims<'a> {
    /// The App ID.
    pub app_id: &'a str,
    /// When it is issued, in Unix seconds.
    pub issued: u32,
    /// For how many seconds it is valid.
    pub expire: u32,
    /// Any number; it makes tokens differ.
    pub salt: u32,
    /// The user's UUID; `None` for an app token.
    pub user: Option<&'a str>,
}

/// Builds a chat token.
pub fn build(claims: &Claims<'_>, app_certificate: &str) -> Result<String, TokenError> {
    if !is_hex32(claims.app_id) {
        return Err(TokenError::AppId);
    }
    if !is_hex32(app_certificate) {
        return Err(TokenError::AppCertificate);
    }
    let info = signing_info(claims);
    let signature = sign(claims.issued, claims.salt, app_certificate, &info);
    let mut content = Vec::with_capacity(info.len() + 34);
    put_bytes(&mut content, &signature);
    content.extend_from_slice(&info);
    Ok(format!("007{}", base64(&zlib_stored(&content))))
}

/// JavaScript runtimes have base64 themselves.
#[cfg(all(target_arch = "wasm32", feature = "js"))]
fn base64(bytes: &[u8]) -> String {
    crate::host::web::base64(bytes)
}

#[cfg(not(all(target_arch = "wasm32", feature = "js")))]
fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn signing_info(claims: &Claims<'_>) -> Vec<u8> {
    let mut info = Vec::new();
    put_bytes(&mut info, claims.app_id.as_bytes());
    for n in [claims.issued, claims.expire, claims.salt] {
        info.extend_from_slice(&n.to_le_bytes());
    }
    let privilege = if claims.user.is_some() { PRIVILEGE_USER } else { PRIVILEGE_APP };
    for n in [1, CHAT, 1, privilege] {
        info.extend_from_slice(&u16::to_le_bytes(n));
    }
    info.extend_from_slice(&claims.expire.to_le_bytes());
    put_bytes(&mut info, claims.user.unwrap_or_default().as_bytes());
    info
}

fn sign(issued: u32, salt: u32, certificate: &str, info: &[u8]) -> [u8; 32] {
    let key = hmac(&issued.to_le_bytes(), certificate.as_bytes());
    let key = hmac(&salt.to_le_bytes(), &key);
    hmac(&key, info)
}

fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length; the error is of the trait, not of this type.
    <Hmac<Sha256> as Mac>::new_from_slice(key).map_or([0; 32], |mut mac| {
        mac.update(message);
        mac.finalize().into_bytes().into()
    })
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(bytes.get(..usize::from(length)).unwrap_or(bytes));
}

/// A zlib stream of one stored block: a token is too short for compression to be worth its code.
fn zlib_stored(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    let mut out = vec![0x78, 0x01, 0x01];
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&(!length).to_le_bytes());
    out.extend_from_slice(bytes);
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    out.extend_from_slice(&(b << 16 | a).to_be_bytes());
    out
}

/// A decoded token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The App ID.
    pub app_id: String,
    /// When it was issued, in Unix seconds.
    pub issued: u32,
    /// For how many seconds it is valid.
    pub expire: u32,
    /// Its salt.
    pub salt: u32,
    /// Whom a user token is for; empty for an app token.
    pub user: String,
    /// Its chat privileges (1 user, 2 app), each with its own life in seconds; empty if it is no chat token.
    pub privileges: Vec<(u16, u32)>,
    signature: Vec<u8>,
    signed: Vec<u8>,
}

/// Decodes a token without trusting it.
///
/// The npm package's wasm calls [`read`] alone: JavaScript runtimes inflate by themselves, and an inflater is a tenth of
/// the core.
pub fn decode(token: &str) -> Result<Decoded, TokenError> {
    /// No content of a genuine token comes near this; it bounds what inflating a forged one can cost.
    const MAX_CONTENT: usize = 64 * 1024;
    let malformed = TokenError::Malformed;
    let packed = STANDARD.decode(token.strip_prefix("007").ok_or(malformed)?).map_err(|_| malformed)?;
    read(&miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(&packed, MAX_CONTENT).map_err(|_| malformed)?)
}

/// Reads the inflated content of a token without trusting it.
pub fn read(content: &[u8]) -> Result<Decoded, TokenError> {
    let mut reader = Reader(content);
    let signature = reader.bytes()?.to_vec();
    let signed = reader.0.to_vec();
    let app_id = reader.text()?;
    let (issued, expire, salt) = (reader.u32()?, reader.u32()?, reader.u32()?);
    let mut decoded =
        Decoded { app_id, issued, expire, salt, user: String::new(), privileges: Vec::new(), signature, signed };
    for _ in 0..reader.u16()? {
        let service = reader.u16()?;
        let mut privileges = Vec::new();
        for _ in 0..reader.u16()? {
            privileges.push((reader.u16()?, reader.u32()?));
        }
        match service {
            CHAT => {
                decoded.user = reader.text()?;
                decoded.privileges = privileges;
                break;
            }
            // What follows an unknown service cannot be told apart from its own data.
            _ if !reader.skip(service)? => break,
            _ => {}
        }
    }
    Ok(decoded)
}

impl Decoded {
    /// When it ends, in Unix seconds.
    #[must_use]
    pub fn expires(&self) -> u64 {
        u64::from(self.issued) + u64::from(self.expire)
    }

    /// Whether it is an app token.
    #[must_use]
    pub fn is_app(&self) -> bool {
        self.privileges.iter().any(|(id, _)| *id == PRIVILEGE_APP)
    }

    /// Checks that it was signed with `app_certificate` and holds at `now`, in Unix seconds.
    pub fn verify(&self, app_certificate: &str, now: u64) -> Result<(), TokenError> {
        if !self.is_signed_with(app_certificate) {
            return Err(TokenError::Signature);
        }
        self.holds_at(now)
    }

    /// Whether it was signed with `app_certificate`.
    #[must_use]
    pub fn is_signed_with(&self, app_certificate: &str) -> bool {
        let expected = sign(self.issued, self.salt, app_certificate, &self.signed);
        // All bytes are compared, so that the time taken tells nothing.
        let differ = expected.iter().zip(&self.signature).fold(0, |acc, (a, b)| acc | (a ^ b));
        self.signature.len() == expected.len() && differ == 0
    }

    /// Checks that a genuine token gives the chat privilege at `now`, in Unix seconds.
    pub fn holds_at(&self, now: u64) -> Result<(), TokenError> {
        if self.privileges.is_empty() {
            return Err(TokenError::Privilege);
        }
        if u64::from(self.issued) > now + 300 {
            return Err(TokenError::Clock);
        }
        let life = self.privileges.iter().map(|(_, life)| *life).max().unwrap_or(0).min(self.expire);
        if now >= u64::from(self.issued) + u64::from(life) {
            return Err(TokenError::Expired);
        }
        Ok(())
    }
}

fn is_hex32(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], TokenError> {
        let (head, tail) = self.0.split_at_checked(n).ok_or(TokenError::Malformed)?;
        self.0 = tail;
        Ok(head)
    }

    fn u16(&mut self) -> Result<u16, TokenError> {
        self.take(2)?.try_into().map(u16::from_le_bytes).map_err(|_| TokenError::Malformed)
    }

    fn u32(&mut self) -> Result<u32, TokenError> {
        self.take(4)?.try_into().map(u32::from_le_bytes).map_err(|_| TokenError::Malformed)
    }

    fn bytes(&mut self) -> Result<&'a [u8], TokenError> {
        let length = self.u16()?;
        self.take(usize::from(length))
    }

    /// Passes over what another service has behind its privileges; false if that is not known.
    ///
    /// Builders pack services by number, so that those behind chat do no harm; not all of them do.
    fn skip(&mut self, service: u16) -> Result<bool, TokenError> {
        // Texts, then bytes. rtc, streaming, fcdn: channel and user; rtm: user; fpa: nothing; apaas: room, user, role.
        let (texts, bytes) = match service {
            1 | 3 | 6 => (2, 0),
            2 | 8 => (1, 0),
            4 => (0, 0),
            7 => (2, 2),
            _ => return Ok(false),
        };
        for _ in 0..texts {
            self.bytes()?;
        }
        self.take(bytes)?;
        if service == 8 {
            // rtm2 has permissions too: lists of names by kind of resource and of permission.
            for _ in 0..self.u16()? {
                self.u16()?;
                for _ in 0..self.u16()? {
                    self.u16()?;
                    for _ in 0..self.u16()? {
                        self.bytes()?;
                    }
                }
            }
        }
        Ok(true)
    }

    fn text(&mut self) -> Result<String, TokenError> {
        String::from_utf8(self.bytes()?.to_vec()).map_err(|_| TokenError::Malformed)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    const APP_ID: &str = "970CA35de60c44645bbae8a215061b33";
    const CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3b";
    const NOW: u64 = 1_111_200;

    /// The vendor's published tokens for these claims; deflate output is not canonical, so contents are compared.
    const USER: &str = "007eJxTYNAIsnbS3v/A5t2TC6feR15r+6cq8bqAvfaW+tk/Vzz+p6xTYLA0N3B2NDZNSTUzSDYxMTMxTUpKTLVINDI0NTAzTDI2dv8iwBDBxMDAyADCrAyMDIxgPheDkYWFkbGJoZG5MQAfpR64";
    const APP: &str = "007eJxTYNDNaz3snC8huEfHWdz6s98qltq4zqy9fl99Uh0FDvy6F6DAYGlu4OxobJqSamaQbGJiZmKalJSYapFoZGhqYGaYZGzs/kWAIYKJgYGRAYRZGRgZmMB8BgYArfIYaw==";

    fn claims(user: Option<&str>) -> Claims<'_> {
        Claims { app_id: APP_ID, issued: 1_111_111, expire: 600, salt: 1, user }
    }

    #[test]
    fn carries_the_same_signed_content_as_the_vendors_builder() {
        for (user, published) in [(Some("2882341273"), USER), (None, APP)] {
            let ours = build(&claims(user), CERTIFICATE).unwrap();
            let (ours, theirs) = (decode(&ours).unwrap(), decode(published).unwrap());
            assert_eq!(ours, theirs);
            assert_eq!(ours.verify(CERTIFICATE, NOW), Ok(()));
            assert_eq!(ours.user, user.unwrap_or_default());
            assert_eq!(ours.is_app(), user.is_none());
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let token = decode(APP).unwrap();
        assert_eq!(token.verify(&"a".repeat(32), NOW), Err(TokenError::Signature));
        assert_eq!(token.verify(CERTIFICATE, 1_111_711), Err(TokenError::Expired));
        assert_eq!(token.verify(CERTIFICATE, 1_111_710), Ok(()));
        assert_eq!(token.verify(CERTIFICATE, 1_000_000), Err(TokenError::Clock));
        assert_eq!(build(&Claims { app_id: "invalid", ..claims(None) }, CERTIFICATE), Err(TokenError::AppId));
        assert_eq!(build(&claims(None), "short"), Err(TokenError::AppCertificate));
        for junk in ["", "00", "007", "007invalid", "006eJxTYNDNaz3snC8", "007====", "007AAAA"] {
            assert_eq!(decode(junk).unwrap_err(), TokenError::Malformed);
        }
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let token = build(&claims(None), CERTIFICATE).unwrap();
        for at in 3..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            // A change in the unused bits of the padding leaves the content as it was; nothing else may pass.
            let passes = decode(&changed).is_ok_and(|t| t.verify(CERTIFICATE, NOW).is_ok());
            assert!(!passes || decode(&changed) == decode(&token), "byte {at}");
        }
    }

    /// Services, each its number and what stands behind its one privilege.
    type Services<'a> = &'a [(u16, &'a [u8])];

    /// A token of these services, signed as builders do.
    fn packed(services: Services<'_>) -> Result<Decoded, TokenError> {
        let mut info = Vec::new();
        put_bytes(&mut info, APP_ID.as_bytes());
        for n in [1_111_111, 600, 1_u32] {
            info.extend_from_slice(&n.to_le_bytes());
        }
        info.extend_from_slice(&(services.len() as u16).to_le_bytes());
        for (service, tail) in services {
            for n in [*service, 1, PRIVILEGE_USER] {
                info.extend_from_slice(&n.to_le_bytes());
            }
            info.extend_from_slice(&600_u32.to_le_bytes());
            info.extend_from_slice(tail);
        }
        let mut content = Vec::new();
        put_bytes(&mut content, &sign(1_111_111, 1, CERTIFICATE, &info));
        content.extend_from_slice(&info);
        read(&content)
    }

    #[test]
    fn a_chat_service_is_found_beside_any_other() {
        // No names of theirs need be UTF-8.
        let (one, two): (&[u8], &[u8]) = (b"\x02\0\xff\xfe", b"\x01\0c\x02\0us");
        let apaas = [two, b"\x01\0"].concat();
        let rtm2 = [one, b"\x01\0", b"\x01\0\x01\0", b"\x02\0\x02\0", two].concat();
        let others: [(u16, &[u8]); 7] = [(1, two), (2, one), (3, two), (4, b""), (6, two), (7, &apaas), (8, &rtm2)];
        let chat: (u16, &[u8]) = (CHAT, b"\x03\0amy");
        for other in others {
            for services in [[other, chat], [chat, other]] {
                let token = packed(&services).unwrap();
                assert_eq!((token.user.as_str(), token.verify(CERTIFICATE, NOW)), ("amy", Ok(())), "{services:?}");
            }
        }
        let all: Vec<_> = others.into_iter().chain([chat]).collect();
        assert_eq!(packed(&all).unwrap().user, "amy");
        // One that nobody knows does no harm behind it.
        assert_eq!(packed(&[chat, (99, b"anything")]).unwrap().user, "amy");
        assert_eq!(packed(&[(99, b"anything"), chat]).unwrap().verify(CERTIFICATE, NOW), Err(TokenError::Privilege));
    }

    #[test]
    fn a_token_without_chat_has_no_privilege() {
        // rtc and rtm, from the vendor's tests: no chat privilege in it.
        let other = "007eJxTYBBbsMMnKq7p9Hf/HcIX5kce9b518kCiQgSr5Zrp4X1Tu6UUGCzNDZwdjU1TUs0Mkk1MzExMk5ISUy0SjQxNDcwMk4yN3b8IMEQwMTAwMoAwBIL4CgzmKeZGxmamqUmWFsYmFqbGluapxqnGaZYpJmYGSSkpiVwMRhYWRsYmhkbmxgDCaiTj";
        assert_eq!(decode(other).unwrap().verify(CERTIFICATE, NOW), Err(TokenError::Privilege));
    }

    #[test]
    fn chat_is_found_among_services_as_far_as_their_length_is_known() {
        let text: &[u8] = &[1, 0, b'x'];
        let texts: &[u8] = &[1, 0, b'x', 1, 0, b'y'];
        let none: &[u8] = &[0, 0];
        let cases: &[(Services<'_>, Result<(), TokenError>)] = &[
            (&[(1, texts), (2, text), (3, texts), (4, &[]), (5, none), (8, text)], Ok(())),
            // In the order of their types, as builders have them: whatever follows chat is not looked at.
            (&[(1, texts), (5, none), (6, &[7; 9])], Ok(())),
            (&[(4, &[]), (5, none), (99, &[]), (8, text)], Ok(())),
            // Not so: how long the unknown one is nobody can tell.
            (&[(99, text), (5, none)], Err(TokenError::Privilege)),
            (&[(1, texts), (99, &[]), (5, none)], Err(TokenError::Privilege)),
            // Nor can one of them pass for chat by what stands in it.
            (&[(99, &[5, 0, 1, 0, 2, 0, 88, 2, 0, 0, 0, 0])], Err(TokenError::Privilege)),
            (&[(1, texts)], Err(TokenError::Privilege)),
        ];
        for (services, outcome) in cases {
            let found = packed(services).and_then(|token| token.verify(CERTIFICATE, NOW));
            assert_eq!(found, *outcome, "{services:?}");
        }
        assert!(TokenError::Privilege.to_string().contains("unknown type"));
    }
}
