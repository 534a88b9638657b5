//! Many runs at once, each in its own linked worktree and on its own branch.

use super::{add_worktree, drift_in, git_in};
use crate::support::drift::project;
use crate::support::repo::Repo;
use std::path::{Path, PathBuf};
use std::thread;

const RUNS: usize = 16;

/// Runs `work` for all worktrees at once.
fn at_once<T: Send>(places: &[PathBuf], work: impl Fn(usize, &PathBuf) -> T + Sync) -> Vec<T> {
    thread::scope(|scope| {
        let work = &work;
        let started: Vec<_> = places
            .iter()
            .enumerate()
            .map(|(number, place)| scope.spawn(move || work(number, place)))
            .collect();
        started.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn one_run(repo: &Repo, number: usize, place: &Path) -> (String, String) {
    let file = format!("src/part-{number:02}.py");
    let plan = repo.beside(&format!("plan-{number}.json"));
    let text = format!(
        r#"{{"schema": "drift/commit_plan/1", "units": [{{"id": "U1", "title": "Write the part {number}", "files": ["{file}"]}}]}}"#
    );
    std::fs::write(&plan, text).unwrap();
    let slug = format!("part-{number:02}");
    let drift = |arguments: &[&str]| drift_in(repo, place, arguments).ends(0).out;
    let handle = drift(&["new", &slug, "--from", plan.to_str().unwrap()])
        .trim()
        .to_owned();
    drift(&["approve", "--yes"]);
    drift(&["start"]);
    std::fs::write(place.join(&file), format!("{number}\n")).unwrap();
    git_in(repo, place, &["add", &file]);
    git_in(
        repo,
        place,
        &[
            "commit",
            "--quiet",
            "--message",
            &format!("feat: write the part {number}"),
        ],
    );
    let tip = git_in(repo, place, &["rev-parse", "HEAD"]);
    drift(&["report"]);
    drift(&["finish", "--remove-worktree"]);
    (handle, tip)
}

#[test]
fn sixteen_runs_in_sixteen_worktrees_lose_nothing() {
    let repo = project();
    let places: Vec<PathBuf> = (0..RUNS)
        .map(|number| add_worktree(&repo, &format!("wt-{number:02}")))
        .collect();
    let done = at_once(&places, |number, place| one_run(&repo, number, place));

    let home = repo.path().join(".drift");
    for (number, (handle, tip)) in done.iter().enumerate() {
        super::is_kept_at(&repo, &home, handle, tip);
        let report = std::fs::read(home.join(format!("runs/{handle}/run_report.json"))).unwrap();
        let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
        assert_eq!(
            (&report["range"]["target"], &report["verdict"]),
            (&tip.as_str().into(), &"aligned".into())
        );
        assert_eq!(report["files"][0]["path"], format!("src/part-{number:02}.py"));
        let run: serde_json::Value =
            serde_json::from_str(&repo.git(&["show", &format!("refs/drift/runs/{handle}:run.json")])).unwrap();
        let name = format!("wt-{number:02}");
        assert_eq!(
            (&run["state"], &run["branch"], &run["worktree"]),
            (&"finished".into(), &name.as_str().into(), &name.as_str().into())
        );
    }
    let lessons = std::fs::read_to_string(home.join("lessons.jsonl")).unwrap();
    assert!(lessons.ends_with('\n') && lessons.lines().count() == RUNS);
    for line in lessons.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    assert!(places.iter().all(|place| !place.exists()));
    assert_eq!(super::worktrees(&repo), [repo.path().to_owned()]);
    assert_eq!(
        repo.git(&["for-each-ref", "--format=%(refname)", "refs/heads"]),
        "refs/heads/main\nrefs/heads/work"
    );
    assert!(!repo.git_succeeds(&["config", "--get-regexp", "driftrun"]));
    assert_eq!(repo.git(&["notes", "--ref=drift", "list"]).lines().count(), RUNS);
    assert_eq!(repo.git(&["fsck", "--strict", "--no-dangling"]), "");
}

#[test]
fn one_run_that_many_finish_at_once_is_finished_once() {
    let linked = super::Linked::reported();
    let places = vec![linked.repo.path().to_owned(); 6];
    let arguments = ["finish", "--run", &linked.handle, "--remove-worktree"];
    let codes = at_once(&places, |_, place| drift_in(&linked.repo, place, &arguments).code);
    assert!(codes.contains(&0), "{codes:?}");
    linked.is_gone();
    linked.is_kept();
    let record = format!("refs/drift/runs/{}", linked.handle);
    let log = linked.repo.git(&["log", "--first-parent", "--format=%s", &record]);
    assert_eq!(
        log.lines().filter(|subject| subject.starts_with("finished")).count(),
        1,
        "{log}"
    );
    linked.finish(&[]).ends(0);
}
