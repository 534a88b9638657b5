//! `drift init`: writes what is missing, once.

use crate::support::drift::{drift, project, state};
use crate::support::repo::Repo;

#[test]
fn it_writes_the_policy_and_how_lessons_merge() {
    let repo = project();
    drift(&repo, &["init"])
        .ends(0)
        .says(&["wrote .drift/config.yaml", "wrote .gitattributes"]);
    let attribute = repo.git(&["check-attr", "merge", ".drift/lessons.jsonl"]);
    assert_eq!(attribute, ".drift/lessons.jsonl: merge: union");
}

#[test]
fn twice_is_once_and_what_was_there_stays() {
    let repo = project();
    repo.write(".gitattributes", "*.png binary");
    repo.write(".drift/config.yaml", "rules: {D101: deny}\n");
    drift(&repo, &["init"]).ends(0).says(&["kept .drift/config.yaml"]);
    let before = (state(&repo), repo.read(".gitattributes"));
    drift(&repo, &["init"]).ends(0).says(&["kept .gitattributes"]);
    assert_eq!((state(&repo), repo.read(".gitattributes")), before);
    assert_eq!(
        String::from_utf8(before.1).unwrap(),
        "*.png binary\n.drift/lessons.jsonl merge=union\n"
    );
}

#[test]
fn a_bare_repository_has_no_place_for_it() {
    let repo = Repo::init(&["--bare"]);
    drift(&repo, &["init"]).ends(2).complains(&["bare"]);
}
