//! What a rule is, without the code that runs it.

use std::collections::BTreeMap;

/// How a rule is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The rule says nothing that counts: its findings are notes.
    Allow,
    /// Its findings are warnings: said, and let pass.
    Warn,
    /// Its findings are errors: the run has drifted.
    Deny,
}

impl Level {
    /// The word that config.yaml and reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    /// The level that `name` means.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Allow, Self::Warn, Self::Deny]
            .into_iter()
            .find(|level| level.name() == name)
    }
}

/// What a finding carries: how much it weighs in this report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A remark.
    Note,
    /// Worth a look; does not change the verdict.
    Warning,
    /// Makes the verdict `drifted`.
    Error,
}

impl Severity {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A rule's description: everything that `drift explain`, docs/rules.md and the reports print.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `D` and three digits; never reused for another rule.
    pub code: &'static str,
    /// The name in config.yaml: words with hyphens.
    pub name: &'static str,
    /// One line, lower case, without a full stop: what the rule finds.
    pub summary: &'static str,
    /// The level where neither config.yaml nor the risk level says otherwise.
    pub default_level: Level,
    /// The lowest risk level (`low`, `medium`, `high`) at which the rule denies by default; `None`: only `critical`
    /// turns its warnings into errors.
    pub denies_from: Option<super::RiskLevel>,
    /// The version of drift that brought the rule.
    pub since: &'static str,
    /// What config.yaml can set for the rule.
    pub options: &'static [OptionSpec],
    /// Markdown with the sections `What it finds`, `Why it matters`, `Example`, `How to settle it`, as `## ` headings.
    pub explanation: &'static str,
}

/// One setting of a rule: enough to check config.yaml, and to write the docs and the schema.
#[derive(Debug, PartialEq, Eq)]
pub struct OptionSpec {
    /// The key in config.yaml.
    pub name: &'static str,
    /// The values where config.yaml says nothing.
    pub default: &'static [&'static str],
    /// One line: what the values mean.
    pub doc: &'static str,
}

/// A rule's settings for this run: what config.yaml says, else the defaults of its specs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    values: BTreeMap<String, Vec<String>>,
}

impl Options {
    /// The settings of `rule`, with `configured` in place of the defaults.
    pub fn for_rule(rule: &Rule, configured: &BTreeMap<String, Vec<String>>) -> Self {
        let own = |spec: &OptionSpec| {
            let values = configured
                .get(spec.name)
                .cloned()
                .unwrap_or_else(|| spec.default.iter().map(ToString::to_string).collect());
            (spec.name.to_owned(), values)
        };
        Self {
            values: rule.options.iter().map(own).collect(),
        }
    }

    /// The values of the option `name`; empty where the rule has no such option.
    pub fn list(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first value of the option `name` as a number.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.list(name).first()?.parse().ok()
    }
}
