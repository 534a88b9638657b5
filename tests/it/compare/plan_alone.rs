//! A plan without a range: what `drift validate` sees.

use crate::support::comparison::{inputs, policy, render};
use crate::support::plan::{PlanBuilder, plan};
use drift::compare::{Inputs, compare, questions};
use drift::model::{FileMode, TreeListing, TreePath};
use snapbox::{assert_data_eq, str};

fn tree(paths: &[&str]) -> TreeListing {
    let file = |path: &&str| TreePath {
        path: (*path).into(),
        mode: FileMode::Regular,
    };
    TreeListing::new(paths.iter().map(file).collect(), true)
}

fn check(plan: PlanBuilder, paths: &[&str]) -> String {
    let (plan, policy, tree) = (plan.build(), policy(), tree(paths));
    let inputs = Inputs {
        tree: Some(&tree),
        ..inputs(&plan, &policy)
    };
    render(&compare(inputs))
}

#[test]
fn what_the_tree_does_not_fit_is_stale() {
    let plan = plan().allows("lib/**").unit(
        "U1",
        "Change",
        &[
            "MODIFY src/logn.rs",
            "CREATE src/login.rs",
            "src/new.rs",
            "CREATE made/",
            "docs/",
            "DELETE gone",
            "app/[slug]/page.tsx",
        ],
    );
    let tree = ["src/login.rs", "app/[slug]/page.tsx", "libs/x"];
    assert_data_eq!(
        check(plan, &tree),
        str![[r#"
stale NoMatch lib/** of plan, nearest libs
stale Absent src/logn.rs of U1, nearest src/login.rs
stale Present src/login.rs of U1
stale NoMatch docs/ of U1
stale Absent gone of U1
unit U1 unchecked
"#]]
    );
}

#[test]
fn steps_of_one_story_are_not_stale() {
    let plan = plan()
        .unit("U1", "Make", &["CREATE a", "DELETE b"])
        .unit("U2", "Go on", &["MODIFY a", "CREATE b"]);
    assert_data_eq!(
        check(plan, &["b"]),
        str![[r#"
unit U1 unchecked
unit U2 unchecked
"#]]
    );
}

#[test]
fn without_a_tree_nothing_is_stale_and_nothing_was_looked_at() {
    let (plan, policy) = (plan().unit("U1", "Change", &["MODIFY a"]).build(), policy());
    let comparison = compare(inputs(&plan, &policy));
    assert_data_eq!(render(&comparison), str!["unit U1 unchecked"]);
    let checked = comparison.checked;
    assert_eq!((checked.sources, checked.declarations, checked.units), (1, 0, 0));
}

#[test]
fn git_is_asked_about_every_declaration_and_expected_file() {
    let mut plan = plan()
        .allows("src/**")
        .allows("!src/gen/")
        .unit("U1", "Change", &["a"])
        .build();
    plan.expectations = super::expectations::one_of_each();
    let asked = questions(&plan);
    let texts = |patterns: &[drift::model::PathPattern]| {
        let texts: Vec<String> = patterns.iter().map(|it| it.to_text()).collect();
        texts.join(" ")
    };
    assert_data_eq!(texts(&asked.patterns), str!["src/** a e c x m f t.ts f"]);
    assert_data_eq!(texts(&asked.contents), str!["c x m f t.ts f"]);
    assert!(!asked.line_counts);
}
