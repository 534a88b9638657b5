//! What the one who did the work says of it, and what git shows of that.

use super::{Expectation, ExpectationKind, ObjectId, PathPattern, PlanLocation};
use std::collections::BTreeSet;

/// One thing that a summary or a verification claims.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Index into `Plan::lanes`: the plan that it is about; `None`: all of them.
    pub lane: Option<usize>,
    /// What is claimed.
    pub kind: ClaimKind,
    /// Where.
    pub location: PlanLocation,
}

/// The kinds of claim that git can say something about.
#[derive(Clone, Debug)]
pub enum ClaimKind {
    /// These files were created or modified, and no others.
    Files {
        /// The files, as patterns.
        paths: Vec<PathPattern>,
        /// Whether the list is whole; false where some of it is prose.
        complete: bool,
    },
    /// A commit was made.
    Commit {
        /// Its id, most often abbreviated.
        id: String,
        /// The id of the unit that it is said to stand for.
        unit: Option<String>,
    },
    /// The work began, or ended, at this commit.
    Head {
        /// Its id.
        id: String,
        /// Which end.
        end: RangeEnd,
    },
    /// The plan was done as it was written.
    NoDeviations,
    /// A deviation that is said openly; nothing to contradict.
    Deviation {
        /// What it is, in a line.
        title: String,
        /// The files that it touched.
        paths: Vec<PathPattern>,
    },
    /// Whoever did the work looked at it again, and found these files there.
    SelfCheck {
        /// The files.
        paths: Vec<PathPattern>,
    },
    /// Somebody verified that all that was expected is so.
    Verified,
    /// A unit is done, as the planning system's own status has it.
    Done {
        /// The unit's id.
        unit: String,
        /// The word for it there: `done`, `approved`.
        state: String,
        /// When it was said, in seconds since 1970, where that can be read.
        at: Option<i64>,
    },
}

/// The ends of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeEnd {
    /// Where the work began.
    Before,
    /// Where it ended.
    After,
}

/// What a repository knows of a commit that somebody names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamedCommit {
    /// It is one of the range.
    InRange(ObjectId),
    /// It was there before the work began.
    Before(ObjectId),
    /// It comes after the target.
    After(ObjectId),
    /// It is on another branch, or on none any more.
    Elsewhere {
        /// The commit.
        commit: ObjectId,
        /// Whether a branch, tag or worktree leads to it.
        reachable: bool,
        /// The commit of the range that makes the same change, or has the same subject.
        became: Option<ObjectId>,
    },
    /// No object has this id.
    Absent,
    /// Several objects begin with it.
    Ambiguous,
    /// It is not here, and this clone holds only a part of the history: nothing can be said.
    BeyondTheClone,
}

/// What became of a claim.
#[derive(Clone, Debug)]
pub struct ClaimOutcome {
    /// Index into `Plan::claims`.
    pub claim: usize,
    /// What git shows.
    pub status: ClaimStatus,
}

/// What git shows of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimStatus {
    /// It is so; with what is worth knowing besides, such as the commit that a rewritten one became.
    Holds(Option<String>),
    /// It is not so; each text is one difference.
    Contradicted(Vec<String>),
    /// Nothing can be said, and why.
    Unchecked(String),
}

/// A deviation that a verification accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// What was expected, in the words of the verification.
    pub must_have: String,
    /// Why it need not be so.
    pub because: String,
    /// Who accepts it.
    pub accepted_by: String,
    /// When; may be empty.
    pub accepted_at: String,
    /// Where the verification says so.
    pub location: PlanLocation,
}

impl Override {
    /// Whether this is about `expectation`: four of five words are the same, whichever of them has more.
    pub fn covers(&self, expectation: &Expectation) -> bool {
        let own = words(&self.must_have);
        let provides = expectation.provides.as_str();
        let (name, more) = match &expectation.kind {
            ExpectationKind::Link { from, to, via, .. } => (
                format!("{} {}", from.to_text(), to.to_text()),
                format!("{} {} {via}", from.to_text(), to.to_text()),
            ),
            ExpectationKind::Criterion { text, .. } | ExpectationKind::Prose(text) => (text.clone(), text.clone()),
            kind => {
                let path = kind.path().map(PathPattern::to_text).unwrap_or_default();
                (path.clone(), format!("{path} {provides}"))
            }
        };
        [provides, &name, &more]
            .into_iter()
            .any(|text| overlap(&own, &words(text)))
    }
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn overlap(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let most = one.len().max(other.len());
    most > 0 && one.intersection(other).count() * 5 >= most * 4
}

#[cfg(test)]
mod tests {
    use super::Override;
    use crate::model::{Expectation, ExpectationKind, PathPattern, PlanLocation};

    #[test]
    fn an_override_is_about_what_it_names_in_nearly_the_same_words() {
        let expectation = Expectation {
            kind: ExpectationKind::Exists(PathPattern::parse("src/login.ts").unwrap()),
            provides: "Login with a password and a second factor".into(),
            location: PlanLocation::default(),
        };
        let covers = |must_have: &str| {
            let it = Override {
                must_have: must_have.into(),
                because: "later".into(),
                accepted_by: "Ann".into(),
                accepted_at: String::new(),
                location: PlanLocation::default(),
            };
            it.covers(&expectation)
        };
        assert!(covers("src/login.ts"));
        assert!(covers("login with a password, and a second factor"));
        assert!(covers("Login with password and second factor"));
        assert!(!covers("Login"));
        assert!(!covers(""));
    }
}
