//! Which units declare a touched path, and how exactly.

use super::Context;
use crate::model::{Action, Change, ChangeKind, Commit, PathPattern, PatternSet, Plan, RepoPath};
use std::collections::HashMap;

/// One declaration of a unit that names a path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// Index of the unit.
    pub(super) unit: usize,
    /// Index into the unit's files.
    pub(super) file: usize,
    /// How much the declaration says: 1 for the path itself, less for a folder, least for `**`.
    pub(super) exactness: f64,
}

/// What the plan says of one path.
#[derive(Clone, Debug, Default)]
pub(super) struct PathFacts {
    /// The units that declare it, in their order; one hit for each declaration.
    pub(super) hits: Vec<Hit>,
    /// How many different units those are.
    pub(super) units: usize,
    /// Indices of the lanes that declare it as a whole.
    pub(super) lanes: Vec<usize>,
    /// It says nothing of the work: nobody declares it, and it is bookkeeping or follows from other files.
    pub(super) silent: bool,
    /// How many candidates touch it.
    pub(super) touched_by: usize,
}

/// A change of a candidate, with the number of its path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Touch<'h> {
    pub(super) change: &'h Change,
    path: usize,
}

/// The paths of a history, each looked up once.
pub(super) struct Paths<'h> {
    declarations: Declarations,
    numbers: HashMap<&'h RepoPath, usize>,
    facts: Vec<PathFacts>,
}

impl<'h> Paths<'h> {
    /// Makes ready to look paths up.
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            declarations: Declarations::new(plan),
            numbers: HashMap::new(),
            facts: Vec::new(),
        }
    }

    /// The changes of a commit whose paths say something of the work.
    pub(super) fn telling(&mut self, commit: &'h Commit, context: &Context<'_>) -> Vec<Touch<'h>> {
        let mut touches = Vec::new();
        for change in &commit.changes {
            let path = *self.numbers.entry(&change.path).or_insert_with(|| {
                self.facts.push(self.declarations.facts(&change.path, context));
                self.facts.len() - 1
            });
            if !self.facts[path].silent {
                touches.push(Touch { change, path });
            }
        }
        touches
    }

    /// What the plan says of a touched path.
    pub(super) fn facts(&self, touch: &Touch<'_>) -> &PathFacts {
        &self.facts[touch.path]
    }

    /// Counts a candidate that touches a path.
    pub(super) fn count(&mut self, touch: &Touch<'_>) {
        self.facts[touch.path].touched_by += 1;
    }
}

/// Who wrote a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Unit(usize),
    Lane(usize),
}

/// All patterns of the plan in one set, with their owners.
struct Declarations {
    set: PatternSet,
    owners: Vec<(Owner, usize)>,
}

impl Declarations {
    fn new(plan: &Plan) -> Self {
        let mut owners = Vec::new();
        let mut patterns = Vec::new();
        let of_units = plan
            .units
            .iter()
            .enumerate()
            .map(|(unit, it)| (Owner::Unit(unit), &it.files));
        let of_lanes = plan
            .lanes
            .iter()
            .enumerate()
            .map(|(lane, it)| (Owner::Lane(lane), &it.allowed));
        for (owner, declarations) in of_units.chain(of_lanes) {
            for (index, declaration) in declarations.iter().enumerate() {
                owners.push((owner, index));
                patterns.push(declaration.pattern.clone());
            }
        }
        Self {
            set: PatternSet::new(patterns),
            owners,
        }
    }

    fn facts(&self, path: &RepoPath, context: &Context<'_>) -> PathFacts {
        let mut facts = PathFacts::default();
        for index in self.set.all_matching(path.as_bytes()) {
            let (owner, file) = self.owners[index];
            let pattern = &self.set.patterns()[index];
            match owner {
                Owner::Unit(unit) if pattern.excludes() => facts.hits.retain(|hit| hit.unit != unit),
                Owner::Unit(unit) => facts.hits.push(Hit {
                    unit,
                    file,
                    exactness: exactness(pattern, path),
                }),
                Owner::Lane(lane) if pattern.excludes() => facts.lanes.retain(|it| *it != lane),
                Owner::Lane(lane) if facts.lanes.contains(&lane) => {}
                Owner::Lane(lane) => facts.lanes.push(lane),
            }
        }
        facts.units = facts.hits.chunk_by(|one, next| one.unit == next.unit).count();
        facts.silent = facts.hits.is_empty() && facts.lanes.is_empty() && (context.is_silent)(path);
        facts
    }
}

/// How much it says of a path that a pattern names it.
fn exactness(pattern: &PathPattern, path: &RepoPath) -> f64 {
    if pattern.text().as_bytes() == path.as_bytes() {
        return 1.0;
    }
    let fixed = pattern.fixed_prefix();
    let depth = if fixed.is_empty() {
        0
    } else {
        fixed.matches('/').count() + 1
    };
    let least = if pattern.literal().is_some() { 0.4 } else { 0.3 };
    least + 0.1 * depth.min(3) as f64
}

/// How well what happened to a file fits what was declared: 1 where it fits or nothing was declared.
pub(super) fn fit(action: Option<Action>, kind: ChangeKind) -> f64 {
    match (action, kind) {
        (None | Some(Action::Rename), _)
        | (Some(Action::Create), ChangeKind::Added)
        | (Some(Action::Delete), ChangeKind::Deleted)
        | (Some(Action::Modify), ChangeKind::Modified | ChangeKind::TypeChanged) => 1.0,
        // What one commit creates, a later one of the same unit may touch up.
        (Some(Action::Create), ChangeKind::Modified) => 0.7,
        _ => 0.4,
    }
}

#[cfg(test)]
mod tests {
    use super::{exactness, fit};
    use crate::model::{Action, ChangeKind, PathPattern};

    #[test]
    fn the_path_itself_says_more_than_a_folder_and_that_more_than_wildcards() {
        let of = |pattern: &str| exactness(&PathPattern::parse(pattern).unwrap(), &"src/auth/login.rs".into());
        let falling = ["src/auth/login.rs", "src/auth", "src/auth/*.rs", "src/**", "**"].map(of);
        assert!(falling.is_sorted_by(|a, b| a > b), "{falling:?}");
    }

    #[test]
    fn an_action_that_happened_fits_better() {
        let created = |kind| fit(Some(Action::Create), kind);
        assert!(created(ChangeKind::Added) > created(ChangeKind::Modified));
        assert!(created(ChangeKind::Modified) > created(ChangeKind::Deleted));
        assert_eq!(fit(None, ChangeKind::Deleted), 1.0);
    }
}
