//! The parts of sentences that several rules share, so that all of them speak alike.

use crate::model::{ChangeKind, Commit, Comparison, Declared, FileDelta, Location, Plan, PlanLocation, RepoPath};
use std::fmt::Display;

/// How many names a sentence holds before it says `and N more`.
const SHOWN: usize = 3;
/// How many characters of a title or subject a sentence holds.
const QUOTED_LENGTH: usize = 60;

/// `1 commit`, `2 commits`.
pub(super) fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// `` `a` ``, `` `a` and `b` ``, `` `a`, `b`, `c` and 4 more ``.
pub(super) fn listed<T: Display>(names: &[T]) -> String {
    let mut quoted: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let last = match names.len() - quoted.len() {
        0 => quoted.pop().unwrap_or_default(),
        more => format!("{more} more"),
    };
    match quoted.as_slice() {
        [] => last,
        before => format!("{} and {last}", before.join(", ")),
    }
}

/// `unit U1`, `units U1 and U2`, each name in backticks.
pub(super) fn units(comparison: &Comparison<'_>, units: &[usize]) -> String {
    let names = unit_names(comparison, units);
    let noun = if names.len() == 1 { "unit" } else { "units" };
    format!("{noun} {}", listed(&names))
}

/// The names of these units.
pub(super) fn unit_names(comparison: &Comparison<'_>, units: &[usize]) -> Vec<String> {
    units.iter().map(|&unit| comparison.plan.unit_name(unit)).collect()
}

/// A commit in a sentence: its abbreviated id and its subject; one that is still to be made has no id.
pub(super) fn commit(commit: &Commit) -> String {
    if commit.id.is_null() {
        return format!("in the making ({})", subject(commit));
    }
    format!("`{}` ({})", commit.id.short(7), subject(commit))
}

/// A commit's subject in quotation marks, shortened where it is long.
pub(super) fn subject(commit: &Commit) -> String {
    quoted(&commit.subject())
}

/// A text in quotation marks, on one line and shortened where it is long.
pub(super) fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED_LENGTH) {
        Some((end, _)) => format!("\"{}…\"", line[..end].trim_end()),
        None => format!("\"{line}\""),
    }
}

/// A text as one word of a command that people copy: names come from repositories and may hold anything.
pub(super) fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "._-/@+:".contains(c);
    if !text.is_empty() && !text.starts_with('-') && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// The first few of these commits, as related places.
pub(super) fn commit_places(comparison: &Comparison<'_>, commits: &[usize]) -> Vec<(Location, String)> {
    let all = comparison.history_commits();
    let place = |&index: &usize| (Location::from(all[index].id), subject(&all[index]));
    commits.iter().take(SHOWN).map(place).collect()
}

/// What happened to a file, and by how many commits: `was added by 1 commit`, `was renamed from ... by 2 commits`.
pub(super) fn was_changed(comparison: &Comparison<'_>, file: &FileDelta) -> String {
    let change = comparison.change(file);
    let verb = match (change.kind, &change.previous_path) {
        (ChangeKind::Added, _) => "was added".to_owned(),
        (ChangeKind::Modified, _) => "was changed".to_owned(),
        (ChangeKind::Deleted, _) => "was deleted".to_owned(),
        (ChangeKind::Renamed, Some(from)) => format!("was renamed from `{from}`"),
        (ChangeKind::Copied, Some(from)) => format!("was copied from `{from}`"),
        (ChangeKind::Renamed, None) => "was renamed".to_owned(),
        (ChangeKind::Copied, None) => "was copied".to_owned(),
        (ChangeKind::TypeChanged, _) => "changed its type".to_owned(),
    };
    // Only a modification is the work of each of its commits; what is added or gone is so after all of them.
    match file.commits.len() {
        0 => verb,
        commits if commits > 1 && change.kind != ChangeKind::Modified => format!("{verb} over {commits} commits"),
        commits => format!("{verb} by {}", count(commits, "commit")),
    }
}

