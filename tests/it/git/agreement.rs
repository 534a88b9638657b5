//! Rows in which git's answers and drift's can be compared.

use crate::support::scratch_repo::ScratchRepo;
use drift::git::raw_change::RawChange;
use drift::model::{FileMode, LineCount};
use gix::bstr::{BString, ByteSlice};

/// One changed path, as git prints it.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// `old mode, new mode, old id, new id, status`, the status with its similarity.
    pub raw: String,
    /// The source of a rename, then the path.
    pub paths: Vec<BString>,
    /// `insertions deletions`, or `- -`; empty where nobody counted.
    pub lines: String,
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?} {}", self.raw, self.paths, self.lines)
    }
}

/// What `git diff-tree` says of each pair of trees, with further options (`--numstat`, `-M`).
pub fn git_rows(repo: &ScratchRepo, pairs: &[(gix::ObjectId, gix::ObjectId)], options: &[&str]) -> Vec<Vec<Row>> {
    let command = ["diff-tree", "--stdin", "-r", "-z", "--raw", "--no-abbrev"];
    let input: String = pairs.iter().map(|(old, new)| format!("{old} {new}\n")).collect();
    let output = repo.git_with_input(&[&command, options].concat(), input.as_bytes());
    let mut fields = Fields(&output);
    let mut all = Vec::new();
    for (old, new) in pairs {
        fields.expect(format!("{old} {new}\n").as_bytes());
        let mut rows = Vec::new();
        while fields.0.starts_with(b":") {
            rows.push(raw_row(&mut fields));
        }
        if options.contains(&"--numstat") {
            rows.iter_mut().for_each(|row| row.lines = numbers(&mut fields));
        }
        all.push(rows);
    }
    assert!(fields.0.is_empty());
    all
}

/// What `git diff --cached --raw -z` and the like print.
pub fn git_raw_rows(output: &[u8]) -> Vec<Row> {
    let mut fields = Fields(output);
    let mut rows = Vec::new();
    while !fields.0.is_empty() {
        rows.push(raw_row(&mut fields));
    }
    rows
}

/// What is left of an output whose fields end in NUL.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn expect(&mut self, text: &[u8]) {
        self.0 = self.0.strip_prefix(text).unwrap();
    }

    fn next(&mut self) -> &'a [u8] {
        let (field, rest) = self.0.split_once_str("\0").unwrap();
        self.0 = rest;
        field
    }
}

/// drift's changes as rows.
pub fn drift_rows(changes: &[RawChange]) -> Vec<Row> {
    changes.iter().map(drift_row).collect()
}

fn raw_row(fields: &mut Fields<'_>) -> Row {
    let raw = fields.next().to_str().unwrap().trim_start_matches(':').to_owned();
    let is_rename = raw.rsplit(' ').next().unwrap().starts_with(['R', 'C']);
    let count = if is_rename { 2 } else { 1 };
    let paths = (0..count).map(|_| BString::from(fields.next())).collect();
    let lines = String::new();
    Row { raw, paths, lines }
}

/// `insertions TAB deletions TAB path`, or for a rename an empty path with two more fields.
fn numbers(fields: &mut Fields<'_>) -> String {
    let parts: Vec<_> = fields
        .next()
        .splitn(3, |&byte| byte == b'\t')
        .map(ByteSlice::to_str_lossy)
        .collect();
    if parts[2].is_empty() {
        fields.next();
        fields.next();
    }
    format!("{} {}", parts[0], parts[1])
}

fn drift_row(change: &RawChange) -> Row {
    let kind = change.old_id.or(change.new_id).unwrap().kind();
    let mode = |mode: Option<FileMode>| mode.map_or(0, FileMode::bits);
    let id = |id: Option<gix::ObjectId>| id.unwrap_or(gix::ObjectId::null(kind));
    let similarity = change.similarity.map_or(String::new(), |it| format!("{it:03}"));
    let raw = format!(
        "{:06o} {:06o} {} {} {}{similarity}",
        mode(change.old_mode),
        mode(change.new_mode),
        id(change.old_id),
        id(change.new_id),
        change.kind.letter(),
    );
    let lines = match change.lines {
        LineCount::NotCounted => String::new(),
        LineCount::Binary => "- -".into(),
        LineCount::Lines { insertions, deletions } => format!("{insertions} {deletions}"),
    };
    let paths = change.previous_path.iter().chain([&change.path]).cloned().collect();
    Row { raw, paths, lines }
}
