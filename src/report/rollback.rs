//! The way back as a script: one `git revert` a line, in their order.

use super::Look;
use super::count::count;
use super::plain::{short, terminal};
use super::wire::v1::{Revert, RunReport};
use std::collections::HashMap;

/// The reverts that take the range back, each with the subject of its commit.
pub fn render(report: &RunReport, _: &Look<'_>) -> String {
    let (Some(range), Some(reverts)) = (&report.range, &report.rollback) else {
        return "# No range was compared, so that there is nothing to take back.\n".to_owned();
    };
    let name = format!("{}..{}", short(&range.base_ref), short(&range.target_ref));
    let mut out = format!(
        "# Takes back {} ({}), newest first.\n",
        terminal(&name),
        count(range.commits, "commit")
    );
    if reverts.is_empty() {
        return out + "# Nothing of it is left to take back.\n";
    }
    out.push_str(&format!(
        "# To be run on {}; the tree is then that of {}.\n",
        range.target, range.merge_base
    ));
    let subjects: HashMap<&str, &str> = report.commits.iter().map(|it| (&*it.id, &*it.subject)).collect();
    for revert in reverts {
        out.push_str(&line(
            revert,
            subjects.get(&*revert.commit).copied().unwrap_or_default(),
        ));
    }
    out
}

fn line(revert: &Revert, subject: &str) -> String {
    let mainline = revert.mainline.map_or(String::new(), |parent| format!("-m {parent} "));
    format!(
        "git revert --no-edit {mainline}{}  # {}\n",
        revert.commit,
        terminal(subject)
    )
}
