//! `meta.json`: what a mission is called, what it is for, and the range that it was accepted on.

use super::package::is_object_id;
use crate::formats::cursor::{Node, Object};
use crate::formats::problems::Problems;
use crate::formats::{Text, json};
use crate::model::Located;

/// What a mission says of itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Meta {
    /// Its name, most often that of its folder.
    pub slug: Option<String>,
    /// What it is for.
    pub goal: Option<Located<String>>,
    /// The commit that it was merged upon.
    pub base: Option<String>,
    /// The commit that was accepted.
    pub target: Option<String>,
}

/// Reads the fields that count; the others are the system's own.
pub(super) fn read(text: &Text, problems: &mut Problems) -> Meta {
    let mut meta = Meta::default();
    json::read(&text.text, problems, |root, problems| {
        let Some(mut object) = root.object(problems) else {
            return;
        };
        meta.slug = text_of(&mut object, "mission_slug", problems)
            .or_else(|| text_of(&mut object, "feature_slug", problems))
            .or_else(|| text_of(&mut object, "slug", problems))
            .map(|it| it.value);
        meta.goal = ["purpose_tldr", "friendly_name"]
            .into_iter()
            .find_map(|name| text_of(&mut object, name, problems));
        meta.base = commit(&mut object, "baseline_merge_commit", problems);
        meta.target = commit(&mut object, "accept_commit", problems);
    });
    meta
}

/// The id that the mission declares.
pub(super) fn declared_id(text: &Text) -> Option<String> {
    let mut problems = Problems::new(0);
    let mut id = None;
    json::read(&text.text, &mut problems, |root, problems| {
        id = root
            .object(problems)
            .and_then(|mut object| text_of(&mut object, "mission_id", problems))
            .map(|it| it.value);
    });
    id
}

/// The text of a field, where it is one and says something.
pub(super) fn text_of(object: &mut Object<'_>, name: &'static str, problems: &mut Problems) -> Option<Located<String>> {
    let node = object.field(name).filter(Node::is_text)?;
    let text = node.any_text(problems)?;
    (!text.trim().is_empty()).then_some(Located {
        value: text,
        location: node.location,
    })
}

/// A commit's full id; `null` and an empty text say that there is none yet.
pub(super) fn commit(object: &mut Object<'_>, name: &'static str, problems: &mut Problems) -> Option<String> {
    let found = text_of(object, name, problems)?;
    if is_object_id(&found.value) {
        return Some(found.value);
    }
    if found.value != "unknown" {
        let help = "write the full id of a commit, or leave the field out";
        problems.invalid(&found.location, format!("`{name}` is no commit id"), help);
    }
    None
}
