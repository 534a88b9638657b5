//! Lines broken between words, for a terminal that would break them anywhere.

use anstream::adapter::strip_str;
use unicode_width::UnicodeWidthStr;

/// The text with each line that is wider than `columns` broken at spaces, and what follows indented below what it
/// belongs to. Lines that are drawn (a plan's own, with their marks) stay as they are, as do words without a space.
pub fn wrapped(text: &str, columns: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let bare = strip_str(line.trim_end_matches('\n')).to_string();
        if bare.width() <= columns || is_drawn(&bare) {
            out.push_str(line);
        } else {
            break_line(line, indent(&bare, columns), columns, &mut out);
        }
    }
    out
}

/// Whether the line is one of a snippet: its place, or a line number or nothing, and a bar.
fn is_drawn(line: &str) -> bool {
    let content = line.trim_start();
    let behind_number = content.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    content.starts_with("--> ") || behind_number.starts_with('|')
}

/// Where the rest of a line goes: behind `= help: `, below the second column of a table, else two columns in.
fn indent(line: &str, columns: usize) -> usize {
    let start = line.len() - line.trim_start().len();
    let content = &line[start..];
    let behind = |mark: &str| content.starts_with(mark).then(|| start + mark.len());
    let column = content.find("  ").map(|gap| {
        let rest = &content[gap..];
        start + content[..gap].width() + (rest.len() - rest.trim_start().len())
    });
    let table = column.filter(|_| start > 0);
    let wanted = behind("= help: ")
        .or_else(|| behind("= note: "))
        .or(table)
        .unwrap_or(start + 2);
    if wanted * 2 > columns { start + 2 } else { wanted }
}

fn break_line(line: &str, indent: usize, columns: usize, out: &mut String) {
    let mut used = 0;
    let mut is_first = true;
    for word in line.split_inclusive(' ') {
        let width = strip_str(word.trim_end()).to_string().width();
        if !is_first && width > 0 && used + width > columns {
            while out.ends_with(' ') {
                out.pop();
            }
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            used = indent;
        }
        is_first = is_first && width == 0;
        out.push_str(word);
        used += strip_str(word.trim_end_matches('\n')).to_string().width();
    }
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_break_between_words_below_what_they_belong_to() {
        let text = "warning[D101]: a title of many words\n = help: declare it in `plan.json`, or accept it\n";
        let expected = "warning[D101]: a title of many\n  words\n = help: declare it in\n         `plan.json`, or accept\n         it\n";
        assert_eq!(wrapped(text, 31), expected);
    }

    #[test]
    fn tables_keep_their_second_column() {
        let text = "  files    2 declared, 2 touched: 1 planned\n";
        assert_eq!(
            wrapped(text, 30),
            "  files    2 declared, 2\n           touched: 1 planned\n"
        );
    }

    #[test]
    fn drawn_lines_short_lines_and_long_words_stay() {
        let text = "12 | \"a line of the plan that is long\"\n   | ^^^^^^^^^^^^^^^^ here and there\nshort\n --> a/path/without/any/space.json:1:2\n";
        assert_eq!(wrapped(text, 20), text);
    }

    #[test]
    fn styles_have_no_width() {
        let text = "\u{1b}[1m\u{1b}[33maligned\u{1b}[0m  run  two words\n";
        assert_eq!(wrapped(text, 23), text);
    }
}
