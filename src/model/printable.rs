//! Texts from a repository, made harmless for the line that they are printed on.

/// Whether a character must not reach a terminal or a log as it is: controls, and the marks that turn the direction of
/// text around (Unicode TR36, "Trojan Source").
fn is_harmful(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text on one line, with what could break out of it escaped: `\n`, `\u{1b}`.
pub fn printable(text: &str) -> String {
    escaped_unless(text, |_| false)
}

/// The text with its line breaks and tabs, and all else that could do harm escaped.
pub fn printable_lines(text: &str) -> String {
    escaped_unless(text, |c| matches!(c, '\n' | '\t'))
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
    use super::{printable, printable_lines};

    #[test]
    fn a_text_cannot_break_out_of_its_line() {
        assert_eq!(printable("a\n\u{1b}[31m'é'\\\u{202e}"), "a\\n\\u{1b}[31m'é'\\\\u{202e}");
    }

    #[test]
    fn several_lines_stay_lines() {
        assert_eq!(printable_lines("a\n\tb\r\u{7}"), "a\n\tb\\r\\u{7}");
    }
}
