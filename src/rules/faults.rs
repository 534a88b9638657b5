//! What is wrong with drift's own files, as findings: shared by the rules on them.

use super::{Findings, Found};
use crate::model::{Comparison, FaultKind, Location};

/// Adds a finding for each fault of this kind.
pub(super) fn report(comparison: &Comparison<'_>, kind: FaultKind, findings: &mut Findings<'_>) {
    for fault in comparison.faults.iter().filter(|fault| fault.kind == kind) {
        let message = format!("`{}`: {}", fault.place.file, fault.message);
        let found = Found::new(Location::File(fault.place.clone()), message);
        findings.add(found.detail(fault.message.as_str()).help(fault.help.as_str()));
    }
}
