//! Who declares a path: an index over all declarations of a plan.
//!
//! Every pattern is filed under its leading folders without wildcards, so that a path meets only the patterns that
//! are filed under itself or a folder above it, and many literal paths cost one look into a table.

use crate::model::{Action, Declaration, Declared, PathPattern, Plan, RepoPath, UnitKind};
use bstr::ByteSlice;
use std::collections::{HashMap, HashSet};

/// The declarations of a plan, ready to be asked.
pub(super) struct Scope<'a> {
    /// The plan that declares.
    pub plan: &'a Plan,
    /// All declarations, the excluding ones too, in the order of `Plan::declarations`.
    entries: Vec<(Declared, &'a Declaration)>,
    by_prefix: PrefixIndex<'a>,
    has_exclusions: bool,
    /// For each unit whether it declares any file.
    unit_declares: Vec<bool>,
}

impl<'a> Scope<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let entries: Vec<_> = plan.declarations().collect();
        Self {
            plan,
            by_prefix: PrefixIndex::new(entries.iter().map(|(_, it)| &it.pattern)),
            has_exclusions: entries.iter().any(|(_, it)| it.pattern.excludes()),
            unit_declares: plan.units.iter().map(|unit| declares_any(&unit.files)).collect(),
            entries,
        }
    }

    /// How many declarations there are, exclusions left out.
    pub fn len(&self) -> usize {
        self.all().count()
    }

    /// Every declaration that allows something, in the order of the plan.
    pub fn all(&self) -> impl Iterator<Item = (Declared, &'a Declaration)> + '_ {
        let allows = |(_, declaration): &&(Declared, &Declaration)| !declaration.pattern.excludes();
        self.entries.iter().filter(allows).copied()
    }

    /// Who declares `path`, in the order of the plan; an owner whose later `!` names the path does not.
    pub fn declaring(&self, path: &RepoPath) -> Vec<Declared> {
        self.naming(path.as_bytes())
            .into_iter()
            .map(|index| self.entries[index].0)
            .collect()
    }

    /// What the plan as a whole says will happen to `path`, whoever says it.
    pub fn actions_on(&self, path: &RepoPath) -> Vec<Action> {
        let actions = self.naming(path.as_bytes()).into_iter();
        actions.filter_map(|index| self.entries[index].1.action).collect()
    }

    /// Whether anybody declares the path that these bytes spell.
    pub fn declares(&self, path: &[u8]) -> bool {
        !self.naming(path).is_empty()
    }

    /// The declaration behind `declared`.
    pub fn declaration(&self, declared: Declared) -> &'a Declaration {
        self.plan.declaration(declared)
    }

    /// Whether the declaration spells exactly `path`, so that it means this file and no other.
    pub fn is_exact(&self, declared: Declared, path: &RepoPath) -> bool {
        let pattern = &self.declaration(declared).pattern;
        !pattern.is_folder() && pattern.text().as_bytes() == path.as_bytes()
    }

    /// Whether the unit declares any file of its own.
    pub fn unit_declares(&self, unit: usize) -> bool {
        self.unit_declares[unit]
    }

    /// The declarations that nobody repeats more closely: all of units, and those of a lane as a whole that no
    /// working unit of the lane has as well.
    pub fn without_repeats(&self) -> impl Iterator<Item = (Declared, &'a Declaration)> + '_ {
        let mut of_units: HashSet<(usize, &str)> = HashSet::new();
        for (declared, declaration) in self.all() {
            if declared.unit.is_some_and(|unit| self.is_work(unit)) {
                of_units.insert((declared.lane, declaration.pattern.text()));
            }
        }
        self.all().filter(move |(declared, declaration)| {
            declared.unit.is_some() || !of_units.contains(&(declared.lane, declaration.pattern.text()))
        })
    }

    /// The declarations that promise work, each once: those of working units, and those of a lane as a whole.
    ///
    /// A folder or wildcard of a lane whose units declare files (`allowedFiles: ["src/**"]`) promises nothing; it
    /// only bounds what the units may do.
    pub fn promises(&self) -> impl Iterator<Item = (Declared, &'a Declaration)> + '_ {
        let mut bounded = vec![false; self.plan.lanes.len()];
        for (index, unit) in self.plan.units.iter().enumerate() {
            if let Some(lane) = bounded.get_mut(unit.lane) {
                *lane |= self.is_work(index) && self.unit_declares[index];
            }
        }
        self.without_repeats()
            .filter(move |(declared, declaration)| match declared.unit {
                Some(unit) => self.is_work(unit),
                None => !bounded[declared.lane] || spells_a_file(declaration),
            })
    }

    fn is_work(&self, unit: usize) -> bool {
        self.plan.units[unit].kind == UnitKind::Work
    }

    /// The indices of the entries that name `path`, in order, without those that their owner takes back.
    fn naming(&self, path: &[u8]) -> Vec<usize> {
        let mut found: Vec<usize> = self
            .by_prefix
            .above(path)
            .filter(|&index| self.entries[index].1.pattern.matches(path))
            .collect();
        found.sort_unstable();
        if self.has_exclusions {
            self.drop_taken_back(&mut found);
        }
        found
    }

    /// Within each owner, drops everything up to the last exclusion.
    fn drop_taken_back(&self, found: &mut Vec<usize>) {
        let owner = |index: usize| (self.entries[index].0.lane, self.entries[index].0.unit);
        let mut last_exclusion = HashMap::new();
        for &index in found.iter() {
            if self.entries[index].1.pattern.excludes() {
                last_exclusion.insert(owner(index), index);
            }
        }
        found.retain(|&index| last_exclusion.get(&owner(index)).is_none_or(|&last| index > last));
    }
}

/// Patterns, filed under their leading folders without wildcards: nothing outside of those can match.
pub(super) struct PrefixIndex<'a> {
    by_prefix: HashMap<&'a [u8], Vec<usize>>,
}

