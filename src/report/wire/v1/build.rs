//! From the model's report to the frozen shape.

use super::parts;
use super::places::Places;
use super::run_report::{self as wire, RUN_REPORT_SCHEMA, RunReport};
use super::tests;
use crate::model::{self, Comparison, FileDelta, Report, UnitKind};
use std::collections::BTreeMap;

impl RunReport {
    /// The frozen shape of `report`. Equal reports give equal values, in a fixed order.
    pub fn of(report: &Report<'_>) -> Self {
        let comparison = report.comparison;
        Self {
            schema: RUN_REPORT_SCHEMA.into(),
            tool: wire::Tool {
                name: "drift".into(),
                version: report.version.into(),
            },
            run: report.run.as_ref().map(run),
            plan: plan(comparison),
            range: comparison.history.map(range),
            stamp: stamp(&report.stamp),
            verdict: parts::verdict(report.judgement.verdict),
            checked: checked(&comparison.checked),
            deltas: deltas(comparison),
            files: files(comparison),
            units: units(comparison),
            commits: commits(comparison),
            tests: tests::tests(comparison),
            executed: tests::executed(comparison),
            clauses: clauses(comparison),
            expectations: comparison
                .expectations
                .iter()
                .map(|it| expectation(comparison, it))
                .collect(),
            findings: findings(comparison, &report.judgement.findings),
            claims: claims(comparison),
            rollback: comparison.history.map(rollback),
        }
    }
}

/// The frozen shape of findings alone, for whoever shows no whole report.
pub fn findings(comparison: &Comparison<'_>, found: &[model::Finding]) -> Vec<wire::Finding> {
    let places = Places::new(&comparison.plan.sources);
    found.iter().map(|it| finding(it, &places)).collect()
}

fn run(run: &model::RunSummary) -> wire::Run {
    wire::Run {
        id: run.id.clone(),
        slug: run.slug.clone(),
        handle: run.handle.clone(),
        state: run.state.name().into(),
    }
}

fn plan(comparison: &Comparison<'_>) -> wire::Plan {
    let plan = comparison.plan;
    let standing = |source| {
        comparison
            .standings
            .iter()
            .find(|it| it.source == source)
            .map(|it| &it.kind)
    };
    let source = |(index, source): (usize, &model::Source)| wire::Source {
        path: source.name.clone(),
        format: source.format.into(),
        hash: source.hash.clone(),
        approval: parts::approval(standing(index)),
    };
    let goals: Vec<_> = plan
        .lanes
        .iter()
        .filter_map(|lane| lane.goal.as_ref())
        .map(|it| it.value.clone())
        .collect();
    wire::Plan {
        goal: (!goals.is_empty()).then(|| goals.join("; ")),
        risk_level: plan.risk_level().name().into(),
        sources: plan.sources.iter().enumerate().map(source).collect(),
        problems: wire::Problem::of_plan(plan),
    }
}

fn range(history: &model::History) -> wire::Range {
    wire::Range {
        base_ref: history.base_ref.clone(),
        target_ref: history.target_ref.clone(),
        base: history.base.to_string(),
        target: history.target.to_string(),
        merge_base: history.merge_base.to_string(),
        merge_bases: history.merge_bases,
        commits: history.commits.len(),
        shallow: history.shallow,
        own_commits: history.own_commits,
        renames: wire::Renames {
            similarity: history.renames.similarity,
            limit: history.renames.limit,
            limited: history.renames.limited,
        },
    }
}

fn rollback(history: &model::History) -> Vec<wire::Revert> {
    let revert = |it: &model::Revert| wire::Revert {
        commit: history.commits[it.commit].id.to_string(),
        mainline: it.mainline,
    };
    history.rollback().iter().map(revert).collect()
}

fn stamp(stamp: &model::Stamp) -> wire::Stamp {
    wire::Stamp {
        branch: stamp.branch.clone(),
        worktree: stamp.worktree.clone(),
        session: stamp.session.clone(),
        started_at: stamp.started_at.clone(),
        reported_at: stamp.reported_at.clone(),
    }
}

fn checked(checked: &model::Checked) -> wire::Checked {
    wire::Checked {
        sources: checked.sources,
        files: checked.files,
        declarations: checked.declarations,
        units: checked.units,
        commits: checked.commits,
        expectations: checked.expectations,
        tests: checked.tests,
        clauses: checked.clauses,
    }
}

