//! The commit in the making, judged as the last one of its run's range.

use super::judge::{self, Range, Subject};
use super::{OpsError, policy, reachable};
use crate::compare::{self, Inputs};
use crate::git::{Query, Repository, StagedChanges};
use crate::model::{History, Policy};
use crate::ops::runs::Run;
use crate::report::wire::v1::{self as wire, Finding};
use crate::rules;
use std::collections::HashSet;

/// Rules about a touched path: they are for the commit that touches it.
const OF_PATHS: [&str; 9] = ["D101", "D102", "D103", "D104", "D108", "D109", "D110", "D112", "D113"];
/// Rules about a commit's message.
const OF_MESSAGES: [&str; 3] = ["D401", "D402", "D403"];

/// What the rules find in the staged changes and the message; what they find elsewhere in the range, or miss there, is
/// for `check` to say.
pub(super) fn findings(
    repository: &Repository,
    subject: &Subject,
    staged: &StagedChanges,
    message: &str,
) -> Result<Vec<Finding>, OpsError> {
    let subject = &reachable::subject(repository, subject, &Range::default())?;
    let query = Query::new(judge::base_ref(repository, subject, &Range::default())?, "HEAD");
    let next = repository.observe_next(&query, staged, message)?;
    let config = policy::read(repository, next.alone().merge_base)?;
    let look = Look {
        subject,
        policy: &config.policy,
        staged,
    };
    // Most commits name their unit and touch its files: then nothing in the range can make them drift, and it is not read.
    if next.is_whole() || compare::names_its_units(&subject.plan, next.alone()) {
        let (found, is_final) = look.at(next.alone());
        if next.is_whole() || (found.is_empty() && is_final) {
            return Ok(found);
        }
    }
    Ok(look.at(&next.whole(repository)?).0)
}

/// The commit in the making, and what it is held against.
struct Look<'a> {
    subject: &'a Subject,
    policy: &'a Policy,
    staged: &'a StagedChanges,
}

impl Look<'_> {
    /// What is found in the last commit of `history`, and whether the commits before it could make no difference to it.
    fn at(&self, history: &History) -> (Vec<Finding>, bool) {
        let comparison = compare::compare(Inputs {
            history: Some(history),
            begun: self.subject.run.as_ref().is_some_and(Run::is_frozen),
            ..Inputs::new(&self.subject.plan, self.policy)
        });
        let asked = [&OF_PATHS[..], &OF_MESSAGES[..]].concat();
        let found = rules::judge_by(&asked, &comparison, self.policy, &judge::acceptances(self.subject));
        let next = history.commits.last().map(|commit| commit.id.to_string());
        let changes = self.staged.changes.iter();
        let paths: HashSet<String> = changes.map(|change| change.path.to_json_text()).collect();
        let is_about_it = |finding: &Finding| {
            let of_path = || finding.path.as_ref().is_some_and(|path| paths.contains(path));
            OF_PATHS.contains(&finding.code.as_str()) && of_path()
                || OF_MESSAGES.contains(&finding.code.as_str()) && finding.location.commit == next
        };
        let found = wire::findings(&comparison, &found).into_iter().filter(is_about_it);
        (found.collect(), compare::stands_alone(&comparison))
    }
}
