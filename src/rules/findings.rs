//! Where one rule puts what it finds; the rule, its level and the fingerprint are stamped on here.

use super::level::{Levels, Weight};
use crate::model::{Finding, Fingerprint, Level, Location, RepoPath, Rule, Severity, Subject};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// The findings of one rule in the making.
pub struct Findings<'a> {
    rule: &'static Rule,
    levels: Levels,
    out: &'a mut Vec<Finding>,
    met: HashMap<Subject, usize>,
}

/// What a rule found, before the rule's name is on it.
pub struct Found {
    location: Location,
    message: String,
    help: String,
    subject: Subject,
    related: Vec<(Location, String)>,
    weight: Option<Weight>,
    is_remark: bool,
}

impl Found {
    /// A finding at `location` that says `message`: one sentence, without a full stop.
    pub fn new(location: impl Into<Location>, message: impl Into<String>) -> Self {
        Self {
            location: location.into(),
            message: message.into(),
            help: String::new(),
            subject: Subject::default(),
            related: Vec::new(),
            weight: None,
            is_remark: false,
        }
    }

    /// How much it weighs by what the plan itself says.
    pub(super) fn weight(mut self, weight: Option<Weight>) -> Self {
        self.weight = weight;
        self
    }

    /// It is worth saying and never counts, at whatever level its rule is.
    pub fn remark(mut self) -> Self {
        self.is_remark = true;
        self
    }

    /// What settles it: a command, or what to change.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// The path that it is about.
    pub fn path(mut self, path: &RepoPath) -> Self {
        self.subject.path = Some(path.to_json_text());
        self
    }

    /// The unit that it is about (`Plan::unit_name`).
    pub fn unit(mut self, name: impl Into<String>) -> Self {
        self.subject.unit = Some(name.into());
        self
    }

    /// The unit that it is about, where it is about one.
    pub fn unit_if(mut self, name: Option<String>) -> Self {
        self.subject.unit = name;
        self
    }

    /// What else tells it from the rule's other findings: a subject, a field; never an id or a line number.
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.subject.detail = Some(detail.into());
        self
    }

    /// More places that belong to it.
    pub fn related_all(mut self, places: Vec<(Location, String)>) -> Self {
        self.related.extend(places);
        self
    }

    /// Another place that belongs to it, with a few words on why.
    pub fn related(mut self, location: impl Into<Location>, words: impl Into<String>) -> Self {
        self.related.push((location.into(), words.into()));
        self
    }
}

impl<'a> Findings<'a> {
    pub(super) fn new(rule: &'static Rule, levels: Levels, out: &'a mut Vec<Finding>) -> Self {
        let met = HashMap::new();
        Self { rule, levels, out, met }
    }

    /// Adds a finding of this rule. `{fingerprint}` in its help becomes the fingerprint.
    ///
    /// Findings about the same subject are numbered on, so that no two share a fingerprint: who accepts one
    /// commit called `wip` has not accepted the next.
    pub fn add(&mut self, found: Found) {
        let earlier = self.met.entry(found.subject.clone()).or_default();
        let fingerprint = fingerprint(self.rule, &found.subject, *earlier);
        *earlier += 1;
        let level = self.levels.weigh(found.weight);
        self.out.push(Finding {
            rule: self.rule,
            level,
            severity: if found.is_remark {
                Severity::Note
            } else {
                severity(level)
            },
            help: found.help.replace("{fingerprint}", &fingerprint.0),
            fingerprint,
            message: found.message,
            subject: found.subject,
            location: found.location,
            related: found.related,
            acceptance: None,
        });
    }
}

fn severity(level: Level) -> Severity {
    match level {
        Level::Allow => Severity::Note,
        Level::Warn => Severity::Warning,
        Level::Deny => Severity::Error,
    }
}

/// The rule's code and 48 bits over what the finding is about, and over how many earlier ones are about the same.
fn fingerprint(rule: &Rule, subject: &Subject, earlier: usize) -> Fingerprint {
    let mut hash = Sha256::new();
    hash.update(rule.code);
    for part in [&subject.unit, &subject.path, &subject.detail] {
        hash.update([0]);
        hash.update(part.as_deref().unwrap_or_default());
    }
    if earlier > 0 {
        hash.update([0]);
        hash.update(earlier.to_string());
    }
    let digits: String = hash.finalize()[..6].iter().map(|byte| format!("{byte:02x}")).collect();
    Fingerprint(format!("{}-{digits}", rule.code))
}
