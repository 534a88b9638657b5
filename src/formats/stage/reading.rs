//! From contracts to lanes: goal, scope, expectations, and what is missing.

use super::contract::{Content, Contract, contracts};
use super::parts::{Part, Status, plain};
use super::records;
use crate::formats::Text;
use crate::formats::markdown::items::{Item, items};
use crate::formats::markdown::{code, outline};
use crate::formats::problems::Problems;
use crate::formats::prose::bounded;
use crate::formats::template::is_placeholder;
use crate::model::{
    Action, Declaration, Expectation, ExpectationKind, Lane, Located, PathPattern, Plan, PlanLocation, ProblemKind,
};
use std::ops::Range;

/// The longest goal, in bytes.
const MAX_GOAL: usize = 600;

/// The plan that the text's active contracts are; its source is not yet there.
pub(super) fn read(text: &Text) -> Plan {
    let mut reader = Reader {
        text,
        plan: Plan::default(),
        problems: Problems::new(0),
    };
    let all = contracts(&text.text, &outline::sections(&text.text));
    reader.read(&all);
    let mut plan = reader.plan;
    plan.problems = reader.problems.into_vec();
    plan
}

struct Reader<'t> {
    text: &'t Text,
    plan: Plan,
    problems: Problems,
}

impl Reader<'_> {
    fn read(&mut self, all: &[Contract]) {
        let mut planned = Vec::new();
        for contract in all {
            if self.is_the_template(contract) {
                continue;
            }
            match self.status(contract) {
                Status::Active => self.contract(contract),
                Status::Planned | Status::Closed => planned.push(contract.name.as_str()),
            }
        }
        if self.plan.lanes.is_empty() {
            let (message, help) = match planned.as_slice() {
                [] => (
                    "the template's parts are not filled in".to_owned(),
                    "`drift new --stage NAME` writes a contract to fill in",
                ),
                some => (
                    format!("no stage in it is active: {} is not", some.join(", ")),
                    "write `**Status**: Active` where the work goes on",
                ),
            };
            self.problems
                .add(ProblemKind::MissingField, message, help, PlanLocation::whole(0));
        }
    }

    /// The template in a text that explains contracts: all that it says is what to write.
    fn is_the_template(&self, contract: &Contract) -> bool {
        let says_nothing = |part: &Part| contract.parts.get(part).is_none_or(|it| self.items(it).is_empty());
        contract.under_template && [Part::Objectives, Part::Deliverables].iter().all(says_nothing)
    }

    fn status(&mut self, contract: &Contract) -> Status {
        let Some((word, span)) = &contract.status else {
            return Status::Active;
        };
        if let Some(status) = Status::of(word) {
            return status;
        }
        let place = self.problems.place("status", span.clone());
        let message = format!("`{word}` is no status of a stage");
        self.problems.invalid(
            &place,
            message,
            "write Active, Planned or Completed; until then it counts as active",
        );
        Status::Active
    }

    fn contract(&mut self, contract: &Contract) {
        self.say_what_is_missing(contract);
        let mut lane = Lane {
            name: contract.name.clone(),
            goal: self.goal(contract),
            verify: self.sentences(contract, Part::Audit),
            references: contract.document.iter().cloned().collect(),
            bookkeeping: self.own_path().into_iter().collect(),
            rollback: self.rollback(contract),
            location: self.problems.place("", contract.heading.clone()),
            ..Lane::default()
        };
        for item in self.items_of(contract, Part::Deliverables) {
            self.deliverable(&item, &mut lane);
        }
        for item in self.items_of(contract, Part::Acceptance) {
            self.expect(criterion(&item), "", "acceptance criteria", &item.span);
        }
        for item in self.items_of(contract, Part::Versioning) {
            for kind in records::promised(&item) {
                self.expect(kind, &item.text, "versioning", &item.span);
            }
        }
        self.plan.lanes.push(lane);
    }

    fn goal(&self, contract: &Contract) -> Option<Located<String>> {
        let items = self.items_of(contract, Part::Objectives);
        let span = items.first()?.span.clone();
        let all: Vec<_> = items.iter().map(|item| item.text.trim_end_matches('.')).collect();
        Some(Located {
            value: bounded(&all.join("; "), MAX_GOAL),
            location: self.problems.place("objectives", span),
        })
    }

    /// A deliverable: each path in it is in scope and must be there, unless the sentence takes it away.
    fn deliverable(&mut self, item: &Item, lane: &mut Lane) {
        let paths = code::paths(&item.text);
        if paths.is_empty() {
            let kind = ExpectationKind::Prose(item.text.clone());
            self.expect(kind, "", "deliverables", &item.span);
        }
        let goes = takes_away(&item.text);
        for pattern in paths {
            lane.allowed.push(Declaration {
                pattern: pattern.clone(),
                action: goes.then_some(Action::Delete),
                reason: None,
                location: self.problems.place("deliverables", item.span.clone()),
            });
            if !goes {
                self.expect(ExpectationKind::Exists(pattern), &item.text, "deliverables", &item.span);
            }
        }
    }

    fn expect(&mut self, kind: ExpectationKind, provides: &str, field: &str, span: &Range<usize>) {
        self.plan.expectations.push(Expectation {
            kind,
            provides: provides.replace('`', ""),
            location: self.problems.place(field, span.clone()),
        });
    }

    /// What the contract says about taking the work back; an empty text where it says nothing, and none where it need not.
    fn rollback(&self, contract: &Contract) -> Option<Located<String>> {
        if contract.is_entry {
            return None;
        }
        let said = self.items_of(contract, Part::Rollback);
        let place = contract
            .parts
            .get(&Part::Rollback)
            .map_or(&contract.heading, |part| &part.heading);
        let code = contract
            .parts
            .get(&Part::Rollback)
            .map_or("", |part| &self.text.text[part.body.clone()]);
        let texts: Vec<_> = said.iter().map(|item| item.text.as_str()).collect();
        let value = if texts.is_empty() && code.contains("```") {
            code.trim().to_owned()
        } else {
            texts.join("; ")
        };
        Some(Located {
            value: bounded(&value, MAX_GOAL),
            location: self.problems.place("rollback plan", place.clone()),
        })
    }

    /// The contract's own file, which may change while its boxes are ticked.
    fn own_path(&self) -> Option<PathPattern> {
        PathPattern::parse(self.text.repo_path.as_ref()?.as_str()?).ok()
    }

    fn say_what_is_missing(&mut self, contract: &Contract) {
        let asked: &[Part] = match contract.is_entry {
            true => &[Part::Objectives, Part::Deliverables],
            false => &Part::ALL,
        };
        for part in asked.iter().copied().filter(|part| *part != Part::Rollback) {
            let said = contract.parts.get(&part);
            if said.is_some_and(|said| !self.items(said).is_empty()) {
                continue;
            }
            let (why, help, place) = match said {
                Some(said) => (
                    "says nothing yet",
                    "write it below this heading; what the template says there counts as nothing".to_owned(),
                    said.heading.clone(),
                ),
                None => (
                    "is missing",
                    format!("write it under a heading `{}`", part.title()),
                    contract.heading.clone(),
                ),
            };
            let message = format!("`{}` of the stage `{}` {why}", part.title(), contract.name);
            let place = self.problems.place(part.title(), place);
            self.problems.add(ProblemKind::MissingField, message, help, place);
        }
    }

    fn sentences(&self, contract: &Contract, part: Part) -> Vec<String> {
        self.items_of(contract, part)
            .into_iter()
            .map(|item| item.text)
            .collect()
    }

    fn items_of(&self, contract: &Contract, part: Part) -> Vec<Item> {
        contract
            .parts
            .get(&part)
            .map(|content| self.items(content))
            .unwrap_or_default()
    }

    /// What a part says, without what a template left there.
    fn items(&self, content: &Content) -> Vec<Item> {
        let text = &self.text.text;
        let mut found = items(text, content.inline.clone());
        found.extend(items(text, content.body.clone()));
        found.retain(|item| !is_nothing(&item.text));
        found
    }
}

fn criterion(item: &Item) -> ExpectationKind {
    match item.ticked {
        Some(ticked) => ExpectationKind::Criterion {
            text: item.text.clone(),
            ticked,
        },
        None => ExpectationKind::Prose(item.text.clone()),
    }
}

/// Whether the sentence begins with taking something away.
fn takes_away(text: &str) -> bool {
    let first = plain(text).split(' ').next().unwrap_or_default().to_owned();
    [
        "remove", "removed", "removes", "delete", "deleted", "deletes", "drop", "dropped",
    ]
    .contains(&first.as_str())
}

/// What people write where they have nothing to say, and what templates say there.
fn is_nothing(text: &str) -> bool {
    let bare = plain(text);
    matches!(
        bare.as_str(),
        "" | "tbd" | "todo" | "to do" | "to be defined" | "to be determined" | "n a" | "na" | "none" | "xxx"
    ) || is_placeholder(text)
}
