//! What a language says of the nodes of one file, gathered into its [`TestFile`].

use super::mapping::{self, Anchor};
use super::negative::speaks_of_failure;
use crate::model::{
    ClauseTag, Decorative, Lines, SourceAssertion, SourceTest, SurfaceKind, SurfaceUse, TestFile, TestMarker,
};
use std::collections::{HashMap, HashSet};
use tree_sitter::Node;

/// The longest name of a test that is kept, in characters.
const LONGEST_NAME: usize = 200;

/// A file in the making.
#[derive(Default)]
pub(super) struct Sink<'t> {
    scopes: Vec<Scope<'t>>,
    tests: Vec<SourceTest>,
    facts: Vec<Facts<'t>>,
    assertions: Vec<SourceAssertion>,
    tags: Vec<ClauseTag>,
    surfaces: Vec<SurfaceUse>,
    anchors: Vec<Anchor>,
    helpers: HashMap<&'t str, Helper<'t>>,
    /// Attributes that wait for what they stand in front of, each with its depth.
    pub(super) pending: Vec<(usize, Node<'t>)>,
}

/// A test as its language finds it.
pub(super) struct FoundTest {
    /// Its own name.
    pub(super) name: String,
    /// From its first decorator to its end.
    pub(super) lines: Lines,
    /// The byte behind it.
    pub(super) end: usize,
    /// Whether it is kept from running.
    pub(super) marker: Option<TestMarker>,
    /// Whether its body is empty.
    pub(super) is_empty: bool,
    /// Whether it asserts by how it is declared: it must panic, or throw.
    pub(super) expects_failure: bool,
    /// Whether its body is a function that stands elsewhere, so that nobody knows what it asserts.
    pub(super) is_elsewhere: bool,
}

/// Something that assertions and tags can stand in.
struct Scope<'t> {
    end: usize,
    what: What<'t>,
}

enum What<'t> {
    Test(usize),
    Group(String, Option<TestMarker>),
    Helper(&'t str),
}

/// What is known of a test beside what the model keeps.
#[derive(Default)]
struct Facts<'t> {
    constants: usize,
    snapshots: usize,
    asserts_otherwise: bool,
    is_empty: bool,
    holds_tests: bool,
    calls: Vec<&'t str>,
}

/// A function of the file that is no test.
#[derive(Default)]
struct Helper<'t> {
    asserts: bool,
    calls: Vec<&'t str>,
}

impl<'t> Sink<'t> {
    /// The walk is at this byte: what ended before is left.
    pub(super) fn leave(&mut self, at: usize) {
        while self.scopes.last().is_some_and(|scope| scope.end <= at) {
            self.scopes.pop();
        }
    }

    /// A test begins.
    pub(super) fn test(&mut self, found: FoundTest) {
        let parent = self.current_test();
        let inherited = self.scopes.iter().find_map(|scope| match &scope.what {
            What::Group(_, marker) => *marker,
            What::Test(test) => self.tests[*test].marker,
            What::Helper(_) => None,
        });
        if let Some(parent) = parent {
            self.facts[parent].holds_tests = true;
        }
        self.anchor(found.lines, Some(self.tests.len()), found.end);
        self.scopes.push(Scope {
            end: found.end,
            what: What::Test(self.tests.len()),
        });
        let name: String = found.name.chars().take(LONGEST_NAME).collect();
        self.tests.push(SourceTest {
            groups: self.groups(),
            negative: found.expects_failure || speaks_of_failure(&name),
            name,
            lines: found.lines,
            marker: found.marker.or(inherited),
            parent,
            ..SourceTest::default()
        });
        self.facts.push(Facts {
            is_empty: found.is_empty,
            asserts_otherwise: found.expects_failure || found.is_elsewhere,
            ..Facts::default()
        });
    }

    /// Something that groups tests begins, and ends with `node`.
    pub(super) fn group(&mut self, name: &str, marker: Option<TestMarker>, first_row: usize, node: Node<'t>) {
        self.anchor(lines_from(first_row, node), None, node.end_byte());
        let name = name.chars().take(LONGEST_NAME).collect();
        self.scopes.push(Scope {
            end: node.end_byte(),
            what: What::Group(name, marker),
        });
    }

    /// A function begins that is no test.
    pub(super) fn helper(&mut self, name: &'t str, node: Node<'t>) {
        self.helpers.entry(name).or_default();
        self.scopes.push(Scope {
            end: node.end_byte(),
            what: What::Helper(name),
        });
    }

    /// An assertion, which ends with `node`.
    pub(super) fn assertion(&mut self, node: Node<'t>, is_constant: bool, is_snapshot: bool) {
        let test = self.current_test();
        self.assertions.push(SourceAssertion {
            lines: lines_from(node.start_position().row, node),
            test,
            is_constant,
            tags: Vec::new(),
        });
        if let Some(test) = test {
            self.facts[test].constants += usize::from(is_constant);
            self.facts[test].snapshots += usize::from(is_snapshot);
        }
        for helper in helpers_of(&self.scopes) {
            self.helpers.entry(helper).or_default().asserts = true;
        }
    }

    /// Something fails the test though it is no assertion: a `throw`, an unwrapped error.
    pub(super) fn can_fail(&mut self) {
        if let Some(test) = self.current_test() {
            self.facts[test].asserts_otherwise = true;
        }
        for helper in helpers_of(&self.scopes) {
            self.helpers.entry(helper).or_default().asserts = true;
        }
    }

