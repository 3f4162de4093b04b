//! Bytes to text: UTF-8 with or without a byte order mark, UTF-16, or Windows-1252 as spreadsheets save it.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a file, without a byte order mark. Never fails: bytes that are not UTF-8 are read as Windows-1252.
pub fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        if encoding != UTF_8 || std::str::from_utf8(&bytes[mark..]).is_ok() {
            return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
        }
        return WINDOWS_1252.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Some(encoding) = unmarked_utf_16(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// UTF-16 without its mark: a header row is mostly ASCII, so that every second byte is zero.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(64)];
    if start.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |first: usize| start.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    let half = start.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, low) if low * 10 >= half * 9 => Some(UTF_16LE),
        (high, 0) if high * 10 >= half * 9 => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn every_way_in_which_spreadsheets_save() {
        let utf_16 = |big: bool, mark: bool| -> Vec<u8> {
            let units = mark.then_some(0xFEFF).into_iter().chain("id,név é".encode_utf16());
            units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        };
        for (big, mark) in [(false, true), (true, true), (false, false), (true, false)] {
            assert_eq!(decode(&utf_16(big, mark)), "id,név é");
        }
        assert_eq!(decode("\u{feff}id,é".as_bytes()), "id,é");
        assert_eq!(decode("id,é".as_bytes()), "id,é");
        assert_eq!(decode(b"id,\xe9 \x80 \x93"), "id,é € “");
        assert_eq!(decode(b""), "");
    }
}
