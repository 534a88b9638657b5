//! Names and texts from a repository, made harmless for the place they are printed in.

use crate::model::printable;

/// The text on one line, with controls and direction marks escaped, for a terminal.
pub fn terminal(text: &str) -> String {
    printable(&text.replace(['\n', '\t'], " "))
}

/// A whole object id cut to what people compare; any other text as it is.
pub fn short(text: &str) -> &str {
    let is_id = matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_id { &text[..10] } else { text }
}

/// The text for Markdown: one line, with the characters escaped that would begin markup, HTML or a table's cell.
pub fn markdown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in terminal(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\\' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '`' | '!' => {
                safe.push('\\');
                safe.push(c);
            }
            // A name after `@` would notify a person on most hosts.
            '@' => safe.push_str("@\u{200b}"),
            c => safe.push(c),
        }
    }
    safe
}

/// The text as a Markdown code span, whatever backticks it holds; not for a table's cell, where `|` would end it.
pub fn code(text: &str) -> String {
    let line = terminal(text);
    let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if line.starts_with('`') || line.ends_with('`') || line.is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{line}{pad}{fence}")
}

/// A sentence of drift's own, in which names stand in backticks: the names stay code, the rest is escaped.
pub fn markdown_sentence(sentence: &str) -> String {
    let mut safe = String::new();
    for (at, part) in sentence.split('`').enumerate() {
        let is_code = at % 2 == 1;
        safe.push_str(&if is_code { code(part) } else { markdown(part) });
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{code, markdown, markdown_sentence, terminal};

    #[test]
    fn a_terminal_gets_no_control() {
        assert_eq!(terminal("a\x1b[31mb\nc\u{202e}"), r"a\u{1b}[31mb c\u{202e}");
    }

    #[test]
    fn markdown_gets_no_markup() {
        assert_eq!(markdown("<b> | *x* [l](u)"), r"&lt;b&gt; \| \*x\* \[l\](u)");
        assert_eq!(markdown("@team"), "@\u{200b}team");
    }

    #[test]
    fn a_code_span_holds_any_backticks() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(markdown_sentence("`a*b` was * changed"), r"`a*b` was \* changed");
    }
}
