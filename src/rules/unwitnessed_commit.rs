//! `unwitnessed-commit`: no hook compared a commit of the run with the plan when it was made.

use super::advice::Advice;
use super::wording::{commit, count};
use super::{Check, Findings, Found};
use crate::model::{Commit, Comparison, Level, Location, Options, Rule, Unwitnessed, UnwitnessedKind};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D905",
        name: "unwitnessed-commit",
        summary: "no hook compared a commit of the run with the plan when it was made",
        default_level: Level::Allow,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
Commits of a run that drift's hooks did not see, or saw and did not compare: made with `--no-verify` or DRIFT_SKIP=1, by a
program that runs no hooks, in another clone, or before the hooks were installed. post-commit writes into each commit's
note whether commit-msg compared it, and the note follows the commit through amend, rebase and squash.

It is silent where hooks have nothing to say: without a run; in a clone without drift's hooks whose notes tell of none;
on merges, and on what a merge brought along. What git cherry-picks, reverts or rebases by itself is fair: git asks no
commit-msg there. All commits before the first one that a hook saw are one finding.

## Why it matters
A hook is a courtesy, not a gate: the report judges these commits as all others. But who reads it later may want to know
which commits nobody was asked about when they were made, and a skip that was declared is not the same as one that was
not.

## Example
```sh
git commit --no-verify -m "Add login"
```
```text
note[D905]: commit `9e3779b` ("Add login") was not compared with the plan: git did not ask drift's commit-msg hook (`--no-verify`)
  help: the report has judged it as all others; look at it: `git show 9e3779b`, or accept it: `drift accept D905-099944f4323e --because …`
```

## How to settle it
Nothing has to be done: the report has judged the commit. `drift hooks status` says whether git calls drift, and
`drift fetch` brings the notes of commits that were made in another clone. A team that wants no such commits sets
`unwitnessed-commit: deny` in .drift/config.yaml.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let all = comparison.history_commits();
    for it in &comparison.unwitnessed {
        let commits: Vec<&Commit> = it.commits.iter().filter_map(|&index| all.get(index)).collect();
        let Some(&first) = commits.first() else { continue };
        let found = match &it.kind {
            UnwitnessedKind::Early { first_seen } if commits.len() > 1 => {
                early(&commits, first_seen.and_then(|index| all.get(index)))
            }
            _ => Found::new(first.id, message(first, it)).detail(first.subject()),
        };
        findings.add(found.help(advice.or_accept(&help(&it.kind, first))));
    }
}

fn early(commits: &[&Commit], first_seen: Option<&Commit>) -> Found {
    let number = count(commits.len(), "commit");
    let message = match first_seen {
        Some(seen) => format!(
            "no hook saw the {number} before {}, the first that one saw",
            commit(seen)
        ),
        None => format!("no hook saw any of the {number}, though drift's hooks are installed here"),
    };
    // A few are enough to find the others by.
    let places = commits.iter().take(3);
    let places = places.map(|it| (Location::Commit(it.id), "made without a hook".to_owned()));
    Found::new(Location::Range, message)
        .detail("before the hooks")
        .related_all(places.collect())
}

fn message(own: &Commit, it: &Unwitnessed) -> String {
    let own = commit(own);
    match &it.kind {
        UnwitnessedKind::Early { .. } | UnwitnessedKind::Unseen => {
            format!("no hook saw commit {own}, or not all that it was made of")
        }
        UnwitnessedKind::Bypassed => {
            format!(
                "commit {own} was not compared with the plan: git did not ask drift's commit-msg hook (`--no-verify`)"
            )
        }
        UnwitnessedKind::Skipped => {
            format!("commit {own} was not compared with the plan, as declared: DRIFT_SKIP was set")
        }
        UnwitnessedKind::Failed(why) => {
            format!("commit {own} was not compared with the plan, because drift failed: {why}")
        }
    }
}

fn help(kind: &UnwitnessedKind, own: &Commit) -> String {
    match kind {
        UnwitnessedKind::Early { .. } | UnwitnessedKind::Unseen => {
            "`drift hooks status` says whether git calls drift, `drift fetch` brings notes from another clone"
                .to_owned()
        }
        UnwitnessedKind::Bypassed | UnwitnessedKind::Skipped | UnwitnessedKind::Failed(_) => {
            format!(
                "the report has judged it as all others; look at it: `git show {}`",
                own.id.short(7)
            )
        }
    }
}
