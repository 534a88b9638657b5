//! Paths that two concurrent parties own: two units of a lane whose units run side by side, two lanes, or this plan and
//! another open run. Units and lanes of which one comes after the other share paths in peace.
//!
//! A pattern covers another where each path that the second names is, as far as their texts show, named by the first:
//! a literal covers what lies below it, a wildcard the literals that it matches, `folder/**` the wildcards below that
//! folder, and every pattern itself. Wildcards that only might meet are not reported, and a unit that goes through the
//! whole of the code overlaps with nobody.

use super::dependencies::Dependencies;
use super::scope::{PrefixIndex, Scope};
use crate::model::{Declaration, Declared, Overlap, OverlapParty, PathPattern, Sibling};
use std::collections::{BTreeSet, HashSet};

type Owned<'a> = (Declared, &'a Declaration);

/// The most other owners that one declaration is held against.
const MAX_OWNERS: usize = 64;

/// Overlaps inside of the plan, then those with each sibling. Each declaration is reported once, against the first
/// party that it conflicts with; the narrower of the two stands first.
pub(super) fn overlaps(scope: &Scope<'_>, dependencies: &Dependencies, siblings: &[Sibling]) -> Vec<Overlap> {
    let is_narrow = |unit: usize| !scope.plan.units[unit].codebase_wide;
    let owned: Vec<Owned<'_>> = scope
        .promises()
        .filter(|(declared, _)| declared.unit.is_none_or(is_narrow))
        .collect();
    let index = PrefixIndex::new(owned.iter().map(|(_, it)| &it.pattern));
    let mut found = within_plan(scope, dependencies, &owned, &index);
    for sibling in siblings {
        found.extend(with_sibling(sibling, &owned, &index));
    }
    found
}

