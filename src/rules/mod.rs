//! Judgement: each rule looks at the comparison and says what it finds. One file a rule; `CHECKS` is the table.
//!
//! Beside the rules stand the parts they share: `findings` stamps and names what they find, `level` weighs it,
//! `precedence` lets one rule speak for one fact, `wording`, `promises` and `advice` make sentences, `problems` carries over what
//! the readers met, and `explain` prints what a rule is.

mod advice;
mod ambiguous_pairing;
mod artifact_content;
mod bad_signature;
mod broken_link;
mod changed_after_approval;
mod clause_without_test;
mod contract;
mod contradicted_claim;
mod contradicting_trailer;
mod decorative_test;
mod dependency_cycle;
mod derived_file;
mod duplicate_id;
mod explain;
mod faults;
mod findings;
mod flaky_test;
mod forbidden_file;
mod foreign_file;
mod gate_failed;
mod invalid_value;
mod leftover_fixup;
mod level;
mod malformed_tag;
mod message_mismatch;
mod misplaced_file;
mod missing_artifact;
mod missing_field;
mod missing_negative_case;
mod missing_rollback;
mod missing_unit;
mod mixed_units;
mod orphaned_note;
mod out_of_order_unit;
mod over_limit;
mod overlapping_scope;
mod oversized_plan;
mod precedence;
mod problems;
mod promises;
mod renamed_out_of_scope;
mod resurrected_file;
mod reverted_unit;
mod said;
mod self_approved;
mod sensitive_file;
mod special_file;
mod split_unit;
mod stale_evidence;
mod stale_plan;
mod test_failed;
mod test_not_run;
mod test_skipped;
mod unapproved_artifact;
mod undeclared_file;
mod undeclared_surface;
mod unknown_clause;
mod unknown_field;
mod unknown_rule;
mod unknown_unit_trailer;
mod unmapped_assertion;
mod unmet_criterion;
mod unplanned_commit;
mod unplanned_delete;
mod unreadable_config;
mod unreadable_lesson;
mod unreadable_plan;
mod unrecorded_change;
mod untagged_test;
mod untouched_file;
mod unwitnessed_commit;
mod vague_wording;
mod weakened_test;
mod widened_scope;
mod wording;
mod wrong_action;
mod wrong_lane;

pub use explain::{explain, nearest, reference};
pub use findings::{Findings, Found};
pub use level::{judge, judge_by, level};

use crate::model::{Comparison, Options, Rule};

/// Every check, in the order of their codes.
pub static CHECKS: &[&Check] = &[
    &unreadable_plan::CHECK,
    &unknown_field::CHECK,
    &invalid_value::CHECK,
    &missing_field::CHECK,
    &vague_wording::CHECK,
    &dependency_cycle::CHECK,
    &duplicate_id::CHECK,
    &stale_plan::CHECK,
    &overlapping_scope::CHECK,
    &unapproved_artifact::CHECK,
    &changed_after_approval::CHECK,
    &self_approved::CHECK,
    &bad_signature::CHECK,
    &oversized_plan::CHECK,
    &widened_scope::CHECK,
    &undeclared_file::CHECK,
    &forbidden_file::CHECK,
    &sensitive_file::CHECK,
    &wrong_lane::CHECK,
    &untouched_file::CHECK,
    &misplaced_file::CHECK,
    &wrong_action::CHECK,
    &unplanned_delete::CHECK,
    &resurrected_file::CHECK,
    &renamed_out_of_scope::CHECK,
    &over_limit::CHECK,
    &special_file::CHECK,
    &derived_file::CHECK,
    &missing_unit::CHECK,
    &unplanned_commit::CHECK,
    &out_of_order_unit::CHECK,
    &split_unit::CHECK,
    &mixed_units::CHECK,
    &foreign_file::CHECK,
    &ambiguous_pairing::CHECK,
    &leftover_fixup::CHECK,
    &reverted_unit::CHECK,
    &test_not_run::CHECK,
    &test_failed::CHECK,
    &test_skipped::CHECK,
    &stale_evidence::CHECK,
    &gate_failed::CHECK,
    &weakened_test::CHECK,
    &flaky_test::CHECK,
    &message_mismatch::CHECK,
    &unknown_unit_trailer::CHECK,
    &contradicting_trailer::CHECK,
    &clause_without_test::CHECK,
    &unknown_clause::CHECK,
    &malformed_tag::CHECK,
    &untagged_test::CHECK,
    &unmapped_assertion::CHECK,
    &missing_negative_case::CHECK,
    &decorative_test::CHECK,
    &undeclared_surface::CHECK,
    &missing_artifact::CHECK,
    &artifact_content::CHECK,
    &broken_link::CHECK,
    &unmet_criterion::CHECK,
    &missing_rollback::CHECK,
    &unrecorded_change::CHECK,
    &contradicted_claim::CHECK,
    &unreadable_config::CHECK,
    &unknown_rule::CHECK,
    &unreadable_lesson::CHECK,
    &orphaned_note::CHECK,
    &unwitnessed_commit::CHECK,
];

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
