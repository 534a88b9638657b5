//! What a text says otherwise than the one that was approved, for the eyes of whoever approves it again.

use similar::TextDiff;
use std::time::Duration;

/// More lines than this are counted instead of shown.
const SHOWN_LINES: usize = 60;
/// Two long texts without anything in common are not compared for longer.
const LONGEST: Duration = Duration::from_millis(300);

/// The lines of a unified diff with one line of context, without its file names; empty where both are the same.
pub(super) fn text_changes(old: &[u8], new: &[u8]) -> Vec<String> {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let diff = TextDiff::configure().timeout(LONGEST).diff_lines(&*old, &*new);
    let text = diff
        .unified_diff()
        .context_radius(1)
        .missing_newline_hint(false)
        .to_string();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.len() > SHOWN_LINES {
        let rest = lines.len() - SHOWN_LINES;
        lines.truncate(SHOWN_LINES);
        lines.push(format!("… and {rest} more lines"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::text_changes;

    #[test]
    fn a_changed_line_is_shown_with_its_neighbours() {
        let lines = text_changes(b"a\nb\nc\nd\n", b"a\nb\nC\nd\n");
        assert_eq!(lines, ["@@ -2,3 +2,3 @@", " b", "-c", "+C", " d"]);
        assert!(text_changes(b"same\n", b"same\n").is_empty());
    }

    #[test]
    fn a_long_change_is_cut_and_counted() {
        let new: String = (0..200).map(|line| format!("{line}\n")).collect();
        let lines = text_changes(b"", new.as_bytes());
        assert_eq!(lines.len(), 61);
        assert_eq!(lines[60], "… and 141 more lines");
    }
}
