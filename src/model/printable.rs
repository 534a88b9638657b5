//! Texts from a repository, made harmless for the line that they are printed on.

/// Whether a character must not reach a terminal or a log as it is: controls, the marks that turn the direction of text
/// around (Unicode TR36, "Trojan Source"), those that break lines, and those that take no room, so that two names look
/// alike. The joiners of Persian and of emoji are none of them.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text on one line, with what could break out of it escaped: `\n`, `\u{1b}`.
pub fn printable(text: &str) -> String {
    escaped_unless(text, |_| false)
}

/// The text with its line breaks and tabs, and all else that could do harm escaped.
pub fn printable_lines(text: &str) -> String {
    escaped_unless(text, |c| matches!(c, '\n' | '\t'))
}

/// The line with each character that could do harm replaced by one that can't, so that columns stay what they are.
pub fn printable_columns(line: &str) -> String {
    let shown = |c: char| {
        if is_harmful(c) && c != '\t' {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        }
    };
    line.chars().map(shown).collect()
}

/// JSON in which what could do harm is spelled `\\uXXXX`: the same value, and safe to look at.
pub fn printable_json(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if is_harmful(c) && c != '\n' {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            safe.push(c);
        }
    }
    safe
}

fn escaped_unless(text: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmful(c) && !is_kept(c) {
            safe.extend(c.escape_default());
        } else {
            safe.push(c);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{printable, printable_json, printable_lines};

    #[test]
    fn a_text_cannot_break_out_of_its_line() {
        assert_eq!(printable("a\n\u{1b}[31m'é'\\\u{202e}"), "a\\n\\u{1b}[31m'é'\\\\u{202e}");
    }

    #[test]
    fn what_nobody_sees_is_spelled_out() {
        for unseen in [
            "\u{61c}",
            "\u{200b}",
            "\u{2028}",
            "\u{2029}",
            "\u{feff}",
            "\u{9b}",
            "\u{e0041}",
        ] {
            assert!(printable(unseen).starts_with(r"\u{"), "{:?}", printable(unseen));
        }
        assert_eq!(printable("it's \"ö\" 👩\u{200d}💻"), "it's \"ö\" 👩\u{200d}💻");
    }

    #[test]
    fn json_keeps_its_value() {
        let value = serde_json::json!({"a": "x\u{202e}\u{9b}31m\u{e0041}\nö"});
        let safe = printable_json(&serde_json::to_string_pretty(&value).unwrap());
        assert!(safe.contains(r"x\u202e\u009b31m\udb40\udc41\nö"), "{safe}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&safe).unwrap(), value);
    }

    #[test]
    fn several_lines_stay_lines() {
        assert_eq!(printable_lines("a\n\tb\r\u{7}"), "a\n\tb\\r\\u{7}");
    }
}
