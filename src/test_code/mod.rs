//! Test files → what they hold: tests, assertions, and the comments that name clauses.
//!
//! `language` knows which grammar a file has and `naming` which files are tests; `walk` goes through a syntax tree once and
//! asks the language's own file (`javascript`, `python`, `rust`, `go`, `java`) what each node is; `tags` reads comments,
//! `mapping` says which test a comment stands for. Nothing is decided by searching in the text: a string that looks like a
//! test or a comment is none.

mod chain;
mod constants;
mod go;
mod java;
mod javascript;
mod language;
mod lines;
mod mapping;
mod naming;
mod negative;
mod python;
mod rust;
mod sink;
mod surfaces;
mod tags;
mod walk;

pub use naming::is_test_file;

use crate::model::{RepoPath, TestFile, TestReading};

/// The largest file whose syntax is looked at, in bytes.
const MAX_BYTES: usize = 2 * 1024 * 1024;

/// What the file holds. It never fails: what can't be looked at is said in [`TestFile::reading`].
///
/// TypeScript, TSX, JavaScript, Python, Rust, Go and Java are read by their grammars. Of other languages only comments
/// that stand alone on their line are read, and tests and assertions are not looked at. A binary file holds nothing.
pub fn read(path: &RepoPath, bytes: &[u8]) -> TestFile {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut file = TestFile {
        path: path.clone(),
        ..TestFile::default()
    };
    if bytes.contains(&0) {
        return file;
    }
    if let Err(why) = by_grammar(path, bytes, &mut file) {
        file.reading = TestReading::TagsOnly(why.to_owned());
        file.tags = lines::tags(path, bytes);
    }
    file
}

/// Whether the text could hold a tag: cheap enough to ask of every file of a repository.
pub fn may_have_tags(bytes: &[u8]) -> bool {
    bstr::ByteSlice::find(bytes, "@clause").is_some()
}

/// Reads by the grammar of the file's language, or says why not.
fn by_grammar(path: &RepoPath, bytes: &[u8], file: &mut TestFile) -> Result<(), &'static str> {
    let dialect = language::of(path).ok_or("drift has no grammar for this language")?;
    if bytes.len() > MAX_BYTES {
        return Err("the file has more than 2 MiB");
    }
    walk::read(dialect, bytes, file).ok_or("the file is too intricate to be read in time")?;
    file.reading = TestReading::Grammar(dialect.name);
    Ok(())
}
