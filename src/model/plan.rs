//! The plan: all that was declared, in whatever format it was written.

use super::{
    Claim, Clause, Contract, Expectation, Gates, Location, Override, PathPattern, PlanLocation, PlannedTest, Suite,
};
use std::collections::HashMap;

/// Everything that was planned, read from one or more texts.
///
/// A plan is always whole: what a reader could not understand stands in `problems`, and the rest is there.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The texts it was read from.
    pub sources: Vec<Source>,
    /// The pieces of work that were planned together; most often one. Each `--plan` is a lane, and the native
    /// artifacts of one folder are one lane.
    pub lanes: Vec<Lane>,
    /// The units of all lanes, in the order of the texts.
    pub units: Vec<Unit>,
    /// What must be true at the target.
    pub expectations: Vec<Expectation>,
    /// What could not be read, in the order of the texts.
    pub problems: Vec<Problem>,
    /// What is said of the work by whoever did it or verified it.
    pub claims: Vec<Claim>,
    /// The deviations that a verification accepts.
    pub overrides: Vec<Override>,
}

/// A text that a plan was read from.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// How the user named it: a path, or `REV:PATH`.
    pub name: String,
    /// The path inside the repository, where it has one.
    pub repo_path: Option<super::RepoPath>,
    /// The format that was recognised: `intent`, `commit_plan`, `test_contract`, `gsd`, …; empty for none.
    pub format: &'static str,
    /// The text, with invalid UTF-8 replaced.
    pub text: String,
    /// SHA-256, in hexadecimal, over what matters of the text (for JSON the canonical form without `$schema`; else the
    /// bytes with line endings normalised).
    pub hash: String,
}

/// One piece of work within a plan: what was asked, and within which scope.
#[derive(Clone, Debug, Default)]
pub struct Lane {
    /// A short name for messages: the slug, or the plan's own id.
    pub name: String,
    /// What is to be achieved.
    pub goal: Option<Located<String>>,
    /// Sentences that bound the work.
    pub constraints: Vec<String>,
    /// What the work as a whole may touch.
    pub allowed: Vec<Declaration>,
    /// What it must not touch.
    pub forbidden: Vec<Declaration>,
    /// How much is at stake.
    pub risk_level: Option<RiskLevel>,
    /// The most that the work may change.
    pub limits: Limits,
    /// Whether sensitive files may be touched.
    pub danger_mode: bool,
    /// The revision that the work starts from.
    pub base_ref: Option<String>,
    /// The revision that the work ends at.
    pub target_ref: Option<String>,
    /// Links and names, for people.
    pub references: Vec<String>,
    /// The id that commit subjects of this lane carry as their scope (`04-01` in `feat(04-01): …`).
    pub commit_scope: Option<String>,
    /// The planning system's own files, which may change without being declared (`.planning/STATE.md`).
    pub bookkeeping: Vec<PathPattern>,
    /// Whether its units are worked on by different hands at the same time, unless one depends on the other.
    pub concurrent_units: bool,
    /// How the work is taken back, where the plan's format asks for that; an empty text says nothing.
    pub rollback: Option<Located<String>>,
    /// The branch that was made for it. Where that is the target, what was merged into it is the work of others: only
    /// the commits of its first-parent line count.
    pub own_branch: Option<String>,
    /// The branches of work that comes before it: what they hold is not its own, even where its branch grew from them.
    pub branches_before: Vec<String>,
    /// Commands that the plan wants run; shown to people, never run by a check.
    pub verify: Vec<String>,
    /// The promised test runs.
    pub suites: Vec<Suite>,
    /// The promised tests.
    pub tests: Vec<PlannedTest>,
    /// Bounds on the results.
    pub gates: Gates,
    /// The contract's clauses.
    pub clauses: Vec<Clause>,
    /// How they are to be shown.
    pub contract: Contract,
    /// The files that hold the tests of the contract.
    pub test_files: Vec<Declaration>,
    /// Where the lane begins.
    pub location: PlanLocation,
}

/// One declared piece of work, expected to become one or more commits.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    /// Index into `Plan::lanes`.
    pub lane: usize,
    /// The plan's own id, as a raw string.
    pub id: String,
    /// What it does, in a line.
    pub title: String,
    /// `feat`, `fix`, `test`, …, where the plan says.
    pub commit_type: Option<String>,
    /// The part of the code, where the plan says.
    pub scope: Option<String>,
    /// Whether commits are expected of it.
    pub kind: UnitKind,
    /// Whether it goes through the whole of the code, so that it may own what others own at the same time.
    pub codebase_wide: bool,
    /// What it touches.
    pub files: Vec<Declaration>,
    /// The ids of units that come before it.
    pub depends_on: Vec<Located<String>>,
    /// The ids of planned tests.
    pub tests: Vec<String>,
    /// The ids of clauses.
    pub clauses: Vec<String>,
    /// What is to be done, at length; read for words when commits are paired.
    pub body: String,
    /// A command that shows whether it is done; shown, never run by a check.
    pub verify: Option<String>,
    /// Where the unit stands.
    pub location: PlanLocation,
}

