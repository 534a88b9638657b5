//! A Markdown text as its headings see it: each with the lines below it. What stands in a code block is no heading.

use crate::formats::gsd::fences;
use std::ops::Range;

/// A heading and what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) struct Section {
    /// How many `#` it has.
    pub level: usize,
    /// Its words.
    pub title: String,
    /// The bytes of the heading's line, without the line break.
    pub heading: Range<usize>,
    /// The bytes from below the heading to the next heading of any level.
    pub own: Range<usize>,
    /// The bytes from below the heading to the next heading that is not below it.
    pub whole: Range<usize>,
}

/// The sections of `text`, in order.
pub(in crate::formats) fn sections(text: &str) -> Vec<Section> {
    let fences = fences::find(text, 0);
    let mut fences = fences.iter().peekable();
    let mut found: Vec<Section> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = at..at + line.len();
        at = span.end;
        while fences.next_if(|fence| fence.span.end <= span.start).is_some() {}
        let fenced = fences.peek().is_some_and(|fence| fence.span.start <= span.start);
        let Some((level, title)) = heading(line).filter(|_| !fenced) else {
            continue;
        };
        found.push(Section {
            level,
            title: title.to_owned(),
            heading: span.start..span.start + line.trim_end().len(),
            own: span.end..text.len(),
            whole: span.end..text.len(),
        });
    }
    close(&mut found);
    found
}

/// Ends each section where the next one begins.
fn close(sections: &mut [Section]) {
    let mut open: Vec<usize> = Vec::new();
    for index in 0..sections.len() {
        let (level, start) = (sections[index].level, sections[index].heading.start);
        if let Some(last) = index.checked_sub(1) {
            sections[last].own.end = start;
        }
        while let Some(last) = open.pop_if(|last| sections[*last].level >= level) {
            sections[last].whole.end = start;
        }
        open.push(index);
    }
}

/// The level of a heading's line and its words, without closing marks and emphasis around the whole.
fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let words = line[level..].strip_prefix([' ', '\t'])?;
    let words = words.trim().trim_end_matches('#').trim_end();
    let plain = words.strip_prefix("**").and_then(|it| it.strip_suffix("**"));
    (1..=6).contains(&level).then(|| (level, plain.unwrap_or(words)))
}

#[cfg(test)]
mod tests {
    use super::sections;

    #[test]
    fn a_section_ends_where_the_next_of_its_kind_begins() {
        let text = "# A\na\n## B #\nb\n```\n# no heading\n```\n### **C**\nc\n## D\nd\n";
        let shown: Vec<_> = sections(text)
            .into_iter()
            .map(|it| (it.level, it.title, text[it.own].len(), text[it.whole].len()))
            .collect();
        let title = |text: &str| text.to_owned();
        assert_eq!(
            shown,
            [
                (1, title("A"), 2, text.len() - 4),
                (2, title("B"), 23, 35),
                (3, title("C"), 2, 2),
                (2, title("D"), 2, 2)
            ]
        );
    }
}
