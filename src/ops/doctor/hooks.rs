//! Whether git calls drift in each worktree: git looks for hooks there by that worktree's own settings, and says nothing
//! where it finds none.

use super::patient::{Patient, shown};
use super::{Ailment, Check};
use crate::git::Repository;
use crate::model::shell_word;
use crate::ops::hooks::{HookStatus, HooksStatus, SettledBy, renew_scripts, status_in};
use crate::ops::{OpsError, World};
use crate::store;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

pub(super) const CHECK: Check = Check {
    name: "hooks",
    looks_at: "the hooks that git runs in each worktree, and whether they find drift",
    mends: Some("writes drift's own scripts anew where they are old, not executable, or start a drift that is gone"),
    run,
};

fn run(patient: &Patient<'_>, found: &mut Vec<Ailment>) -> Result<(), OpsError> {
    let mut looked_at: BTreeMap<PathBuf, (Option<PathBuf>, HooksStatus)> = BTreeMap::new();
    for (top, status) in statuses(patient)? {
        looked_at.entry(status.folder.clone()).or_insert((top, status));
    }
    let is_wanted = looked_at.values().any(|(_, status)| is_in_use(status));
    if !is_wanted {
        // Nobody has asked git to call drift: all there is to say is how it is done.
        let folder = looked_at.keys().next().map(|path| shown(path)).unwrap_or_default();
        found.push(Ailment::note("git does not call drift here", folder).command("drift hooks install"));
        return Ok(());
    }
    for (top, status) in looked_at.values() {
        found.extend(in_folder(patient.world, top.as_deref(), status));
    }
    Ok(())
}

/// The hooks of each worktree; of a bare repository without any, its own.
fn statuses(patient: &Patient<'_>) -> Result<Vec<(Option<PathBuf>, HooksStatus)>, OpsError> {
    let mut statuses = Vec::new();
    for worktree in patient.present_worktrees()? {
        let environment = patient.world.environment.elsewhere(&worktree.path);
        let (repository, _) = Repository::open_to_look(Path::new("."), &environment)?;
        statuses.push((Some(worktree.path), status_in(&repository)?));
    }
    if statuses.is_empty() {
        statuses.push((None, status_in(&patient.repository)?));
    }
    Ok(statuses)
}

fn is_in_use(status: &HooksStatus) -> bool {
    let is_in_use = |hook: &HookStatus| hook.works || hook.is_installed || !hook.remarks.is_empty();
    status.hooks.iter().any(is_in_use)
}

/// The hooks without the optional ones that nobody asked for.
fn wanted(status: &HooksStatus) -> impl Iterator<Item = &HookStatus> {
    let is_wanted =
        |hook: &&HookStatus| !hook.is_optional || hook.works || hook.is_installed || !hook.remarks.is_empty();
    status.hooks.iter().filter(is_wanted)
}

/// What is wrong with the hooks of one folder: one ailment for all hooks of which the same is to be said.
fn in_folder(world: &World, top: Option<&Path>, status: &HooksStatus) -> Vec<Ailment> {
    let mut said: BTreeMap<(String, SettledBy), Vec<&'static str>> = BTreeMap::new();
    for hook in wanted(status) {
        for complaint in complaints(world, hook) {
            said.entry(complaint).or_default().push(hook.name);
        }
    }
    // A hook that is merely not there beside others of drift's is hardly worth a word.
    let all_free = wanted(status).all(|hook| hook.is_free);
    let is_free = |names: &[&str]| {
        status
            .hooks
            .iter()
            .any(|hook| hook.is_free && names.contains(&hook.name))
    };
    let ailments = said.into_iter().map(|((text, settled_by), names)| {
        let weigh = if is_free(&names) && !all_free {
            Ailment::note
        } else {
            Ailment::warning
        };
        let ailment = weigh(format!("{}: {text}", names.join(", ")), shown(&status.folder));
        settled(ailment, settled_by, top)
    });
    ailments.collect()
}

/// What is to be said of a hook, and what settles it.
fn complaints(world: &World, hook: &HookStatus) -> Vec<(String, SettledBy)> {
    let remarks = hook.remarks.iter();
    if !hook.works {
        let text = remarks.fold(hook.says.clone(), |text, remark| format!("{text}; {}", remark.text));
        return vec![(text, hook.settled_by)];
    }
    let mut said: Vec<_> = remarks.map(|remark| (remark.text.clone(), remark.settled_by)).collect();
    if let Some(program) = hook.program.as_ref().filter(|program| !is_found(world, program)) {
        let text = format!(
            "it starts `{}`, which is gone, and no drift is on the PATH",
            program.display()
        );
        said.push((text, SettledBy::Renewal));
    }
    said
}

/// Whether the script finds a drift: the one that it names, or one on the PATH.
fn is_found(world: &World, program: &Path) -> bool {
    let path = world.environment.vars.get(OsStr::new("PATH"));
    let folders = path.into_iter().flat_map(std::env::split_paths);
    store::is_program(program)
        || folders
            .into_iter()
            .any(|folder| store::is_program(&folder.join("drift")))
}

/// The ailment with the commands that settle it, and mended by the program where only its own script is concerned.
fn settled(ailment: Ailment, settled_by: SettledBy, top: Option<&Path>) -> Ailment {
    let place = top
        .map(|top| format!(" -C {}", shell_word(&shown(top))))
        .unwrap_or_default();
    let command = |verb: &str| format!("drift{place} hooks {verb}");
    match (settled_by, top) {
        (SettledBy::Person, _) => ailment,
        (SettledBy::Reinstall, _) => ailment.command(command("uninstall")).command(command("install")),
        (SettledBy::Renewal, Some(top)) => mended(ailment.command(command("install")), top),
        (SettledBy::Install | SettledBy::Renewal, _) => ailment.command(command("install")),
    }
}

fn mended(ailment: Ailment, top: &Path) -> Ailment {
    let top = top.to_owned();
    ailment.mended_by(move |patient| {
        let folder = renew_scripts(&patient.world_in(&top), patient.program)?;
        Ok(Some(format!("wrote drift's scripts anew in {}", folder.display())))
    })
}
