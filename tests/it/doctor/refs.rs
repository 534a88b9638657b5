//! drift's refs, and the locks and leftovers of those who wrote them.

use super::{found, healthy, mended_by_command, mended_by_fix, only};
use crate::support::drift::drift;
use serde_json::Value;

#[test]
fn symbolic_notes_are_named_and_what_they_lead_to_stays() {
    let (repo, _) = healthy();
    let main = repo.id("main");
    repo.git(&["update-ref", "-d", "refs/notes/drift"]);
    repo.git(&["symbolic-ref", "refs/notes/drift", "refs/heads/main"]);
    only(&repo, "refs", "a symbolic ref to `refs/heads/main`", "refs/notes/drift");
    mended_by_command(&repo, "refs");
    assert_eq!(repo.id("main"), main);
    mended_by_fix(&repo, "notes", "notes anew");
}

#[test]
fn a_record_that_is_no_commit_is_named() {
    let (repo, handle) = healthy();
    let blob = String::from_utf8(repo.git_bytes_with_input(&["hash-object", "-w", "--stdin"], b"x")).unwrap();
    let name = format!("refs/drift/runs/{handle}");
    let kept = repo.id(&name);
    repo.git(&["update-ref", &name, blob.trim()]);
    only(&repo, "refs", "leads to no commit", &name);
    assert_eq!(found(&repo, "runs"), Vec::<Value>::new(), "once is enough");
    mended_by_command(&repo, "refs");
    repo.git(&["update-ref", &name, &kept]);
    drift(&repo, &["doctor"]).ends(0);
}

#[test]
fn an_empty_ref_as_a_power_cut_leaves_it_is_named() {
    let (repo, _) = healthy();
    repo.write(".git/refs/notes/drift", "");
    only(&repo, "refs", "holds no object id", "refs/notes/drift");
    std::fs::remove_file(repo.path().join(".git/refs/notes/drift")).unwrap();
    mended_by_fix(&repo, "notes", "notes anew");
}

#[test]
fn a_ref_whose_object_is_missing_is_named() {
    let (repo, _) = healthy();
    repo.write(".git/refs/drift/runs/gone-0a1b2c3d", format!("{}\n", "1".repeat(40)));
    only(&repo, "refs", "is missing", "refs/drift/runs/gone-0a1b2c3d");
    mended_by_command(&repo, "refs");
}

#[test]
fn refs_that_lie_where_notes_have_to_be_are_moved_aside() {
    let (repo, _) = healthy();
    let notes = repo.id("refs/notes/drift");
    repo.git(&["update-ref", "-d", "refs/notes/drift"]);
    repo.git(&["update-ref", "refs/notes/drift/mine", &notes]);
    only(
        &repo,
        "refs",
        "it lies where `refs/notes/drift` has to be",
        "refs/notes/drift/mine",
    );
    mended_by_command(&repo, "refs");
    assert_eq!(repo.id("refs/notes/drift-mine"), notes);
    mended_by_fix(&repo, "notes", "notes anew");
}

#[test]
fn a_ref_where_records_need_a_folder_is_named() {
    let repo = crate::support::drift::project();
    repo.git(&["update-ref", "refs/drift/runs", "main"]);
    only(
        &repo,
        "refs",
        "the names of records need a folder there",
        "refs/drift/runs",
    );
    mended_by_command(&repo, "refs");
    super::reported_run(&repo);
}

#[test]
fn refs_of_an_exchange_that_was_killed_are_a_note() {
    let (repo, handle) = healthy();
    repo.git(&["update-ref", &format!("refs/drift-sync/origin/runs/{handle}"), "main"]);
    let ailment = only(&repo, "refs", "was killed", "refs/drift-sync/origin/runs");
    assert_eq!(ailment["severity"], "note");
    mended_by_command(&repo, "refs");
}

#[test]
fn packed_refs_are_looked_at_too() {
    let (repo, _) = healthy();
    let blob = String::from_utf8(repo.git_bytes_with_input(&["hash-object", "-w", "--stdin"], b"x")).unwrap();
    repo.git(&["update-ref", "refs/drift/runs/odd-0a1b2c3d", blob.trim()]);
    repo.git(&["pack-refs", "--all"]);
    only(&repo, "refs", "leads to no commit", "refs/drift/runs/odd-0a1b2c3d");
    mended_by_command(&repo, "refs");
}

#[test]
fn a_lock_of_gits_is_told_with_its_path_and_left_alone() {
    let (repo, handle) = healthy();
    for lock in [
        "config.lock".to_owned(),
        "packed-refs.lock".to_owned(),
        "index.lock".to_owned(),
        "refs/notes/drift.lock".to_owned(),
        format!("refs/drift/runs/{handle}.lock"),
    ] {
        let path = format!(".git/{lock}");
        repo.write(&path, "");
        only(&repo, "locks", "was killed and has left its lock", &path);
        drift(&repo, &["doctor", "--fix"]).ends(1);
        assert!(repo.path().join(&path).exists());
        mended_by_command(&repo, "locks");
    }
}

#[test]
fn a_lock_of_a_linked_worktree_is_told() {
    let (repo, _) = healthy();
    let linked = repo.beside("linked").display().to_string();
    repo.git(&["worktree", "add", "--quiet", "-b", "side", &linked]);
    repo.write(".git/worktrees/linked/index.lock", "");
    only(&repo, "locks", "left its lock", "worktrees/linked/index.lock");
    mended_by_command(&repo, "locks");
}

#[test]
fn a_lock_that_goes_by_itself_is_none() {
    let (repo, _) = healthy();
    repo.write(".git/index.lock", "");
    let path = repo.path().join(".git/index.lock");
    let living = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(100));
        std::fs::remove_file(path).unwrap();
    });
    assert_eq!(found(&repo, "locks"), Vec::<Value>::new());
    living.join().unwrap();
}

#[test]
fn what_a_killed_drift_left_of_a_ref_is_taken_away_with_its_lock() {
    let (repo, handle) = healthy();
    let name = format!("refs/drift/runs/{handle}");
    let (staged, lock) = (
        repo.path().join(format!(".git/drift/staged/{name}")),
        repo.path().join(format!(".git/{name}.lock")),
    );
    std::fs::create_dir_all(staged.parent().unwrap()).unwrap();
    std::fs::write(&staged, format!("{}\n", repo.id("main"))).unwrap();
    std::fs::hard_link(&staged, &lock).unwrap();
    only(&repo, "locks", "and blocks git with", &format!("drift/staged/{name}"));
    mended_by_fix(&repo, "locks", "took away what killed drifts had left");
    assert!(!lock.exists() && !staged.exists());
    repo.git(&["update-ref", &name, &name]);
}
