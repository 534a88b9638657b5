//! The README shows what drift really prints; a line with … stands for what is left out.

use crate::support::drift::drift_with;
use crate::support::repo::Repo;
use regex::Regex;

/// Runs' ids and commits' ids, which are new each time.
fn without_ids(text: &str) -> String {
    let ids = Regex::new(r"(languages-)[0-9a-f]{8}|(`|commit |  )[0-9a-f]{7,10}\b").unwrap();
    let lines = text
        .lines()
        .map(|line| ids.replace_all(line, "$1$2ID").trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_report_in_the_readme_is_the_demos() {
    let place = Repo::empty();
    let temporary = place.beside("tmp");
    std::fs::create_dir(&temporary).unwrap();
    let variables = [("TMPDIR", temporary.display().to_string())];
    let said = drift_with(
        &place,
        &["demo"],
        &variables.each_ref().map(|(name, value)| (*name, value.as_str())),
    );
    let printed = said.ends(0).out;
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, rest) = readme.split_once("$ drift report\n").unwrap();
    let (shown, _) = rest.split_once("```").unwrap();
    let printed = without_ids(&printed);
    for part in without_ids(shown).split("\n…\n") {
        assert!(
            printed.contains(part),
            "the README shows\n{part}\nand drift prints\n{printed}"
        );
    }
}
