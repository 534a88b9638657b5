//! `.drift/config.yaml`: text → [`Config`] with its problems. It knows no rule: the caller names those there are.
//!
//! Reading never fails. What can't be understood is a problem and leaves the default in place; a text that is no YAML
//! leaves all defaults in place.

mod defaults;
mod loosened;
mod reader;
mod yaml;

pub use defaults::{BOOKKEEPING, DERIVED, FORBIDDEN, SENSITIVE};
pub use reader::read;

use crate::model::{PatternSet, Policy};

/// The config.yaml that `drift init` writes: the defaults, each with what it is for.
pub const TEMPLATE: &str = include_str!("../../templates/config.yaml");

/// What a repository's owner has decided.
#[derive(Clone, Debug)]
pub struct Config {
    /// Levels, options and the classes of files. Levels and options are kept by the rule's name.
    pub policy: Policy,
    /// Whether reports and lessons are kept in the git directory instead of the worktree (`home: local`).
    pub home_local: bool,
    /// Whether an error in a hook lets the work pass, with a warning (`hooks: {onError: open}`).
    pub hooks_on_error_open: bool,
    /// What could not be understood, in the order of the text.
    pub problems: Vec<ConfigProblem>,
}

/// A rule that config.yaml can name.
#[derive(Clone, Debug)]
pub struct KnownRule {
    /// Its name: words with hyphens.
    pub name: &'static str,
    /// Its code: `D` and three digits.
    pub code: &'static str,
    /// The names of its options.
    pub options: Vec<&'static str>,
}

/// A part of config.yaml that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// Which rule reports it.
    pub kind: ConfigProblemKind,
    /// What is wrong, without the place.
    pub message: String,
    /// What to do, such as `did you mean "deny"?`.
    pub help: Option<String>,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// The kinds of problem, each with its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigProblemKind {
    /// The text, or a value in it, can't be read (D901).
    Unreadable,
    /// No rule, or no option of the rule, has this name (D902).
    UnknownRule,
}

impl Default for Config {
    /// What holds where there is no config.yaml.
    fn default() -> Self {
        Self {
            policy: Policy {
                derived: PatternSet::lossy(DERIVED.iter().copied()),
                bookkeeping: PatternSet::lossy(BOOKKEEPING.iter().copied()),
                sensitive: PatternSet::lossy(SENSITIVE.iter().copied()),
                forbidden: PatternSet::lossy(FORBIDDEN.iter().copied()),
                ..Policy::default()
            },
            home_local: false,
            hooks_on_error_open: true,
            problems: Vec::new(),
        }
    }
}
