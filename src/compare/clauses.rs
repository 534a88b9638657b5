//! Which tests show which clause.
//!
//! A test shows the clauses that its tags name; one that is skipped shows none. A promised test of the test contract shows
//! what it says to, where a test file has it; where none has, nobody can tell from here. `test_code` says what else is off
//! in the files.

use crate::model::{
    Clause, ClauseDelta, ClauseStatus, Contract, ContractDelta, Lane, Normativity, PathPattern, Plan, ReadTestFiles,
    SourceTest, TagFault, TestFile, TestRef,
};
use std::collections::{HashMap, HashSet};

/// What became of the clauses of each lane that has some.
pub(super) fn contracts(plan: &Plan, files: Option<&ReadTestFiles>) -> Vec<ContractDelta> {
    let with_clauses = plan
        .lanes
        .iter()
        .enumerate()
        .filter(|(_, lane)| !lane.clauses.is_empty());
    let named = files.map(|files| Named::of(plan, files));
    let delta = |(index, lane): (usize, &Lane)| ContractDelta {
        lane: index,
        clauses: lane
            .clauses
            .iter()
            .map(|clause| of_clause(lane, clause, files.zip(named.as_ref())))
            .collect(),
    };
    with_clauses.map(delta).collect()
}

/// The ids of all clauses of a plan.
pub(super) fn clause_ids(plan: &Plan) -> HashSet<&str> {
    let clauses = plan.lanes.iter().flat_map(|lane| &lane.clauses);
    clauses.map(|clause| clause.id.as_str()).collect()
}

/// The clauses that a test names, each once: by its tags and, where a contract wants that, in its name.
///
/// A tag that is malformed only because of its id still names the clause that has this very id.
pub(super) fn clauses_of<'f>(
    file: &'f TestFile,
    test: &'f SourceTest,
    ids: &HashSet<&str>,
    in_names: bool,
) -> Vec<&'f str> {
    let tags = test.tags.iter().map(|&tag| &file.tags[tag]);
    let counts =
        |fault: Option<TagFault>, id: &str| fault.is_none() || (fault == Some(TagFault::Id) && ids.contains(id));
    let mut named: Vec<&str> = tags
        .filter(|tag| counts(tag.fault, &tag.id))
        .map(|tag| tag.id.as_str())
        .collect();
    if in_names {
        named.extend(in_brackets(&test.name));
        named.extend(test.groups.iter().flat_map(|group| in_brackets(group)));
    }
    named.sort_unstable();
    named.dedup();
    named
}

/// `CL-A-001` of `[CL-A-001] refuses …`.
fn in_brackets(name: &str) -> impl Iterator<Item = &str> {
    let parts = name.split('[').skip(1);
    parts
        .filter_map(|part| part.split_once(']'))
        .map(|(id, _)| id.trim())
        .filter(|id| id.starts_with("CL-"))
}

/// Whether any contract of the plan has its clauses in the names of tests.
pub(super) fn has_names(plan: &Plan) -> bool {
    plan.lanes.iter().any(|lane| lane.contract.mapping.in_names)
}

/// What the test files name.
struct Named<'f> {
    tests: HashMap<&'f str, Vec<TestRef>>,
    /// Tags that stand above no test.
    hanging: HashMap<&'f str, Vec<(usize, usize)>>,
    /// Clauses that are named where tests are not looked at.
    unread: HashSet<&'f str>,
}

impl<'f> Named<'f> {
    fn of(plan: &Plan, files: &'f ReadTestFiles) -> Self {
        let (ids, in_names) = (clause_ids(plan), has_names(plan));
        let mut named = Self {
            tests: HashMap::new(),
            hanging: HashMap::new(),
            unread: HashSet::new(),
        };
        for (index, it) in files.files.iter().enumerate() {
            named.add(index, &it.file, &ids, in_names);
        }
        named
    }

