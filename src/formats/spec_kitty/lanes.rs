//! `lanes.json`: which packages are worked on side by side, each lane on a branch of its own.

use super::meta::{commit, text_of};
use crate::formats::cursor::{Node, Object};
use crate::formats::problems::Problems;
use crate::formats::{Text, json};
use crate::model::{Declaration, Located, PathPattern, PlanLocation, ProblemKind};
use std::collections::BTreeSet;

/// What the file says.
#[derive(Clone, Debug, Default)]
pub(super) struct Lanes {
    /// The mission's name.
    pub slug: Option<String>,
    /// The branch that the lanes' branches are named after.
    pub branch: Option<String>,
    /// The commit at which planning was done and the lanes could begin.
    pub planning_commit: Option<String>,
    /// The lanes, in their order.
    pub lanes: Vec<WorkLane>,
}

/// One lane: packages that one pair of hands works on, one after the other.
#[derive(Clone, Debug)]
pub(super) struct WorkLane {
    /// `lane-a`.
    pub id: String,
    /// Its packages.
    pub packages: Vec<String>,
    /// What its packages own together.
    pub scope: Vec<Declaration>,
    /// The lanes that come before it.
    pub depends_on: Vec<Located<String>>,
    /// Where it stands.
    pub location: PlanLocation,
}

impl Lanes {
    /// The only lane that all of `packages` are worked on in, where it has a branch of its own.
    pub fn lane_of(&self, packages: &[&str]) -> Option<&WorkLane> {
        let holds_all = |lane: &&WorkLane| packages.iter().all(|id| lane.packages.iter().any(|own| own == id));
        let lane = self.lanes.iter().find(holds_all).filter(|_| !packages.is_empty());
        lane.filter(|lane| lane.id.starts_with("lane-"))
    }

    /// The branch of a lane.
    pub fn branch_of(&self, lane: &WorkLane) -> Option<String> {
        let branch = self.branch.as_deref()?;
        Some(format!("{branch}-{}", lane.id))
    }

    /// The lanes that come before a lane, by whatever way, in the order of the file.
    pub fn before(&self, lane: &WorkLane) -> Vec<&WorkLane> {
        let mut names: BTreeSet<&str> = BTreeSet::new();
        let mut open = vec![lane];
        while let Some(next) = open.pop() {
            for needed in &next.depends_on {
                let found = self.lanes.iter().find(|it| it.id == needed.value && it.id != lane.id);
                open.extend(found.filter(|it| names.insert(it.id.as_str())));
            }
        }
        self.lanes.iter().filter(|it| names.contains(it.id.as_str())).collect()
    }
}

/// Reads the file; version 1 is the only one there is.
pub(super) fn read(text: &Text, problems: &mut Problems) -> Lanes {
    let mut lanes = Lanes::default();
    json::read(&text.text, problems, |root, problems| {
        let Some(mut object) = root.object(problems) else {
            return;
        };
        check_version(&mut object, problems);
        lanes.slug = text_of(&mut object, "mission_slug", problems)
            .or_else(|| text_of(&mut object, "feature_slug", problems))
            .map(|it| it.value);
        lanes.branch = text_of(&mut object, "mission_branch", problems).map(|it| it.value);
        lanes.planning_commit = commit(&mut object, "planning_commit_sha", problems);
        let items = object
            .field("lanes")
            .map(|node| node.items(problems))
            .unwrap_or_default();
        lanes.lanes = items.into_iter().filter_map(|item| lane(&item, problems)).collect();
    });
    lanes
}

fn check_version(object: &mut Object<'_>, problems: &mut Problems) {
    let Some(node) = object.field("version") else { return };
    if let Some(version) = node.whole_number(0, problems).filter(|it| *it != 1) {
        let message = format!("`version` is {version}");
        problems.invalid(
            &node.location,
            message,
            "this drift reads version 1, and reads this one as if it were",
        );
    }
}

fn lane(node: &Node<'_>, problems: &mut Problems) -> Option<WorkLane> {
    let mut object = node.object(problems)?;
    let Some(id) = object.field("lane_id") else {
        problems.add(
            ProblemKind::MissingField,
            "a lane has no `lane_id`",
            "",
            node.location.clone(),
        );
        return None;
    };
    let id = id.located_text(problems)?;
    Some(WorkLane {
        packages: values(&mut object, "wp_ids", problems),
        scope: scope(&mut object, problems),
        depends_on: object
            .field("depends_on_lanes")
            .map(|it| it.texts(problems))
            .unwrap_or_default(),
        location: id.location,
        id: id.value,
    })
}

fn values(object: &mut Object<'_>, name: &'static str, problems: &mut Problems) -> Vec<String> {
    let texts = object.field(name).map(|it| it.texts(problems)).unwrap_or_default();
    texts.into_iter().map(|it| it.value).collect()
}

fn scope(object: &mut Object<'_>, problems: &mut Problems) -> Vec<Declaration> {
    let texts = object
        .field("write_scope")
        .map(|it| it.texts(problems))
        .unwrap_or_default();
    let mut found = Vec::new();
    for Located { value, location } in texts {
        match PathPattern::parse_crossing(&value) {
            Ok(pattern) => found.push(Declaration {
                pattern,
                action: None,
                reason: None,
                location,
            }),
            Err(error) => problems.invalid(&location, format!("`write_scope`: {error}"), ""),
        }
    }
    found
}

/// Each lane's id with its packages, in their order.
pub(super) fn packages(text: &Text) -> Vec<(String, Vec<String>)> {
    let lanes = read(text, &mut Problems::new(0));
    lanes.lanes.into_iter().map(|lane| (lane.id, lane.packages)).collect()
}
