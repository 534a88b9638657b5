//! Which encoding a text is in, and the text in UTF-8.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use std::io::Read;

/// The encoding of a text that begins with `head`: by its byte order mark, its zero bytes, or its XML declaration; else
/// UTF-8.
pub(super) fn of(head: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    match head {
        [b'<', 0, b'?', 0, ..] => UTF_16LE,
        [0, b'<', 0, b'?', ..] => UTF_16BE,
        _ => declared(head).unwrap_or(UTF_8),
    }
}

/// What `<?xml … encoding="…"?>` says. A declared UTF-16 can't be true of a declaration that is read byte by byte.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let start = head.trim_ascii_start();
    let declaration = start.strip_prefix(b"<?xml")?;
    let declaration = String::from_utf8_lossy(&declaration[..declaration.len().min(256)]);
    let (declaration, _) = declaration.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (label, _) = value[1..].split_once(quote)?;
    Encoding::for_label(label.as_bytes()).filter(|it| *it != UTF_16LE && *it != UTF_16BE)
}

/// The text in UTF-8, without its byte order mark; what the encoding does not know is the replacement character.
pub(super) fn decoded<R: Read>(input: R, encoding: &'static Encoding) -> DecodeReaderBytes<R, Vec<u8>> {
    DecodeReaderBytesBuilder::new()
        .encoding(Some(encoding))
        .utf8_passthru(false)
        .strip_bom(true)
        .bom_override(true)
        .build(input)
}

#[cfg(test)]
mod tests {
    use super::{UTF_8, UTF_16BE, UTF_16LE, of};
    use encoding_rs::WINDOWS_1252;

    #[test]
    fn a_byte_order_mark_wins_over_what_is_declared() {
        assert_eq!(of(b"\xff\xfe<\0"), UTF_16LE);
        assert_eq!(of(b"\xef\xbb\xbf<?xml version='1.0' encoding='ISO-8859-1'?>"), UTF_8);
        assert_eq!(of(b"\0<\0?\0x"), UTF_16BE);
    }

    #[test]
    fn a_declared_encoding_is_taken_where_it_can_be_true() {
        assert_eq!(of(b"<?xml version='1.0' encoding = \"ISO-8859-1\"?>"), WINDOWS_1252);
        assert_eq!(of(b"\n<?xml version='1.0' encoding='utf-16'?>"), UTF_8);
        assert_eq!(of(b"<?xml encoding='no-such'?>"), UTF_8);
        assert_eq!(of(b"<?xml encoding="), UTF_8);
        assert_eq!(of(b"TAP version 13"), UTF_8);
    }
}
