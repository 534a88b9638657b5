//! What lies beside a plan and is none: its summary, its phase's verification, a mission's status; read for what they claim.

use super::judge::Subject;
use super::{OpsError, World};
use crate::formats::{self, Input};
use crate::git::Repository;
use crate::model::{ClaimKind, ObjectId, Plan, RepoPath, Source};
use crate::store;

/// The subject, and in its plan what is claimed of it: at the target, else in the worktree, where its text came from there.
pub(super) fn with_claims(
    repository: &Repository,
    world: &World,
    subject: &Subject,
    target: ObjectId,
) -> Result<Subject, OpsError> {
    let plan = &subject.plan;
    let known = |name: &RepoPath| plan.sources.iter().any(|it| it.repo_path.as_ref() == Some(name));
    let mut found: Vec<Input> = Vec::new();
    for source in &plan.sources {
        let Some(path) = original_path(subject, source) else {
            continue;
        };
        for beside in accounts_of(source.format, &path) {
            let path = RepoPath::from(beside.as_str());
            if known(&path) || found.iter().any(|it| it.repo_path.as_ref() == Some(&path)) {
                continue;
            }
            let from_worktree = || in_worktree(repository, world, source, &beside);
            let bytes = match repository.file_at(target, path.as_bytes())? {
                Some(bytes) => Some(bytes),
                None => from_worktree()?,
            };
            found.extend(bytes.map(|bytes| Input {
                name: beside,
                repo_path: Some(path),
                bytes,
            }));
        }
    }
    Ok(Subject {
        plan: formats::with_accounts(plan.clone(), found),
        run: subject.run.clone(),
    })
}

/// Where the plan lies, or lay before it was imported, in the repository.
fn original_path(subject: &Subject, source: &Source) -> Option<String> {
    let name = super::runs::artifact_name(source);
    let imported = subject.run.as_ref().and_then(|run| run.file.imported.get(name));
    match imported {
        Some(original) => original.path.clone(),
        None => source.repo_path.as_ref()?.as_str().map(str::to_owned),
    }
}

/// The names of what may lie beside a plan of this format.
fn accounts_of(format: &str, plan: &str) -> Vec<String> {
    match format {
        "gsd" => accounts_of_phase(plan),
        "spec_kitty" => vec![status_of_mission(plan)],
        _ => Vec::new(),
    }
}

/// `status.events.jsonl` in the mission's folder, above its `tasks/` and `contracts/`.
fn status_of_mission(document: &str) -> String {
    let inner = ["/tasks/", "/contracts/"];
    let above = inner.iter().find_map(|inner| document.rsplit_once(inner));
    match above.or_else(|| document.rsplit_once('/')) {
        Some((folder, _)) => format!("{folder}/status.events.jsonl"),
        None => "status.events.jsonl".to_owned(),
    }
}

/// `04-01-SUMMARY.md` and `04-VERIFICATION.md` beside `04-01-PLAN.md`; `SUMMARY.md` and `VERIFICATION.md` beside `PLAN.md`.
fn accounts_of_phase(plan: &str) -> Vec<String> {
    let (folder, name) = plan
        .rsplit_once('/')
        .map_or(("", plan), |(folder, name)| (folder, name));
    let Some(stem) = name.strip_suffix("PLAN.md") else {
        return Vec::new();
    };
    let at = |name: String| {
        if folder.is_empty() {
            name
        } else {
            format!("{folder}/{name}")
        }
    };
    let phase = stem
        .trim_end_matches('-')
        .rsplit_once('-')
        .map_or("", |(phase, _)| phase);
    let phase = if phase.is_empty() {
        stem.to_owned()
    } else {
        format!("{phase}-")
    };
    vec![at(format!("{stem}SUMMARY.md")), at(format!("{phase}VERIFICATION.md"))]
}

/// The file as it lies in the worktree, where the plan was read from there, too.
fn in_worktree(
    repository: &Repository,
    world: &World,
    source: &Source,
    path: &str,
) -> Result<Option<Vec<u8>>, OpsError> {
    let Some(top) = repository.workdir() else {
        return Ok(None);
    };
    if !store::exists(&world.directory.join(&source.name)) && !store::exists(&top.join(&source.name)) {
        return Ok(None);
    }
    Ok(store::read_if_there(&top.join(path))?)
}

/// The commits that claims name, each once.
pub(super) fn named_commits(plan: &Plan) -> Vec<String> {
    let name = |kind: &ClaimKind| match kind {
        ClaimKind::Commit { id, .. } | ClaimKind::Head { id, .. } => Some(id.clone()),
        _ => None,
    };
    let mut names: Vec<String> = plan.claims.iter().filter_map(|claim| name(&claim.kind)).collect();
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::accounts_of;

    #[test]
    fn accounts_are_called_like_their_plan_and_its_phase() {
        assert_eq!(
            accounts_of("gsd", "a/04-01-PLAN.md"),
            ["a/04-01-SUMMARY.md", "a/04-VERIFICATION.md"]
        );
        assert_eq!(accounts_of("gsd", "PLAN.md"), ["SUMMARY.md", "VERIFICATION.md"]);
        assert_eq!(
            accounts_of("gsd", "quick/7-PLAN.md"),
            ["quick/7-SUMMARY.md", "quick/7-VERIFICATION.md"]
        );
        assert_eq!(accounts_of("gsd", "a/plan.json"), [""; 0]);
        let status = ["m/status.events.jsonl"];
        assert_eq!(accounts_of("spec_kitty", "m/tasks/done/WP01-x.md"), status);
        assert_eq!(accounts_of("spec_kitty", "m/meta.json"), status);
        assert_eq!(accounts_of("gatekeeper", "m/plan.json"), [""; 0]);
    }
}
