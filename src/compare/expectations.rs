//! What must be true of the target's tree, against that tree.
//!
//! Where a pattern names several files, one that holds is enough; a bare file name that names none means the only file of
//! that name. A file whose text is not known (binary, too large)
//! makes an expectation unchecked, never met.

use super::links::link;
use super::nearest::Nearest;
use super::prose::without_noun;
use super::recorded;
use super::text_search::{contains, has_word};
use crate::model::{
    Expectation, ExpectationKind, ExpectationOutcome, History, Outcome, PathPattern, Plan, RepoPath, Searched,
};

/// What became of each expectation, in the order of the plan.
pub(super) fn outcomes(plan: &Plan, history: &History) -> Vec<ExpectationOutcome> {
    let tree = TargetTree {
        history,
        nearest: Nearest::new(&history.target_tree),
    };
    let outcome = |(index, expectation): (usize, &Expectation)| ExpectationOutcome {
        expectation: index,
        outcome: match &expectation.kind {
            ExpectationKind::Criterion { text, ticked } => criterion(plan, history, expectation, text, *ticked),
            kind => outcome(&tree, kind),
        },
    };
    plan.expectations.iter().enumerate().map(outcome).collect()
}

fn outcome(tree: &TargetTree<'_>, kind: &ExpectationKind) -> Outcome {
    match kind {
        ExpectationKind::Exists(path) => tree.in_files(path, |_, _| Outcome::Met),
        ExpectationKind::Contains { path, alternatives } => tree.in_texts(path, |text| contains(text, alternatives)),
        ExpectationKind::Exports { path, names } => tree.in_texts(path, |text| exports(text, names)),
        ExpectationKind::MinLines { path, lines } => tree.in_texts(path, |text| min_lines(text, *lines)),
        ExpectationKind::Link { from, to, pattern, .. } => link(tree, from, to, pattern.as_deref()),
        ExpectationKind::ChangelogEntry { path } => recorded::changelog(tree.history, path.as_ref()),
        ExpectationKind::Tag { name } => recorded::tag(tree.history, name),
        // A criterion asks its plan's text, and is judged before.
        ExpectationKind::Criterion { .. } => Outcome::Unmet(vec!["it is not ticked".to_owned()]),
        ExpectationKind::Absent { shown, .. } => absent(tree, kind, shown),
        ExpectationKind::Prose(_) => Outcome::Unchecked("a sentence is nothing that git could show".to_owned()),
    }
}

/// A criterion holds where the plan has its box ticked, or the plan's own file at the target.
fn criterion(plan: &Plan, history: &History, expectation: &Expectation, text: &str, ticked: bool) -> Outcome {
    let source = plan.sources.get(expectation.location.source);
    let path = source.and_then(|it| it.repo_path.as_ref());
    let at_target = || path.and_then(|path| history.contents.get(path)?.as_deref());
    if ticked || at_target().is_some_and(|it| recorded::is_ticked(it, text)) {
        return Outcome::Met;
    }
    Outcome::Unmet(vec!["it is not ticked".to_owned()])
}

/// The target's tree, as expectations ask about it.
pub(super) struct TargetTree<'a> {
    history: &'a History,
    nearest: Nearest<'a>,
}

impl<'a> TargetTree<'a> {
    /// The files that `path` names.
    pub fn files(&self, path: &PathPattern) -> Vec<&'a RepoPath> {
        let meant = self.history.target_tree.meant(path).into_iter();
        meant.map(|file| &file.path).collect()
    }

    /// The best of what `judge` says of each file that `path` names.
    pub fn in_files(&self, path: &PathPattern, judge: impl Fn(&RepoPath, Option<&str>) -> Outcome) -> Outcome {
        let mut best: Option<Outcome> = None;
        for file in self.history.target_tree.meant(path) {
            let text = self.history.contents.get(&file.path).and_then(Option::as_deref);
            best = Some(better(best, judge(&file.path, text)));
            if best == Some(Outcome::Met) {
                break;
            }
        }
        best.unwrap_or_else(|| Outcome::MissingFile {
            path: path.to_text(),
            nearest: self.nearest.to(path),
        })
    }

    /// The best of what `judge` says of the text of each file that `path` names.
    pub fn in_texts(&self, path: &PathPattern, judge: impl Fn(&str) -> Outcome) -> Outcome {
        self.in_files(path, |file, text| match text {
            Some(text) => judge(text),
            None => Outcome::Unchecked(format!("`{file}` is binary or too large to be read")),
        })
    }
}

/// Of two files' outcomes the one that counts: met, then unchecked, then the earlier file's.
fn better(earlier: Option<Outcome>, later: Outcome) -> Outcome {
    match (earlier, later) {
        (None, later) => later,
        (Some(_), Outcome::Met) => Outcome::Met,
        (Some(Outcome::Unmet(_)), Outcome::Unchecked(why)) => Outcome::Unchecked(why),
        (Some(earlier), _) => earlier,
    }
}

/// What the search of the target's tree says; a search that nobody made says nothing.
fn absent(tree: &TargetTree<'_>, kind: &ExpectationKind, shown: &str) -> Outcome {
    let searched = kind.search().and_then(|search| tree.history.searches.get(&search));
    match searched {
        Some(Searched::Absent { .. }) => Outcome::Met,
        Some(Searched::Found { places, more }) => {
            let and_more = if *more { " and more" } else { "" };
            Outcome::Unmet(vec![format!("`{shown}` stands in {}{and_more}", places.join(", "))])
        }
        Some(Searched::Impossible(why)) => Outcome::Unchecked(why.clone()),
        None => Outcome::Unchecked("the target's tree was not searched".to_owned()),
    }
}

fn exports(text: &str, names: &[String]) -> Outcome {
    let is_there = |name: &str| has_word(text, name) || without_noun(name).is_some_and(|bare| has_word(text, bare));
    let missing = names.iter().filter(|name| !is_there(name.trim()));
    let amiss: Vec<String> = missing
        .map(|name| format!("it does not name `{}`", name.trim()))
        .collect();
    if amiss.is_empty() {
        Outcome::Met
    } else {
        Outcome::Unmet(amiss)
    }
}

fn min_lines(text: &str, least: u64) -> Outcome {
    let found = text.lines().count() as u64;
    if found >= least {
        return Outcome::Met;
    }
    Outcome::Unmet(vec![format!("it has {found} of at least {least} lines")])
}

#[cfg(test)]
mod tests {
    use super::{exports, min_lines};
    use crate::model::Outcome;

    fn unmet(text: &str) -> Outcome {
        Outcome::Unmet(vec![text.to_owned()])
    }

    #[test]
    fn a_last_line_without_its_end_counts() {
        assert_eq!(min_lines("a\nb", 2), Outcome::Met);
        assert_eq!(min_lines("a\nb\n", 2), Outcome::Met);
        assert_eq!(min_lines("", 1), unmet("it has 0 of at least 1 lines"));
    }

    #[test]
    fn each_missing_export_is_named() {
        let names = ["a".to_owned(), "b".to_owned()];
        assert_eq!(exports("fn a()", &names), unmet("it does not name `b`"));
        assert_eq!(exports("case '--force':", &["--force flag".to_owned()]), Outcome::Met);
    }
}