impl<'a> PrefixIndex<'a> {
    pub fn new(patterns: impl IntoIterator<Item = &'a PathPattern>) -> Self {
        let mut by_prefix: HashMap<&[u8], Vec<usize>> = HashMap::new();
        for (index, pattern) in patterns.into_iter().enumerate() {
            by_prefix
                .entry(pattern.fixed_prefix().as_bytes())
                .or_default()
                .push(index);
        }
        Self { by_prefix }
    }

    /// The positions of the patterns that are filed under `path` or a folder above it: all that could name it.
    pub fn above<'s>(&'s self, path: &'s [u8]) -> impl Iterator<Item = usize> + 's {
        ancestors(path)
            .filter_map(|part| self.by_prefix.get(part))
            .flatten()
            .copied()
    }
}

/// Whether the declaration is spelled like one path: no trailing slash, and no wildcards but brackets, which are most
/// often a part of the name (`app/[slug]/page.tsx`).
pub(super) fn spells_a_file(declaration: &Declaration) -> bool {
    let pattern = &declaration.pattern;
    !pattern.is_folder() && !pattern.text().is_empty() && !pattern.text().contains(['*', '?', '{'])
}

fn declares_any(files: &[Declaration]) -> bool {
    files.iter().any(|it| !it.pattern.excludes())
}

/// The top, each folder above the path, and the path itself.
fn ancestors(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    let folders = path.find_iter(b"/").map(move |at| &path[..at]);
    let itself = (!path.is_empty()).then_some(path);
    std::iter::once(&b""[..]).chain(folders).chain(itself)
}

#[cfg(test)]
mod tests {
    use super::Scope;
    use crate::model::{Declaration, Lane, PathPattern, Plan, PlanLocation, Unit};

    fn declarations(texts: &[&str]) -> Vec<Declaration> {
        let declaration = |text: &&str| Declaration {
            pattern: PathPattern::parse(text).unwrap(),
            action: None,
            reason: None,
            location: PlanLocation::default(),
        };
        texts.iter().map(declaration).collect()
    }

    fn plan(allowed: &[&str], units: &[&[&str]]) -> Plan {
        let unit = |files: &&[&str]| Unit {
            files: declarations(files),
            ..Unit::default()
        };
        Plan {
            lanes: vec![Lane {
                allowed: declarations(allowed),
                ..Lane::default()
            }],
            units: units.iter().map(unit).collect(),
            ..Plan::default()
        }
    }

    #[test]
    fn an_exclusion_takes_paths_out_for_its_owner_only() {
        let plan = plan(&["src/**", "!src/gen/"], &[&["src/gen/a.rs"]]);
        let owners = |path: &str| -> Vec<Option<usize>> {
            let declared = Scope::new(&plan).declaring(&path.into());
            declared.iter().map(|it| it.unit).collect()
        };
        assert_eq!(owners("src/a.rs"), [None]);
        assert_eq!(owners("src/gen/a.rs"), [Some(0)]);
        assert_eq!(owners("src/gen/b.rs"), []);
    }

    #[test]
    fn the_index_finds_what_each_pattern_says() {
        let texts = [
            "a",
            "a/b",
            "a/*.rs",
            "**/c",
            "a/b/",
            "[x]",
            ".",
            "a/[b]/c",
            "{a,d}/x.rs",
        ];
        let plan = plan(&texts, &[]);
        let scope = Scope::new(&plan);
        for path in [
            "a", "a/b", "a/b/c", "a/x.rs", "c", "[x]", "x", "other", "d/x.rs", "a/[b]/c",
        ] {
            let found: Vec<usize> = scope.declaring(&path.into()).iter().map(|it| it.index).collect();
            let each = |it: &usize| plan.lanes[0].allowed[*it].pattern.matches(path.as_bytes());
            let expected: Vec<usize> = (0..texts.len()).filter(each).collect();
            assert_eq!(found, expected, "{path}");
        }
    }

    #[test]
    fn a_broad_bound_promises_nothing_beside_units_with_files() {
        let promised = |plan: &Plan| -> Vec<String> {
            let scope = Scope::new(plan);
            scope.promises().map(|(_, it)| it.pattern.to_text()).collect()
        };
        assert_eq!(promised(&plan(&["src/**", "docs/"], &[])), ["src/**", "docs/"]);
        assert_eq!(promised(&plan(&["src/**", "b[1]", "a"], &[&["a"]])), ["b[1]", "a"]);
    }
}
