//! `evidence/<id>.json` of a run's record, `drift/evidence/1`: one execution of tests.

use super::run_report::TestCounts;
use crate::model::{self, Ended, ObjectId, Origin, TestOutcome};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The value of `schema` in every evidence file of this version.
pub const EVIDENCE_SCHEMA: &str = "drift/evidence/1";

/// One execution of tests, by drift or elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceFile {
    /// `drift/evidence/1`.
    pub schema: String,
    /// Its name within the record, which is that of its file.
    pub id: String,
    /// The suite of the test contract, where that is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub suite: Option<String>,
    /// When the tests started, or else when the results were added: RFC 3339, UTC.
    pub started_at: String,
    /// What was tested.
    pub tree: TestedTree,
    /// How drift ran them; absent where the results come from elsewhere.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub execution: Option<Execution>,
    /// Where the results come from, if drift did not run the tests.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub added: Option<Added>,
    /// The dialect that the results are written in; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub dialect: Option<String>,
    /// Why there are no results that could be read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unreadable: Option<String>,
    /// How many tests ended how, all of them.
    pub counts: TestCounts,
    /// How the tests ended that are not among `tests`, because there are too many.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub left_out: Option<TestCounts>,
    /// Each test.
    #[serde(default)]
    pub tests: Vec<Test>,
}

/// What was tested. Trees are those of git, without what lies below `.drift/`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TestedTree {
    /// The commit that was checked out.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub commit: Option<String>,
    /// The worktree's content before the tests.
    pub before: String,
    /// The worktree's content after them; absent where nobody looked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub after: Option<String>,
    /// Whether the worktree held something else than the commit.
    pub dirty: bool,
}

/// How a suite was run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Execution {
    /// The program and its arguments.
    pub argv: Vec<String>,
    /// The exit code, where it ended by itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub exit_code: Option<i32>,
    /// The signal that ended it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signal: Option<i32>,
    /// The seconds after which it was ended.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub timed_out_after: Option<u64>,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// The tools that ran, with what they say of their version.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub tools: Vec<ToolVersion>,
    /// Paths that the tests changed, the first of them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub changed_paths: Vec<String>,
    /// What it printed.
    pub log: Log,
}

/// A tool and its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ToolVersion {
    /// Its name.
    pub name: String,
    /// The line in which it says its version.
    pub version: String,
}

/// What a program printed on both streams.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Log {
    /// The beginning.
    pub head: String,
    /// The end, where it is longer than the beginning.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub tail: String,
    /// How many bytes it has.
    pub size: u64,
    /// SHA-256 over all of it.
    pub sha256: String,
}

/// A result file that was written elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Added {
    /// Its name, as it was given.
    pub file: String,
    /// SHA-256 over its bytes.
    pub sha256: String,
    /// `Name <address>` of who added it.
    pub added_by: String,
}

/// One test and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Test {
    /// What encloses it, outermost first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub groups: Vec<String>,
    /// Its own name.
    pub name: String,
    /// The file that holds it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<String>,
    /// passed, skipped, failed or errored.
    pub outcome: String,
    /// Whether it both failed and passed.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub flaky: bool,
    /// How long it took, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ms: Option<u64>,
    /// Why it did not pass.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub message: Option<String>,
}

impl EvidenceFile {
    /// The file that keeps `evidence`.
    pub fn of(evidence: &model::Evidence) -> Self {
        let results = evidence.results.as_ref();
        let (execution, added) = origin(&evidence.origin);
        let left_out = evidence.left_out;
        Self {
            schema: EVIDENCE_SCHEMA.into(),
            id: evidence.id.clone(),
            suite: evidence.suite.clone(),
            started_at: evidence.started_at.clone(),
            tree: TestedTree {
                commit: evidence.tree.commit.map(|id| id.to_string()),
                before: evidence.tree.before.to_string(),
                after: evidence.tree.after.map(|id| id.to_string()),
                dirty: evidence.tree.dirty,
            },
            execution,
            added,
            dialect: results.ok().map(|results| results.dialect.clone()),
            unreadable: results.err().cloned(),
            counts: counts(evidence.counts()),
            left_out: (left_out != model::TestCounts::default()).then(|| counts(left_out)),
            tests: results.map_or_else(|_| Vec::new(), |results| results.tests.iter().map(test).collect()),
        }
    }

    /// The evidence that the file keeps; what is wrong with it, where it keeps none.
    pub fn evidence(self) -> Result<model::Evidence, String> {
        if self.schema != EVIDENCE_SCHEMA {
            return Err(format!("its schema is `{}`, not `{EVIDENCE_SCHEMA}`", self.schema));
        }
        let left_out = self.left_out.map(model_counts).unwrap_or_default();
        let tests: Result<Vec<_>, String> = self.tests.into_iter().map(model_test).collect();
        let results = match (self.dialect, self.unreadable) {
            (_, Some(why)) => Err(why),
            (dialect, None) => Ok(model::TestResults {
                dialect: dialect.unwrap_or_default(),
                tests: tests?,
            }),
        };
        let origin = match (self.execution, self.added) {
            (Some(execution), _) => Origin::Executed(model_execution(execution)?),
            (None, Some(added)) => Origin::Added {
                file: added.file,
                sha256: added.sha256,
                added_by: added.added_by,
            },
            (None, None) => return Err("it says neither how the tests were run nor where the results come from".into()),
        };
        Ok(model::Evidence {
            id: self.id,
            suite: self.suite,
            origin,
            tree: model::TestedTree {
                commit: self.tree.commit.as_deref().map(object_id).transpose()?,
                before: object_id(&self.tree.before)?,
                after: self.tree.after.as_deref().map(object_id).transpose()?,
                dirty: self.tree.dirty,
            },
            started_at: self.started_at,
            results,
            left_out,
        })
    }