fn within_plan(
    scope: &Scope<'_>,
    dependencies: &Dependencies,
    owned: &[Owned<'_>],
    index: &PrefixIndex<'_>,
) -> Vec<Overlap> {
    let is_concurrent_plan = scope.plan.lanes.len() > 1 || scope.plan.lanes.iter().any(|lane| lane.concurrent_units);
    if !is_concurrent_plan {
        return Vec::new();
    }
    let overlap = |(place, own): (usize, &Owned<'_>)| {
        let mut others: Vec<usize> = index
            .above(own.1.pattern.fixed_prefix().as_bytes())
            .filter(|&other| is_conflict(owned, place, other))
            .filter(|&other| !takes_back(scope, owned[other].0, &own.1.pattern))
            .take(MAX_OWNERS)
            .collect();
        others.sort_unstable();
        Some(Overlap {
            first: OverlapParty::Declared(own.0),
            second: OverlapParty::Declared(first_concurrent(scope, dependencies, own.0, owned, &others)?),
            pattern: own.1.pattern.to_text(),
        })
    };
    owned.iter().enumerate().filter_map(overlap).collect()
}

/// Whether the one at `other` has another owner and covers the one at `place`; of two that cover each other the later
/// one reports.
fn is_conflict(owned: &[Owned<'_>], place: usize, other: usize) -> bool {
    let owner = |at: usize| (owned[at].0.lane, owned[at].0.unit);
    let covers = |wide: usize, narrow: usize| covers(&owned[wide].1.pattern, &owned[narrow].1.pattern);
    owner(place) != owner(other) && covers(other, place) && (other < place || !covers(place, other))
}

fn first_concurrent(
    scope: &Scope<'_>,
    dependencies: &Dependencies,
    own: Declared,
    owned: &[Owned<'_>],
    others: &[usize],
) -> Option<Declared> {
    if others.is_empty() {
        return None;
    }
    let ordered = own.unit.map_or_else(Vec::new, |unit| dependencies.ordered_with(unit));
    let ordered: HashSet<usize> = ordered.into_iter().collect();
    others.iter().map(|&at| owned[at].0).find(|other| {
        if other.unit.is_some_and(|unit| ordered.contains(&unit)) {
            return false;
        }
        if other.lane == own.lane {
            return scope.plan.lanes[own.lane].concurrent_units && other.unit.is_some() && own.unit.is_some();
        }
        !dependencies.lanes_are_ordered(other.lane, own.lane)
    })
}

/// Whether the owner of `declared` excludes the literal path that `pattern` spells.
fn takes_back(scope: &Scope<'_>, declared: Declared, pattern: &PathPattern) -> bool {
    let Some(path) = pattern.literal().filter(|text| !text.is_empty()) else {
        return false;
    };
    let later = scope.plan.declarations_of(declared).iter().skip(declared.index + 1);
    later
        .filter(|it| it.pattern.excludes())
        .any(|it| it.pattern.matches(path.as_bytes()))
}

/// Each of the sibling's patterns once, with the first declaration that it meets.
fn with_sibling(sibling: &Sibling, owned: &[Owned<'_>], index: &PrefixIndex<'_>) -> Vec<Overlap> {
    let theirs: Vec<&PathPattern> = sibling.declarations.iter().map(|it| &it.pattern).collect();
    let their_index = PrefixIndex::new(theirs.iter().copied());
    let mut first_met: Vec<Option<usize>> = vec![None; theirs.len()];
    for (place, own) in owned.iter().enumerate() {
        for at in their_index.above(own.1.pattern.fixed_prefix().as_bytes()) {
            if first_met[at].is_none() && !theirs[at].excludes() && covers(theirs[at], &own.1.pattern) {
                first_met[at] = Some(place);
            }
        }
    }
    for (met, pattern) in first_met.iter_mut().zip(&theirs).filter(|(_, it)| !it.excludes()) {
        let above = index.above(pattern.fixed_prefix().as_bytes());
        let covering = above.filter(|&place| covers(&owned[place].1.pattern, pattern));
        *met = covering.chain(*met).min();
    }
    let places: BTreeSet<usize> = first_met.into_iter().flatten().collect();
    let overlap = |place: usize| Overlap {
        first: OverlapParty::Declared(owned[place].0),
        second: OverlapParty::Sibling(sibling.name.clone()),
        pattern: owned[place].1.pattern.to_text(),
    };
    places.into_iter().map(overlap).collect()
}

/// Whether `wide` names all that `narrow` names, as far as their texts show.
fn covers(wide: &PathPattern, narrow: &PathPattern) -> bool {
    if wide.text() == narrow.text() {
        return true;
    }
    if let Some(folder) = whole_folder(wide) {
        return is_in_or_below(narrow.fixed_prefix(), folder);
    }
    let Some(path) = narrow.literal().filter(|_| !narrow.is_folder()) else {
        return false;
    };
    wide.matches(path.as_bytes())
}

/// The folder or file with all below it that the pattern means: `src`, `src/`, `src/**`.
fn whole_folder(pattern: &PathPattern) -> Option<&str> {
    let text = pattern.text();
    let stars = if pattern.crosses_folders() { "*" } else { "**" };
    let folder = match text.strip_suffix(stars) {
        Some(rest) if pattern.crosses_folders() => rest.trim_end_matches('*'),
        Some(rest) => rest,
        None => return pattern.literal(),
    };
    let folder = folder.strip_suffix('/').unwrap_or(folder);
    (folder == pattern.fixed_prefix()).then_some(folder)
}

fn is_in_or_below(path: &str, folder: &str) -> bool {
    match path.strip_prefix(folder) {
        Some(rest) => rest.is_empty() || rest.starts_with('/') || folder.is_empty(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::covers;
    use crate::model::PathPattern;

    #[test]
    fn a_pattern_covers_what_lies_below_it() {
        let covers = |wide, narrow| covers(&PathPattern::parse(wide).unwrap(), &PathPattern::parse(narrow).unwrap());
        for (wide, narrow) in [
            ("src/a.rs", "src/a.rs"),
            ("src", "src/a.rs"),
            ("src/", "src/deep/*.rs"),
            ("src/**", "src/a.rs"),
            ("src/*.rs", "src/a.rs"),
            ("**", "src/*.rs"),
            (".", "a"),
        ] {
            assert!(covers(wide, narrow), "{wide} {narrow}");
        }
        for (wide, narrow) in [
            ("src/a", "src/ab"),
            ("src/a.rs", "src"),
            ("src/*.rs", "src/deep/a.rs"),
            ("src/*.rs", "src/*.ts"),
            ("**/a.rs", "src/*.rs"),
            ("a**", "b"),
        ] {
            assert!(!covers(wide, narrow), "{wide} {narrow}");
        }
    }

    #[test]
    fn a_crossing_star_covers_what_lies_deeper() {
        let read = |text| PathPattern::parse_crossing(text).unwrap();
        let covers = |wide, narrow| covers(&read(wide), &read(narrow));
        assert!(covers("src/*", "src/deep/*.rs"));
        assert!(covers("src/**", "src/a.rs"));
        assert!(covers("src/*.rs", "src/deep/a.rs"));
        assert!(!covers("src/a*", "src/b/*.rs"));
        assert!(!covers("src/a", "src/ab"));
        assert!(!covers("src/a/*", "src/ab/c.rs"));
    }
}
