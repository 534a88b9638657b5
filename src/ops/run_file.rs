//! run.json, approvals.json and acceptances.json: what a run's record knows besides its artifacts.

use crate::model::{Acceptance, Approval, ChecklistItem, Fingerprint, RunState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `drift/run/1`: a run's names, state and stamp.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunFile {
    /// `drift/run/1`.
    pub schema: String,
    /// 32 hexadecimal digits.
    pub id: String,
    /// What the work is called.
    pub slug: String,
    /// draft, approved, active, reported, finished or discarded.
    pub state: String,
    /// When it was made: RFC 3339, UTC.
    pub created_at: String,
    /// The branch that it works on, from `start` on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub branch: Option<String>,
    /// The linked worktree that it was started in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub worktree: Option<String>,
    /// The session that started it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub session: Option<String>,
    /// When it was started.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub started_at: Option<String>,
    /// The commit that it was started on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub base: Option<String>,
    /// Where each imported artifact came from, by its file name here.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub imported: BTreeMap<String, Original>,
    /// The commit that was last reported.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub target: Option<String>,
}

/// Where an imported artifact came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Original {
    /// How it was named: a path, or REV:PATH; of a file outside of the repository only its own name.
    pub name: String,
    /// Its path in the repository, where it has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub path: Option<String>,
    /// SHA-256 over what matters of it, as approvals have it.
    pub hash: String,
}

/// The value of `schema` in run.json.
pub const RUN_SCHEMA: &str = "drift/run/1";

/// The value of `schema` in approvals.json.
pub const APPROVALS_SCHEMA: &str = "drift/approvals/1";

/// The value of `schema` in acceptances.json.
pub const ACCEPTANCES_SCHEMA: &str = "drift/acceptances/1";

impl RunFile {
    /// The state: draft, where none is written yet. A word that this version does not know is refused where the file is
    /// read.
    pub fn run_state(&self) -> RunState {
        RunState::from_name(&self.state).unwrap_or(RunState::Draft)
    }

    /// Whether `state` is a word that this version knows, or none.
    pub fn has_known_state(&self) -> bool {
        self.state.is_empty() || RunState::from_name(&self.state).is_some()
    }

    /// The same run in another state, as this version writes it.
    pub fn in_state(self, state: RunState) -> Self {
        Self {
            schema: RUN_SCHEMA.into(),
            state: state.name().into(),
            ..self
        }
    }
}

/// `drift/approvals/1`: each artifact's approval, by its file name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalsFile {
    /// `drift/approvals/1`.
    pub schema: String,
    /// By file name.
    pub artifacts: BTreeMap<String, ApprovalEntry>,
}

impl ApprovalsFile {
    /// These approvals and the `new` ones, which take the place of earlier ones of the same artifact.
    pub fn and(mut self, new: BTreeMap<String, ApprovalEntry>) -> Self {
        self.schema = APPROVALS_SCHEMA.into();
        self.artifacts.extend(new);
        self
    }
}

/// One approval as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalEntry {
    /// SHA-256 over what matters.
    pub hash: String,
    /// `Name <address>`.
    pub approved_by: String,
    /// RFC 3339, UTC.
    pub approved_at: String,
    /// What was looked at.
    pub checklist: Vec<ChecklistEntry>,
    /// What the approver added.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
    /// Whether the commit that holds the approval was signed.
    #[serde(default)]
    pub signed: bool,
}

/// One line of a checklist as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistEntry {
    /// The question.
    pub item: String,
    /// Whether it was ticked.
    pub checked: bool,
}

impl ApprovalEntry {
    /// The approval of `artifact`.
    pub fn approval(&self, artifact: &str) -> Approval {
        let item = |entry: &ChecklistEntry| ChecklistItem {
            item: entry.item.clone(),
            checked: entry.checked,
        };
        Approval {
            artifact: artifact.to_owned(),
            hash: self.hash.clone(),
            approved_by: self.approved_by.clone(),
            approved_at: self.approved_at.clone(),
            checklist: self.checklist.iter().map(item).collect(),
            note: self.note.clone(),
        }
    }
}

/// `drift/acceptances/1`: the deviations that were accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptancesFile {
    /// `drift/acceptances/1`.
    pub schema: String,
    /// In the order in which they were accepted.
    pub acceptances: Vec<AcceptanceEntry>,
}

impl AcceptancesFile {
    /// These acceptances and the `new` one, which takes the place of an earlier one of the same finding.
    pub fn and(mut self, new: AcceptanceEntry) -> Self {
        self.schema = ACCEPTANCES_SCHEMA.into();
        self.acceptances.retain(|it| it.fingerprint != new.fingerprint);
        self.acceptances.push(new);
        self
    }
}

/// One acceptance as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AcceptanceEntry {
    /// The finding.
    pub fingerprint: String,
    /// Why.
    pub because: String,
    /// `Name <address>`.
    pub accepted_by: String,
    /// RFC 3339, UTC.
    pub accepted_at: String,
}

impl AcceptanceEntry {
    /// The acceptance as the rules take it.
    pub fn acceptance(&self) -> Acceptance {
        Acceptance {
            fingerprint: Fingerprint(self.fingerprint.clone()),
            because: self.because.clone(),
            accepted_by: self.accepted_by.clone(),
            accepted_at: self.accepted_at.clone(),
        }
    }
}

/// The value as indented JSON with a newline at its end.
pub fn to_json(value: &impl Serialize) -> Vec<u8> {
    // These types hold strings, numbers and maps with string keys: nothing that could fail to serialize.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::RunFile;
    use crate::model::RunState;

    #[test]
    fn a_state_survives_its_word() {
        let run = RunFile::default().in_state(RunState::Reported);
        assert_eq!(run.run_state(), RunState::Reported);
        assert_eq!(RunFile::default().run_state(), RunState::Draft);
        assert!(run.has_known_state() && RunFile::default().has_known_state());
        let strange = RunFile {
            state: "paused".into(),
            ..RunFile::default()
        };
        assert!(!strange.has_known_state());
    }
}
