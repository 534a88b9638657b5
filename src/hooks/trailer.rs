//! Adding a trailer to a message and changing no other byte of it.

use super::message::Message;
use bstr::ByteSlice;

/// The file with `name: value` as the last trailer of the message: right behind those it has, else in a paragraph of its
/// own, and always above git's remarks. An empty first line stays the place of the subject.
pub fn with_trailer(message: &Message<'_>, name: &str, value: &str) -> Vec<u8> {
    let bytes = message.bytes();
    let (body, rest) = bytes.split_at(message.body().end);
    let feed: &[u8] = if body.contains_str("\r\n") { b"\r\n" } else { b"\n" };
    let mut file = body.to_vec();
    if body.is_empty() {
        // The subject is still to come.
        file.extend(feed);
    } else if !body.ends_with(b"\n") {
        file.extend(feed);
    }
    if !ends_in_trailers(body) {
        file.extend(feed);
    }
    file.extend(format!("{name}: {value}").as_bytes());
    file.extend(feed);
    file.extend(rest);
    file
}

/// Whether the last paragraph is one of trailers, and not the first: that is the subject.
fn ends_in_trailers(body: &[u8]) -> bool {
    let lines: Vec<&[u8]> = body.lines().map(|line| line.trim_end()).collect();
    let mut paragraphs = lines.split(|line| line.is_empty()).filter(|it| !it.is_empty());
    let Some(last) = paragraphs.next_back() else {
        return false;
    };
    paragraphs.next().is_some() && last.iter().all(|line| is_trailer_line(line))
}

fn is_trailer_line(line: &[u8]) -> bool {
    let is_key = |key: &[u8]| !key.is_empty() && key.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    line.starts_with(b" ")
        || line.starts_with(b"\t")
        || line.starts_with(b"(cherry picked from commit ")
        || line.split_once_str(":").is_some_and(|(key, _)| is_key(key.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::with_trailer;
    use crate::hooks::{CommentPrefix, Message};

    fn added(bytes: &[u8], has_comments: bool) -> Vec<u8> {
        let message = Message::new(bytes, &CommentPrefix::from_setting(None), has_comments);
        with_trailer(&message, "Drift-Unit", "U2")
    }

    fn text(file: &str, has_comments: bool) -> String {
        String::from_utf8(added(file.as_bytes(), has_comments)).unwrap()
    }

    #[test]
    fn it_gets_a_paragraph_of_its_own_or_joins_the_trailers() {
        assert_eq!(text("Add x\n", false), "Add x\n\nDrift-Unit: U2\n");
        assert_eq!(text("Add x", false), "Add x\n\nDrift-Unit: U2\n");
        assert_eq!(text("fix: x\n", false), "fix: x\n\nDrift-Unit: U2\n");
        assert_eq!(
            text("Add x\n\nSigned-off-by: A <a@b>\n", false),
            "Add x\n\nSigned-off-by: A <a@b>\nDrift-Unit: U2\n"
        );
        assert_eq!(
            text("Add x\n\nWhy: so\nthere\n", false),
            "Add x\n\nWhy: so\nthere\n\nDrift-Unit: U2\n"
        );
    }

    #[test]
    fn remarks_stay_below_and_the_subject_has_its_line() {
        assert_eq!(text("\n# Please\n", true), "\n\nDrift-Unit: U2\n\n# Please\n");
        assert_eq!(
            text("Add x\n\n# Please\n", true),
            "Add x\n\nDrift-Unit: U2\n\n# Please\n"
        );
        let cut = "# ------------------------ >8 ------------------------\ndiff\n";
        assert_eq!(
            text(&format!("Add x\n{cut}"), true),
            format!("Add x\n\nDrift-Unit: U2\n{cut}")
        );
        assert_eq!(
            text("Add x\n\n# 1 is a heading\n", false),
            "Add x\n\n# 1 is a heading\n\nDrift-Unit: U2\n"
        );
    }

    #[test]
    fn no_other_byte_changes() {
        assert_eq!(added(b"caf\xe9\r\n", false), b"caf\xe9\r\n\r\nDrift-Unit: U2\r\n");
        for file in [
            &b""[..],
            b"\xff\xfe\n\n\n",
            b"a\n\n\n# b\n\n",
            b"\n\n\n",
            b"a\n\nB: c\n d\n",
        ] {
            let mut found = added(file, true);
            let at = found.windows(4).position(|it| it == b"Drif").unwrap();
            found.drain(at..at + b"Drift-Unit: U2\n".len());
            let feeds = |bytes: &[u8]| {
                bytes
                    .iter()
                    .filter(|it| !matches!(it, b'\n'))
                    .copied()
                    .collect::<Vec<_>>()
            };
            assert_eq!(feeds(&found), feeds(file));
        }
    }
}
