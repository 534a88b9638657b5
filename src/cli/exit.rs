//! The exit codes, the same for every command.

use crate::model::Verdict;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Aligned, or done.
    Done,
    /// Drifted.
    Drifted,
    /// Bad usage, unreadable input, git or the disk failed.
    Error,
    /// Nothing could be checked.
    Unchecked,
    /// A person ended it.
    Interrupted,
}

impl Exit {
    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Drifted => 1,
            Self::Error => 2,
            Self::Unchecked => 3,
            Self::Interrupted => 130,
        }
    }
}

impl From<Verdict> for Exit {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Aligned => Self::Done,
            Verdict::Drifted => Self::Drifted,
            Verdict::Unchecked => Self::Unchecked,
        }
    }
}
