//! Each renderer, over one small run with drift in it.

mod json;
mod markdown;
mod text;

use crate::support::comparison::comparison;
use crate::support::history::history;
use crate::support::plan::plan;
use drift::model::{Acceptance, Fingerprint, History, Plan, Policy, Report, RunState, RunSummary, Stamp};
use drift::report::wire::v1::RunReport;
use drift::report::{Look, renderer};

/// A plan of three units, of which the second shares its commit with the first and the third is missing.
fn planned() -> Plan {
    let builder = plan()
        .unit("U1", "Check the password at login", &["src/login.rs"])
        .unit("U2", "Limit the tries | per `user`", &["src/limit.rs"])
        .unit("U3", "Describe the login", &["docs/login.md"]);
    builder.build()
}

fn done() -> History {
    history(&["src/login.rs", "src/limit.rs", "docs/login.md", "src/other.rs"])
        .commit(
            "feat: check the password at login, limit the tries per user",
            "M src/login.rs, M src/limit.rs",
        )
        .commit("chore: tidy <b>up</b>", "M src/other.rs, A src/new|name.rs")
        .build()
}

/// The report of `planned` against `done`, with these acceptances.
fn reported(plan: &Plan, history: &History, acceptances: &[Acceptance]) -> RunReport {
    let policy = Policy::default();
    let mut comparison = comparison(plan, history, &policy);
    comparison.begun = true;
    let judgement = drift::rules::judge(&comparison, &policy, acceptances);
    RunReport::of(&Report {
        version: "0.0.0",
        run: Some(RunSummary {
            id: "0a1b2c3d".repeat(4),
            slug: "add-login".into(),
            handle: "add-login-0a1b2c3d".into(),
            state: RunState::Active,
        }),
        comparison: &comparison,
        judgement: &judgement,
        stamp: Stamp::default(),
    })
}

/// An acceptance of the finding about `path`.
fn acceptance(report: &RunReport, path: &str) -> Acceptance {
    let found = report
        .findings
        .iter()
        .find(|it| it.path.as_deref() == Some(path))
        .unwrap();
    Acceptance {
        fingerprint: Fingerprint(found.fingerprint.clone()),
        because: "the tidying was *agreed*".into(),
        accepted_by: "A U Thor <author@example.com>".into(),
        accepted_at: "2023-11-14T23:13:20Z".into(),
    }
}

/// The whole run as `--format name` prints it, without styles.
fn rendered(name: &str, verbose: bool) -> String {
    let (plan, history) = (planned(), done());
    let first = reported(&plan, &history, &[]);
    let report = reported(&plan, &history, &[acceptance(&first, "src/other.rs")]);
    let look = Look {
        width: 80,
        sources: &plan.sources,
        verbose,
    };
    let styled = (renderer(name).unwrap().render)(&report, &look);
    anstream::adapter::strip_str(&styled).to_string()
}
