//! Tags of a file whose syntax is not looked at: comments that stand alone on their line.

use super::{language, tags};
use crate::model::{ClauseTag, RepoPath};

/// The tags of the file, malformed ones too.
pub(super) fn tags(path: &RepoPath, bytes: &[u8]) -> Vec<ClauseTag> {
    let Some(marker) = language::marker(path) else {
        return Vec::new();
    };
    let text = String::from_utf8_lossy(bytes);
    let tag = |(line, text): (usize, &str)| {
        let comment = text.trim_start().starts_with(marker).then(|| text.trim())?;
        tags::read(comment, marker, line + 1)
    };
    text.lines().enumerate().filter_map(tag).collect()
}
