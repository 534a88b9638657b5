//! What drift's hooks saw of a commit when it was made.

use std::fmt;

/// What the hooks of one commit saw; a commit that none saw has no witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Witness {
    /// commit-msg compared it with the plan, and let it pass.
    Checked,
    /// git itself made it from another commit (cherry-pick, revert), and asks no commit-msg there.
    Replayed,
    /// DRIFT_SKIP was set: declared.
    Skipped,
    /// commit-msg could not compare it and let it pass: why.
    Error(String),
    /// post-commit saw it, and commit-msg had not been asked: `--no-verify`.
    Bypassed,
}

impl Witness {
    /// The witness that a note's word names; `None` for a word that this version does not know.
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "checked" => Some(Self::Checked),
            "replayed" => Some(Self::Replayed),
            "skipped" => Some(Self::Skipped),
            "bypassed" => Some(Self::Bypassed),
            _ => Some(Self::Error(text.strip_prefix("error: ")?.to_owned())),
        }
    }

    /// Of two witnesses the one that vouches for less: what a commit has that was made of both.
    pub fn weaker(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        if weight(one.as_ref()) <= weight(other.as_ref()) {
            one
        } else {
            other
        }
    }
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checked => f.write_str("checked"),
            Self::Replayed => f.write_str("replayed"),
            Self::Skipped => f.write_str("skipped"),
            Self::Error(why) => write!(f, "error: {why}"),
            Self::Bypassed => f.write_str("bypassed"),
        }
    }
}

fn weight(witness: Option<&Witness>) -> u8 {
    match witness {
        None => 0,
        Some(Witness::Bypassed) => 1,
        Some(Witness::Error(_)) => 2,
        Some(Witness::Skipped) => 3,
        Some(Witness::Replayed) => 4,
        Some(Witness::Checked) => 5,
    }
}

/// What is known of how the commits of a range were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Witnesses {
    /// For each commit of the history, in its order.
    pub commits: Vec<Option<Witness>>,
    /// Whether git calls drift's hooks in this worktree.
    pub hooked: bool,
}

#[cfg(test)]
mod tests {
    use super::Witness;

    #[test]
    fn a_witness_survives_its_word() {
        let all = [
            Witness::Checked,
            Witness::Replayed,
            Witness::Skipped,
            Witness::Error("the disk is full: 3".into()),
            Witness::Bypassed,
        ];
        for witness in all {
            assert_eq!(Witness::from_text(&witness.to_string()), Some(witness));
        }
        assert_eq!(Witness::from_text("guessed"), None);
    }

    #[test]
    fn what_is_made_of_both_is_no_better_than_the_worse() {
        use Witness::{Bypassed, Checked, Skipped};
        assert_eq!(Witness::weaker(Some(Checked), Some(Skipped)), Some(Skipped));
        assert_eq!(Witness::weaker(Some(Bypassed), Some(Skipped)), Some(Bypassed));
        assert_eq!(Witness::weaker(Some(Checked), None), None);
    }
}
