//! `status.events.jsonl`: where the packages of a mission stand. The last event of each tells; `done` and `approved` are
//! claims.

use crate::formats::Text;
use crate::formats::accounts::Account;
use crate::model::{Claim, ClaimKind, Plan, PlanLocation};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;

/// The line for `ACCOUNTS`.
pub(in crate::formats) static ACCOUNT: Account = Account {
    name: "spec_kitty_status",
    what: "the status of a spec-kitty mission",
    detects,
    read,
};

/// The lanes of the board where work is over.
const OVER: &[&str] = &["done", "approved"];

/// A package's move to another lane of the board.
struct Event {
    package: String,
    state: String,
    mission: Option<String>,
    /// Microseconds since 1970, where the time can be read.
    at: Option<i64>,
    id: String,
    span: Range<usize>,
}

fn detects(text: &Text) -> bool {
    text.text.trim_start().starts_with('{') && events(&text.text).next().is_some()
}

/// What the last events claim, and the mission that they name; events are in order by their time and id, because merges
/// mix the lines.
fn read(text: &Text) -> (Plan, Option<String>) {
    let mut last: BTreeMap<String, Event> = BTreeMap::new();
    let mut mission = String::new();
    for event in events(&text.text) {
        mission = event.mission.clone().unwrap_or(mission);
        let is_later = |known: &Event| (event.at, &event.id) >= (known.at, &known.id);
        if last.get(&event.package).is_none_or(is_later) {
            last.insert(event.package.clone(), event);
        }
    }
    let over = last.into_values().filter(|it| OVER.contains(&it.state.as_str()));
    let plan = Plan {
        claims: over.map(claim).collect(),
        ..Plan::default()
    };
    (plan, Some(mission))
}

fn claim(event: Event) -> Claim {
    Claim {
        lane: None,
        kind: ClaimKind::Done {
            unit: event.package,
            state: event.state,
            at: event.at.map(|at| at.div_euclid(1_000_000)),
        },
        location: PlanLocation::new(0, "to_lane", event.span),
    }
}

/// The events of the text; lines that are torn, or tell of something else, are nobody's business here.
fn events(text: &str) -> impl Iterator<Item = Event> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let is_move = ["\"wp_id\"", "\"to_lane\"", "\"event_id\""]
            .iter()
            .all(|name| line.contains(name));
        is_move
            .then(|| event(line, start..start + line.trim_end().len()))
            .flatten()
    })
}

fn event(line: &str, span: Range<usize>) -> Option<Event> {
    let fields: Value = serde_json::from_str(line).ok()?;
    let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    let time = text("at").and_then(|at| chrono::DateTime::parse_from_rfc3339(&at).ok());
    Some(Event {
        package: text("wp_id")?,
        state: text("to_lane")?,
        mission: text("mission_slug").or_else(|| text("feature_slug")),
        at: time.map(|time| time.timestamp_micros()),
        id: text("event_id")?,
        span,
    })
}
