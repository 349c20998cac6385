//! Files with the messages of an hour, and where they can be downloaded.

use super::uuid_of;
use crate::{
    Call, Handle, Refusal, Response, World, handlers::dates, ids::Ids, parts::List, state::messages::Message as Row,
};
use agora_chat_admin::{
    api::messages::{
        content::{ChatType, MessageContent},
        history::{self, HistoryFile, HistoryMessage, HistoryPayload},
    },
    shape::Scalar,
};
use serde_json::Number;

/// An hour, in milliseconds.
const HOUR: u64 = 3600 * 1000;
/// For how long files are kept, in milliseconds: 3 days.
const KEPT: u64 = 3 * 24 * HOUR;
/// For how many seconds an address holds.
const SIGNED: u64 = 1800;

impl Handle<history::Get> for World {
    fn handle(&mut self, r: history::Get, call: &mut Call) -> Result<Vec<HistoryFile>, Refusal> {
        let Some(start) = self.start_of(&r.time) else {
            return Err(Refusal::illegal_argument("This chatmessage request is not supported"));
        };
        let (now, app) = (self.now(), self.app.key());
        if start + HOUR > now || start + KEPT < now {
            let text = "maybe chat message history is expired or unstored";
            return Err(Refusal::illegal_argument(format!(
                "illegal arguments: appkey: {app}, time: {}, {text}",
                r.time
            )));
        }
        if self.sent_within(start).is_empty() {
            return Err(Refusal::new(
                404,
                "storage_object_not_found",
                format!("Failed to find chat message history download url for appkey: {app}, time: {}", r.time),
            ));
        }
        let expires = now / 1000 + SIGNED;
        // Without the two parts that name the app.
        let origin = call.base.rsplitn(3, '/').nth(2).unwrap_or_default();
        let url = format!(
            "{origin}/__sandbox/history/{}/{}/{}.gz?Expires={expires}&OSSAccessKeyId=sandbox&Signature={}",
            self.app.org,
            self.app.name,
            r.time,
            signature(&r.time, expires)
        );
        Ok(vec![HistoryFile { url }])
    }
}

impl World {
    /// When the hour `yyyyMMddHH` begins where hours of history are counted, in Unix milliseconds.
    fn start_of(&self, hour: &str) -> Option<u64> {
        start_of(hour)?.checked_add_signed(-i64::from(self.history_zone) * HOUR as i64)
    }

    /// The messages of the hour that begins then.
    fn sent_within(&self, start: u64) -> List<'_> {
        self.messages.of(0, "").from(start).before(start.saturating_add(HOUR))
    }

    /// Answers the download of a file whose address [`history::Get`] gave: no token, but a signature that soon ends.
    pub(crate) fn history_file(&self, name: &str, query: &[(String, String)]) -> Response {
        let value = |name: &str| query.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str()).unwrap_or_default();
        let time = name.strip_suffix(".gz").unwrap_or(name);
        let expires: u64 = value("Expires").parse().unwrap_or(0);
        if value("Signature") != signature(time, expires) || expires < self.now() / 1000 {
            return Response { status: 403, body: b"AccessDenied".to_vec(), ..Response::default() };
        }
        let hour = self.start_of(time).map(|start| self.sent_within(start).keys());
        let messages = hour.into_iter().flatten().filter_map(|id| self.messages.get(id));
        let lines: Vec<String> = messages.filter_map(|m| serde_json::to_string(&self.line(m)).ok()).collect();
        let headers = vec![("content-type".into(), "application/gzip".into())];
        let text = lines.iter().fold(String::new(), |text, line| text + line + "\n");
        Response { status: 200, headers, body: gzip(text.as_bytes()), ..Response::default() }
    }

    /// A message as it stands in a file.
    fn line(&self, row: &Row) -> HistoryMessage {
        let mut content = row.content.clone();
        match &mut content {
            // Texts when sent, numbers in the file.
            MessageContent::Location(place) => {
                for degrees in [&mut place.lat, &mut place.lng] {
                    let number = degrees.to_string().parse().ok().and_then(Number::from_f64);
                    *degrees = number.map_or_else(|| degrees.clone(), Scalar::Number);
                }
            }
            MessageContent::Image(file) => self.tell_size(&file.url, &mut file.file_length),
            MessageContent::Audio(file) => self.tell_size(&file.url, &mut file.file_length),
            MessageContent::Video(file) => self.tell_size(&file.url, &mut file.file_length),
            MessageContent::File(file) => self.tell_size(&file.url, &mut file.file_length),
            _ => {}
        }
        let chat_type = match row.kind {
            ChatType::Chat => "chat",
            ChatType::Group => "groupchat",
            ChatType::Room => "chatroom",
        };
        HistoryMessage {
            msg_id: row.id.clone(),
            timestamp: row.timestamp,
            direction: Some("outgoing".to_owned()),
            to: row.to.clone(),
            from: row.from.clone(),
            chat_type: chat_type.to_owned(),
            payload: HistoryPayload {
                bodies: vec![content],
                ext: Some(row.ext.clone().unwrap_or_default()),
                from: Some(row.from.clone()),
                to: Some(row.to.clone()),
            },
        }
    }

    /// Tells a file's size where the sender left it out and the file was uploaded here.
    fn tell_size(&self, url: &str, size: &mut Option<u64>) {
        let file = uuid_of(url).and_then(|uuid| self.files.get(uuid));
        *size = size.or(file.map(|file| file.size));
    }
}

/// Not a secret: it only tells a whole address from one that was made up.
fn signature(time: &str, expires: u64) -> String {
    Ids::opaque(expires ^ time.parse::<u64>().unwrap_or_default().rotate_left(32))
}

/// The hour of a time in Unix milliseconds, in UTC: `yyyyMMddHH`.
pub(crate) fn hour_of(timestamp: u64) -> String {
    dates::iso(timestamp).chars().filter(char::is_ascii_digit).take(10).collect()
}

/// When the hour `yyyyMMddHH` begins, in Unix milliseconds; `None` if there is no such hour.
fn start_of(hour: &str) -> Option<u64> {
    let part = |from: usize, to: usize| hour.get(from..to);
    let (year, month, day, h) = (part(0, 4)?, part(4, 6)?, part(6, 8)?, part(8, 10)?);
    dates::parse(&format!("{year}-{month}-{day} {h}:00:00")).filter(|start| hour_of(*start) == hour)
}

/// Bytes as a gzip file.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    // Magic, deflate, no flags, no time, no hints, unknown system.
    let mut file = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    file.extend(miniz_oxide::deflate::compress_to_vec(bytes, 6));
    file.extend(crc32(bytes).to_le_bytes());
    file.extend((bytes.len() as u32).to_le_bytes());
    file
}

/// The checksum of gzip files.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::{crc32, hour_of, start_of};

    #[test]
    fn hours_and_times_agree() {
        assert_eq!(hour_of(1_543_314_322_601), "2018112710");
        assert_eq!(start_of("2018112710"), Some(1_543_312_800_000));
        assert_eq!(start_of("1970010100"), Some(0));
        assert_eq!(start_of("2024022923"), Some(1_709_247_600_000));
        for none in ["2018112724", "2023022900", "2018130100", "2018010000", "20181127", "2018-11-27", "", "0000010100"]
        {
            assert_eq!(start_of(none), None, "{none}");
        }
    }

    #[test]
    fn the_checksum_is_that_of_gzip() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
