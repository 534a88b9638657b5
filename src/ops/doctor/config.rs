//! Whether config.yaml says what drift understands: until it does, the defaults hold.

use super::patient::{Patient, shown};
use super::{Ailment, Check};
use crate::model::{printable, shell_word};
use crate::ops::{OpsError, policy};
use crate::store;

pub(super) const CHECK: Check = Check {
    name: "config",
    looks_at: ".drift/config.yaml of this worktree",
    mends: None,
    run,
};

fn run(patient: &Patient<'_>, found: &mut Vec<Ailment>) -> Result<(), OpsError> {
    let Some(top) = patient.repository.workdir() else {
        return Ok(());
    };
    let path = top.join(policy::CONFIG_PATH);
    let bytes = store::read_if_there(&path)?.unwrap_or_default();
    let problems = policy::parse(&bytes).problems;
    let Some(first) = problems.first() else {
        return Ok(());
    };
    let more = match problems.len() {
        1 => String::new(),
        number => format!(", and {} more", number - 1),
    };
    let what = format!("line {}: {}{more}", first.line, printable(&first.message));
    let command = format!("drift -C {} validate", shell_word(&shown(top)));
    found.push(Ailment::warning(what, shown(&path)).command(command));
    Ok(())
}
