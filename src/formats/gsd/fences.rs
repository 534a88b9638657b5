//! Fenced code blocks: what stands in them is shown to the reader and is no part of the plan's structure.

use std::ops::Range;

/// A fenced code block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) struct Fence {
    /// The whole block, from the first byte of its opening line to the end of the closing run of marks.
    pub span: Range<usize>,
    /// The lines between.
    pub content: Range<usize>,
    /// The first word after the opening marks, in lower case.
    pub info: String,
}

/// A line that opens or closes a block, or that a block can't cross.
struct Line {
    span: Range<usize>,
    kind: LineKind,
}

/// The kinds of line that count here.
enum LineKind {
    /// At least three marks, with what follows them.
    Marks(Marks),
    /// `<task …>`
    TaskOpens,
    /// `</task>` or `</tasks>`
    TaskCloses,
}

/// A run of marks at the beginning of a line.
struct Marks {
    tilde: bool,
    length: usize,
    /// Where the run ends.
    end: usize,
    info: String,
    /// Whether it can end a block: nothing follows the marks but a closing tag.
    closes: bool,
}

/// The fenced blocks of `text` from `start` on, in order.
///
/// Marks that nothing closes are plain text. So are those whose block would swallow the end of the task around them:
/// blocks inside of blocks, written with equally many marks, would otherwise hide whatever follows.
pub(in crate::formats) fn find(text: &str, start: usize) -> Vec<Fence> {
    let lines = lines(text, start);
    let mut fences = Vec::new();
    let mut hopeless = Hopeless::default();
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        at += 1;
        let LineKind::Marks(open) = &line.kind else { continue };
        if hopeless.covers(open, at) {
            continue;
        }
        match closer(&lines, at, open) {
            Ok((index, close)) => {
                fences.push(Fence {
                    span: line.span.start..close.end,
                    content: line.span.end..lines[index].span.start,
                    info: open.info.clone(),
                });
                at = index + 1;
            }
            Err(barrier) => hopeless.remember(open, barrier),
        }
    }
    fences
}

/// The line from `from` on that closes what `open` opens, or the line at which the search ends without one.
fn closer<'l>(lines: &'l [Line], from: usize, open: &Marks) -> Result<(usize, &'l Marks), usize> {
    let mut depth = 0_usize;
    for (index, line) in lines.iter().enumerate().skip(from) {
        match &line.kind {
            LineKind::Marks(it) if it.closes && it.tilde == open.tilde && it.length >= open.length => {
                return Ok((index, it));
            }
            LineKind::Marks(_) => {}
            LineKind::TaskOpens => depth += 1,
            LineKind::TaskCloses if depth == 0 => return Err(index),
            LineKind::TaskCloses => depth -= 1,
        }
    }
    Err(lines.len())
}

/// For each mark: before which line no run of which length is closed. It keeps the search linear.
#[derive(Default)]
struct Hopeless([Option<(usize, usize)>; 2]);

impl Hopeless {
    fn covers(&self, open: &Marks, at: usize) -> bool {
        self.0[usize::from(open.tilde)].is_some_and(|(barrier, length)| at <= barrier && open.length >= length)
    }

    fn remember(&mut self, open: &Marks, barrier: usize) {
        self.0[usize::from(open.tilde)] = Some((barrier, open.length));
    }
}

fn lines(text: &str, start: usize) -> Vec<Line> {
    let mut found = Vec::new();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let span = at..at + line.len();
        at = span.end;
        if let Some(kind) = line_kind(line, span.start) {
            found.push(Line { span, kind });
        }
    }
    found
}

fn line_kind(line: &str, start: usize) -> Option<LineKind> {
    let trimmed = line.trim_start_matches([' ', '\t']);
    if trimmed.starts_with("<task>") || trimmed.starts_with("<task ") {
        return Some(LineKind::TaskOpens);
    }
    if trimmed.starts_with("</task>") || trimmed.starts_with("</tasks>") {
        return Some(LineKind::TaskCloses);
    }
    let &mark @ (b'`' | b'~') = trimmed.as_bytes().first()? else {
        return None;
    };
    let length = trimmed.bytes().take_while(|&byte| byte == mark).count();
    let rest = trimmed[length..].trim();
    let is_run = length >= 3 && !rest.contains('`');
    is_run.then(|| {
        LineKind::Marks(Marks {
            tilde: mark == b'~',
            length,
            end: start + (line.len() - trimmed.len()) + length,
            info: rest.split_whitespace().next().unwrap_or_default().to_lowercase(),
            closes: rest.is_empty() || rest.starts_with("</"),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::find;

    fn contents(text: &str) -> Vec<&str> {
        find(text, 0).into_iter().map(|fence| &text[fence.content]).collect()
    }

    #[test]
    fn a_block_ends_at_marks_of_its_own_kind_and_length() {
        assert_eq!(contents("```rust\na\n```\nb\n~~~\nc\n~~~\n"), ["a\n", "c\n"]);
        assert_eq!(contents("````md\n```js\nx\n```\n````\n"), ["```js\nx\n```\n"]);
        assert_eq!(contents("  ```\n  a\n  ```\n"), ["  a\n"]);
    }

    #[test]
    fn marks_that_nothing_closes_are_text() {
        assert_eq!(contents("```js\na\n"), [""; 0]);
        assert_eq!(contents("````\n```\na\n```\n"), ["a\n"]);
    }

    #[test]
    fn a_block_does_not_swallow_the_end_of_its_task() {
        let nested = "<task>\n```md\n```sh\na\n```\n```\n</task>\n<task>\n```js\nb\n```\n</task>\n";
        assert_eq!(contents(nested), ["```sh\na\n", "b\n"]);
        let quoted = "```xml\n<task>\n</task>\n```\n";
        assert_eq!(contents(quoted), ["<task>\n</task>\n"]);
    }

    #[test]
    fn a_closing_tag_may_follow_the_closing_marks() {
        assert_eq!(contents("```\na\n```</action>\nb\n"), ["a\n"]);
    }
}