/// Who declares something: `` unit `U1` ``, or `the plan` as a whole, by name where there are several.
pub(super) fn declarer(comparison: &Comparison<'_>, declared: Declared) -> String {
    match declared.unit {
        Some(unit) => format!("unit `{}`", comparison.plan.unit_name(unit)),
        None if comparison.plan.lanes.len() > 1 => format!("plan `{}`", comparison.plan.lanes[declared.lane].name),
        None => "the plan".to_owned(),
    }
}

/// The part of a fingerprint that says who declares something; it does not depend on the order of the plan.
pub(super) fn declaring_unit(comparison: &Comparison<'_>, declared: Declared) -> Option<String> {
    match declared.unit {
        Some(unit) => Some(comparison.plan.unit_name(unit)),
        None => (comparison.plan.lanes.len() > 1).then(|| comparison.plan.lanes[declared.lane].name.clone()),
    }
}

/// The declared pattern, as a path that a finding can be about.
pub(super) fn declared_path(comparison: &Comparison<'_>, declared: Declared) -> RepoPath {
    RepoPath::from(comparison.declaration(declared).pattern.to_text().as_str())
}

/// The shortest name that tells a source from the plan's others: its file name, else its path.
pub(super) fn source_name(plan: &Plan, source: usize) -> String {
    let file_name = |source: usize| plan.sources[source].name.rsplit(['/', '\\', ':']).next().unwrap_or("");
    let Some(it) = plan.sources.get(source) else {
        return "the plan".to_owned();
    };
    let own = file_name(source);
    let alone = (0..plan.sources.len()).all(|other| other == source || file_name(other) != own);
    match &it.repo_path {
        _ if alone => own.to_owned(),
        Some(path) => path.to_json_text(),
        None => it.name.clone(),
    }
}

/// What a fingerprint says of a place in a plan: the source and the field, or `otherwise` where no field is named.
pub(super) fn field_name(plan: &Plan, place: &PlanLocation, otherwise: &str) -> String {
    let source = source_name(plan, place.source);
    match place.pointer.as_str() {
        "" => format!("{source}: {otherwise}"),
        pointer => format!("{source}#{pointer}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{count, listed, quoted, shell_word, source_name};
    use crate::model::{Plan, Source};

    #[test]
    fn numbers_agree_with_their_nouns() {
        assert_eq!([count(0, "unit"), count(1, "unit")], ["0 units", "1 unit"]);
    }

    #[test]
    fn long_lists_end_in_a_count() {
        let shown = |names: &[&str]| listed(names);
        assert_eq!(shown(&[]), "");
        assert_eq!(shown(&["a"]), "`a`");
        assert_eq!(shown(&["a", "b"]), "`a` and `b`");
        assert_eq!(shown(&["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(shown(&["a", "b", "c", "d", "e"]), "`a`, `b`, `c` and 2 more");
    }

    #[test]
    fn long_titles_are_cut_between_characters() {
        assert_eq!(quoted(" Add\n login "), "\"Add login\"");
        assert_eq!(quoted(&"é".repeat(61)), format!("\"{}…\"", "é".repeat(60)));
    }

    #[test]
    fn a_name_cannot_end_the_command_that_it_stands_in() {
        assert_eq!(shell_word("origin/main"), "origin/main");
        assert_eq!(shell_word("main;reboot"), "'main;reboot'");
        assert_eq!(shell_word("it's"), r"'it'\''s'");
        assert_eq!(shell_word("--exec=x"), "'--exec=x'");
        assert_eq!(shell_word(""), "''");
    }

    #[test]
    fn a_source_goes_by_its_file_name_while_that_is_enough() {
        let named = |name: &str| Source {
            name: name.into(),
            ..Source::default()
        };
        let mut plan = Plan {
            sources: vec![named("HEAD:a/01-PLAN.md"), named("b/02-PLAN.md")],
            ..Plan::default()
        };
        assert_eq!(source_name(&plan, 0), "01-PLAN.md");
        plan.sources.push(named("c/01-PLAN.md"));
        assert_eq!(source_name(&plan, 0), "HEAD:a/01-PLAN.md");
        assert_eq!(source_name(&plan, 9), "the plan");
    }
}
