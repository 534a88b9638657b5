//! What the commits of a unit call themselves, beside what the plan calls it.

use super::facts::Facts;
use super::pair::Header;
use crate::model::{MessageField, MessageMismatch};

/// The type, and the scope, of a unit that is planned with one, where its commits all carry another.
pub(super) fn mismatches(facts: &Facts<'_>, unit: usize, commits: &[usize]) -> Vec<MessageMismatch> {
    let planned = &facts.plan.units[unit];
    let fields = [
        (MessageField::Type, planned.commit_type.as_deref()),
        (MessageField::Scope, planned.scope.as_deref()),
    ];
    fields
        .into_iter()
        .filter_map(|(field, planned)| mismatch(facts, field, planned?, commits))
        .collect()
}

fn mismatch(facts: &Facts<'_>, field: MessageField, planned: &str, commits: &[usize]) -> Option<MessageMismatch> {
    let mut found = Vec::new();
    let mut others = Vec::new();
    for &commit in commits.iter().filter(|&&commit| speaks_for_itself(facts, commit)) {
        let subject = facts.history.commits[commit].subject();
        let header = Header::parse(&subject);
        let said = match field {
            MessageField::Type => header.kind,
            MessageField::Scope => header.scope,
        };
        let Some(said) = said else { continue };
        if said.split(',').any(|one| one.trim().eq_ignore_ascii_case(planned)) {
            return None;
        }
        if !found.iter().any(|it| it == said) {
            found.push(said.to_owned());
        }
        others.push(commit);
    }
    (!others.is_empty()).then(|| MessageMismatch {
        field,
        planned: planned.to_owned(),
        found,
        commits: others,
    })
}

/// A fixup and a revert say what they are for, not what they are.
fn speaks_for_itself(facts: &Facts<'_>, commit: usize) -> bool {
    let pairing = &facts.pairing.commits[commit];
    pairing.fixup_of.is_none() && pairing.reverts.is_none()
}
