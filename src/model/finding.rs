//! What a rule says about a run.

use super::{Level, Location, Rule, Severity};
use std::fmt;

/// A judgement of one rule about one thing.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How the rule was configured in this run.
    pub level: Level,
    /// What the finding weighs; an accepted finding is a note.
    pub severity: Severity,
    /// One sentence without a full stop: what is so.
    pub message: String,
    /// What settles it: a command, or what to change. Empty where there is nothing to do.
    pub help: String,
    /// What it is about.
    pub subject: Subject,
    /// Where it stands.
    pub location: Location,
    /// Other places that belong to it, each with a few words.
    pub related: Vec<(Location, String)>,
    /// Its stable name.
    pub fingerprint: Fingerprint,
    /// Who accepted it and why.
    pub acceptance: Option<Acceptance>,
}

/// What a finding is about: the parts of its fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Subject {
    /// The unit's name (`Plan::unit_name`).
    pub unit: Option<String>,
    /// The path, exact where it is UTF-8.
    pub path: Option<String>,
    /// What else tells two findings of one rule apart: a commit's subject, a field's pointer. No ids, no line numbers.
    pub detail: Option<String>,
}

/// A finding's stable name: its rule's code and twelve hexadecimal digits over rule, unit, path and detail.
///
/// It holds no line number and no commit id, so that a rebase or an edit elsewhere does not change it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub String);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A deviation that a person accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The finding.
    pub fingerprint: Fingerprint,
    /// Why.
    pub because: String,
    /// `Name <address>`.
    pub accepted_by: String,
    /// RFC 3339, UTC.
    pub accepted_at: String,
}

/// The outcome of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Something was looked at, and nothing denies.
    Aligned,
    /// A finding denies.
    Drifted,
    /// Nothing could be looked at.
    Unchecked,
}

impl Verdict {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aligned => "aligned",
            Self::Drifted => "drifted",
            Self::Unchecked => "unchecked",
        }
    }
}

/// All findings of a comparison, and the verdict that follows.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// In the order of the rules' codes, and within a rule in the order of the comparison.
    pub findings: Vec<Finding>,
    /// The verdict.
    pub verdict: Verdict,
    /// Acceptances that no finding answers to any more.
    pub unused_acceptances: Vec<Acceptance>,
}
