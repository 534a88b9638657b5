//! The files in which a suite leaves its results: only those that it wrote itself, never what was lying there before.

use crate::model::{PathPattern, TestResults};
use crate::results;
use crate::store::{self, FileState};
use std::path::{Path, PathBuf};

/// The most files that are looked at for a report that is a pattern.
const MOST_FILES: usize = 100_000;

/// A suite's report, and the files that matched it before the suite ran.
pub(super) struct ReportFiles<'a> {
    top: &'a Path,
    report: &'a str,
    before: Vec<(PathBuf, FileState)>,
}

impl<'a> ReportFiles<'a> {
    /// Looks at what lies there now.
    pub(super) fn before(top: &'a Path, report: &'a str) -> Self {
        let found = matching(top, report).into_iter();
        let before = found.filter_map(|path| FileState::of(&top.join(&path)).map(|state| (path, state)));
        Self {
            top,
            report,
            before: before.collect(),
        }
    }

    /// The results in the files that were written since; why there are none.
    pub(super) fn read(&self, dialect: Option<&str>) -> Result<TestResults, String> {
        let found = matching(self.top, self.report);
        let is_old = |path: &PathBuf| {
            let state = FileState::of(&self.top.join(path));
            self.before
                .iter()
                .any(|(known, before)| known == path && Some(*before) == state)
        };
        let (old, new): (Vec<PathBuf>, Vec<PathBuf>) = found.into_iter().partition(is_old);
        if new.is_empty() {
            return Err(self.missing(old.len()));
        }
        let mut all: Option<TestResults> = None;
        for path in new {
            let results = self
                .read_one(&path, dialect)
                .map_err(|why| format!("`{}`: {why}", path.display()))?;
            match &mut all {
                Some(all) if all.dialect != results.dialect => {
                    return Err(format!(
                        "`{}` is written in {}, and others of `{}` in {}",
                        path.display(),
                        results.dialect,
                        self.report,
                        all.dialect
                    ));
                }
                Some(all) => all.tests.extend(results.tests),
                None => all = Some(results),
            }
        }
        all.ok_or_else(|| self.missing(0))
    }

    fn read_one(&self, path: &Path, dialect: Option<&str>) -> Result<TestResults, String> {
        let mut file = store::reader(&self.top.join(path)).map_err(|error| error.to_string())?;
        results::read(&mut file, dialect).map_err(|error| error.to_string())
    }

    fn missing(&self, old: usize) -> String {
        let report = self.report;
        match old {
            0 => format!("the tests wrote no `{report}`"),
            1 => format!("`{report}` is from before the tests ran, and they wrote none"),
            old => format!("the {old} files that `{report}` names are from before the tests ran, and they wrote none"),
        }
    }
}

/// The files that `report` names, from the top of the worktree.
fn matching(top: &Path, report: &str) -> Vec<PathBuf> {
    let literal = PathBuf::from(report);
    if !report.contains(['*', '?', '[', '{']) || FileState::of(&top.join(&literal)).is_some() {
        return FileState::of(&top.join(&literal))
            .map(|_| literal)
            .into_iter()
            .collect();
    }
    let Ok(pattern) = PathPattern::parse(report) else {
        return Vec::new();
    };
    let fixed: PathBuf = literal
        .components()
        .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
        .collect();
    let found = store::list_below(&top.join(&fixed), MOST_FILES);
    let whole = found.into_iter().map(|path| fixed.join(path));
    whole
        .filter(|path| pattern.matches(path.as_os_str().as_encoded_bytes()))
        .collect()
}
