//! A JSON text → its shape, by which formats are told apart, and its tree, from which they are read.

use super::cursor::Node;
use super::mending::mend;
use super::problems::Problems;
use crate::model::ProblemKind;
use jsonc_parser::ast::{ObjectProp, Value};
use jsonc_parser::common::Ranged;
use std::ops::Range;

/// The names at the top of a JSON object: enough to tell formats apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    schema: Option<String>,
    fields: Vec<Field>,
}

/// A name at the top, and the names in the first object of its list.
#[derive(Clone, Debug)]
struct Field {
    name: String,
    first_item: Vec<String>,
}

impl Shape {
    /// The shape of `text`; `None` if there is no object.
    pub(super) fn of(text: &str) -> Option<Self> {
        if !text.trim_start().starts_with(['{', '/']) {
            return None;
        }
        let mended = mend(text);
        let tree = mended.parse()?;
        let object = tree.as_object()?;
        let field = |property: &ObjectProp<'_>| Field {
            name: property.name.as_str().to_owned(),
            first_item: names_in_first_item(&property.value),
        };
        Some(Self {
            schema: object.get_string("schema").map(|it| it.value.to_string()),
            fields: object.properties.iter().map(field).collect(),
        })
    }

    /// The text of the field `schema`.
    pub(super) fn schema(&self) -> Option<&str> {
        self.schema.as_deref()
    }

    /// Whether `schema` names some version of the artifact, or names nothing of drift's and `otherwise` holds.
    pub(super) fn is_artifact(&self, artifact: &str, otherwise: impl FnOnce(&Self) -> bool) -> bool {
        match self.schema().and_then(|schema| schema.strip_prefix("drift/")) {
            Some(rest) => rest.split('/').next() == Some(artifact),
            None => otherwise(self),
        }
    }

    /// How many of these names stand at the top.
    pub(super) fn count_of(&self, names: &[&str]) -> usize {
        let at_top = |name: &&&str| self.fields.iter().any(|field| field.name == **name);
        names.iter().filter(at_top).count()
    }

    /// Whether the field is a list whose first object has one of these names.
    pub(super) fn lists_objects_with(&self, field: &str, names: &[&str]) -> bool {
        self.lists_objects_with_several(field, 1, names)
    }

    /// Whether the field is a list whose first object has at least `least` of these names.
    pub(super) fn lists_objects_with_several(&self, field: &str, least: usize, names: &[&str]) -> bool {
        let list = self.fields.iter().find(|it| it.name == field);
        let has = |name: &&&str| list.is_some_and(|list| list.first_item.iter().any(|own| own == **name));
        names.iter().filter(has).count() >= least
    }
}

fn names_in_first_item(value: &Value<'_>) -> Vec<String> {
    let Value::Array(array) = value else {
        return Vec::new();
    };
    let first = array.elements.iter().find_map(|item| match item {
        Value::Object(object) => Some(object),
        _ => None,
    });
    let names = first.into_iter().flat_map(|object| &object.properties);
    names.map(|property| property.name.as_str().to_owned()).collect()
}

/// Reads `text` from its root; what is wrong with its syntax goes to `problems` first.
pub(super) fn read(text: &str, problems: &mut Problems, read: impl FnOnce(Node<'_>, &mut Problems)) {
    let mended = mend(text);
    for error in &mended.errors {
        let at = problems.place("", error.span.clone());
        problems.add(ProblemKind::Unreadable, error.message.as_str(), error.help, at);
    }
    problems.lost = mended.lost.clone();
    if let Some(tree) = mended.parse() {
        let root = problems.place("", span_of(&tree));
        read(Node::new(&tree, root), problems);
    }
}

/// The bytes of a value.
pub(super) fn span_of(value: &Value<'_>) -> Range<usize> {
    let range = value.range();
    range.start..range.end
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn a_shape_is_seen_through_broken_syntax() {
        let shape = Shape::of(r#"{"schema": "drift/intent/1", "units": [1, {"id": 2}], "#).unwrap();
        assert_eq!(shape.schema(), Some("drift/intent/1"));
        assert!(shape.lists_objects_with("units", &["id"]));
        assert!(Shape::of("# Plan").is_none());
    }
}
