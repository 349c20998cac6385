//! Identifiers: made by counting, so that the same requests get the same ones.

/// Makes identifiers from a number that the world counts up.
#[derive(Clone, Copy, Debug)]
pub struct Ids;

impl Ids {
    /// A UUID. Version and variant bits are those of a random one.
    #[must_use]
    pub fn uuid(n: u64) -> String {
        let (a, b) = (mix(n), mix(n ^ 0x9e37_79b9_7f4a_7c15));
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            a >> 32,
            a >> 16 & 0xffff,
            a & 0xfff,
            b >> 48 & 0x3fff | 0x8000,
            b & 0xffff_ffff_ffff
        )
    }

    /// The numbers of which a UUID may have been made: where there are a million users, their UUIDs need no list.
    pub(crate) fn of_uuid(uuid: &str) -> impl Iterator<Item = u64> + use<'_> {
        let digits = |from: usize, to: usize| uuid.get(from..to).and_then(|part| u64::from_str_radix(part, 16).ok());
        let known = || Some(digits(0, 8)? << 32 | digits(9, 13)? << 16 | digits(15, 18)?);
        // Four bits gave way to the version.
        known().into_iter().flat_map(|known| (0..16).map(move |bits| unmix(known | bits << 12)))
    }

    /// A number of 15 digits, as groups and chat rooms have.
    #[must_use]
    pub fn short(n: u64) -> String {
        182_000_000_000_001_u64.wrapping_add(n).to_string()
    }

    /// A number of 19 digits, as messages and tasks have; beyond 2^53.
    #[must_use]
    pub fn long(n: u64) -> u64 {
        1_011_422_000_000_000_000_u64.wrapping_add(n.wrapping_mul(65_537))
    }

    /// An opaque text of 43 characters, as tokens have.
    #[must_use]
    pub fn opaque(n: u64) -> String {
        use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
        let bytes: Vec<u8> = (0..4).flat_map(|i| mix(n.wrapping_mul(4).wrapping_add(i)).to_be_bytes()).collect();
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// 32 hexadecimal digits, as credentials have.
    #[must_use]
    pub fn hex32(n: u64) -> String {
        format!("{:016x}{:016x}", mix(n), mix(!n))
    }

    /// A number that stands for a text: FNV-1a.
    #[must_use]
    pub fn seed(text: &str) -> u64 {
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |n, byte| (n ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }
}

/// SplitMix64: neighbours come out far apart.
fn mix(n: u64) -> u64 {
    let z = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

/// What [`mix`] makes a number of.
fn unmix(z: u64) -> u64 {
    let z = z ^ z >> 31 ^ z >> 62;
    let z = z.wrapping_mul(0x3196_42b2_d24d_8ec3);
    let z = z ^ z >> 27 ^ z >> 54;
    let z = z.wrapping_mul(0x96de_1b17_3f11_9089);
    let z = z ^ z >> 30 ^ z >> 60;
    z.wrapping_sub(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn a_uuid_tells_its_number() {
        for n in (0..1000).chain([u64::MAX, u64::MAX / 3, 1 << 40]) {
            assert!(Ids::of_uuid(&Ids::uuid(n)).any(|m| m == n), "{n}");
        }
        for none in ["", "amy", "8be024f0", "zzzzzzzz-e978-41e8-b697-5d598d5f8402", "ümläut-ümläut-ümläut-ümläut"]
        {
            assert_eq!(Ids::of_uuid(none).count(), 0, "{none}");
        }
    }
}
