//! Evidence that others can check: an in-toto Statement v1 with the test-result v0.1 predicate, and the DSSE envelope
//! that carries it signed.

use super::wire::v1::{RunReport, Severity};
use crate::model::{Evidence, TestOutcome};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The type of every statement.
pub const STATEMENT: &str = "https://in-toto.io/Statement/v1";
/// The type of what it says.
pub const TEST_RESULT: &str = "https://in-toto.io/attestation/test-result/v0.1";
/// The type of what an envelope holds.
pub const PAYLOAD: &str = "application/vnd.in-toto+json";

/// An in-toto statement about test results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// [`STATEMENT`].
    #[serde(rename = "_type")]
    pub kind: String,
    /// What was tested.
    pub subject: Vec<Resource>,
    /// [`TEST_RESULT`].
    pub predicate_type: String,
    /// How it went.
    pub predicate: TestResult,
}

/// A thing by its digests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// Its name.
    pub name: String,
    /// Its digests by algorithm: `gitCommit`, `gitTree`, `sha256`.
    pub digest: BTreeMap<String, String>,
}

/// The test-result predicate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TestResult {
    /// PASSED, WARNED or FAILED.
    pub result: String,
    /// What the tests were run by: the contract, and each piece of evidence as the record keeps it.
    pub configuration: Vec<Resource>,
    /// Tests that passed.
    #[serde(default)]
    pub passed_tests: Vec<String>,
    /// Tests that were skipped, or passed in a later attempt only.
    #[serde(default)]
    pub warned_tests: Vec<String>,
    /// Tests that failed or could not be judged.
    #[serde(default)]
    pub failed_tests: Vec<String>,
}

/// A DSSE envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    /// The statement's bytes in base64.
    pub payload: String,
    /// [`PAYLOAD`].
    pub payload_type: String,
    /// The signatures.
    pub signatures: Vec<Signature>,
}

/// One signature of an envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// A hint at the key.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub keyid: String,
    /// The signature in base64: the inside of an SSH signature.
    pub sig: String,
}

impl Statement {
    /// What `evidence`, all that counts for the target of `report`, says of that target.
    pub fn of(report: &RunReport, subject: Resource, evidence: &[&Evidence], configuration: Vec<Resource>) -> Self {
        let mut predicate = TestResult {
            result: result(report, evidence).to_owned(),
            configuration,
            ..TestResult::default()
        };
        for test in evidence
            .iter()
            .filter_map(|it| it.results.as_ref().ok())
            .flat_map(|results| &results.tests)
        {
            let names = match test.outcome {
                TestOutcome::Failed | TestOutcome::Errored => &mut predicate.failed_tests,
                TestOutcome::Skipped => &mut predicate.warned_tests,
                TestOutcome::Passed if test.flaky => &mut predicate.warned_tests,
                TestOutcome::Passed => &mut predicate.passed_tests,
            };
            names.push(test.full_name());
        }
        Self {
            kind: STATEMENT.into(),
            subject: vec![subject],
            predicate_type: TEST_RESULT.into(),
            predicate,
        }
    }

    /// The statement as indented JSON with a newline at its end.
    pub fn to_text(&self) -> String {
        // These types hold strings, lists and maps: nothing that could fail to serialize.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The digest of the subject by this algorithm.
    pub fn digest(&self, algorithm: &str) -> Option<&str> {
        let digests = self.subject.iter().filter_map(|subject| subject.digest.get(algorithm));
        digests.map(String::as_str).next()
    }
}

/// FAILED where a rule about tests denies or something failed, WARNED where one warns.
fn result(report: &RunReport, evidence: &[&Evidence]) -> &'static str {
    let about_tests = report.findings.iter().filter(|finding| finding.code.starts_with("D3"));
    let open = about_tests.filter(|finding| finding.acceptance.is_none());
    let worst = open.map(|finding| finding.severity).max();
    let all_passed = evidence.iter().all(|it| it.shortfalls().is_empty());
    match worst {
        Some(Severity::Error) => "FAILED",
        _ if !all_passed => "FAILED",
        Some(Severity::Warning) => "WARNED",
        _ => "PASSED",
    }
}

/// What is signed: DSSE's pre-authentication encoding of the payload and its type.
pub fn pre_authentication(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

impl Envelope {
    /// The envelope of a payload with one signature.
    pub fn of(payload: &[u8], signature: String) -> Self {
        Self {
            payload: STANDARD.encode(payload),
            payload_type: PAYLOAD.into(),
            signatures: vec![Signature {
                keyid: String::new(),
                sig: signature,
            }],
        }
    }

    /// The payload's bytes; `None` where they are no base64, of either alphabet.
    pub fn payload_bytes(&self) -> Option<Vec<u8>> {
        let url_safe = || base64::engine::general_purpose::URL_SAFE.decode(&self.payload).ok();
        STANDARD.decode(&self.payload).ok().or_else(url_safe)
    }

    /// The envelope as indented JSON with a newline at its end.
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::{Envelope, pre_authentication};

    #[test]
    fn the_encoding_is_that_of_the_specification() {
        let encoded = pre_authentication("http://example.com/HelloWorld", b"hello world");
        assert_eq!(encoded, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    #[test]
    fn a_payload_survives_its_envelope() {
        let envelope = Envelope::of(b"{\"a\": \"\xc3\xa4\"}\n", "c2ln".into());
        assert_eq!(envelope.payload_bytes().unwrap(), b"{\"a\": \"\xc3\xa4\"}\n");
    }
}
