use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check_example, touched};
use crate::support::plan::plan;
use drift::model::{Comparison, FileClass};
use snapbox::{assert_data_eq, str};

fn sensitive(paths: &[&str]) -> Comparison<'static> {
    let history = history(&[]).commit("Add login", "A .env, A ci/deploy.key");
    let mut plan = plan().unit("U1", "Add login", &["**"]).build();
    plan.sources[0].name = "commit_plan.json".into();
    let mut comparison = beside(plan, history.build());
    comparison.files = paths
        .iter()
        .map(|path| touched(&comparison, path, FileClass::Sensitive))
        .collect();
    comparison
}

#[test]
fn a_secret_below_a_broad_pattern_is_found() {
    assert_data_eq!(
        check_example(&sensitive(&[".env"]), "D103"),
        str![[r#"
error[D103]: `.env` was added by 1 commit; it is sensitive, and nothing declares it by its own path
  help: take the change back, or declare it in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D103-13e0c14582c5 --because …`
  at: .env
  see: commit 9e3779b: "Add login"

"#]]
    );
}

#[test]
fn a_planned_file_is_silent() {
    let mut comparison = sensitive(&[".env"]);
    comparison.files[0].class = FileClass::Planned;
    assert_silent(&comparison, "D103");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&sensitive(&[".env"]), "D103");
}

#[test]
fn two_files_have_two_names() {
    assert_two_names(&sensitive(&[".env", "ci/deploy.key"]), "D103");
}
