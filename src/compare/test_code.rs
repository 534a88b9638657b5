//! What is off in the test files of a contract: tags that name nothing, tests without a tag, assertions that no tag
//! covers, tests that can't fail, and things that tests ask though no contract declares them.
//!
//! A file that the plan names is looked at as a whole; of one that the range only changed, what its tags say. What the
//! base had already is nobody's doing here and left out.

use super::clauses::{clause_ids, clauses_of, has_names};
use super::surfaces;
use crate::model::{
    Contract, Decorative, Lines, Plan, ReadTestFile, ReadTestFiles, SourceTest, TagFault, TestCodeDelta, TestFile,
    TestFileRole, TestMarker, TestRef, UnmappedAssertions,
};
use globset::Glob;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A tag further above a test than this stands above something that the test stands in.
const OWN_TAG_DISTANCE: usize = 30;

/// All that is off, in the order of the files.
pub(super) fn delta(plan: &Plan, files: Option<&ReadTestFiles>) -> TestCodeDelta {
    let mut delta = TestCodeDelta::default();
    let (ids, in_names) = (clause_ids(plan), has_names(plan));
    for (index, it) in files.iter().flat_map(|files| files.files.iter().enumerate()) {
        let lane = lane_of(plan, &it.file);
        delta.lanes.push(lane);
        if it.role == TestFileRole::Elsewhere {
            continue;
        }
        let look = Look {
            index,
            it,
            ids: &ids,
            in_names,
            contract: &plan.lanes[lane].contract,
            before: Before::of(it.before.as_ref()),
        };
        delta.tests += it.file.tests.len();
        look.at_tags(&mut delta);
        look.at_tests(&mut delta);
        let judged = look.judged_tests();
        surfaces::undeclared(plan, lane, index, it, &judged, &mut delta);
    }
    delta
}

/// The lane whose contract a file belongs to: the one that names it as its tests, else one that declares it, else the
/// first with clauses.
fn lane_of(plan: &Plan, file: &TestFile) -> usize {
    let path = file.path.as_bytes();
    let with_clauses = || {
        plan.lanes
            .iter()
            .enumerate()
            .filter(|(_, lane)| !lane.clauses.is_empty())
    };
    let names = with_clauses().find(|(_, lane)| lane.test_files.iter().any(|it| it.pattern.matches(path)));
    let declares = || {
        let declaring = plan
            .declarations()
            .filter(|(_, it)| it.pattern.matches(path))
            .map(|(declared, _)| declared.lane);
        let mut declaring = declaring.filter(|&lane| !plan.lanes[lane].clauses.is_empty());
        declaring.next()
    };
    let first = || with_clauses().next().map_or(0, |(lane, _)| lane);
    names.map(|(lane, _)| lane).or_else(declares).unwrap_or_else(first)
}

/// What the base knew of a file.
#[derive(Default)]
struct Before<'f> {
    tags: HashSet<(&'f str, Option<TagFault>)>,
    tests: HashMap<String, Option<Decorative>>,
    is_there: bool,
}

impl<'f> Before<'f> {
    fn of(file: Option<&'f TestFile>) -> Self {
        let Some(file) = file else { return Self::default() };
        Self {
            tags: file.tags.iter().map(|tag| (tag.id.as_str(), tag.fault)).collect(),
            tests: file
                .tests
                .iter()
                .map(|test| (test.full_name(), test.decorative))
                .collect(),
            is_there: true,
        }
    }
}

/// One file, and what it is held against.
struct Look<'a> {
    index: usize,
    it: &'a ReadTestFile,
    ids: &'a HashSet<&'a str>,
    in_names: bool,
    contract: &'a Contract,
    before: Before<'a>,
}

