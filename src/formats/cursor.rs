//! Walks a JSON tree by types and remembers each problem on the way, so that reading never stops at the first one.
//!
//! A [`Node`] is a value that knows its place. Asking it for a type gives the value, or nothing and a problem. An
//! [`Object`] remembers which fields it was asked for; [`Object::finish`] reports the others, and what was missing.

use super::json::span_of;
use super::problems::{Problems, shortened};
use crate::model::{Located, PathPattern, PatternError, PlanLocation, ProblemKind};
use jsonc_parser::ast::{ObjectProp, Value};
use jsonc_parser::common::Ranged;
use std::collections::HashSet;

/// The largest whole number that every JSON reader agrees on: 2^53.
const MAX_WHOLE: f64 = 9_007_199_254_740_992.0;

/// A value and its place.
pub(super) struct Node<'t> {
    value: &'t Value<'t>,
    /// Where it stands.
    pub(super) location: PlanLocation,
}

impl<'t> Node<'t> {
    pub(super) fn new(value: &'t Value<'t>, location: PlanLocation) -> Self {
        Self { value, location }
    }

    /// Whether the value is an object.
    pub(super) fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    /// Whether the value is an object with a field of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        let Value::Object(object) = self.value else {
            return false;
        };
        object.properties.iter().any(|it| it.name.as_str() == name)
    }

    /// Whether the value is a list.
    pub(super) fn is_list(&self) -> bool {
        matches!(self.value, Value::Array(_))
    }

    /// Whether the value is a text.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.value, Value::StringLit(_))
    }

    /// The object.
    pub(super) fn object(&self, problems: &mut Problems) -> Option<Object<'t>> {
        match self.value {
            Value::Object(object) => Some(Object::new(&object.properties, self.location.clone())),
            _ => self.mismatch("an object", problems),
        }
    }

    /// The items of the list.
    pub(super) fn list(&self, problems: &mut Problems) -> Option<Vec<Node<'t>>> {
        let Value::Array(array) = self.value else {
            return self.mismatch("a list", problems);
        };
        let items = array.elements.iter().enumerate();
        Some(
            items
                .map(|(index, item)| self.child(item, &index.to_string()))
                .collect(),
        )
    }

    /// The items of the list; none where it is no list.
    pub(super) fn items(&self, problems: &mut Problems) -> Vec<Node<'t>> {
        self.list(problems).unwrap_or_default()
    }

    /// The text, empty or not.
    pub(super) fn any_text(&self, problems: &mut Problems) -> Option<String> {
        match self.value {
            Value::StringLit(text) => Some(text.value.to_string()),
            _ => self.mismatch("a string", problems),
        }
    }

    /// The text, which must say something.
    pub(super) fn text(&self, problems: &mut Problems) -> Option<String> {
        let text = self.any_text(problems)?;
        if text.trim().is_empty() {
            problems.invalid(&self.location, format!("`{}` is empty", self.label()), "");
            return None;
        }
        Some(text)
    }

    /// The texts of the list, each with its place; what is no text is left out.
    pub(super) fn texts(&self, problems: &mut Problems) -> Vec<Located<String>> {
        let items = self.items(problems);
        items
            .into_iter()
            .filter_map(|item| item.located_text(problems))
            .collect()
    }

    /// The text and its place.
    pub(super) fn located_text(self, problems: &mut Problems) -> Option<Located<String>> {
        let value = self.text(problems)?;
        let location = self.location;
        Some(Located { value, location })
    }

    /// `true` or `false`.
    pub(super) fn boolean(&self, problems: &mut Problems) -> Option<bool> {
        match self.value {
            Value::BooleanLit(boolean) => Some(boolean.value),
            _ => self.mismatch("true or false", problems),
        }
    }

    /// A whole number, `least` or more.
    pub(super) fn whole_number(&self, least: u64, problems: &mut Problems) -> Option<u64> {
        let number = self.number("a whole number", problems)?;
        let whole = number.fract() == 0.0 && number.abs() <= MAX_WHOLE;
        if !whole || number < least as f64 {
            let message = format!("`{}` is {}", self.label(), self.source_of_number());
            problems.invalid(
                &self.location,
                message,
                format!("write a whole number, {least} or more"),
            );
            return None;
        }
        Some(number as u64)
    }

    /// A share: a number from 0 to 1.
    pub(super) fn share(&self, problems: &mut Problems) -> Option<f64> {
        let number = self.number("a number from 0 to 1", problems)?;
        if !(0.0..=1.0).contains(&number) {
            let message = format!("`{}` is {}", self.label(), self.source_of_number());
            problems.invalid(&self.location, message, "write a number from 0 to 1, such as 0.95");
            return None;
        }
        Some(number)
    }

    /// One of these words. One in other letters is a problem, and understood all the same.
    pub(super) fn near_choice<T: Copy>(&self, words: &[(&str, T)], problems: &mut Problems) -> Option<T> {
        let exact = self.choice(words, problems);
        let Value::StringLit(text) = self.value else {
            return exact;
        };
        let means = |(word, _): &&(&str, T)| word.eq_ignore_ascii_case(text.value.trim());
        exact.or_else(|| words.iter().find(means).map(|(_, meaning)| *meaning))
    }

    /// One of these words, by exact case.
    pub(super) fn choice<T: Copy>(&self, words: &[(&str, T)], problems: &mut Problems) -> Option<T> {
        let text = self.text(problems)?;
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*meaning);
        }
        let names = words.iter().map(|(word, _)| *word);
        let help = problems.did_you_mean(&text, names.clone()).unwrap_or_else(|| {
            let all: Vec<_> = names.map(|name| format!("`{name}`")).collect();
            format!("write one of {}", all.join(", "))
        });
        problems.invalid(
            &self.location,
            format!("`{}` can't be `{}`", self.label(), name_in_message(&text)),
            help,
        );
        None
    }

    /// A path pattern.
    pub(super) fn pattern(&self, problems: &mut Problems) -> Option<PathPattern> {
        let text = self.text(problems)?;
        match PathPattern::parse(&text) {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                problems.invalid(
                    &self.location,
                    format!("`{}`: {error}", name_in_message(&text)),
                    help_with_pattern(error),
                );
                None
            }
        }
    }

    /// What messages call the value: `files[0]`, `goal`.
    pub(super) fn label(&self) -> String {
        label(&self.location.pointer)
    }

    /// Reports that the value is not what was `expected`.
    pub(super) fn mismatch<T>(&self, expected: &str, problems: &mut Problems) -> Option<T> {
        let label = self.label();
        if matches!(self.value, Value::NullKeyword(_)) {
            let help = format!("write {expected}, or leave the field out");
            problems.invalid(&self.location, format!("`{label}` is null"), help);
        } else {
            let message = format!("`{label}` is {}; it has to be {expected}", kind(self.value));
            problems.invalid(&self.location, message, "");
        }
        None
    }

    fn number(&self, expected: &str, problems: &mut Problems) -> Option<f64> {
        match self.value {
            Value::NumberLit(number) => number.value.parse().ok().filter(|it: &f64| it.is_finite()).or_else(|| {
                let message = format!("`{}` is no number that can be read", self.label());
                problems.invalid(&self.location, message, format!("write {expected}"));
                None
            }),
            _ => self.mismatch(expected, problems),
        }
    }

    fn source_of_number(&self) -> &str {
        match self.value {
            Value::NumberLit(number) => number.value,
            _ => "",
        }
    }

    fn child(&self, value: &'t Value<'t>, name: &str) -> Node<'t> {
        Node::new(value, child_place(&self.location, name, value))
    }
}

