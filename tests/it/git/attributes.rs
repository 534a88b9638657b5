//! What is generated equals what `git check-attr --source` says.

use super::random_trees::Random;
use crate::support::scratch_repo::ScratchRepo;
use drift::git::attributes::generated;
use drift::model::RepoPath;
use gix::ObjectId;
use gix::bstr::ByteSlice;

/// The generated ones of `paths`, after they were found equal to git's.
fn checked(repo: &ScratchRepo, tree: ObjectId, paths: &[&str]) -> Vec<String> {
    let asked: Vec<RepoPath> = paths.iter().map(|path| RepoPath::from(*path)).collect();
    let found = generated(&repo.open(), tree, &asked).unwrap();
    assert_eq!(found, git_generated(repo, tree, &asked));
    found.iter().map(RepoPath::to_string).collect()
}

fn git_generated(repo: &ScratchRepo, tree: ObjectId, paths: &[RepoPath]) -> Vec<RepoPath> {
    let source = format!("--source={tree}");
    let arguments = ["check-attr", &source, "-z", "--stdin", "linguist-generated"];
    let input: Vec<u8> = paths
        .iter()
        .flat_map(|path| [path.as_bytes(), b"\0"].concat())
        .collect();
    let output = repo.git_with_input(&arguments, &input);
    let fields: Vec<_> = output.split_str("\0").collect();
    let answers = fields.chunks_exact(3);
    let generated = answers.filter(|it| matches!(it[2], b"set" | b"true"));
    generated.map(|it| RepoPath::new(it[0])).collect()
}

/// A repository with these .gitattributes files, by folder.
fn repository(files: &[(&str, &str)]) -> (ScratchRepo, ObjectId) {
    let repo = ScratchRepo::new();
    for (folder, content) in files {
        repo.write(&format!("{folder}.gitattributes"), content);
    }
    let tree = repo.commit("attributes");
    (repo, tree)
}

#[test]
fn set_and_true_are_generated_and_other_values_are_not() {
    let lines = "a linguist-generated\nb linguist-generated=true\nc linguist-generated=false\n\
                 d -linguist-generated\ne !linguist-generated\nf linguist-generated=1\ng other\n# a comment\n";
    let (repo, tree) = repository(&[("", lines)]);
    assert_eq!(
        checked(&repo, tree, &["a", "x/a", "b", "c", "d", "e", "f", "g", "none"]),
        ["a", "x/a", "b"]
    );
}

#[test]
fn deeper_files_and_later_lines_win() {
    let (repo, tree) = repository(&[
        (
            "",
            "*.js linguist-generated\nmine.js -linguist-generated\nsrc/deep/** linguist-generated\n",
        ),
        ("src/", "*.js -linguist-generated\nout/*.js linguist-generated=true\n"),
        ("src/out/", "keep.js !linguist-generated\n"),
        ("other/", "/only.ts linguist-generated\n"),
    ]);
    let paths = [
        "a.js",
        "mine.js",
        "src/a.js",
        "src/deep/a.ts",
        "src/deep/a.js",
        "src/out/a.js",
        "src/out/keep.js",
        "other/only.ts",
        "other/more/only.ts",
        "only.ts",
        "src",
    ];
    let expected = ["a.js", "src/deep/a.ts", "src/out/a.js", "other/only.ts"];
    assert_eq!(checked(&repo, tree, &paths), expected);
}

#[test]
fn macros_count_where_git_reads_them() {
    let (repo, tree) = repository(&[
        ("", "[attr]made linguist-generated -diff\n*.pb made\nx/y.pb -made\n"),
        ("x/", "[attr]nested linguist-generated\n*.n nested\nz.q made\n"),
    ]);
    assert_eq!(
        checked(&repo, tree, &["a.pb", "x/y.pb", "x/a.n", "x/z.q"]),
        ["a.pb", "x/z.q"]
    );
}

