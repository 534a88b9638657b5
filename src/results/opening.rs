//! The beginning of a text, from which its dialect is told.

/// How many bytes of the beginning are looked at.
pub(super) const LOOK: u64 = 256 * 1024;

/// The beginning of a text of test results.
pub struct Opening {
    text: String,
}

impl Opening {
    pub(super) fn of(head: &[u8]) -> Self {
        Self {
            text: String::from_utf8_lossy(head).into_owned(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text
            .trim_matches(|c: char| c.is_whitespace() || c == '\0')
            .is_empty()
    }

    /// The number of the first line, from 0, that `is_telling`; the lines have no escape sequences.
    pub(super) fn line_where(&self, is_telling: impl Fn(&str) -> bool) -> Option<usize> {
        self.text
            .lines()
            .position(|line| is_telling(&super::lines::plain(line)))
    }

    /// The JSON object that the text begins with, as far as it is there.
    pub(super) fn object(&self) -> Option<&str> {
        Some(self.text.trim_start()).filter(|text| text.starts_with('{'))
    }

    /// The local name of the first XML element; `None` where the text begins otherwise.
    pub(super) fn root(&self) -> Option<&str> {
        let mut rest = self.text.trim_start();
        loop {
            rest = match rest {
                text if text.starts_with("<?") => after(text, "?>")?,
                text if text.starts_with("<!--") => after(text, "-->")?,
                text if text.starts_with("<!") => after_declaration(text)?,
                text => break element(text),
            };
        }
    }

    /// What the text begins with, cut to a few words.
    pub(super) fn first_words(&self) -> String {
        let line = self.text.lines().find(|line| !line.trim().is_empty());
        line.unwrap_or_default().trim().chars().take(40).collect()
    }
}

fn after<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(end)?;
    Some(rest.trim_start())
}

/// A document type may declare something in brackets.
fn after_declaration(text: &str) -> Option<&str> {
    match (text.find('['), text.find('>')?) {
        (Some(bracket), end) if bracket < end => after(text, "]>"),
        _ => after(text, ">"),
    }
}

fn element(text: &str) -> Option<&str> {
    let name = text.strip_prefix('<')?;
    let end = name
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .unwrap_or(name.len());
    let name = &name[..end];
    Some(name.rsplit_once(':').map_or(name, |(_, local)| local))
}

#[cfg(test)]
mod tests {
    use super::Opening;

    #[test]
    fn the_root_stands_behind_declarations_and_comments() {
        let root = |text: &str| Opening::of(text.as_bytes()).root().map(str::to_owned);
        assert_eq!(
            root("\n<?xml?><!-- <a> --><!DOCTYPE b><ns:testsuites x='1'>"),
            Some("testsuites".into())
        );
        assert_eq!(root("<testsuite/>"), Some("testsuite".into()));
        assert_eq!(root("<!-- never closed <testsuite/>"), None);
        assert_eq!(root("text <testsuite/>"), None);
    }
}
