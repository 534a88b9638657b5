//! A line of lessons.jsonl, `drift/lesson/1`: what one run teaches, written so that runs compare.

use super::domain::domain;
use super::run_report::{Delta, Finding, RunReport, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The value of `schema` in every lesson of this version.
pub const LESSON_SCHEMA: &str = "drift/lesson/1";

/// What one run teaches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Lesson {
    /// `drift/lesson/1`.
    pub schema: String,
    /// The key: `<run's id>:<target commit>`. A line with the same id says the same.
    pub id: String,
    /// The run's handle.
    pub run: String,
    /// The range, `<merge base>..<target>`.
    pub range: String,
    /// What kind of work it was, told by the touched files: deps, docs, tests, ci or code.
    pub domain: String,
    /// low, medium, high or critical.
    pub risk_level: String,
    /// `aligned`, `drifted` or `unchecked`.
    pub verdict: super::Verdict,
    /// What was planned.
    pub planned: Counts,
    /// What was done.
    pub actual: Counts,
    /// Each class of file and how many there were.
    pub files: Delta,
    /// Each status of a promised test and how many ended so; absent where none was promised.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tests: Option<Delta>,
    /// Each deviation that is more than a note, and every accepted one.
    pub deviations: Vec<Deviation>,
    /// The share of touched files, the planning system's own and derived ones left out, that were planned; 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub precision: Option<f64>,
    /// The share of declarations that were met; 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub recall: Option<f64>,
    /// When.
    pub timing: Timing,
}

/// How many files, units or commits, and tests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Declarations, or touched files.
    pub files: usize,
    /// Units that expect commits, or commits that are no merges.
    pub commits: usize,
    /// Promised, or executed tests.
    pub tests: usize,
}

/// One deviation, without names that only this run knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deviation {
    /// The rule's code.
    pub rule: String,
    /// The file's class, where it is about a file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub class: Option<String>,
    /// The path as a pattern of folder and extension: `src/auth/*.rs`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pattern: Option<String>,
    /// The unit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<String>,
    /// Whether a person accepted it.
    pub accepted: bool,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rationale: Option<String>,
}

/// When a run started and was reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Timing {
    /// RFC 3339, UTC.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub started_at: Option<String>,
    /// RFC 3339, UTC.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reported_at: Option<String>,
}

impl Lesson {
    /// What `report` teaches; `None` for a report without a run or a range.
    pub fn of(report: &RunReport) -> Option<Self> {
        let (run, range) = (report.run.as_ref()?, report.range.as_ref()?);
        let deltas = &report.deltas;
        let classes = report
            .files
            .iter()
            .map(|file| (file.path.as_str(), file.class.as_str()));
        // Of a touched file and an untouched declaration of the same text, the touched file stands first.
        let classes: HashMap<&str, &str> = classes.rev().collect();
        Some(Self {
            schema: LESSON_SCHEMA.into(),
            id: format!("{}:{}", run.id, range.target),
            run: run.handle.clone(),
            range: format!("{}..{}", range.merge_base, range.target),
            domain: domain(&report.files).into(),
            risk_level: report.plan.risk_level.clone(),
            verdict: report.verdict,
            planned: Counts {
                files: deltas.files.planned,
                commits: deltas.commits.planned,
                tests: deltas.tests.planned,
            },
            actual: Counts {
                files: deltas.files.actual,
                commits: deltas.commits.actual,
                tests: deltas.tests.actual,
            },
            files: deltas.files.clone(),
            tests: (deltas.tests.planned > 0).then(|| deltas.tests.clone()),
            deviations: report
                .findings
                .iter()
                .filter_map(|it| deviation(it, &classes))
                .collect(),
            precision: precision(&deltas.files),
            recall: recall(&deltas.files),
            timing: Timing {
                started_at: report.stamp.started_at.clone(),
                reported_at: report.stamp.reported_at.clone(),
            },
        })
    }

    /// The lesson as one line, with its newline.
    pub fn to_line(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self).map(|line| line + "\n")
    }
}

fn deviation(finding: &Finding, classes: &HashMap<&str, &str>) -> Option<Deviation> {
    let accepted = finding.acceptance.is_some();
    if finding.severity == Severity::Note && !accepted {
        return None;
    }
    let path = finding.path.as_deref();
    Some(Deviation {
        rule: finding.code.clone(),
        class: path.and_then(|path| classes.get(path)).map(ToString::to_string),
        pattern: path.map(pattern),
        unit: finding.unit.clone(),
        accepted,
        rationale: finding.acceptance.as_ref().map(|it| it.because.clone()),
    })
}

/// The path with its file's own name left out: what another run's path can be compared with.
fn pattern(path: &str) -> String {
    let (folder, name) = path
        .rsplit_once('/')
        .map_or(("", path), |(folder, name)| (folder, name));
    let star = name
        .rsplit_once('.')
        .filter(|(stem, _)| !stem.is_empty())
        .map(|(_, extension)| format!("*.{extension}"));
    let last = star.unwrap_or_else(|| name.to_owned());
    if folder.is_empty() {
        last
    } else {
        format!("{folder}/{last}")
    }
}

fn class(files: &Delta, name: &str) -> usize {
    files.classes.get(name).copied().unwrap_or_default()
}

fn precision(files: &Delta) -> Option<f64> {
    let judged = files.actual - (class(files, "derived") + class(files, "bookkeeping")).min(files.actual);
    (judged > 0).then(|| share(class(files, "planned"), judged))
}

fn recall(files: &Delta) -> Option<f64> {
    let missed = class(files, "untouched") + class(files, "misplaced");
    (files.planned > 0).then(|| share(files.planned.saturating_sub(missed), files.planned))
}

/// A share with three decimals, so that equal runs give equal bytes.
fn share(part: usize, whole: usize) -> f64 {
    (part as f64 / whole as f64 * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn a_path_becomes_a_pattern_of_folder_and_extension() {
        let cases = [
            ("src/auth/login.rs", "src/auth/*.rs"),
            ("Makefile", "Makefile"),
            (".gitignore", ".gitignore"),
            ("a/b.test.ts", "a/*.ts"),
        ];
        for (path, expected) in cases {
            assert_eq!(pattern(path), expected);
        }
    }
}