    /// A call of something by its plain name.
    pub(super) fn call(&mut self, name: &'t str) {
        if let Some(test) = self.current_test() {
            self.facts[test].calls.push(name);
        }
        if let Some(helper) = helpers_of(&self.scopes).last() {
            self.helpers.entry(helper).or_default().calls.push(name);
        }
    }

    /// The test says of itself that it is not to run.
    pub(super) fn mark(&mut self, marker: TestMarker) {
        if let Some(test) = self.current_test() {
            self.tests[test].marker.get_or_insert(marker);
        }
    }

    /// A tag, malformed or not.
    pub(super) fn tag(&mut self, tag: ClauseTag) {
        self.tags.push(tag);
    }

    /// Something that is asked from outside.
    pub(super) fn surface(&mut self, kind: SurfaceKind, value: impl Into<String>, node: Node<'t>) {
        self.surfaces.push(SurfaceUse {
            kind,
            value: value.into(),
            line: node.start_position().row + 1,
            test: self.current_test(),
        });
    }

    /// A word of the text: names, strings and numbers say whether a test is about failure.
    pub(super) fn leaf(&mut self, text: &str) {
        if let Some(test) = self.current_test()
            && !self.tests[test].negative
            && speaks_of_failure(text)
        {
            self.tests[test].negative = true;
        }
    }

    /// Whether the walk is inside a test.
    pub(super) fn is_in_test(&self) -> bool {
        self.current_test().is_some()
    }

    /// Whether the walk is inside a function.
    pub(super) fn is_in_function(&self) -> bool {
        self.scopes.iter().any(|scope| !matches!(scope.what, What::Group(..)))
    }

    /// All that was found.
    pub(super) fn finish(mut self, file: &mut TestFile) {
        self.count_assertions();
        let asserting = self.asserting_helpers();
        for index in 0..self.tests.len() {
            self.tests[index].decorative = self.decorative(index, &asserting);
        }
        self.tags.sort_by_key(|tag| tag.line);
        self.assertions.sort_by_key(|it| it.lines);
        file.tests = self.tests;
        file.assertions = self.assertions;
        file.tags = self.tags;
        self.surfaces.sort_by_key(|it| it.line);
        file.surfaces = self.surfaces;
        mapping::map(file, &self.anchors);
    }

    /// Each assertion counts for its test and for those that hold it; a test stands behind what it stands in.
    fn count_assertions(&mut self) {
        for test in self.assertions.iter().filter_map(|it| it.test) {
            self.tests[test].assertions += 1;
        }
        for index in (0..self.tests.len()).rev() {
            if let Some(parent) = self.tests[index].parent {
                self.tests[parent].assertions += self.tests[index].assertions;
                self.tests[parent].negative |= self.tests[index].negative;
            }
        }
    }

    /// The functions that assert, by themselves or through others of the file.
    fn asserting_helpers(&self) -> HashSet<&'t str> {
        let mut callers: HashMap<&str, Vec<&'t str>> = HashMap::new();
        for (name, helper) in &self.helpers {
            helper
                .calls
                .iter()
                .for_each(|call| callers.entry(call).or_default().push(name));
        }
        let asserts = self.helpers.iter().filter(|(_, helper)| helper.asserts);
        let mut open: Vec<&'t str> = asserts.map(|(name, _)| *name).collect();
        let mut found: HashSet<&'t str> = open.iter().copied().collect();
        while let Some(name) = open.pop() {
            for caller in callers.get(name).into_iter().flatten() {
                if found.insert(caller) {
                    open.push(caller);
                }
            }
        }
        found
    }

    fn decorative(&self, index: usize, asserting: &HashSet<&str>) -> Option<Decorative> {
        let (test, facts) = (&self.tests[index], &self.facts[index]);
        let asserts_otherwise = facts.asserts_otherwise || facts.calls.iter().any(|call| asserting.contains(call));
        if facts.holds_tests || asserts_otherwise || test.marker == Some(TestMarker::Todo) {
            return None;
        }
        if facts.is_empty {
            return Some(Decorative::Empty);
        }
        match test.assertions {
            0 => Some(Decorative::NoAssertion),
            all if all == facts.constants => Some(Decorative::OnlyConstants),
            all if all == facts.snapshots => Some(Decorative::OnlySnapshots),
            _ => None,
        }
    }

    fn current_test(&self) -> Option<usize> {
        self.scopes.iter().rev().find_map(|scope| match scope.what {
            What::Test(test) => Some(test),
            _ => None,
        })
    }

    fn groups(&self) -> Vec<String> {
        let name = |scope: &Scope<'_>| match &scope.what {
            What::Group(name, _) => Some(name.clone()),
            What::Test(test) => self.tests.get(*test).map(|it| it.name.clone()),
            What::Helper(_) => None,
        };
        self.scopes.iter().filter_map(name).collect()
    }

    fn anchor(&mut self, lines: Lines, test: Option<usize>, end: usize) {
        self.anchors.push(Anchor { lines, test, end });
    }
}

fn helpers_of<'a, 't>(scopes: &'a [Scope<'t>]) -> impl Iterator<Item = &'t str> + use<'a, 't> {
    scopes.iter().filter_map(|scope| match scope.what {
        What::Helper(name) => Some(name),
        _ => None,
    })
}

/// From a row, counted from 0, to the end of a node.
pub(super) fn lines_from(first_row: usize, node: Node<'_>) -> Lines {
    let end = node.end_position();
    // A node that takes the line break with it ends at the beginning of the next line.
    let last = if end.column == 0 {
        end.row.max(first_row + 1)
    } else {
        end.row + 1
    };
    Lines {
        first: first_row + 1,
        last,
    }
}
