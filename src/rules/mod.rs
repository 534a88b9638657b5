//! Judgement: each rule looks at the comparison and says what it finds. One file a rule; `CHECKS` is the table.

mod findings;
mod level;

pub use findings::{Findings, Found};
pub use level::judge;

use crate::model::{Comparison, Options, Rule};

/// Every check, in the order of their codes.
pub static CHECKS: &[&Check] = &[];

/// A rule together with the function that applies it.
pub struct Check {
    /// What `drift explain` prints.
    pub rule: Rule,
    run: fn(&Comparison<'_>, &Options, &mut Findings<'_>),
}

/// The rule whose code or name is `text`, by exact case for names and any case for codes.
pub fn find(text: &str) -> Option<&'static Rule> {
    let named = |check: &&&Check| check.rule.name == text || check.rule.code.eq_ignore_ascii_case(text);
    CHECKS.iter().find(named).map(|check| &check.rule)
}