impl Look<'_> {
    /// A file that the range only touched, and that names none of the clauses, belongs to another contract.
    fn at_tags(&self, delta: &mut TestCodeDelta) {
        if !self.is_named() && !self.it.file.tags.iter().any(|tag| self.ids.contains(tag.id.as_str())) {
            return;
        }
        for (index, tag) in self.it.file.tags.iter().enumerate() {
            let is_known = self.ids.contains(tag.id.as_str());
            if self.before.tags.contains(&(tag.id.as_str(), tag.fault)) {
                continue;
            }
            match tag.fault {
                None if !is_known => delta.unknown_tags.push((self.index, index)),
                Some(TagFault::Id) if is_known => {}
                Some(_) => delta.malformed_tags.push((self.index, index)),
                None => {}
            }
        }
    }

    fn at_tests(&self, delta: &mut TestCodeDelta) {
        let holding: HashSet<usize> = self.it.file.tests.iter().filter_map(|test| test.parent).collect();
        let mut untagged = HashSet::new();
        for (test, it) in self.it.file.tests.iter().enumerate() {
            let place = TestRef { file: self.index, test };
            let names = self.names(it);
            let is_bare = it.tags.is_empty() && names.is_empty() && !holding.contains(&test);
            if is_bare && self.is_named() {
                untagged.insert(test);
                if self.needs_tag(it) && !self.before.tests.contains_key(&it.full_name()) {
                    delta.untagged.push(place);
                }
            }
            if names.len() > 1 && self.contract.mapping.allow_multiple == Some(false) {
                delta.crowded.push(place);
            }
            if self.is_judged(it) && self.is_newly_decorative(it) {
                delta.decorative.push(place);
            }
        }
        if self.is_named() && !self.in_names {
            self.at_assertions(&untagged, delta);
        }
    }

    fn is_named(&self) -> bool {
        self.it.role == TestFileRole::Named
    }

    fn names<'t>(&'t self, test: &'t SourceTest) -> Vec<&'t str> {
        clauses_of(&self.it.file, test, self.ids, self.in_names)
    }

    /// Whether the test belongs to the contract: it stands in a named file, or names one of the clauses.
    fn is_judged(&self, test: &SourceTest) -> bool {
        self.is_named() || self.names(test).iter().any(|id| self.ids.contains(id))
    }

    /// Indices of the tests that belong to the contract.
    fn judged_tests(&self) -> HashSet<usize> {
        let tests = self.it.file.tests.iter().enumerate();
        tests
            .filter(|(_, test)| self.is_judged(test))
            .map(|(index, _)| index)
            .collect()
    }

    fn needs_tag(&self, test: &SourceTest) -> bool {
        let mapping = &self.contract.mapping;
        mapping.allow_untagged != Some(true) && !is_listed(test, &mapping.untagged)
    }

    fn is_newly_decorative(&self, test: &SourceTest) -> bool {
        let known = self.before.tests.get(&test.full_name());
        let is_out = matches!(test.marker, Some(TestMarker::Skipped | TestMarker::Todo));
        test.decorative.is_some() && !is_out && known.is_none_or(|it| *it != test.decorative)
    }

    /// Assertions of untagged tests are not told one by one; those of tests that the base had are left out.
    fn at_assertions(&self, untagged: &HashSet<usize>, delta: &mut TestCodeDelta) {
        let file = &self.it.file;
        let mut unmapped: BTreeMap<Option<usize>, Vec<Lines>> = BTreeMap::new();
        for assertion in file.assertions.iter().filter(|it| it.tags.is_empty()) {
            let is_spoken_of = match assertion.test {
                None => self.before.is_there || self.contract.mapping.allow_untagged == Some(true),
                Some(test) => {
                    let it = &file.tests[test];
                    let is_known = self.before.tests.contains_key(&it.full_name());
                    untagged.contains(&test) || is_known || is_below_its_group(file, it)
                }
            };
            if !is_spoken_of {
                unmapped.entry(assertion.test).or_default().push(assertion.lines);
            }
        }
        let found = unmapped.into_iter().map(|(test, lines)| UnmappedAssertions {
            file: self.index,
            test,
            lines,
        });
        delta.unmapped.extend(found);
    }
}

/// Whether a tag of the test stands above something that the test stands in: then distance says nothing.
fn is_below_its_group(file: &TestFile, test: &SourceTest) -> bool {
    test.tags
        .iter()
        .any(|&tag| file.tags[tag].line + OWN_TAG_DISTANCE < test.lines.first)
}

/// Whether one of these names or globs means the test.
fn is_listed(test: &SourceTest, names: &[String]) -> bool {
    let full = test.full_name();
    names.iter().any(|name| {
        let glob = Glob::new(name).ok().map(|glob| glob.compile_matcher());
        *name == test.name
            || *name == full
            || glob.is_some_and(|glob| glob.is_match(&test.name) || glob.is_match(&full))
    })
}