/// Whether a unit should show in git.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnitKind {
    /// It changes files: commits are expected.
    #[default]
    Work,
    /// It only looks, decides or asks (a checkpoint, a verification): a commit is possible and none is missed.
    Check,
}

/// A path pattern that a plan declares, with what is to happen there.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// The files.
    pub pattern: PathPattern,
    /// What is to happen to them; `None`: anything.
    pub action: Option<Action>,
    /// Why, in the plan's words.
    pub reason: Option<String>,
    /// Where it is declared.
    pub location: PlanLocation,
}

/// What a plan says will happen to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It is not there at the base and is at the target.
    Create,
    /// It is there at both ends and differs.
    Modify,
    /// It is there at the base and not at the target.
    Delete,
    /// It is at another path at the target.
    Rename,
}

impl Action {
    /// The word that plans use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "CREATE",
            Self::Modify => "MODIFY",
            Self::Delete => "DELETE",
            Self::Rename => "RENAME",
        }
    }
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub location: PlanLocation,
}

/// How much is at stake; the rules' levels follow from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum RiskLevel {
    /// Only what can't be meant denies.
    Low,
    /// The default.
    #[default]
    Medium,
    /// Scope and units deny too.
    High,
    /// Every warning denies.
    Critical,
}

impl RiskLevel {
    /// All of them, from the lowest.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The word that plans use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The level that `name` means, by exact case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// The most that a run may change; `None` is no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Touched files.
    pub files: Option<Located<u64>>,
    /// Inserted and deleted lines together.
    pub lines: Option<Located<u64>>,
    /// Commits of the branch's own.
    pub commits: Option<Located<u64>>,
}

/// What a reader could not understand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The rule that turns it into a finding.
    pub kind: ProblemKind,
    /// What is wrong, without the place.
    pub message: String,
    /// What to do, such as `did you mean "title"?`.
    pub help: Option<String>,
    /// Where.
    pub location: Location,
}

/// The kinds of problem, each with its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// A text, or a part of it, can't be read at all (D001).
    Unreadable,
    /// A field that the format does not have (D002).
    UnknownField,
    /// A value that the field can't have (D003).
    InvalidValue,
    /// A field that must be there (D004).
    MissingField,
}

/// Who declares a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Declared {
    /// Index into `Plan::lanes`.
    pub lane: usize,
    /// Index into `Plan::units`; `None`: the lane as a whole.
    pub unit: Option<usize>,
    /// Index into the unit's `files` or the lane's `allowed`.
    pub index: usize,
}

impl Plan {
    /// Puts several plans side by side, each keeping its lanes.
    pub fn combine(plans: impl IntoIterator<Item = Plan>) -> Plan {
        let mut all = Plan::default();
        for plan in plans {
            all.append(plan);
        }
        all
    }

    /// Adds `other` after this plan; its sources and lanes are numbered on.
    pub fn append(&mut self, mut other: Plan) {
        let (sources, lanes) = (self.sources.len(), self.lanes.len());
        other.for_each_location(|place| place.source += sources);
        other.units.iter_mut().for_each(|unit| unit.lane += lanes);
        let of_claims = other.claims.iter_mut().filter_map(|claim| claim.lane.as_mut());
        of_claims.for_each(|lane| *lane += lanes);
        self.sources.append(&mut other.sources);
        self.lanes.append(&mut other.lanes);
        self.units.append(&mut other.units);
        self.expectations.append(&mut other.expectations);
        self.problems.append(&mut other.problems);
        self.claims.append(&mut other.claims);
        self.overrides.append(&mut other.overrides);
    }

    /// The highest risk level of the lanes; the default where none says.
    pub fn risk_level(&self) -> RiskLevel {
        self.lanes
            .iter()
            .filter_map(|lane| lane.risk_level)
            .max()
            .unwrap_or_default()
    }

