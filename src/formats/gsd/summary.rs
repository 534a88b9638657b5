//! GSD's SUMMARY.md: what the one who did a plan says of it. Never a plan of its own.

use super::node::Node;
use super::report_paths::{Named, quoted_paths};
use super::{frontmatter, loose, naming, place, yaml};
use crate::formats::Text;
use crate::formats::accounts::Account;
use crate::formats::markdown::outline::{Section, sections};
use crate::model::{Claim, ClaimKind, Plan, RangeEnd};
use std::collections::BTreeSet;
use std::ops::Range;

/// The line for `ACCOUNTS`.
pub(in crate::formats) static ACCOUNT: Account = Account {
    name: "gsd_summary",
    what: "a GSD summary",
    detects,
    read,
};

/// Fields that only a summary has.
const FIELDS: &[&str] = &[
    "subsystem",
    "key-files",
    "key_files",
    "key-decisions",
    "key_decisions",
    "requirements-completed",
    "patterns-established",
    "plan_head_before",
    "completed",
];
/// Headings that only a summary has, in lower case.
const HEADINGS: &[&str] = &[
    "task commits",
    "deviations from plan",
    "deviations",
    "accomplishments",
    "files created/modified",
    "self-check",
    "issues encountered",
    "next phase readiness",
    "what was built",
    "what was done",
    "commits",
];

/// Whether the text has a summary's fields or headings, and no tasks to do.
fn detects(text: &Text) -> bool {
    if text.shape().is_some() || text.text.contains("<task") {
        return false;
    }
    let found = frontmatter::split(&text.text);
    let fields = found.yaml.map_or("", |span| &text.text[span]);
    let has = |key: &&&str| {
        fields
            .lines()
            .any(|line| line.strip_prefix(**key).is_some_and(|rest| rest.starts_with(':')))
    };
    if !["phase", "plan"].iter().all(|key| has(&key)) || has(&&"must_haves") || has(&&"wp_id") {
        return false;
    }
    let headings: BTreeSet<String> = sections(&text.text).iter().map(heading).collect();
    let own = HEADINGS.iter().filter(|it| headings.contains(**it)).count();
    FIELDS.iter().filter(has).count() + own >= 2
}

/// A heading in lower case, without what follows a colon.
fn heading(section: &Section) -> String {
    section
        .title
        .split(':')
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase()
}

fn read(text: &Text) -> (Plan, Option<String>) {
    let found = frontmatter::split(&text.text);
    let fields = fields(&text.text, found.yaml);
    let sections = sections(&text.text);
    let mut reader = Reader {
        text: &text.text,
        claims: Vec::new(),
        commits: BTreeSet::new(),
    };
    reader.files(&fields, &sections);
    reader.commits_of_fields(&fields);
    reader.commits_of_body(&sections);
    reader.heads(&fields);
    reader.deviations(&sections);
    reader.self_check(&sections);
    let path = text
        .repo_path
        .as_ref()
        .and_then(|path| path.as_str())
        .unwrap_or(&text.name);
    let name = naming::lane_name(
        fields.text_of("phase"),
        fields.text_of("plan"),
        &path.replace("SUMMARY", "PLAN"),
    );
    let plan = Plan {
        claims: reader.claims,
        ..Plan::default()
    };
    (plan, Some(name))
}

/// The fields as YAML, else line by line; what is off about them is nobody's business here.
pub(super) fn fields(text: &str, span: Option<Range<usize>>) -> Node {
    let span = span.unwrap_or_default();
    yaml::read(text, span.clone())
        .or_else(|_| yaml::read_repeated(text, span.clone()))
        .unwrap_or_else(|_| loose::read(text, span))
}

struct Reader<'t> {
    text: &'t str,
    claims: Vec<Claim>,
    /// The ids that were claimed already.
    commits: BTreeSet<String>,
}

