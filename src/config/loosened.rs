//! What one config lets pass that an earlier one did not: a run must not loosen its own rules.

use super::Config;
use crate::model::{Level, PathPattern, PatternSet, Policy};
use std::collections::{BTreeMap, BTreeSet};

impl Config {
    /// What `after` lets pass and `before` did not, one short text each; empty where nothing was loosened.
    ///
    /// Defaults are not known here. So `warn` and `allow` count as lower than a level that was not set, and taking
    /// `deny` away counts as lowering it.
    pub fn loosened(before: &Config, after: &Config) -> Vec<String> {
        let (old, new) = (&before.policy, &after.policy);
        let mut said = levels(old, new);
        said.extend(options(old, new));
        said.extend(widened("derived", &old.derived, &new.derived));
        said.extend(widened("bookkeeping", &old.bookkeeping, &new.bookkeeping));
        said.extend(narrowed("sensitive", &old.sensitive, &new.sensitive));
        said.extend(narrowed("forbidden", &old.forbidden, &new.forbidden));
        if after.hooks_on_error_open && !before.hooks_on_error_open {
            said.push("hooks: `onError` is `open`, and was `closed`".into());
        }
        said
    }
}

fn levels(old: &Policy, new: &Policy) -> Vec<String> {
    let names: BTreeSet<_> = old.levels.keys().chain(new.levels.keys()).collect();
    let change = |name: &&String| match (old.levels.get(*name), new.levels.get(*name)) {
        (Some(was), Some(is)) if is < was => {
            Some(format!("rules: `{name}` is `{}`, and was `{}`", is.name(), was.name()))
        }
        (None, Some(is)) if *is < Level::Deny => Some(format!("rules: `{name}` is `{}`, and was not set", is.name())),
        (Some(Level::Deny), None) => Some(format!("rules: `{name}` is not set, and was `deny`")),
        _ => None,
    };
    names.iter().filter_map(change).collect()
}

fn options(old: &Policy, new: &Policy) -> Vec<String> {
    let none = BTreeMap::new();
    let rules: BTreeSet<_> = old.options.keys().chain(new.options.keys()).collect();
    let changed = |rule: &String| {
        let (was, is) = (
            old.options.get(rule).unwrap_or(&none),
            new.options.get(rule).unwrap_or(&none),
        );
        let names: BTreeSet<_> = was.keys().chain(is.keys()).cloned().collect();
        let differs = names.into_iter().filter(|name| was.get(name) != is.get(name));
        differs
            .map(|name| format!("rules: `{name}` of `{rule}` has changed"))
            .collect::<Vec<_>>()
    };
    rules.into_iter().flat_map(changed).collect()
}

/// What the new set names and the old one did not.
fn widened(list: &str, old: &PatternSet, new: &PatternSet) -> Vec<String> {
    let added = difference(new, old, false).map(|text| format!("{list}: `{text}` was added"));
    let kept_in = difference(old, new, true).map(|text| format!("{list}: `{text}` was taken out"));
    let mut said: Vec<_> = added.chain(kept_in).collect();
    said.extend(reordered(list, old, new));
    said
}

/// What the old set named and the new one does not.
fn narrowed(list: &str, old: &PatternSet, new: &PatternSet) -> Vec<String> {
    let removed = difference(old, new, false).map(|text| format!("{list}: `{text}` was taken out"));
    let excepted = difference(new, old, true).map(|text| format!("{list}: `{text}` was added"));
    let mut said: Vec<_> = removed.chain(excepted).collect();
    said.extend(reordered(list, old, new));
    said
}

/// The patterns of `one` that `other` does not have: the excluding ones, or the others.
fn difference<'s>(one: &'s PatternSet, other: &PatternSet, excluding: bool) -> impl Iterator<Item = String> + 's {
    let known: BTreeSet<_> = texts(other).into_iter().collect();
    let of_kind = move |pattern: &&PathPattern| pattern.excludes() == excluding;
    let patterns = one.patterns().iter().filter(of_kind).map(PathPattern::to_text);
    patterns.filter(move |text| !known.contains(text))
}

/// Later patterns win, so that another order is another meaning where a pattern excludes.
fn reordered(list: &str, old: &PatternSet, new: &PatternSet) -> Option<String> {
    let (was, is) = (texts(old), texts(new));
    let (mut sorted_was, mut sorted_is) = (was.clone(), is.clone());
    sorted_was.sort();
    sorted_is.sort();
    let excludes = old.patterns().iter().any(PathPattern::excludes);
    (excludes && was != is && sorted_was == sorted_is).then(|| format!("{list}: the order has changed"))
}

fn texts(set: &PatternSet) -> Vec<String> {
    set.patterns().iter().map(PathPattern::to_text).collect()
}
