//! XML as the runners write it: elements, attributes and texts of bounded size, from a stream.
//!
//! Nothing is expanded: no entity but the five of XML itself and character references. Control characters, which XML does
//! not know and which runners write all the same, pass through.

mod slim;

use super::ResultsError;
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesStart, Event};
use slim::Slim;
use std::io::BufRead;
use std::mem;

/// The deepest nesting that is read; the stack does not grow with it, what the tests keep does.
const DEPTH: usize = 256;

/// What comes next in the document.
pub(super) enum Node {
    /// An element begins.
    Start(Element),
    /// The innermost element ends.
    End,
    /// The document is complete.
    Done,
}

/// The beginning of an element.
pub(super) struct Element {
    /// Its name without its namespace.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The attribute's value; `None` where it is absent or blank.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.iter_mut().find(|(key, _)| key == name)?;
        Some(mem::take(value)).filter(|value| !value.trim().is_empty())
    }

    /// The attribute's value; the empty text where it is absent.
    pub(super) fn get(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }
}

/// Reads a document.
pub(super) struct Xml<'a> {
    reader: Reader<Slim<'a>>,
    buffer: Vec<u8>,
    depth: usize,
    is_closed: bool,
    closes_next: bool,
    text: String,
    keeps_text: bool,
}

impl<'a> Xml<'a> {
    pub(super) fn new(input: &'a mut dyn BufRead) -> Self {
        let mut reader = Reader::from_reader(Slim::new(input));
        reader.config_mut().allow_dangling_amp = true;
        Self {
            reader,
            buffer: Vec::new(),
            depth: 0,
            is_closed: false,
            closes_next: false,
            text: String::new(),
            keeps_text: false,
        }
    }

    /// From here on texts are kept, until [`Self::take_text`].
    pub(super) fn keep_text(&mut self) {
        self.text.clear();
        self.keeps_text = true;
    }

    /// The texts since [`Self::keep_text`].
    pub(super) fn take_text(&mut self) -> String {
        self.keeps_text = false;
        mem::take(&mut self.text)
    }

    /// The next node. An element that is empty has an end too. Only the attributes that are `wanted` are kept.
    pub(super) fn next(&mut self, wanted: &[&str]) -> Result<Node, ResultsError> {
        if mem::take(&mut self.closes_next) {
            return Ok(self.end());
        }
        loop {
            self.buffer.clear();
            match self.reader.read_event_into(&mut self.buffer) {
                Ok(Event::Start(start)) => {
                    let element = element(&start, wanted);
                    return self.start(element);
                }
                Ok(Event::Empty(start)) => {
                    let element = element(&start, wanted);
                    self.closes_next = true;
                    return self.start(element);
                }
                Ok(Event::End(_)) => return Ok(self.end()),
                Ok(Event::Eof) => return self.done(),
                Ok(event) => {
                    if self.keeps_text {
                        keep(&mut self.text, &event);
                    }
                }
                Err(error) => return Err(self.fault(&error)),
            }
        }
    }

    /// Reads over everything inside of the element that was begun last, its end included.
    pub(super) fn skip(&mut self) -> Result<(), ResultsError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next(&[])?;
        }
        Ok(())
    }

    /// The error, where reading stands.
    pub(super) fn error(&self, error: ResultsError) -> ResultsError {
        let (line, byte) = self.reader.get_ref().place();
        error.at(line, byte)
    }

    fn start(&mut self, element: Element) -> Result<Node, ResultsError> {
        if self.is_closed {
            let what = format!("`<{}>` follows after the end of the document", element.name);
            return Err(self.error(ResultsError::new(what, "give each report in a file of its own")));
        }
        self.depth += 1;
        if self.depth > DEPTH {
            let what = format!("the elements are nested more than {DEPTH} deep");
            return Err(self.error(ResultsError::too_large(what)));
        }
        Ok(Node::Start(element))
    }

    fn end(&mut self) -> Node {
        self.depth -= 1;
        self.is_closed = self.depth == 0;
        Node::End
    }

    fn done(&self) -> Result<Node, ResultsError> {
        if self.depth == 0 && self.is_closed {
            return Ok(Node::Done);
        }
        let what = match self.depth {
            0 => "there is no element in it".to_owned(),
            1 => "one element is not closed".to_owned(),
            open => format!("{open} elements are not closed"),
        };
        Err(self.error(ResultsError::truncated(what)))
    }

    fn fault(&self, error: &Error) -> ResultsError {
        let fault = match error {
            Error::Io(source) => match source.get_ref().and_then(|it| it.downcast_ref::<slim::Refusal>()) {
                Some(refusal) => refusal.error(),
                None => ResultsError::from(std::io::Error::other(source.to_string())),
            },
            Error::Syntax(syntax) => ResultsError::truncated(format!("{syntax}")),
            Error::IllFormed(IllFormedError::MissingEndTag(name)) => {
                ResultsError::truncated(format!("`<{name}>` is not closed"))
            }
            other => ResultsError::new(
                format!("this is not well-formed XML: {other}"),
                "look at the line: something else than the runner wrote into the file, or several runners did",
            ),
        };
        self.error(fault)
    }
}

fn element(start: &BytesStart<'_>, wanted: &[&str]) -> Element {
    let name = start.local_name();
    let mut attributes = Vec::new();
    for attribute in start.html_attributes().with_checks(false).flatten() {
        let key = attribute.key.local_name();
        let key: &str = key.as_ref();
        if wanted.contains(&key) {
            attributes.push((key.to_owned(), unescaped(attribute.value.as_ref())));
        }
    }
    Element {
        name: AsRef::<str>::as_ref(&name).to_owned(),
        attributes,
    }
}

fn keep(text: &mut String, event: &Event<'_>) {
    if text.len() > slim::KEPT {
        return;
    }
    match event {
        Event::Text(part) => text.push_str(part),
        Event::CData(part) => text.push_str(part),
        Event::GeneralRef(reference) => text.push_str(&unescaped(&format!("&{};", &**reference))),
        _ => {}
    }
}

/// The text with the five entities of XML and character references in it resolved; everything else stays as it stands.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character that the reference at the beginning of `text` means, and the reference's length.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let c = match &text[1..end] {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        name => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn references_are_resolved_and_nothing_else() {
        assert_eq!(unescaped("&lt;&#65;&#x1b;&amp;lt;&quot;&apos;&gt;"), "<A\u{1b}&lt;\"'>");
        assert_eq!(
            unescaped("&lol; & &#xd800; &#; &unfinished"),
            "&lol; & \u{fffd} &#; &unfinished"
        );
    }
}
