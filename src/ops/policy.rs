//! The repository's policy, read from a commit, so that a branch can't loosen the rules it is judged by.

use super::OpsError;
use crate::config::{self, Config, KnownRule};
use crate::git::Repository;
use crate::model::ObjectId;
use crate::rules::CHECKS;
use crate::store;
use std::path::Path;

/// Where the policy lies in the repository.
pub const CONFIG_PATH: &str = ".drift/config.yaml";

/// The policy of the commit `at`; the defaults where it has none.
pub fn read(repository: &Repository, at: ObjectId) -> Result<Config, OpsError> {
    let bytes = repository.file_at(at, CONFIG_PATH.as_bytes())?.unwrap_or_default();
    Ok(parse(&bytes))
}

/// The policy as it lies in the worktree at `top`; the defaults where there is none.
pub fn in_worktree(top: &Path) -> Result<Config, OpsError> {
    let bytes = store::read_if_there(&top.join(CONFIG_PATH))?.unwrap_or_default();
    Ok(parse(&bytes))
}

/// The policy that these bytes of config.yaml say.
pub fn parse(bytes: &[u8]) -> Config {
    let known: Vec<KnownRule> = CHECKS
        .iter()
        .map(|check| KnownRule {
            name: check.rule.name,
            code: check.rule.code,
            options: check.rule.options.iter().map(|option| option.name).collect(),
        })
        .collect();
    config::read(&String::from_utf8_lossy(bytes), &known)
}
