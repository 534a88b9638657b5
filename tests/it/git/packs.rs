//! However objects are stored, a range says the same: loose, in packs with either kind of delta, in several packs.

use super::range_agreement::agree;
use crate::support::repo::Repo;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

/// As many commits as make drift read packs by itself, and some more.
const COMMITS: usize = 90;

/// A branch in whose large folders each commit changes a little, with a merge now and then.
fn repo(arguments: &[&str]) -> Repo {
    let repo = Repo::init(arguments);
    let mut stream = String::new();
    for number in 1..=COMMITS {
        let message = format!("Commit {number}");
        let time = 1_700_000_000 + number;
        let _ = write!(
            stream,
            "commit refs/heads/work\nmark :{number}\ncommitter A <a@b> {time} +0000\ndata {}\n{message}\n",
            message.len()
        );
        if number > 1 {
            let _ = writeln!(stream, "from :{}", number - 1);
        }
        if number > 3 && number % 7 == 0 {
            let _ = writeln!(stream, "merge :{}", number - 3);
        }
        let files = if number == 1 {
            0..60
        } else {
            number % 60..number % 60 + 1
        };
        for file in files {
            for path in [
                format!("file-with-a-long-name-{file:03}"),
                format!("folder/inner/of-{file:03}"),
            ] {
                let content = format!("{path} {number}\n");
                let _ = writeln!(stream, "M 100644 inline {path}\ndata {}\n{content}", content.len());
            }
        }
    }
    repo.git_with_input(&["fast-import", "--quiet"], stream.as_bytes());
    repo
}

fn told(repo: &Repo) -> String {
    let history = repo.observe("work~88", "work").unwrap();
    format!("{:?} {:?}", history.commits, history.changes)
}

fn pack_files(repo: &Repo) -> Vec<PathBuf> {
    let folder = repo
        .path()
        .join(repo.git(&["rev-parse", "--git-path", "objects/pack"]).trim());
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|it| it == "pack"))
        .collect()
}

#[test]
fn what_is_read_from_packs_is_what_git_says() {
    for arguments in [&[][..], &["--object-format=sha256"]] {
        let repo = repo(arguments);
        repo.git(&["repack", "-adfq", "--depth=50", "--window=20"]);
        assert_eq!(pack_files(&repo).len(), 1);
        agree(&repo, "work~88", "work");
        let expected = told(&repo);
        repo.git(&["-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq"]);
        assert_eq!(told(&repo), expected, "deltas that name their base");
        repo.git(&["-c", "pack.depth=0", "repack", "-adfq"]);
        assert_eq!(told(&repo), expected, "no deltas");
    }
}

#[test]
fn loose_objects_and_several_packs_are_read_together() {
    let repo = repo(&[]);
    let expected = told(&repo);
    repo.git(&["repack", "-adfq"]);
    repo.git(&["checkout", "-q", "work"]);
    repo.commit_file("file-with-a-long-name-001", "more\n");
    repo.git(&["repack", "-dq"]);
    assert_eq!(pack_files(&repo).len(), 2);
    repo.commit_file("folder/inner/loose", "loose\n");
    let history = agree(&repo, "work~90", "work");
    let earlier = &history.commits[..history.commits.len() - 2];
    assert!(expected.starts_with(format!("{earlier:?}").trim_end_matches(']')));
}

#[test]
fn a_damaged_pack_ends_in_an_answer_or_an_error() {
    let repo = repo(&[]);
    repo.git(&["repack", "-adfq"]);
    let pack = pack_files(&repo).remove(0);
    let good = fs::read(&pack).unwrap();
    fs::remove_file(&pack).unwrap();
    for part in 1..40 {
        let mut damaged = good.clone();
        let at = good.len() * part / 40;
        damaged[at] ^= 0x5a;
        damaged[at + 1] ^= 0xff;
        fs::write(&pack, damaged).unwrap();
        let _ = repo.observe("work~88", "work");
    }
}