#[test]
fn odd_lines_are_read_as_git_reads_them() {
    let long = format!("long {} linguist-generated\n", "x".repeat(2_100));
    let lines = format!(
        "crlf linguist-generated\r\n\"with space\" linguist-generated\n  indented\tlinguist-generated\n\
         !negative linguist-generated\nfolder/ linguist-generated\n\\#hash linguist-generated\n{long}[a-c]x linguist-generated\n\
         **/deep linguist-generated\nlast linguist-generated"
    );
    let (repo, tree) = repository(&[("", &lines)]);
    let paths = [
        "crlf",
        "with space",
        "indented",
        "negative",
        "!negative",
        "folder",
        "folder/file",
        "#hash",
        "long",
        "bx",
        "dx",
        "deep",
        "a/b/deep",
        "last",
        "caf\u{e9}\n",
    ];
    checked(&repo, tree, &paths);
}

#[test]
fn a_byte_order_mark_is_skipped_as_git_does_in_the_worktree() {
    let (repo, tree) = repository(&[("", "\u{feff}bom linguist-generated\n")]);
    let paths = [RepoPath::from("bom")];
    assert_eq!(generated(&repo.open(), tree, &paths).unwrap(), paths);
    let said = repo.git(&["check-attr", "linguist-generated", "bom"]);
    assert_eq!(said, "bom: linguist-generated: set");
}

#[test]
fn only_the_tree_counts() {
    let (repo, tree) = repository(&[("", "a linguist-generated\n")]);
    repo.write(".gitattributes", "b linguist-generated\n");
    std::fs::create_dir_all(repo.path().join(".git/info")).unwrap();
    repo.write(".git/info/attributes", "c linguist-generated\n");
    let paths = ["a", "b", "c"].map(RepoPath::from);
    assert_eq!(generated(&repo.open(), tree, &paths).unwrap(), [RepoPath::from("a")]);
    let empty = ObjectId::empty_tree(gix::hash::Kind::Sha1);
    assert_eq!(generated(&repo.open(), empty, &paths).unwrap(), []);
}

#[test]
fn folders_that_are_not_utf8_have_attributes_too() {
    let repo = ScratchRepo::new();
    let blob = repo.write_object("blob", b"* linguist-generated\n");
    let inner = repo.write_tree(&[("100644", b".gitattributes", &blob)]);
    let tree = crate::support::scratch_repo::id(&repo.write_tree(&[("40000", b"caf\xe9", &inner)]));
    let paths = [RepoPath::new(b"caf\xe9/a\xff".to_vec()), RepoPath::from("caf/a")];
    assert_eq!(generated(&repo.open(), tree, &paths).unwrap(), paths[..1]);
}

#[test]
fn random_attributes_equal_gits() {
    let mut random = Random::new(51);
    let parts = ["a", "b", "a.c", "*", "**", "*.c", "?", "[ab]", "d"];
    let states = [
        "linguist-generated",
        "-linguist-generated",
        "!linguist-generated",
        "linguist-generated=true",
        "m",
        "-m",
    ];
    for _ in 0..12 {
        let mut files = Vec::new();
        for folder in ["", "a/", "a/b/", "d/"] {
            let mut lines = String::from(if folder.is_empty() {
                "[attr]m linguist-generated\n"
            } else {
                ""
            });
            for _ in 0..random.below(5) {
                let slash = if random.percent(30) { "/" } else { "" };
                let pattern: Vec<_> = (0..1 + random.below(3))
                    .map(|_| parts[random.below(parts.len())])
                    .collect();
                lines += &format!("{slash}{} {}\n", pattern.join("/"), states[random.below(states.len())]);
            }
            files.push((folder, lines));
        }
        let files: Vec<_> = files.iter().map(|(folder, lines)| (*folder, lines.as_str())).collect();
        let (repo, tree) = repository(&files);
        let paths = [
            "a", "b", "x/a", "a/a", "a/a.c", "a/b/a", "a/b/a.c", "a/b/c/d", "d/a/b", "d/b.c", "a/b/b/b", "d/d",
        ];
        checked(&repo, tree, &paths);
    }
}
