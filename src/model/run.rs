//! A run: one piece of work from approved plan to report, its name, its state, and its approvals.

use std::fmt;
use std::str::FromStr;

/// A run's name, `<slug>-<id8>`: what the work is called, and the first eight digits of its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle {
    slug: String,
    id8: String,
}

/// Why a text is no handle.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandleError {
    /// The slug is empty, too long, or not lower-case words with hyphens.
    #[error("`{0}` is no slug: use lower-case letters, digits and single hyphens, 64 characters at most")]
    Slug(String),
    /// The last part is not eight hexadecimal digits.
    #[error("`{0}` does not end in a hyphen and eight hexadecimal digits")]
    Id(String),
}

impl Handle {
    /// The first words of a text as a slug of 40 characters at most; `None` where it has none.
    pub fn slug_of(text: &str) -> Option<String> {
        let mut slug = String::new();
        let words = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty());
        for word in words {
            if slug.len() + word.len() + 1 > 40 {
                break;
            }
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(&word.to_ascii_lowercase());
        }
        (!slug.is_empty()).then_some(slug)
    }

    /// The handle of the run `slug` whose id begins with `id8`.
    pub fn new(slug: &str, id8: &str) -> Result<Self, HandleError> {
        if !is_slug(slug) {
            return Err(HandleError::Slug(slug.to_owned()));
        }
        if id8.len() != 8 || !id8.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(HandleError::Id(format!("{slug}-{id8}")));
        }
        Ok(Self {
            slug: slug.to_owned(),
            id8: id8.to_owned(),
        })
    }

    /// What the work is called.
    pub fn slug(&self) -> &str {
        &self.slug
    }

    /// The first eight hexadecimal digits of the run's id.
    pub fn id8(&self) -> &str {
        &self.id8
    }
}

/// Whether `text` is made of lower-case words and digits with single hyphens between them, 64 characters at most.
fn is_slug(text: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.len() <= 64 && text.split('-').all(word)
}

impl FromStr for Handle {
    type Err = HandleError;

    fn from_str(text: &str) -> Result<Self, HandleError> {
        let (slug, id8) = text.rsplit_once('-').ok_or_else(|| HandleError::Id(text.to_owned()))?;
        Self::new(slug, id8)
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.slug, self.id8)
    }
}

/// Where a run is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunState {
    /// Its artifacts are being written.
    Draft,
    /// Every artifact is approved.
    Approved,
    /// Work has begun; the artifacts are frozen in the record.
    Active,
    /// A report was written.
    Reported,
    /// Closed, with everything kept.
    Finished,
    /// Closed without a result.
    Discarded,
}

impl RunState {
    /// All of them, in the order of a run's life.
    pub const ALL: [Self; 6] = [
        Self::Draft,
        Self::Approved,
        Self::Active,
        Self::Reported,
        Self::Finished,
        Self::Discarded,
    ];

    /// The state that `name` means.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// The word that commands print.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Active => "active",
            Self::Reported => "reported",
            Self::Finished => "finished",
            Self::Discarded => "discarded",
        }
    }
}

/// What a commit on a run's record stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transition {
    /// An artifact was approved.
    Approved,
    /// Work began.
    Started,
    /// Evidence was added.
    Tested,
    /// A deviation was accepted.
    Accepted,
    /// A report was written.
    Reported,
    /// The run was closed.
    Finished,
    /// The run was closed without a result.
    Discarded,
    /// What two clones wrote was joined.
    Joined,
}

impl Transition {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Approved,
        Self::Started,
        Self::Tested,
        Self::Accepted,
        Self::Reported,
        Self::Finished,
        Self::Discarded,
        Self::Joined,
    ];

    /// The word that begins the subject of the record's commit.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Started => "started",
            Self::Tested => "tested",
            Self::Accepted => "accepted",
            Self::Reported => "reported",
            Self::Finished => "finished",
            Self::Discarded => "discarded",
            Self::Joined => "joined",
        }
    }
}

/// Somebody's word that an artifact is what should be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The artifact's file name.
    pub artifact: String,
    /// The hash of what was approved, as `Source::hash`.
    pub hash: String,
    /// `Name <address>`.
    pub approved_by: String,
    /// RFC 3339, UTC.
    pub approved_at: String,
    /// What was looked at.
    pub checklist: Vec<ChecklistItem>,
    /// What the approver added.
    pub note: Option<String>,
}

/// One line of an approval's checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistItem {
    /// The question.
    pub item: String,
    /// Whether it was ticked.
    pub checked: bool,
}

/// How far the approval of one artifact can be believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApprovalState {
    /// Approved; kept on this machine, not signed.
    Unsigned,
    /// Approved, signed, and the signature is good.
    Signed,
    /// Approved, signed, and the signature does not verify: why.
    BadSignature(String),
}

/// What is known of the approval of one source of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Index into `Plan::sources`.
    pub source: usize,
    /// What is known.
    pub kind: StandingKind,
}

/// The ways an artifact can stand with its approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StandingKind {
    /// There is no run, so there is no approval to judge.
    Unjudged,
    /// Nobody approved it.
    Unapproved,
    /// It is what was approved.
    Approved {
        /// The approval.
        approval: Approval,
        /// How far it can be believed.
        state: ApprovalState,
    },
    /// It was approved and is no longer the same.
    Changed {
        /// The approval of the earlier text.
        approval: Approval,
        /// The hash of the text that lies there now; empty if the file is gone.
        found: String,
    },
}

/// A scope that became wider inside the range that it judges, or since its last approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Widening {
    /// The plan's or policy's file, as the user would name it.
    pub file: String,
    /// What was added to what is allowed, or taken from what is forbidden or denied; one short text each.
    pub changes: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::{Handle, HandleError};

    #[test]
    fn a_handle_is_slug_and_id8() {
        let handle: Handle = "add-login-0a1b2c3d".parse().unwrap();
        assert_eq!((handle.slug(), handle.id8()), ("add-login", "0a1b2c3d"));
        assert_eq!(handle.to_string(), "add-login-0a1b2c3d");
    }

    #[test]
    fn what_could_not_be_a_ref_is_no_handle() {
        for bad in [
            "",
            "x",
            "../x-0a1b2c3d",
            "Add-0a1b2c3d",
            "a--b-0a1b2c3d",
            "a b-0a1b2c3d",
            "-0a1b2c3d",
        ] {
            assert!(bad.parse::<Handle>().is_err(), "{bad}");
        }
        assert!(matches!("add-xyz".parse::<Handle>(), Err(HandleError::Id(_))));
    }
}