impl Reader<'_> {
    fn claim(&mut self, kind: ClaimKind, field: &str, span: Range<usize>) {
        self.claims.push(Claim {
            lane: None,
            kind,
            location: place(field, span),
        });
    }

    /// One claim for all lists of files: that of the fields and that of the body.
    fn files(&mut self, fields: &Node, sections: &[Section]) {
        let mut named = Named::default();
        let keyed = fields.get("key-files");
        for list in ["created", "modified", "deleted", "renamed"] {
            named.add_field(keyed.and_then(|it| it.get(list)));
        }
        if keyed.is_some_and(|it| it.entries().is_empty()) {
            named.add_field(keyed);
        }
        for list in ["files_created", "files_modified", "files_changed"] {
            named.add_field(fields.get(list));
        }
        let mut at = keyed.map(|it| it.span.clone());
        let lists = [
            "files created/modified",
            "files modified",
            "files created",
            "files changed",
            "key files modified",
        ];
        for section in sections.iter().filter(|it| lists.contains(&&*heading(it))) {
            named.add_list(self.text, section.whole.clone());
            at = Some(section.heading.clone());
        }
        if let Some(span) = at.filter(|_| !named.paths.is_empty()) {
            let kind = ClaimKind::Files {
                paths: named.paths,
                complete: !named.some_is_prose,
            };
            self.claim(kind, "files", span);
        }
    }

    /// `commits: [id]`, `commits: [{hash, message}]`, `task_commits: [{task, hash}]`.
    fn commits_of_fields(&mut self, fields: &Node) {
        for list in ["commits", "task_commits", "commit"] {
            for item in fields.get(list).map(Node::items).unwrap_or_default() {
                let node = item.get("hash").or_else(|| item.get("sha")).unwrap_or(item);
                let Some(id) = node.text().and_then(|text| ids(text).next()) else {
                    continue;
                };
                let id = id.to_owned();
                self.commit(&id, item.text_of("task").map(str::to_owned), node.span.clone());
            }
        }
    }

    /// The lines of the sections that list commits, and those of the self-check.
    fn commits_of_body(&mut self, sections: &[Section]) {
        let lists = ["task commits", "commits", "commits made", "self-check"];
        for section in sections.iter().filter(|it| lists.contains(&&*heading(it))) {
            let mut at = section.own.start;
            for line in self.text[section.own.clone()].split_inclusive('\n') {
                let span = at..at + line.trim_end().len();
                at += line.len();
                let unit = task_number(line);
                for id in ids(line) {
                    self.commit(id, unit.clone(), span.clone());
                }
            }
        }
    }

    fn commit(&mut self, id: &str, unit: Option<String>, span: Range<usize>) {
        if self.commits.insert(id.to_lowercase()) {
            let id = id.to_lowercase();
            self.claim(ClaimKind::Commit { id, unit }, "commits", span);
        }
    }

    fn heads(&mut self, fields: &Node) {
        for (key, end) in [
            ("plan_head_before", RangeEnd::Before),
            ("plan_head_after", RangeEnd::After),
        ] {
            let Some(node) = fields.get(key) else { continue };
            if let Some(id) = node.text().and_then(|text| ids(text).next()) {
                let id = id.to_lowercase();
                self.claim(ClaimKind::Head { id, end }, key, node.span.clone());
            }
        }
    }

    /// "None", or the numbered deviations, each with the files that it names.
    fn deviations(&mut self, sections: &[Section]) {
        let is_meant = |section: &&Section| heading(section).starts_with("deviations");
        let Some(section) = sections.iter().find(is_meant) else {
            return;
        };
        let body = &self.text[section.whole.clone()];
        let first = body
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty())
            .unwrap_or_default();
        let words = first.trim_start_matches(['-', '*', '_', ' ']).to_lowercase();
        let declared = deviations(self.text, section.whole.clone());
        if declared.is_empty() && says_none(&words) {
            self.claim(ClaimKind::NoDeviations, "deviations", section.heading.clone());
        }
        for (title, paths, span) in declared {
            self.claim(ClaimKind::Deviation { title, paths }, "deviations", span);
        }
    }

    /// `## Self-Check: PASSED`, in the heading or in the lines below it.
    fn self_check(&mut self, sections: &[Section]) {
        let own: Vec<&Section> = sections.iter().filter(|it| heading(it) == "self-check").collect();
        let passed = |section: &&&Section| {
            let heading = &self.text[section.heading.clone()];
            heading.contains("PASSED")
                || self.text[section.own.clone()]
                    .lines()
                    .any(|line| line.trim().trim_matches('*') == "PASSED")
        };
        let Some(section) = own.iter().find(passed) else { return };
        let heading = section.heading.clone();
        let texts: Vec<&str> = own.iter().map(|it| &self.text[it.own.clone()]).collect();
        let paths = quoted_paths(&texts.concat());
        self.claim(ClaimKind::SelfCheck { paths }, "self-check", heading);
    }
}

/// Whether a section on deviations says that there were none.
fn says_none(words: &str) -> bool {
    words.starts_with("none") || words.starts_with("no deviation") || words.contains("executed exactly as")
}

/// `**1. [Rule 1 - Bug] Title**` and the bullets below it: the title, the files behind "Files modified", and the place.
fn deviations(text: &str, span: Range<usize>) -> Vec<(String, Vec<crate::model::PathPattern>, Range<usize>)> {
    let mut found: Vec<(String, Named, Range<usize>)> = Vec::new();
    let mut at = span.start;
    for line in text[span].split_inclusive('\n') {
        let place = at..at + line.trim_end().len();
        at += line.len();
        let bare = line.trim().trim_start_matches(['-', '*', '#', ' ']);
        if bare.contains("[Rule ") {
            let title = bare.trim_start_matches(|c: char| c.is_ascii_digit() || ". ".contains(c));
            found.push((title.trim_end_matches('*').to_owned(), Named::default(), place));
        } else if let Some((_, named, _)) = found.last_mut()
            && let Some(rest) = files_of(bare)
        {
            named.paths.extend(quoted_or_plain(rest));
        }
    }
    found
        .into_iter()
        .map(|(title, named, place)| (title, named.paths, place))
        .collect()
}

/// What stands behind `Files modified:`.
fn files_of(line: &str) -> Option<&str> {
    let (name, rest) = line.split_once(':')?;
    let name = name.trim_matches('*').trim().to_lowercase();
    name.starts_with("file").then(|| rest.trim_start_matches('*').trim())
}

fn quoted_or_plain(text: &str) -> Vec<crate::model::PathPattern> {
    let quoted = quoted_paths(text);
    if !quoted.is_empty() {
        return quoted;
    }
    let words = text.split([',', ' ']).filter(|word| super::paths::is_path(word));
    words
        .filter_map(|word| crate::model::PathPattern::parse(word).ok())
        .collect()
}

/// `Task 2` of a line, as the id of a unit.
fn task_number(line: &str) -> Option<String> {
    let at = line.find("Task ")? + "Task ".len();
    let number: String = line[at..]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '.')
        .collect();
    let number = number.trim_end_matches('.');
    number
        .starts_with(|c: char| c.is_ascii_digit())
        .then(|| number.to_owned())
}

/// The words of a line that can be commit ids: 7 to 64 hexadecimal digits, at least one of them a figure.
fn ids(line: &str) -> impl Iterator<Item = &str> {
    let words = line.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| {
        (7..=64).contains(&word.len())
            && word.bytes().all(|byte| byte.is_ascii_hexdigit())
            && word.bytes().any(|byte| byte.is_ascii_digit())
            && word.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}