fn deltas(comparison: &Comparison<'_>) -> wire::Deltas {
    let plan = comparison.plan;
    wire::Deltas {
        files: wire::Delta {
            planned: comparison.checked.declarations,
            actual: comparison.files.len(),
            classes: count(file_classes(comparison)),
        },
        commits: wire::Delta {
            planned: plan.units.iter().filter(|unit| unit.kind == UnitKind::Work).count(),
            actual: comparison
                .history_commits()
                .iter()
                .filter(|commit| !commit.is_merge())
                .count(),
            classes: count(
                comparison
                    .commits
                    .iter()
                    .map(|it| parts::role(it.role))
                    .chain(comparison.units.iter().map(|it| it.status.name())),
            ),
        },
        tests: tests::delta(comparison),
        clauses: clause_delta(comparison),
    }
}

fn file_classes<'a>(comparison: &'a Comparison<'_>) -> impl Iterator<Item = &'static str> + 'a {
    let touched = comparison.files.iter().map(|file| file.class.name());
    touched.chain(comparison.untouched.iter().map(untouched_class))
}

fn untouched_class(untouched: &model::Untouched) -> &'static str {
    if untouched.misplaced_to.is_some() {
        "misplaced"
    } else {
        "untouched"
    }
}

fn count<'a>(words: impl Iterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in words {
        match counts.get_mut(word) {
            Some(count) => *count += 1,
            None => {
                counts.insert(word.to_owned(), 1);
            }
        }
    }
    counts
}

fn files(comparison: &Comparison<'_>) -> Vec<wire::File> {
    let names = unit_names(comparison);
    let ids = commit_ids(comparison);
    let touched = comparison
        .files
        .iter()
        .map(|it| touched_file(comparison, it, &names, &ids));
    let untouched = comparison.untouched.iter().map(|it| wire::File {
        path: comparison.declaration(it.declared).pattern.to_text(),
        class: untouched_class(it).into(),
        units: it.declared.unit.map(|unit| names[unit].clone()).into_iter().collect(),
        ..wire::File::default()
    });
    touched.chain(untouched).collect()
}

fn touched_file(comparison: &Comparison<'_>, file: &FileDelta, names: &[String], ids: &[String]) -> wire::File {
    let change = comparison.change(file);
    let (insertions, deletions, binary) = parts::lines(change.lines);
    wire::File {
        path: change.path.to_json_text(),
        path_bytes: change.path.hex_unless_utf8(),
        previous_path: change.previous_path.as_ref().map(model::RepoPath::to_json_text),
        change: Some(change.kind.name().into()),
        class: file.class.name().into(),
        similarity: change.similarity,
        units: file.units.iter().map(|&unit| names[unit].clone()).collect(),
        commits: file.commits.iter().map(|&commit| ids[commit].clone()).collect(),
        insertions,
        deletions,
        binary,
    }
}

fn unit_names(comparison: &Comparison<'_>) -> Vec<String> {
    (0..comparison.plan.units.len())
        .map(|unit| comparison.plan.unit_name(unit))
        .collect()
}

fn commit_ids(comparison: &Comparison<'_>) -> Vec<String> {
    comparison
        .history_commits()
        .iter()
        .map(|commit| commit.id.to_string())
        .collect()
}

fn units(comparison: &Comparison<'_>) -> Vec<wire::Unit> {
    let ids = commit_ids(comparison);
    let unit = |(index, delta): (usize, &model::UnitDelta)| wire::Unit {
        id: comparison.plan.unit_name(index),
        title: comparison.plan.units[index].title.clone(),
        status: delta.status.name().into(),
        commits: delta.commits.iter().map(|&commit| ids[commit].clone()).collect(),
        confidence: (delta.confidence * 100.0).round() / 100.0,
        reasons: delta.reasons.clone(),
        verify: comparison.plan.units[index].verify.clone(),
    };
    comparison.units.iter().enumerate().map(unit).collect()
}

