//! A plan whose work lies in the planning system's own folder: what it declares there is work, the rest is bookkeeping.

use crate::support::comparison::compared;
use crate::support::history::history;
use drift::formats::{Input, read};
use snapbox::{assert_data_eq, str};

const PLAN: &str = "---
phase: 04-contracts
plan: 01
files_modified:
  - .planning/specs/contracts/runtime/
  - .planning/specs/contracts/MATRIX.md
  - .planning/specs/INDEX.md
must_haves:
  artifacts:
    - \".planning/specs/contracts/runtime/\"
    - \".planning/specs/contracts/MATRIX.md\"
  key_links:
    - \"MATRIX.md maps each entry to its contract.\"
---
<execution_context>
@/home/ann/.claude/workflows/execute-plan.md
</execution_context>
<task><name>Task 1: Build the matrix scaffold</name>
<files>.planning/specs/contracts/MATRIX.md, .planning/specs/contracts/runtime/</files></task>
<task><name>Task 2: Author the contract entries</name>
<files>.planning/specs/contracts/runtime/ART-*.md</files></task>
<task><name>Task 3: Publish the linkage in the index</name>
<files>.planning/specs/INDEX.md, .planning/specs/contracts/MATRIX.md</files></task>
";

#[test]
fn declared_files_of_the_planning_folder_are_work() {
    let plan = read(vec![Input {
        name: "04-01-PLAN.md".into(),
        repo_path: Some(".planning/phases/04-contracts/04-01-PLAN.md".into()),
        bytes: PLAN.into(),
    }]);
    let contracts = ".planning/specs/contracts";
    let entries: Vec<String> = (1..=3)
        .map(|number| format!("A {contracts}/runtime/ART-000{number}.md"))
        .collect();
    let history = history(&[".planning/specs/INDEX.md", ".planning/STATE.md"])
        .commit(
            "chore(04-01): build matrix scaffold",
            &format!("A {contracts}/MATRIX.md"),
        )
        .commit("chore(04-01): author contract entries", &entries.join(", "))
        .commit("chore(04-01): publish index linkage", "M .planning/specs/INDEX.md")
        .commit(
            "docs(04-01): complete contracts plan",
            "A .planning/phases/04-contracts/04-01-SUMMARY.md, M .planning/STATE.md",
        );
    assert_data_eq!(
        compared(&plan, &history.build()),
        str![[r#"
bookkeeping M .planning/STATE.md
bookkeeping A .planning/phases/04-contracts/04-01-SUMMARY.md
planned M .planning/specs/INDEX.md, declared by 04-01 3, done by 3
planned A .planning/specs/contracts/MATRIX.md, declared by 04-01 1 3, done by 1
planned A .planning/specs/contracts/runtime/ART-0001.md, declared by 04-01 1 2, done by 2
planned A .planning/specs/contracts/runtime/ART-0002.md, declared by 04-01 1 2, done by 2
planned A .planning/specs/contracts/runtime/ART-0003.md, declared by 04-01 1 2, done by 2
unit 1 done by 1
unit 2 done by 2
unit 3 done by 3
commit 1 Paired 1
commit 2 Paired 2
commit 3 Paired 3
commit 4 Bookkeeping
expectation 0 Met
expectation 1 Met
expectation 2 Unchecked("a sentence is nothing that git could show")
"#]]
    );
}
