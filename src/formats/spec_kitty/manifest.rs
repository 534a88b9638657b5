//! `wps.yaml`: all packages of a mission in one list.

use super::document::is_package_id;
use super::package::Package;
use crate::formats::Text;
use crate::formats::problems::{Problems, shortened};
use crate::formats::yaml::{self, node::Node};
use crate::model::ProblemKind;

/// The packages, in their order. A text that is no YAML is one problem, and no package.
pub(super) fn read(text: &Text, problems: &mut Problems) -> Vec<Package> {
    let source = &text.text;
    let root = match yaml::read(source, 0..source.len()) {
        Ok(root) => root,
        Err(error) => {
            let end = source[error.offset..]
                .find('\n')
                .map_or(source.len(), |at| error.offset + at);
            let place = problems.place("", error.offset..end);
            if !error.duplicate_key {
                problems.add(
                    ProblemKind::Unreadable,
                    format!("this is no valid YAML: {}", error.message),
                    "",
                    place,
                );
                return Vec::new();
            }
            problems.invalid(&place, error.message, "keep one of them");
            match yaml::read_repeated(source, 0..source.len()) {
                Ok(root) => root,
                Err(_) => return Vec::new(),
            }
        }
    };
    let list = root.get("work_packages").map_or(&[][..], Node::items);
    list.iter().filter_map(|entry| package(entry, problems)).collect()
}

fn package(entry: &Node, problems: &mut Problems) -> Option<Package> {
    let Some(id) = entry.get("id").or_else(|| entry.get("work_package_id")) else {
        let place = problems.place("work_packages", entry.span.clone());
        problems.add(
            ProblemKind::MissingField,
            "a package has no `id`",
            "write `id: WP01`",
            place,
        );
        return None;
    };
    let place = problems.place("id", id.span.clone());
    let name = id.text().unwrap_or_default();
    if !is_package_id(name) {
        let message = format!("`{}` is no id of a work package", shortened(name.to_owned(), 60));
        problems.invalid(&place, message, "write `WP` and two digits");
    }
    Some(Package {
        id: name.to_owned(),
        ..Package::read(entry, place, problems)
    })
}
