//! Histories by hand: `history(&["src/a.rs"]).commit("Add login", "M src/a.rs, A src/login.rs")`.

use drift::model::{
    Change, ChangeKind, Commit, FileMode, History, LineCount, ObjectId, RenameOptions, Signature, TreeListing, TreePath,
};
use std::collections::{BTreeMap, BTreeSet};

/// A history whose base has these files, with no commit yet.
pub fn history(base_files: &[&str]) -> HistoryBuilder {
    HistoryBuilder {
        base: base_files.iter().map(ToString::to_string).collect(),
        now: base_files.iter().map(ToString::to_string).collect(),
        touched: BTreeSet::new(),
        renamed: BTreeMap::new(),
        commits: Vec::new(),
    }
}

/// A history in the making.
pub struct HistoryBuilder {
    base: BTreeSet<String>,
    now: BTreeSet<String>,
    touched: BTreeSet<String>,
    renamed: BTreeMap<String, String>,
    commits: Vec<Commit>,
}

impl HistoryBuilder {
    /// One more commit. `changes` is a list like `A new, M old, D gone, R from>to`; the message may have several lines.
    pub fn commit(mut self, message: &str, changes: &str) -> Self {
        let mut own = Vec::new();
        for item in changes.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            let (letter, path) = item.split_once(' ').unwrap();
            match letter {
                "A" => own.push(self.add(path)),
                "M" => own.push(self.modify(path)),
                "D" => own.push(self.delete(path)),
                "R" => {
                    let (from, to) = path.split_once('>').unwrap();
                    self.renamed.insert(to.into(), from.into());
                    own.extend([self.delete(from), self.add(to)]);
                }
                other => panic!("no such change: {other}"),
            }
        }
        own.sort_by(|a, b| a.path.cmp(&b.path));
        self.push(message, own, 1)
    }

    /// One more merge, with nothing of its own.
    pub fn merge(self, message: &str) -> Self {
        self.push(message, Vec::new(), 2)
    }

    /// The history.
    pub fn build(self) -> History {
        let listing = |files: &BTreeSet<String>| {
            let file = |path: &String| TreePath {
                path: path.as_str().into(),
                mode: FileMode::Regular,
            };
            TreeListing::new(files.iter().map(file).collect(), true)
        };
        History {
            base_ref: "main".into(),
            target_ref: "HEAD".into(),
            base: id(0),
            target: id(self.commits.len() as u32),
            merge_base: id(0),
            merge_bases: 1,
            changes: self.net_changes(),
            renames: RenameOptions::default(),
            shallow: false,
            base_tree: listing(&self.base),
            target_tree: listing(&self.now),
            contents: BTreeMap::new(),
            searches: BTreeMap::new(),
            own_commits: false,
            generated: Vec::new(),
            tags: Vec::new(),
            commits: self.commits,
        }
    }

    fn push(mut self, message: &str, changes: Vec<Change>, parents: u32) -> Self {
        let number = self.commits.len() as u32 + 1;
        let signature = Signature {
            name: "A U Thor".into(),
            email: "author@example.com".into(),
            time: 1_700_000_000 + 60 * i64::from(number),
        };
        self.commits.push(Commit {
            id: id(number),
            parents: (0..parents).map(|it| id((number - 1) + 1000 * it)).collect(),
            tree: id(5000 + number),
            author: signature.clone(),
            committer: signature,
            message: message.into(),
            changes,
        });
        self
    }

    fn add(&mut self, path: &str) -> Change {
        assert!(self.now.insert(path.into()), "{path} exists already");
        self.touched.insert(path.into());
        change(ChangeKind::Added, path, None)
    }

    fn modify(&mut self, path: &str) -> Change {
        assert!(self.now.contains(path), "{path} does not exist");
        self.touched.insert(path.into());
        change(ChangeKind::Modified, path, None)
    }

    fn delete(&mut self, path: &str) -> Change {
        assert!(self.now.remove(path), "{path} does not exist");
        self.touched.insert(path.into());
        change(ChangeKind::Deleted, path, None)
    }

    fn net_changes(&self) -> Vec<Change> {
        let sources: BTreeSet<_> = self.renamed.values().filter(|from| !self.now.contains(*from)).collect();
        let net = |path: &String| match (self.base.contains(path), self.now.contains(path)) {
            (true, true) => Some(change(ChangeKind::Modified, path, None)),
            (true, false) if sources.contains(path) => None,
            (true, false) => Some(change(ChangeKind::Deleted, path, None)),
            (false, true) => match self.renamed.get(path).filter(|from| sources.contains(from)) {
                Some(from) => Some(change(ChangeKind::Renamed, path, Some(from))),
                None => Some(change(ChangeKind::Added, path, None)),
            },
            (false, false) => None,
        };
        self.touched.iter().filter_map(net).collect()
    }
}

fn change(kind: ChangeKind, path: &str, previous: Option<&str>) -> Change {
    let old = kind != ChangeKind::Added;
    let new = kind != ChangeKind::Deleted;
    Change {
        kind,
        path: path.into(),
        previous_path: previous.map(Into::into),
        old_mode: old.then_some(FileMode::Regular),
        new_mode: new.then_some(FileMode::Regular),
        old_id: old.then(|| id(9001)),
        new_id: new.then(|| id(9002)),
        similarity: previous.map(|_| 100),
        lines: LineCount::Lines {
            insertions: 1,
            deletions: 1,
        },
    }
}

/// The id that ends in `number`.
pub fn id(number: u32) -> ObjectId {
    ObjectId::from_hex(&format!("{number:040x}")).unwrap()
}
