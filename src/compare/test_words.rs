//! Evidence in the few words that findings and reports need of it.

use crate::model::{Evidence, EvidenceRef, Origin, PlannedTest, Shortfall, TestResult, nearest};

/// How many paths a text names.
const SHOWN: usize = 3;

pub(super) fn reference(evidence: &Evidence) -> EvidenceRef {
    EvidenceRef {
        id: evidence.id.clone(),
        started_at: evidence.started_at.clone(),
        commit: evidence.tree.commit.map(|id| id.to_string()),
        dirty: evidence.tree.dirty,
    }
}

/// What is wrong with an execution, unless its tests tell it themselves.
pub(super) fn trouble(shortfall: &Shortfall, evidence: &Evidence) -> Option<String> {
    Some(match shortfall {
        Shortfall::NoResults(why) => why.clone(),
        Shortfall::NoTests => "no test ran".to_owned(),
        Shortfall::Failed(_) => {
            let unnamed = evidence.left_out.failed + evidence.left_out.errored;
            return (unnamed > 0).then(|| format!("{unnamed} tests failed that are not kept by name"));
        }
        Shortfall::ExitCode(code) if evidence.results.is_err() => format!("it ended with exit code {code}"),
        Shortfall::ExitCode(code) => format!("it ended with exit code {code}, though no test failed"),
        Shortfall::Signalled(signal) => format!("it was ended by signal {signal}"),
        Shortfall::TimedOut(seconds) => format!("it took longer than {seconds} s"),
        Shortfall::TreeChanged => format!("its tests changed the worktree{}", changed(evidence)),
    })
}

fn changed(evidence: &Evidence) -> String {
    let Origin::Executed(execution) = &evidence.origin else {
        return String::new();
    };
    let paths: Vec<String> = execution
        .changed_paths
        .iter()
        .take(SHOWN)
        .map(|path| format!("`{path}`"))
        .collect();
    match (paths.is_empty(), execution.changed_paths.len() > SHOWN) {
        (true, _) => String::new(),
        (false, false) => format!(" ({})", paths.join(", ")),
        (false, true) => format!(" ({}, …)", paths.join(", ")),
    }
}

/// The name of a test that is most like the promised one: of a test with the same own name the whole one, else a similar
/// one.
pub(super) fn nearest_name<'t>(
    promised: &PlannedTest,
    tests: impl Iterator<Item = &'t TestResult> + Clone,
) -> Option<String> {
    let last = |name: &str| {
        let parts = name.rsplit([':', '.', '>', '/', '#', '›']).map(str::trim);
        parts
            .into_iter()
            .find(|part| !part.is_empty())
            .unwrap_or_default()
            .to_owned()
    };
    let own = last(&promised.name);
    if let Some(same) = tests.clone().find(|test| last(&test.name) == own) {
        return Some(same.full_name());
    }
    let names: Vec<String> = tests.flat_map(|test| [test.full_name(), test.name.clone()]).collect();
    nearest(&promised.name, names.iter().map(String::as_str)).map(str::to_owned)
}