    /// Every declaration that allows something, lanes first and then units, with who declares it.
    pub fn declarations(&self) -> impl Iterator<Item = (Declared, &Declaration)> {
        let lanes = self
            .lanes
            .iter()
            .enumerate()
            .map(|(lane, it)| (lane, None, &it.allowed));
        let units = self
            .units
            .iter()
            .enumerate()
            .map(|(unit, it)| (it.lane, Some(unit), &it.files));
        lanes.chain(units).flat_map(|(lane, unit, declarations)| {
            let numbered = declarations.iter().enumerate();
            numbered.map(move |(index, declaration)| (Declared { lane, unit, index }, declaration))
        })
    }

    /// What the owner of `declared` declares: the unit's files, or what its lane allows as a whole.
    pub fn declarations_of(&self, declared: Declared) -> &[Declaration] {
        match declared.unit {
            Some(unit) => &self.units[unit].files,
            None => &self.lanes[declared.lane].allowed,
        }
    }

    /// The declaration that `declared` names.
    pub fn declaration(&self, declared: Declared) -> &Declaration {
        &self.declarations_of(declared)[declared.index]
    }

    /// For each unit the units that it says to come after, in its order, each with the place where it says so.
    ///
    /// A name is looked for in the unit's own lane, then as `lane/id`; the first of several equal ids is meant. Names of
    /// no unit are left out: reading the plan reports them. A unit can name itself.
    pub fn dependencies(&self) -> Vec<Vec<(usize, &PlanLocation)>> {
        let mut by_id: HashMap<(usize, &str), usize> = HashMap::new();
        let mut by_name: HashMap<String, usize> = HashMap::new();
        for (index, unit) in self.units.iter().enumerate() {
            by_id.entry((unit.lane, unit.id.as_str())).or_insert(index);
            if self.lanes.len() > 1 {
                by_name.entry(self.unit_name(index)).or_insert(index);
            }
        }
        let find = |lane: usize, name: &str| by_id.get(&(lane, name)).or_else(|| by_name.get(name)).copied();
        let units = self.units.iter();
        units
            .map(|unit| {
                let named = unit.depends_on.iter();
                named
                    .filter_map(|it| Some((find(unit.lane, &it.value)?, &it.location)))
                    .collect()
            })
            .collect()
    }

    /// The name by which reports call a unit: its id, with its lane in front where there are several.
    pub fn unit_name(&self, unit: usize) -> String {
        let it = &self.units[unit];
        match self.lanes.len() {
            0 | 1 => it.id.clone(),
            _ => format!("{}/{}", self.lanes[it.lane].name, it.id),
        }
    }

    /// Whether nothing that could be compared was declared.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty() && self.expectations.is_empty() && self.declarations().next().is_none()
    }

    fn for_each_location(&mut self, mut shift: impl FnMut(&mut PlanLocation)) {
        for lane in &mut self.lanes {
            shift(&mut lane.location);
            lane.goal.iter_mut().for_each(|it| shift(&mut it.location));
            lane.rollback.iter_mut().for_each(|it| shift(&mut it.location));
            lane.allowed.iter_mut().for_each(|it| shift(&mut it.location));
            lane.forbidden.iter_mut().for_each(|it| shift(&mut it.location));
            lane.suites.iter_mut().for_each(|it| shift(&mut it.location));
            lane.tests.iter_mut().for_each(|it| shift(&mut it.location));
            lane.clauses.iter_mut().for_each(|it| shift(&mut it.location));
            lane.test_files.iter_mut().for_each(|it| shift(&mut it.location));
            let Limits { files, lines, commits } = &mut lane.limits;
            for limit in [files, lines, commits].into_iter().flatten() {
                shift(&mut limit.location);
            }
        }
        for unit in &mut self.units {
            shift(&mut unit.location);
            unit.files.iter_mut().for_each(|it| shift(&mut it.location));
            unit.depends_on.iter_mut().for_each(|it| shift(&mut it.location));
        }
        self.expectations.iter_mut().for_each(|it| shift(&mut it.location));
        self.claims.iter_mut().for_each(|it| shift(&mut it.location));
        self.overrides.iter_mut().for_each(|it| shift(&mut it.location));
        for problem in &mut self.problems {
            if let Location::Plan(place) = &mut problem.location {
                shift(place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lane, Plan, Source, Unit};

    #[test]
    fn combined_plans_keep_their_lanes_apart() {
        let plan = |name: &str| Plan {
            sources: vec![Source::default()],
            lanes: vec![Lane {
                name: name.into(),
                ..Lane::default()
            }],
            units: vec![Unit {
                id: "1".into(),
                ..Unit::default()
            }],
            ..Plan::default()
        };
        let both = Plan::combine([plan("01-01"), plan("01-02")]);
        assert_eq!(both.unit_name(1), "01-02/1");
        assert_eq!(both.units[1].location.source, 1);
    }
}
