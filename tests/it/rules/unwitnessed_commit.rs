use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, Unwitnessed, UnwitnessedKind};
use snapbox::{assert_data_eq, str};

fn unwitnessed(found: &[(&[usize], UnwitnessedKind)]) -> Comparison<'static> {
    let history = history(&[])
        .commit("Add login", "A src/login.rs")
        .commit("Add logout", "M src/login.rs")
        .commit("Add a token", "M src/login.rs");
    let plan = plan().unit("U1", "Add login", &["src/login.rs"]).build();
    let mut comparison = beside(plan, history.build());
    let one = |(commits, kind): &(&[usize], UnwitnessedKind)| Unwitnessed {
        commits: commits.to_vec(),
        kind: kind.clone(),
    };
    comparison.unwitnessed = found.iter().map(one).collect();
    comparison
}

#[test]
fn a_commit_that_went_past_commit_msg_is_a_remark() {
    assert_data_eq!(
        check_example(&unwitnessed(&[(&[0], UnwitnessedKind::Bypassed)]), "D905"),
        str![[r#"
note[D905]: commit `9e3779b` ("Add login") was not compared with the plan: git did not ask drift's commit-msg hook (`--no-verify`)
  help: the report has judged it as all others; look at it: `git show 9e3779b`, or accept it: `drift accept D905-099944f4323e --because …`
  at: commit 9e3779b

"#]]
    );
}

#[test]
fn a_declared_skip_is_named_as_declared_and_a_failure_by_its_cause() {
    let comparison = unwitnessed(&[
        (&[0], UnwitnessedKind::Skipped),
        (&[1], UnwitnessedKind::Failed("the disk is full".into())),
        (&[2], UnwitnessedKind::Unseen),
    ]);
    assert_data_eq!(
        check(&comparison, "D905"),
        str![[r#"
note[D905]: commit `9e3779b` ("Add login") was not compared with the plan, as declared: DRIFT_SKIP was set
  help: the report has judged it as all others; look at it: `git show 9e3779b`, or accept it: `drift accept D905-099944f4323e --because …`
  at: commit 9e3779b
note[D905]: commit `3c6ef36` ("Add logout") was not compared with the plan, because drift failed: the disk is full
  help: the report has judged it as all others; look at it: `git show 3c6ef36`, or accept it: `drift accept D905-4d76e7cae975 --because …`
  at: commit 3c6ef36
note[D905]: no hook saw commit `daa66d1` ("Add a token"), or not all that it was made of
  help: `drift hooks status` says whether git calls drift, `drift fetch` brings notes from another clone, or accept it: `drift accept D905-131575e11907 --because …`
  at: commit daa66d1

"#]]
    );
}

#[test]
fn what_was_made_before_the_hooks_is_one_remark() {
    let early = |first_seen| UnwitnessedKind::Early { first_seen };
    assert_data_eq!(
        check(&unwitnessed(&[(&[0, 1], early(Some(2)))]), "D905"),
        str![[r#"
note[D905]: no hook saw the 2 commits before `daa66d1` ("Add a token"), the first that one saw
  help: `drift hooks status` says whether git calls drift, `drift fetch` brings notes from another clone, or accept it: `drift accept D905-184d65573290 --because …`
  at: the range
  see: commit 9e3779b: made without a hook
  see: commit 3c6ef36: made without a hook

"#]]
    );
    assert_data_eq!(
        check(&unwitnessed(&[(&[0, 1, 2], early(None))]), "D905"),
        str![[r#"
note[D905]: no hook saw any of the 3 commits, though drift's hooks are installed here
  help: `drift hooks status` says whether git calls drift, `drift fetch` brings notes from another clone, or accept it: `drift accept D905-184d65573290 --because …`
  at: the range
  see: commit 9e3779b: made without a hook
  see: commit 3c6ef36: made without a hook
  see: commit daa66d1: made without a hook

"#]]
    );
    let one = check(&unwitnessed(&[(&[0], early(None))]), "D905");
    assert!(one.contains("no hook saw commit `9e3779b`"), "{one}");
}

#[test]
fn commits_that_were_compared_are_silent() {
    assert_silent(&unwitnessed(&[]), "D905");
}

#[test]
fn an_accepted_one_stays_a_note() {
    assert_acceptable(&unwitnessed(&[(&[0], UnwitnessedKind::Bypassed)]), "D905");
}

#[test]
fn two_commits_have_two_names() {
    let kind = UnwitnessedKind::Bypassed;
    assert_two_names(&unwitnessed(&[(&[0], kind.clone()), (&[1], kind)]), "D905");
}
