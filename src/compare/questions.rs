//! What git has to be asked before a plan can be compared.

use crate::model::{ClaimKind, Expectation, ExpectationKind, PathPattern, Plan, Search, Target};

/// Questions about the trees at both ends of the range.
#[derive(Clone, Debug, Default)]
pub struct Questions {
    /// Which files the patterns name, at the base and at the target.
    pub patterns: Vec<PathPattern>,
    /// Which content the files that these patterns name have at the target.
    pub contents: Vec<PathPattern>,
    /// Which tags there are.
    pub tags: Vec<String>,
    /// What is looked for in the target's tree.
    pub searches: Vec<Search>,
    /// Whether lines have to be counted: a limit speaks of them.
    pub line_counts: bool,
}

/// What has to be known to compare `plan`.
pub fn questions(plan: &Plan) -> Questions {
    let declared = plan
        .declarations()
        .map(|(_, it)| &it.pattern)
        .filter(|it| !it.excludes());
    let expected = plan.expectations.iter().flat_map(paths);
    let contents = plan.expectations.iter().filter(|it| needs_content(it)).flat_map(paths);
    let tag = |expectation: &Expectation| match &expectation.kind {
        ExpectationKind::Tag { name } => Some(name.clone()),
        _ => None,
    };
    Questions {
        tags: plan.expectations.iter().filter_map(tag).collect(),
        patterns: declared.chain(expected).chain(checked_again(plan)).cloned().collect(),
        contents: contents.cloned().chain(with_boxes(plan)).collect(),
        searches: plan.expectations.iter().filter_map(|it| it.kind.search()).collect(),
        line_counts: plan.lanes.iter().any(|lane| lane.limits.lines.is_some()),
    }
}

fn needs_content(expectation: &Expectation) -> bool {
    !matches!(
        expectation.kind,
        ExpectationKind::Exists(_) | ExpectationKind::Absent { .. } | ExpectationKind::ChangelogEntry { .. }
    )
}

fn paths(expectation: &Expectation) -> Vec<&PathPattern> {
    match &expectation.kind {
        ExpectationKind::Exists(path)
        | ExpectationKind::Contains { path, .. }
        | ExpectationKind::Exports { path, .. }
        | ExpectationKind::MinLines { path, .. } => vec![path],
        ExpectationKind::Link { from, to, .. } => [from, to].into_iter().filter_map(Target::path).collect(),
        ExpectationKind::ChangelogEntry { path } => path.iter().collect(),
        ExpectationKind::Criterion { .. }
        | ExpectationKind::Tag { .. }
        | ExpectationKind::Absent { .. }
        | ExpectationKind::Prose(_) => Vec::new(),
    }
}

/// The files that a self-check says it found.
fn checked_again(plan: &Plan) -> impl Iterator<Item = &PathPattern> {
    plan.claims.iter().flat_map(|claim| match &claim.kind {
        ClaimKind::SelfCheck { paths } => paths.as_slice(),
        _ => &[],
    })
}

/// The plan's own files that have boxes: somebody may have ticked them by the target.
fn with_boxes(plan: &Plan) -> Vec<PathPattern> {
    let is_open = |it: &&Expectation| matches!(it.kind, ExpectationKind::Criterion { ticked: false, .. });
    let open = plan.expectations.iter().filter(is_open);
    let mut sources: Vec<usize> = open.map(|it| it.location.source).collect();
    sources.sort_unstable();
    sources.dedup();
    let path = |source: usize| PathPattern::parse(plan.sources.get(source)?.repo_path.as_ref()?.as_str()?).ok();
    sources.into_iter().filter_map(path).collect()
}
