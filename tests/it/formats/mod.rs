//! Plan formats: what each reader understands, and what it says of what it does not.

mod commit_plan;
mod foreign;
mod gatekeeper;
mod gsd;
mod intent;
mod recognising;
mod robustness;
mod schema;
mod spec_kitty;
mod spec_kitty_corpus;
mod stage;
mod summary;
mod template;
mod ten_faults;
mod test_contract;

use drift::formats::Input;
use drift::model::{LineColumn, Location, Plan, line_column};

/// The plan of these texts, each under its name.
fn read(texts: &[(&str, &str)]) -> Plan {
    let input = |(name, text): &(&str, &str)| Input {
        name: (*name).into(),
        repo_path: None,
        bytes: text.as_bytes().to_vec(),
    };
    drift::formats::read(texts.iter().map(input).collect())
}

/// The problems as a user reads them: `file:line:column pointer: message; help`.
fn problems(plan: &Plan) -> String {
    let line = |problem: &drift::model::Problem| {
        let Location::Plan(place) = &problem.location else {
            panic!("a problem stands in a plan");
        };
        let source = &plan.sources[place.source];
        let at = place.span.map_or(String::new(), |(start, end)| {
            assert!(start <= end && end <= source.text.len(), "{place:?}");
            let LineColumn { line, column } = line_column(&source.text, start);
            format!(":{line}:{column}")
        });
        let help = problem.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
        let (name, pointer) = (&source.name, &place.pointer);
        format!("{:?} {name}{at} {pointer}: {}{help}\n", problem.kind, problem.message)
    };
    plan.problems.iter().map(line).collect()
}
