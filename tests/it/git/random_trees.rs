//! Trees made by a seeded generator: files that are added, deleted, edited and moved, so that renames of every
//! similarity occur, with ties, equal contents, empty and binary files, and both kinds of line ends.

use crate::support::scratch_repo::ScratchRepo;
use std::collections::BTreeMap;

/// Numbers that look random and are the same each time (xorshift).
pub struct Random(u64);

impl Random {
    /// The sequence that belongs to `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound
    }

    /// Whether something happens that does so in `percent` of all cases.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// A tree in memory: path, then mode and content.
pub type Files = BTreeMap<String, (&'static str, Vec<u8>)>;

/// Few names, so that they meet in several folders, and some that are folders elsewhere.
const NAMES: &[&str] = &[
    "a",
    "b",
    "lib",
    "mod.rs",
    "main.rs",
    "x.c",
    "x.h",
    "README",
    "index.ts",
    "y",
    "z",
    "a.b",
    "long-name.txt",
    "e",
    "f",
];

/// The id that stands for a submodule's commit.
const COMMIT: &str = "1234567890123456789012345678901234567890";

/// A tree of about `count` files.
pub fn files(random: &mut Random, count: usize) -> Files {
    let mut files = Files::new();
    for _ in 0..count {
        let path = path(random);
        let file = file(random, &files);
        insert(&mut files, path, file);
    }
    files
}

/// The tree after `steps` random things were done to it.
pub fn changed(random: &mut Random, files: &Files, steps: usize) -> Files {
    let mut files = files.clone();
    for _ in 0..steps {
        let paths: Vec<String> = files.keys().cloned().collect();
        if paths.is_empty() {
            break;
        }
        let old_path = random.pick(&paths).clone();
        let percent = *random.pick(&[0, 5, 15, 30, 45, 60, 90]);
        match random.below(10) {
            0 => {
                let new = file(random, &files);
                insert(&mut files, path(random), new);
            }
            1 => {
                files.remove(&old_path);
            }
            2 | 3 => {
                let (mode, content) = files[&old_path].clone();
                files.insert(old_path, (mode, edited(random, &content, percent)));
            }
            4 => {
                let mode = ["100644", "100755", "120000"][random.below(3)];
                let content = files[&old_path].1.clone();
                files.insert(old_path, (mode, content));
            }
            5 => {
                let copy = files[&old_path].clone();
                insert(&mut files, path(random), copy);
            }
            _ => {
                let (mode, content) = files.remove(&old_path).unwrap();
                let new_path = moved_path(random, &old_path);
                let content = edited(random, &content, percent);
                insert(&mut files, new_path, (mode, content));
            }
        }
    }
    files
}

/// Writes commits with these trees, each on the ones before that it names as parents, and returns their ids.
pub fn commit_all(repo: &ScratchRepo, trees: &[(Vec<usize>, Files)]) -> Vec<gix::ObjectId> {
    let mut stream = Vec::new();
    for (number, (parents, files)) in trees.iter().enumerate() {
        let header = format!("commit refs/heads/c{number}\nmark :{}\n", number + 1);
        stream.extend(header.bytes());
        stream.extend(b"committer C <c> 1700000000 +0000\ndata 0\n");
        for (at, parent) in parents.iter().enumerate() {
            let word = if at == 0 { "from" } else { "merge" };
            stream.extend(format!("{word} :{}\n", parent + 1).bytes());
        }
        stream.extend(b"deleteall\n");
        for (path, (mode, content)) in files {
            if *mode == "160000" {
                stream.extend(format!("M 160000 {COMMIT} {path}\n").bytes());
                continue;
            }
            stream.extend(format!("M {mode} inline {path}\ndata {}\n", content.len()).bytes());
            stream.extend(content);
            stream.push(b'\n');
        }
    }
    repo.git_with_input(&["fast-import", "--quiet", "--force"], &stream);
    let names: Vec<String> = (0..trees.len()).map(|number| format!("c{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ids = repo.git(&[&["rev-parse"], names.as_slice()].concat());
    ids.lines().map(crate::support::scratch_repo::id).collect()
}

/// Puts a file where no file is a folder of it, nor it of one.
fn insert(files: &mut Files, path: String, file: (&'static str, Vec<u8>)) {
    let inside = format!("{path}/");
    files.retain(|other, _| !other.starts_with(&inside) && !path.starts_with(&format!("{other}/")));
    files.insert(path, file);
}

fn path(random: &mut Random) -> String {
    let mut path = String::new();
    for _ in 0..random.below(3) {
        path += *random.pick(&["a", "b", "lib", "src", "a.b", "a-"]);
        path.push('/');
    }
    path + name(random)
}

fn name(random: &mut Random) -> &'static str {
    NAMES[random.below(NAMES.len())]
}

fn moved_path(random: &mut Random, old: &str) -> String {
    let own = old.rsplit('/').next().unwrap();
    let new = path(random);
    let keeps_its_name = random.percent(50);
    match new.rsplit_once('/') {
        Some((folder, _)) if keeps_its_name => format!("{folder}/{own}"),
        None if keeps_its_name => own.to_owned(),
        _ => new,
    }
}

fn file(random: &mut Random, others: &Files) -> (&'static str, Vec<u8>) {
    let contents: Vec<&Vec<u8>> = others.values().map(|file| &file.1).collect();
    match random.below(20) {
        0 => ("160000", Vec::new()),
        1 => ("120000", line(random, b"")),
        2 => ("100644", Vec::new()),
        3 => ("100644", [&[0, 1, 2], content(random, b"\r\n").as_slice()].concat()),
        4 | 5 if !contents.is_empty() => ("100644", (*random.pick(&contents)).clone()),
        6 => ("100755", content(random, b"\n")),
        7 => ("100644", content(random, b"\r\n")),
        _ => ("100644", content(random, b"\n")),
    }
}

fn content(random: &mut Random, line_end: &[u8]) -> Vec<u8> {
    let length = *random.pick(&[1, 3, 10, 30, 60]);
    let mut content: Vec<u8> = (0..length).flat_map(|_| line(random, line_end)).collect();
    if random.percent(10) {
        content.truncate(content.len() - line_end.len());
    }
    content
}

fn line(random: &mut Random, line_end: &[u8]) -> Vec<u8> {
    let word = random.below(120).to_string();
    let length = *random.pick(&[0, 1, 2, 3, 10, 40]);
    [word.repeat(length).as_bytes(), line_end].concat()
}

/// The content with about `percent` of its lines replaced, doubled, or taken out.
fn edited(random: &mut Random, content: &[u8], percent: usize) -> Vec<u8> {
    let mut edited = Vec::new();
    for old in content.split_inclusive(|&byte| byte == b'\n') {
        if !random.percent(percent) {
            edited.extend(old);
            continue;
        }
        match random.below(4) {
            0 => {}
            1 => edited.extend([old, old].concat()),
            2 => edited.extend(
                old.strip_suffix(b"\r\n")
                    .map_or(old.to_vec(), |bare| [bare, b"\n"].concat()),
            ),
            _ => edited.extend(line(random, b"\n")),
        }
    }
    edited
}