/// An object that is being read.
pub(super) struct Object<'t> {
    properties: &'t [ObjectProp<'t>],
    asked: Vec<&'static str>,
    missing: Vec<&'static str>,
    /// Where it stands.
    pub(super) location: PlanLocation,
}

impl<'t> Object<'t> {
    fn new(properties: &'t [ObjectProp<'t>], location: PlanLocation) -> Self {
        Self {
            properties,
            asked: Vec::new(),
            missing: Vec::new(),
            location,
        }
    }

    /// The value of a field that may be there. Of two, the last one counts, as for most readers of JSON.
    pub(super) fn field(&mut self, name: &'static str) -> Option<Node<'t>> {
        self.asked.push(name);
        let property = self.properties.iter().rfind(|it| it.name.as_str() == name)?;
        let location = child_place(&self.location, name, &property.value);
        Some(Node::new(&property.value, location))
    }

    /// Whether a field of this name is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.properties.iter().any(|it| it.name.as_str() == name)
    }

    /// The value of a field, which must be there if it `is_required`.
    pub(super) fn wanted(&mut self, name: &'static str, is_required: bool) -> Option<Node<'t>> {
        if is_required {
            self.required(name)
        } else {
            self.field(name)
        }
    }

    /// The names and values of an object that may hold anything.
    pub(super) fn entries(&self, mut ask: impl FnMut(&str, Node<'t>)) {
        for property in self.properties {
            let name = property.name.as_str();
            ask(
                name,
                Node::new(&property.value, child_place(&self.location, name, &property.value)),
            );
        }
    }

    /// The value of a field that must be there.
    pub(super) fn required(&mut self, name: &'static str) -> Option<Node<'t>> {
        let found = self.field(name);
        if found.is_none() {
            self.missing.push(name);
        }
        found
    }

    /// Reports the fields that nobody asked for, those that are there twice, and those that are missing.
    pub(super) fn finish(self, problems: &mut Problems) {
        let mut seen = HashSet::new();
        let mut unknown = Vec::new();
        for property in self.properties {
            let name = property.name.as_str();
            if !seen.insert(name) {
                let message = format!(
                    "`{}` is there more than once; the last one counts",
                    name_in_message(name)
                );
                problems.invalid(&self.place_of_name(property), message, "leave one of them");
            } else if !self.asked.contains(&name) {
                unknown.push(property);
            }
        }
        let absent: Vec<_> = self.asked.iter().copied().filter(|name| !seen.contains(name)).collect();
        let meant: HashSet<_> = unknown
            .into_iter()
            .filter_map(|property| self.report_unknown(property, &absent, problems))
            .collect();
        for name in self.missing.iter().filter(|name| !meant.contains(*name)) {
            self.report_missing(name, problems);
        }
    }

    /// Reports a field that the object does not have, and returns the absent one that it was meant to be.
    fn report_unknown(
        &self,
        property: &ObjectProp<'_>,
        absent: &[&'static str],
        problems: &mut Problems,
    ) -> Option<&'static str> {
        let name = property.name.as_str();
        let meant = problems.meant(name, absent.iter().copied());
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("the fields here are {}", quoted(&self.asked)),
        };
        let message = format!("unknown field `{}`", name_in_message(name));
        problems.add(ProblemKind::UnknownField, message, help, self.place_of_name(property));
        meant
    }

    fn report_missing(&self, name: &str, problems: &mut Problems) {
        if problems.some_is_lost() {
            return;
        }
        let start = self.location.span.map_or(0, |(start, _)| start);
        let mut place = self.location.clone();
        place.span = Some((start, start + 1));
        place.pointer = format!("{}/{name}", place.pointer);
        let message = match self.location.pointer.as_str() {
            "" => format!("`{name}` is missing"),
            pointer => format!("`{}` has no `{name}`", label(pointer)),
        };
        problems.add(ProblemKind::MissingField, message, "", place);
    }

    fn place_of_name(&self, property: &ObjectProp<'_>) -> PlanLocation {
        let range = property.name.range();
        let mut place = child_place(&self.location, property.name.as_str(), &property.value);
        place.span = Some((range.start, range.end));
        place
    }
}

fn child_place(parent: &PlanLocation, name: &str, value: &Value<'_>) -> PlanLocation {
    let escaped = name.replace('~', "~0").replace('/', "~1");
    PlanLocation::new(parent.source, format!("{}/{escaped}", parent.pointer), span_of(value))
}

/// The last part of a pointer, as people write it: `goal`, `files[0]`.
fn label(pointer: &str) -> String {
    let Some((parent, last)) = pointer.rsplit_once('/') else {
        return "the file".into();
    };
    match last.parse::<usize>() {
        Ok(index) => format!("{}[{index}]", label(parent)),
        Err(_) => last.replace("~1", "/").replace("~0", "~"),
    }
}

fn kind(value: &Value<'_>) -> &'static str {
    match value {
        Value::StringLit(_) => "a string",
        Value::NumberLit(_) => "a number",
        Value::BooleanLit(_) => "true or false",
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::NullKeyword(_) => "null",
    }
}

fn quoted(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// A name or value that leaves room for the rest of the message.
fn name_in_message(text: &str) -> String {
    shortened(text.to_owned(), 60)
}

fn help_with_pattern(error: PatternError) -> &'static str {
    match error {
        PatternError::Outside => "name it from the top of the repository",
        PatternError::TooComplex => "write several shorter patterns",
        PatternError::Absolute | PatternError::Empty | PatternError::Malformed => "",
    }
}
