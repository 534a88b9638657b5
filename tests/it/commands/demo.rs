//! `drift demo`: the run that a new user sees first.

use crate::support::drift::drift;
use crate::support::repo::Repo;

#[test]
fn it_plays_a_run_with_drift_in_it_in_a_real_repository() {
    let place = Repo::empty();
    let temporary = place.beside("tmp");
    std::fs::create_dir(&temporary).unwrap();
    let said = crate::support::drift::drift_with(&place, &["demo"], &[("TMPDIR", &temporary.display().to_string())]);
    let said = said.ends(0).says(&[
        "drifted",
        "D101",
        "scripts/release.sh",
        "D105",
        "D201",
        "D205",
        "accepted by",
    ]);
    let folder = said
        .err
        .lines()
        .find_map(|line| line.strip_prefix("the repository: "))
        .unwrap()
        .to_owned();
    assert!(folder.starts_with(&temporary.display().to_string()), "{folder}");
    place.git(&["-C", &folder, "fsck", "--strict"]);
    drift(&place, &["-C", &folder, "check"]).ends(1).says(&["D201"]);
}
