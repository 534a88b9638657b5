//! The findings of a report by what they ask of a reader: the groups and the order that every renderer for people keeps.

use super::wire::v1::{Finding, RunReport, Severity};

/// The findings of a report, each in one group, in the order of the report.
pub struct Groups<'r> {
    /// Those that deny.
    pub errors: Vec<&'r Finding>,
    /// Those that are worth a look.
    pub warnings: Vec<&'r Finding>,
    /// Those that a person accepted, whatever they weighed.
    pub accepted: Vec<&'r Finding>,
    /// Remarks.
    pub notes: Vec<&'r Finding>,
}

impl<'r> Groups<'r> {
    /// Sorts the findings of `report` into their groups.
    pub fn of(report: &'r RunReport) -> Self {
        let (accepted, open): (Vec<_>, Vec<_>) = report.findings.iter().partition(|it| it.acceptance.is_some());
        let with = |severity| open.iter().copied().filter(|it| it.severity == severity).collect();
        Self {
            errors: with(Severity::Error),
            warnings: with(Severity::Warning),
            notes: with(Severity::Note),
            accepted,
        }
    }

    /// The groups that are shown, each with its title, the worst first; notes only where asked for.
    pub fn shown(&self, notes: bool) -> Vec<(&'static str, &[&'r Finding])> {
        let mut shown: Vec<(&'static str, &[&'r Finding])> = vec![
            ("Errors", &self.errors),
            ("Warnings", &self.warnings),
            ("Accepted", &self.accepted),
        ];
        if notes {
            shown.push(("Notes", &self.notes));
        }
        shown
    }
}
