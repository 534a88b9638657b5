//! The sentences of a section: each bullet, each row of a table, and each paragraph by itself.

use crate::formats::gsd::fences;
use crate::formats::prose::folded;
use std::ops::Range;

/// A bullet, a row or a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) struct Item {
    /// Its words on one line, without bullet, number and box.
    pub text: String,
    /// Whether its box is ticked; `None`: it has no box.
    pub ticked: Option<bool>,
    /// Its first line.
    pub span: Range<usize>,
}

/// The items of the bytes `span`; code blocks, comments and rules between paragraphs are none.
pub(in crate::formats) fn items(text: &str, span: Range<usize>) -> Vec<Item> {
    let fences = fences::find(&text[..span.end], span.start);
    let mut found: Vec<Item> = Vec::new();
    let (mut at, mut open, mut comment) = (span.start, false, false);
    for line in text[span].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let fenced = fences.iter().any(|fence| fence.span.contains(&start));
        let words = without_comments(line, &mut comment);
        let words = words.trim();
        if fenced || words.is_empty() || is_rule(words) {
            open = false;
            continue;
        }
        let (rest, begins) = without_bullet(words);
        match found.last_mut().filter(|_| open && !begins) {
            Some(last) => last.text = format!("{} {}", last.text, folded(rest)),
            None => found.push(item(line, rest, start)),
        }
        open = true;
    }
    found.retain(|item| item.ticked.is_some() || !item.text.is_empty());
    found
}

fn item(line: &str, rest: &str, start: usize) -> Item {
    let indent = line.len() - line.trim_start().len();
    let (ticked, words) = without_box(rest);
    Item {
        text: folded(words),
        ticked,
        span: start + indent..start + line.trim_end().len(),
    }
}

/// `[ ] words` and `[x] words`.
fn without_box(text: &str) -> (Option<bool>, &str) {
    let boxes = [("[ ]", false), ("[]", false), ("[x]", true), ("[X]", true)];
    let found = boxes.into_iter().find_map(|(mark, ticked)| {
        let rest = text.strip_prefix(mark)?;
        (rest.is_empty() || rest.starts_with(' ')).then_some((Some(ticked), rest.trim_start()))
    });
    found.unwrap_or((None, text))
}

/// The line without what makes it an item of its own, and whether something does: a bullet, a number, a row's bar.
fn without_bullet(line: &str) -> (&str, bool) {
    for bullet in ["- ", "* ", "+ ", "• "] {
        if let Some(rest) = line.strip_prefix(bullet) {
            return (rest.trim_start(), true);
        }
    }
    if matches!(line, "-" | "*" | "+") {
        return ("", true);
    }
    if let Some(row) = line.strip_prefix('|') {
        return (row.trim_end_matches('|').trim(), true);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = line[digits..]
        .strip_prefix(". ")
        .or_else(|| line[digits..].strip_prefix(") "));
    match numbered.filter(|_| digits > 0) {
        Some(rest) => (rest.trim_start(), true),
        None => (line, is_field(line)),
    }
}

/// Whether the line begins like `**Name**:`; such a line continues no sentence.
fn is_field(line: &str) -> bool {
    line.starts_with("**") && line.contains(':')
}

/// `---`, `***`, and the line below a table's head.
fn is_rule(line: &str) -> bool {
    line.len() > 2 && line.bytes().all(|byte| b"-*_|: ".contains(&byte))
}

/// The line without what `<!--` and `-->` enclose; `inside` tells whether a comment is open.
fn without_comments(line: &str, inside: &mut bool) -> String {
    let (mut kept, mut rest) = (String::new(), line);
    loop {
        let mark = if *inside { "-->" } else { "<!--" };
        let Some((before, after)) = rest.split_once(mark) else {
            break;
        };
        kept.push_str(if *inside { "" } else { before });
        *inside = !*inside;
        rest = after;
    }
    kept.push_str(if *inside { "" } else { rest });
    kept
}

#[cfg(test)]
mod tests {
    use super::items;

    fn shown(text: &str) -> Vec<String> {
        let mark = |ticked| match ticked {
            None => "",
            Some(true) => "x ",
            Some(false) => "o ",
        };
        let all = items(text, 0..text.len());
        all.iter().map(|it| format!("{}{}", mark(it.ticked), it.text)).collect()
    }

    #[test]
    fn bullets_boxes_rows_and_paragraphs_are_items() {
        assert_eq!(
            shown("- a\n  goes on\n- [x] b\n* [ ] c\n\n1. d\nWords\nand more.\n\n| e | f |\n|---|---|\n| g | h |\n"),
            ["a goes on", "x b", "o c", "d Words and more.", "e | f", "g | h"]
        );
    }

    #[test]
    fn comments_rules_and_code_are_none() {
        assert_eq!(
            shown("<!-- a\nb --> c\n---\n```sh\nd\n```\n- \n- [ ]\n\n[link](x)\n"),
            ["c", "o ", "[link](x)"]
        );
    }
}
