//! What a repository's owner has decided, apart from any plan.

use super::{Declaration, Level, PatternSet};
use std::collections::BTreeMap;

/// The repository's policy, as config.yaml at the base has it, or the defaults.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Levels by a rule's name or code.
    pub levels: BTreeMap<String, Level>,
    /// Options by a rule's name or code, then by option.
    pub options: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Lock, generated and snapshot files.
    pub derived: PatternSet,
    /// The planning system's own files.
    pub bookkeeping: PatternSet,
    /// Files that need a literal declaration or danger mode.
    pub sensitive: PatternSet,
    /// Files that no run may touch.
    pub forbidden: PatternSet,
}

/// Another run or plan that is at work on the same repository.
#[derive(Clone, Debug)]
pub struct Sibling {
    /// Its handle or file name.
    pub name: String,
    /// What it declares.
    pub declarations: Vec<Declaration>,
}