    /// The file's text: indented, and each test on a line of its own.
    pub fn to_text(&self) -> String {
        let frame = Self {
            tests: Vec::new(),
            ..self.clone()
        };
        // These types hold strings, numbers and lists: nothing that could fail to serialize.
        let mut text = serde_json::to_string_pretty(&frame).unwrap_or_default();
        let lines: Vec<String> = self
            .tests
            .iter()
            .filter_map(|test| serde_json::to_string(test).ok())
            .collect();
        if !lines.is_empty()
            && let Some(empty) = text.rfind("[]")
        {
            let list = format!("[\n    {}\n  ]", lines.join(",\n    "));
            text.replace_range(empty..empty + 2, &list);
        }
        text + "\n"
    }
}

fn origin(origin: &Origin) -> (Option<Execution>, Option<Added>) {
    match origin {
        Origin::Executed(execution) => (Some(wire_execution(execution)), None),
        Origin::Added { file, sha256, added_by } => {
            let added = Added {
                file: file.clone(),
                sha256: sha256.clone(),
                added_by: added_by.clone(),
            };
            (None, Some(added))
        }
    }
}

fn wire_execution(execution: &model::Execution) -> Execution {
    let tool = |(name, version): &(String, String)| ToolVersion {
        name: name.clone(),
        version: version.clone(),
    };
    let ended = execution.ended;
    Execution {
        argv: execution.argv.clone(),
        exit_code: if let Ended::Exited(code) = ended {
            Some(code)
        } else {
            None
        },
        signal: if let Ended::Signalled(signal) = ended {
            Some(signal)
        } else {
            None
        },
        timed_out_after: if let Ended::TimedOut(seconds) = ended {
            Some(seconds)
        } else {
            None
        },
        duration_ms: execution.duration_ms,
        tools: execution.tools.iter().map(tool).collect(),
        changed_paths: execution.changed_paths.clone(),
        log: Log {
            head: execution.log.head.clone(),
            tail: execution.log.tail.clone(),
            size: execution.log.size,
            sha256: execution.log.sha256.clone(),
        },
    }
}

fn model_execution(execution: Execution) -> Result<model::Execution, String> {
    let ended = match (execution.exit_code, execution.signal, execution.timed_out_after) {
        (Some(code), None, None) => Ended::Exited(code),
        (None, Some(signal), None) => Ended::Signalled(signal),
        (None, None, Some(seconds)) => Ended::TimedOut(seconds),
        _ => return Err("it does not say in one way how the program ended".into()),
    };
    let tools = execution.tools.into_iter();
    Ok(model::Execution {
        argv: execution.argv,
        ended,
        duration_ms: execution.duration_ms,
        tools: tools.map(|tool| (tool.name, tool.version)).collect(),
        changed_paths: execution.changed_paths,
        log: model::Log {
            head: execution.log.head,
            tail: execution.log.tail,
            size: execution.log.size,
            sha256: execution.log.sha256,
        },
    })
}

pub(super) fn counts(counts: model::TestCounts) -> TestCounts {
    TestCounts {
        tests: counts.tests,
        passed: counts.passed,
        failed: counts.failed,
        errored: counts.errored,
        skipped: counts.skipped,
        flaky: counts.flaky,
    }
}

fn model_counts(counts: TestCounts) -> model::TestCounts {
    model::TestCounts {
        tests: counts.tests,
        passed: counts.passed,
        failed: counts.failed,
        errored: counts.errored,
        skipped: counts.skipped,
        flaky: counts.flaky,
    }
}

fn test(test: &model::TestResult) -> Test {
    Test {
        groups: test.groups.clone(),
        name: test.name.clone(),
        file: test.file.clone(),
        outcome: test.outcome.name().into(),
        flaky: test.flaky,
        ms: test.duration_ms,
        message: test.message.clone(),
    }
}

fn model_test(test: Test) -> Result<model::TestResult, String> {
    let outcome = TestOutcome::from_name(&test.outcome);
    Ok(model::TestResult {
        outcome: outcome.ok_or_else(|| format!("a test ended `{}`, a word that it does not know", test.outcome))?,
        groups: test.groups,
        name: test.name,
        file: test.file,
        flaky: test.flaky,
        duration_ms: test.ms,
        message: test.message,
    })
}

fn object_id(text: &str) -> Result<ObjectId, String> {
    ObjectId::from_hex(text).ok_or_else(|| format!("`{text}` is no object id"))
}