    fn add(&mut self, index: usize, file: &'f TestFile, ids: &HashSet<&str>, in_names: bool) {
        let mut used = vec![false; file.tags.len()];
        let holding: HashSet<usize> = file.tests.iter().filter_map(|test| test.parent).collect();
        for (test, it) in file.tests.iter().enumerate() {
            it.tags.iter().for_each(|&tag| used[tag] = true);
            // A test that holds others is shown by them.
            if holding.contains(&test) {
                continue;
            }
            for id in clauses_of(file, it, ids, in_names) {
                self.tests.entry(id).or_default().push(TestRef { file: index, test });
            }
        }
        for (tag, _) in file
            .tags
            .iter()
            .zip(used)
            .filter(|(tag, used)| !used && tag.fault.is_none())
        {
            if file.reading.sees_tests() {
                self.hanging.entry(&tag.id).or_default().push((index, tag.line));
            } else {
                self.unread.insert(&tag.id);
            }
        }
    }
}

fn of_clause(lane: &Lane, clause: &Clause, looked: Option<(&ReadTestFiles, &Named<'_>)>) -> ClauseDelta {
    let wanted = wanted(&lane.contract, clause);
    let Some((files, named)) = looked else {
        return ClauseDelta {
            status: ClauseStatus::Unchecked,
            tests: Vec::new(),
            idle: Vec::new(),
            wanted,
            hanging: Vec::new(),
            lacks_negative: None,
        };
    };
    let id = clause.id.as_str();
    let test_of = |it: &TestRef| &files.files[it.file].file.tests[it.test];
    let mut all = named.tests.get(id).cloned().unwrap_or_default();
    let promised = promised(lane, id, files);
    all.extend(promised.iter().flatten());
    all.sort_unstable();
    all.dedup();
    let (tests, idle): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| test_of(it).runs());
    let is_unknown = named.unread.contains(id) || promised.iter().any(Vec::is_empty) || files.left_out > 0;
    let status = match tests.len() >= wanted {
        true => ClauseStatus::Covered,
        false if is_unknown => ClauseStatus::Unchecked,
        false => ClauseStatus::Uncovered,
    };
    let negative = tests.iter().filter(|it| test_of(it).negative).count();
    let needed = lane.contract.coverage.negative.unwrap_or(1) as usize;
    let lacks = clause.needs_negative_case() && !tests.is_empty() && negative < needed;
    ClauseDelta {
        status,
        idle,
        wanted,
        hanging: named.hanging.get(id).cloned().unwrap_or_default(),
        lacks_negative: lacks.then_some(needed),
        tests,
    }
}

/// How many tests the clause needs.
fn wanted(contract: &Contract, clause: &Clause) -> usize {
    let coverage = &contract.coverage;
    let for_must = coverage.for_must.filter(|_| clause.normativity == Normativity::Must);
    let for_security = coverage
        .for_security
        .filter(|_| clause.kind.as_deref() == Some("security"));
    let wanted = [Some(coverage.per_clause.unwrap_or(1)), for_must, for_security];
    wanted.into_iter().flatten().max().unwrap_or(1) as usize
}

/// For each promised test that says to show the clause, the tests of the files that it is.
fn promised(lane: &Lane, clause: &str, files: &ReadTestFiles) -> Vec<Vec<TestRef>> {
    let shows = lane
        .tests
        .iter()
        .filter(|test| test.clauses.iter().any(|id| id == clause));
    shows.map(|test| found(&test.name, files)).collect()
}

/// The tests that a runner's name means: the whole name or its last part, or a glob.
fn found(name: &str, files: &ReadTestFiles) -> Vec<TestRef> {
    let glob = name
        .contains(['*', '?'])
        .then(|| PathPattern::parse(&slashed(name)).ok())
        .flatten();
    let slashed_name = slashed(name);
    let last = slashed_name.rsplit(['/', '#']).next().unwrap_or(name).trim();
    let is_it = |test: &SourceTest| match &glob {
        Some(glob) => glob.matches(slashed(&test.full_name()).as_bytes()) || glob.matches(test.name.as_bytes()),
        None => test.name == name || test.name == last || test.full_name() == name,
    };
    let each = files.files.iter().enumerate().flat_map(|(file, it)| {
        let tests = it.file.tests.iter().enumerate();
        tests.map(move |(test, it)| (TestRef { file, test }, it))
    });
    each.filter(|(_, test)| is_it(test)).map(|(it, _)| it).collect()
}

/// A name with one separator between its parts.
fn slashed(name: &str) -> String {
    name.replace("::", "/").replace(" > ", "/").replace(" › ", "/")
}
