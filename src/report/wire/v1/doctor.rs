//! What `drift doctor --format json` prints, `drift/doctor/1`.

use super::run_report::{Severity, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The value of `schema` in every examination of this version.
pub const DOCTOR_SCHEMA: &str = "drift/doctor/1";

/// What is wrong with a repository, its hooks, and what drift keeps there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Examination {
    /// `drift/doctor/1`.
    pub schema: String,
    /// The program that looked.
    pub tool: Tool,
    /// Whether nothing is wrong: no ailment but notes, and every check was done.
    pub healthy: bool,
    /// Every check.
    pub checks: Vec<Check>,
    /// What is wrong, or worth knowing; after mending, where that was asked for.
    pub ailments: Vec<Ailment>,
    /// What `--fix` did.
    pub mended: Vec<Mended>,
}

/// One thing that is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// Its name.
    pub name: String,
    /// What it looks at.
    pub looks_at: String,
    /// Whether it could be done.
    pub done: bool,
    /// Why not; absent where it was done, or another ailment kept it from being tried.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub why: Option<String>,
}

/// One thing that is wrong, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ailment {
    /// The check that found it.
    pub check: String,
    /// `note`, `warning` or `error`.
    pub severity: Severity,
    /// What is so.
    pub what: String,
    /// Where: a file, a ref, a setting.
    pub place: String,
    /// The commands that mend it, in this order; none where only a person can tell.
    pub commands: Vec<String>,
    /// Whether `--fix` mends it.
    pub mendable: bool,
}

/// Something that `--fix` tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Mended {
    /// The check that found it.
    pub check: String,
    /// Whether it was done.
    pub done: bool,
    /// What was done, or why not.
    pub what: String,
}

impl Examination {
    /// An examination by this version of drift.
    pub fn new(version: &str, healthy: bool) -> Self {
        Self {
            schema: DOCTOR_SCHEMA.into(),
            tool: Tool {
                name: "drift".into(),
                version: version.into(),
            },
            healthy,
            checks: Vec::new(),
            ailments: Vec::new(),
            mended: Vec::new(),
        }
    }
}
