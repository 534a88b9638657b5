//! What speaks for and against one commit standing for one unit, and how much each of it counts.
//!
//! The weights are points that add up; below zero a commit is not the unit's. They were chosen on public plans whose
//! commits are known, where doubling or halving any one of them hardly changes the outcome.

/// What speaks for a commit being a lane's at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Belonging {
    /// It carries the lane's scope.
    SameScope,
    /// It carries a scope of the same form that names another piece of work.
    OtherScope,
    /// It carries no such scope, while others of the range carry the lane's.
    LacksScope,
    /// No scope tells, and it is the only commit of the range that could be the lane's.
    OnlyOne,
    /// Nothing tells.
    #[default]
    Unknown,
}

/// What is known of one unit and one candidate. Shares run from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Signs {
    /// What speaks for the commit being the lane's at all.
    pub(super) belonging: Belonging,
    /// The message names the unit (1), other units (-1), or none (0).
    pub(super) named: f64,
    /// The share of the unit's declarations that the commit meets; patterns that are not exact count less.
    pub(super) met: f64,
    /// The share of the commit's paths that the unit declares, likewise.
    pub(super) covered: f64,
    /// How much of what it meets is the unit's alone, and touched by this commit alone.
    pub(super) exclusive: f64,
    /// The share of the commit's paths that only other units declare.
    pub(super) foreign: f64,
    /// The unit declares files, the commit touches files, and none is the same.
    pub(super) misses: bool,
    /// How alike title and subject are.
    pub(super) title: f64,
    /// How alike all that both say is.
    pub(super) text: f64,
    /// The share of the title's words that the commit holds anywhere.
    pub(super) contained: f64,
    /// How far apart both stand in their order.
    pub(super) distance: f64,
    /// The commit's type fits the unit (up to 1) or does not (below 0).
    pub(super) kind: f64,
    /// The commit closes a plan.
    pub(super) closes: bool,
}

const NAMED: f64 = 1.5;
const MET: f64 = 2.0;
const COVERED: f64 = 1.2;
const EXCLUSIVE: f64 = 2.0;
const FOREIGN: f64 = -1.2;
const MISSES: f64 = -1.5;
const TITLE: f64 = 4.0;
const TEXT: f64 = 3.0;
const DISTANCE: f64 = -0.8;
const KIND: f64 = 0.8;
const CLOSES: f64 = -2.5;

impl Belonging {
    fn points(self) -> f64 {
        match self {
            Self::SameScope => 1.5,
            Self::OtherScope => -4.0,
            Self::LacksScope => -2.0,
            Self::OnlyOne => 0.0,
            Self::Unknown => -1.0,
        }
    }
}

impl Signs {
    /// The sum of all points: above zero the commit may stand for the unit.
    pub(super) fn score(&self) -> f64 {
        self.belonging.points()
            + NAMED * self.named
            + KIND * self.kind
            + CLOSES * flag(self.closes)
            + self.of_files()
            + self.of_words()
            + DISTANCE * self.distance
    }

    /// The points that the paths give.
    pub(super) fn of_files(&self) -> f64 {
        MET * self.met
            + COVERED * self.covered
            + EXCLUSIVE * self.exclusive
            + FOREIGN * self.foreign
            + MISSES * flag(self.misses)
    }

    /// The points that the words give.
    pub(super) fn of_words(&self) -> f64 {
        TITLE * self.title + TEXT * self.text
    }

    /// Whether it is explicit enough for a unit of which no commit is expected.
    pub(super) fn is_explicit(&self) -> bool {
        self.named > 0.0 || self.exclusive >= 0.99 || self.title >= 0.5
    }
}

fn flag(it: bool) -> f64 {
    f64::from(u8::from(it))
}
