//! A unit that is called done, against the commits that stand for it.

use super::Claims;
use crate::model::{ClaimStatus, UnitStatus};

impl Claims<'_> {
    /// A unit that is done has a commit; only where nothing in the range could be its work is that contradicted.
    pub(super) fn done(&self, lane: Option<usize>, id: &str, at: Option<i64>) -> ClaimStatus {
        let Some(unit) = self.unit(lane, id) else {
            return unchecked("the plan has no such unit, or several");
        };
        match self.units.get(unit).map(|it| it.status) {
            Some(UnitStatus::Done) => ClaimStatus::Holds(None),
            Some(UnitStatus::Partial) => {
                ClaimStatus::Holds(Some("some of the files that it declares were not touched".into()))
            }
            Some(UnitStatus::Missing) => self.without_commit(unit, at),
            Some(UnitStatus::Unchecked) | None => unchecked("no commit is expected of it"),
        }
    }

    fn without_commit(&self, unit: usize, at: Option<i64>) -> ClaimStatus {
        let files = &self.facts.plan.units[unit].files;
        let commits = &self.facts.history.commits;
        let began = commits.iter().map(|it| it.author.time.min(it.committer.time)).min();
        if files.is_empty() {
            return unchecked("no commit stands for it, and it declares no files");
        }
        // What was done before the range began can't be seen in it; a squash looks the same.
        if at.is_none() || at < began {
            return unchecked("it was said before the first commit of the range was made");
        }
        if files.iter().any(|it| self.touched_in_range(&it.pattern)) {
            return unchecked("no commit stands for it, and others touched files that it declares");
        }
        let why = "no commit of the range stands for it, or touches a file that it declares";
        ClaimStatus::Contradicted(vec![why.to_owned()])
    }
}

fn unchecked(why: &str) -> ClaimStatus {
    ClaimStatus::Unchecked(why.to_owned())
}
