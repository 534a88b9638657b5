//! What settles a finding: which field of which file to edit, and what to run afterwards.

use super::wording::source_name;
use crate::model::{Comparison, FileDelta, Lane, Plan, StandingKind};

/// What can be done about a plan.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// It can be edited; there is nothing to approve, and nothing to accept a deviation in.
    WithoutRun,
    /// It can be edited and approved.
    Draft,
    /// It is frozen: deviations can be accepted, and another plan is another run.
    Begun,
}

/// Knows how the plan at hand is edited and approved.
pub(super) struct Advice<'a> {
    plan: &'a Plan,
    stage: Stage,
    /// For each lane the source in which it lists its files.
    listing_sources: Vec<usize>,
}

impl<'a> Advice<'a> {
    /// The advice for this comparison: only what can be done about a plan at its stage.
    pub(super) fn of(comparison: &Comparison<'a>) -> Self {
        let without_run = comparison.standings.iter().all(|it| it.kind == StandingKind::Unjudged);
        Self {
            plan: comparison.plan,
            stage: match (comparison.begun, without_run) {
                (true, _) => Stage::Begun,
                (false, false) => Stage::Draft,
                (false, true) => Stage::WithoutRun,
            },
            listing_sources: listing_sources(comparison.plan),
        }
    }

    /// To declare a file: in the plan of the units that touched it.
    pub(super) fn declare(&self, file: &FileDelta) -> String {
        let lane = file.units.first().map(|&unit| self.plan.units[unit].lane);
        format!("declare it in {}{}", self.scope_of(lane), self.again())
    }

    /// To change what the plan says: `edit` and then the approval.
    pub(super) fn edit(&self, edit: &str) -> String {
        format!("{edit}{}", self.again())
    }

    /// To do either what `help` says or to accept the deviation.
    pub(super) fn or_accept(&self, help: &str) -> String {
        if self.stage == Stage::Begun {
            format!("{help}, or accept it: `drift accept {{fingerprint}} --because …`")
        } else {
            help.to_owned()
        }
    }

    /// Where a plan of this format lists files.
    pub(super) fn scope_of(&self, lane: Option<usize>) -> String {
        let only = (self.plan.lanes.len() == 1).then_some(0);
        let Some(&source) = lane.or(only).and_then(|lane| self.listing_sources.get(lane)) else {
            return "the plan that it belongs to".to_owned();
        };
        let name = source_name(self.plan, source);
        match self.plan.sources.get(source).map_or("", |it| it.format) {
            "commit_plan" => format!("`{name}` (`units[].files`)"),
            "intent" => format!("`{name}` (`allowedFiles`)"),
            "gatekeeper" => format!("`{name}` (`manifest.files`)"),
            "microplans" => format!("`{name}` (`microplans[].files`)"),
            "gsd" => format!("`{name}` (`files_modified`, or a task's `<files>`)"),
            _ => format!("`{name}`"),
        }
    }

    fn again(&self) -> &'static str {
        match self.stage {
            Stage::WithoutRun => "",
            Stage::Draft => " and approve the plan again",
            Stage::Begun => " in a new run",
        }
    }
}

/// Where each lane lists its files: where its units stand, else where its scope stands, else where it begins.
fn listing_sources(plan: &Plan) -> Vec<usize> {
    let of_lane = |lane: &Lane| {
        lane.allowed
            .first()
            .map_or(lane.location.source, |it| it.location.source)
    };
    let mut sources: Vec<usize> = plan.lanes.iter().map(of_lane).collect();
    for unit in plan.units.iter().rev() {
        if let Some(source) = sources.get_mut(unit.lane) {
            *source = unit.location.source;
        }
    }
    sources
}
