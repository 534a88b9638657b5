//! What commits say of themselves: the units in their trailers, the commit that they fix up, the commit that they undo.

use super::message::{Header, Reverted, ScopeMatch, fixup_target, reverted, unit_trailers};
use super::survey::scope_of;
use crate::model::{Commit, History, ObjectId, Plan};
use std::cell::OnceCell;

/// What one commit says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Indices of the units that its `Drift-Unit` trailers name, each once, in their order.
    pub(super) units: Vec<usize>,
    /// The values of those trailers that name no unit, or several.
    pub(super) unknown_trailers: Vec<String>,
    /// The subject that a `fixup!`, `squash!` or `amend!` names.
    pub(super) fixup_of: Option<String>,
    /// Index of the commit that it fixes up, where the range has it.
    pub(super) fixes: Option<usize>,
    /// Index of the commit that it undoes, where the range has it.
    pub(super) reverts: Option<usize>,
}

/// The marks of all commits of the range, in their order.
pub(super) fn read(plan: &Plan, history: &History) -> Vec<Mark> {
    let names = UnitNames::new(plan);
    let mut marks: Vec<Mark> = history.commits.iter().map(|commit| names.mark(commit)).collect();
    let earlier = Earlier::new(history);
    for (index, commit) in history.commits.iter().enumerate() {
        if let Some(subject) = special_subject(commit) {
            let mark = &mut marks[index];
            mark.fixup_of = fixup_target(&subject).map(ToOwned::to_owned);
            mark.fixes = mark.fixup_of.as_deref().and_then(|target| earlier.find(target, index));
            mark.reverts = match reverted(&subject, &commit.message) {
                Some(Reverted::Id(id)) => earlier.with_id(id, index),
                Some(Reverted::Subject(subject)) => earlier.with_subject(subject, index),
                None => None,
            };
        }
    }
    marks
}

/// Indices of the units that the trailers of one commit name, each once.
pub(crate) fn named_units(plan: &Plan, commit: &Commit) -> Vec<usize> {
    UnitNames::new(plan).mark(commit).units
}

/// The subject of a commit that could be a fixup or a revert; `None` for all others, which are most.
fn special_subject(commit: &Commit) -> Option<String> {
    let start = commit.message.trim_start();
    let beginnings = ["fixup! ", "squash! ", "amend! ", "Revert ", "Reapply "];
    let special = beginnings.iter().any(|beginning| start.starts_with(beginning));
    (special || commit.message.contains("This reverts commit ")).then(|| commit.subject())
}

/// The units by the names that a trailer can call them.
struct UnitNames<'p> {
    plan: &'p Plan,
    full: Vec<String>,
}

impl<'p> UnitNames<'p> {
    fn new(plan: &'p Plan) -> Self {
        let full = (0..plan.units.len()).map(|unit| plan.unit_name(unit)).collect();
        Self { plan, full }
    }

    fn mark(&self, commit: &Commit) -> Mark {
        let mut mark = Mark::default();
        for value in unit_trailers(&commit.message) {
            match self.resolve(value, commit) {
                Some(unit) if mark.units.contains(&unit) => {}
                Some(unit) => mark.units.push(unit),
                None => mark.unknown_trailers.push(value.to_owned()),
            }
        }
        mark
    }

    /// The unit that a trailer's value names: exactly, or else in any case.
    fn resolve(&self, value: &str, commit: &Commit) -> Option<usize> {
        let exact = self.named(|name| name == value);
        let named = if exact.is_empty() {
            self.named(|name| name.eq_ignore_ascii_case(value))
        } else {
            exact
        };
        match named[..] {
            [] => None,
            [first, ..] if self.share_a_lane(&named) => Some(first),
            _ => self.of_the_scope(&named, commit),
        }
    }

    fn named(&self, is_name: impl Fn(&str) -> bool) -> Vec<usize> {
        let called = |unit: &usize| is_name(&self.full[*unit]) || is_name(&self.plan.units[*unit].id);
        (0..self.full.len()).filter(called).collect()
    }

    fn share_a_lane(&self, units: &[usize]) -> bool {
        let lane = |unit: usize| self.plan.units[unit].lane;
        units.windows(2).all(|pair| lane(pair[0]) == lane(pair[1]))
    }

    /// Of units in several lanes the one whose lane's scope the subject carries.
    fn of_the_scope(&self, units: &[usize], commit: &Commit) -> Option<usize> {
        let subject = commit.subject();
        let scope = Header::parse(&subject).scope;
        let own = |unit: &usize| {
            let own = scope_of(self.plan, self.plan.units[*unit].lane);
            ScopeMatch::of(scope, own) == ScopeMatch::Same
        };
        units.iter().copied().find(own)
    }
}

/// Finds earlier commits of the range; its indices are made when they are first needed.
struct Earlier<'h> {
    history: &'h History,
    subjects: OnceCell<Vec<(String, usize)>>,
    ids: OnceCell<Vec<(ObjectId, usize)>>,
}

impl<'h> Earlier<'h> {
    fn new(history: &'h History) -> Self {
        Self {
            history,
            subjects: OnceCell::new(),
            ids: OnceCell::new(),
        }
    }

    /// The commit that a fixup's target names, as git looks for it: by whole subject, by id, by beginning of the subject.
    fn find(&self, target: &str, before: usize) -> Option<usize> {
        self.with_subject(target, before)
            .or_else(|| self.with_id(target, before))
            .or_else(|| self.with_beginning(target, before))
    }

    /// The latest commit before `before` with this subject.
    fn with_subject(&self, subject: &str, before: usize) -> Option<usize> {
        let subjects = self.subjects();
        let behind = subjects.partition_point(|(own, index)| (own.as_str(), *index) < (subject, before));
        let (own, index) = &subjects[behind.checked_sub(1)?];
        (own == subject).then_some(*index)
    }

    /// The latest commit before `before` whose subject begins so.
    fn with_beginning(&self, beginning: &str, before: usize) -> Option<usize> {
        let subjects = self.subjects();
        let start = subjects.partition_point(|(own, _)| own.as_str() < beginning);
        let begin_so = subjects[start..]
            .iter()
            .take_while(|(own, _)| own.starts_with(beginning));
        let earlier = begin_so.map(|(_, index)| *index).filter(|index| *index < before);
        earlier.max().filter(|_| !beginning.is_empty())
    }

    /// The latest commit before `before` whose id begins so; seven digits at least.
    fn with_id(&self, id: &str, before: usize) -> Option<usize> {
        let is_id = id.len() >= 7 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        let digits = self.history.target.as_bytes().len() * 2;
        let first = ObjectId::from_hex(&format!("{id:0<digits$}")).filter(|_| is_id)?;
        let last = ObjectId::from_hex(&format!("{id:f<digits$}"))?;
        let ids = self.ids();
        let start = ids.partition_point(|(own, _)| *own < first);
        let begin_so = ids[start..].iter().take_while(|(own, _)| *own <= last);
        begin_so.map(|(_, index)| *index).filter(|index| *index < before).max()
    }

    fn subjects(&self) -> &[(String, usize)] {
        self.subjects.get_or_init(|| {
            let commits = self.history.commits.iter().enumerate();
            let mut subjects: Vec<_> = commits.map(|(index, commit)| (commit.subject(), index)).collect();
            subjects.sort_unstable();
            subjects
        })
    }

    fn ids(&self) -> &[(ObjectId, usize)] {
        self.ids.get_or_init(|| {
            let commits = self.history.commits.iter().enumerate();
            let mut ids: Vec<_> = commits.map(|(index, commit)| (commit.id, index)).collect();
            ids.sort_unstable();
            ids
        })
    }
}