fn commits(comparison: &Comparison<'_>) -> Vec<wire::Commit> {
    let names = unit_names(comparison);
    let witness = |index: usize| comparison.witnesses.get(index).cloned().flatten();
    let commit = |(index, (commit, delta)): (usize, (&model::Commit, &model::CommitDelta))| wire::Commit {
        id: commit.id.to_string(),
        subject: commit.subject(),
        role: parts::role(delta.role).into(),
        units: delta.units.iter().map(|&unit| names[unit].clone()).collect(),
        merge: commit.is_merge(),
        witness: witness(index).map(|it| it.to_string()),
    };
    let pairs = comparison.history_commits().iter().zip(&comparison.commits);
    pairs.enumerate().map(commit).collect()
}

fn clause_deltas<'c>(
    comparison: &'c Comparison<'_>,
) -> impl Iterator<Item = (&'c model::Clause, &'c model::ClauseDelta)> {
    comparison.contracts.iter().flat_map(|contract| {
        let clauses = &comparison.plan.lanes[contract.lane].clauses;
        clauses.iter().zip(&contract.clauses)
    })
}

fn clause_delta(comparison: &Comparison<'_>) -> wire::Delta {
    wire::Delta {
        planned: clause_deltas(comparison).count(),
        actual: comparison.contracts.iter().map(model::ContractDelta::covered).sum(),
        classes: count(clause_deltas(comparison).map(|(_, delta)| delta.status.name())),
    }
}

fn clauses(comparison: &Comparison<'_>) -> Vec<wire::Clause> {
    let test = |it: &model::TestRef| {
        let source = comparison.source_test(*it);
        wire::ClauseTest {
            path: comparison.test_file(it.file).path.to_json_text(),
            line: source.lines.first,
            name: source.full_name(),
            skipped: !source.runs(),
        }
    };
    let clause = |(clause, delta): (&model::Clause, &model::ClauseDelta)| wire::Clause {
        id: clause.id.clone(),
        status: delta.status.name().into(),
        title: clause.title.clone(),
        kind: clause.kind.clone(),
        normativity: clause.normativity.name().into(),
        tests: delta.tests.iter().chain(&delta.idle).map(test).collect(),
    };
    clause_deltas(comparison).map(clause).collect()
}

fn expectation(comparison: &Comparison<'_>, outcome: &model::ExpectationOutcome) -> wire::Expectation {
    let (kind, what) = parts::expectation(&comparison.plan.expectations[outcome.expectation].kind);
    let (status, reasons) = parts::outcome(&outcome.outcome);
    wire::Expectation {
        kind: kind.into(),
        what,
        status: status.into(),
        reasons,
    }
}

fn claims(comparison: &Comparison<'_>) -> Vec<wire::Claim> {
    let places = Places::new(&comparison.plan.sources);
    let outcomes = comparison.claims.iter();
    outcomes.map(|it| claim(comparison, it, &places)).collect()
}

fn claim(comparison: &Comparison<'_>, outcome: &model::ClaimOutcome, places: &Places<'_>) -> wire::Claim {
    let claim = &comparison.plan.claims[outcome.claim];
    let (kind, words) = parts::claim(&claim.kind);
    let (status, reasons) = match &outcome.status {
        model::ClaimStatus::Holds(note) => ("holds", note.iter().cloned().collect()),
        model::ClaimStatus::Contradicted(differences) => ("contradicted", differences.clone()),
        model::ClaimStatus::Unchecked(why) => ("unchecked", vec![why.clone()]),
    };
    wire::Claim {
        claim: words,
        status: status.into(),
        kind: kind.into(),
        reasons,
        location: places.location(&model::Location::from(&claim.location)),
    }
}

fn finding(finding: &model::Finding, places: &Places<'_>) -> wire::Finding {
    let related = |(place, words): &(model::Location, String)| wire::Related {
        location: places.location(place),
        message: words.clone(),
    };
    wire::Finding {
        code: finding.rule.code.into(),
        rule: finding.rule.name.into(),
        level: finding.level.name().into(),
        severity: parts::severity(finding.severity),
        message: finding.message.clone(),
        help: finding.help.clone(),
        unit: finding.subject.unit.clone(),
        path: finding.subject.path.clone(),
        location: places.location(&finding.location),
        related: finding.related.iter().map(related).collect(),
        fingerprint: finding.fingerprint.to_string(),
        acceptance: finding.acceptance.as_ref().map(parts::acceptance),
    }
}
