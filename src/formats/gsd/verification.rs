//! GSD's VERIFICATION.md: whether a phase reached what it was to reach, and which deviations somebody accepts.

use super::node::Node;
use super::summary::fields;
use super::{frontmatter, place};
use crate::formats::Text;
use crate::formats::accounts::Account;
use crate::model::{Claim, ClaimKind, Override, Plan};

/// The line for `ACCOUNTS`.
pub(in crate::formats) static ACCOUNT: Account = Account {
    name: "gsd_verification",
    what: "a GSD verification",
    detects,
    read,
};

/// The words that a verification's status can be.
const STATUSES: &[&str] = &["passed", "gaps_found", "human_needed", "failed"];

/// Whether the text has a verification's fields.
fn detects(text: &Text) -> bool {
    if text.shape().is_some() || text.text.contains("<task") {
        return false;
    }
    let Some(span) = frontmatter::split(&text.text).yaml else {
        return false;
    };
    let lines = || text.text[span.clone()].lines();
    let has = |key: &str| lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')));
    let status = lines().find_map(|line| line.strip_prefix("status:"));
    let known = status.is_some_and(|it| STATUSES.contains(&it.trim().trim_matches(['"', '\''])));
    known && has("phase") && (has("verified") || has("verified_at") || has("score"))
}

fn read(text: &Text) -> (Plan, Option<String>) {
    let fields = fields(&text.text, frontmatter::split(&text.text).yaml);
    let mut plan = Plan::default();
    if let Some(status) = fields.get("status").filter(|it| it.text() == Some("passed")) {
        plan.claims.push(Claim {
            lane: None,
            kind: ClaimKind::Verified,
            location: place("status", status.span.clone()),
        });
    }
    let overrides = fields.get("overrides").map(Node::items).unwrap_or_default();
    plan.overrides = overrides.iter().filter_map(acceptance).collect();
    (plan, None)
}

/// An override counts where it says what it is about, why, and who takes it on.
fn acceptance(node: &Node) -> Option<Override> {
    let must_have = node.get("must_have").or_else(|| node.get("truth"))?;
    Some(Override {
        must_have: must_have.text()?.to_owned(),
        because: node.text_of("reason")?.to_owned(),
        accepted_by: node.text_of("accepted_by")?.to_owned(),
        accepted_at: node.text_of("accepted_at").unwrap_or_default().to_owned(),
        location: place("overrides", must_have.span.clone()),
    })
}
