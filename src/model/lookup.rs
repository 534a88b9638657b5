//! Which run a text names. The one function that every command asks, so that no two of them disagree.

use super::Handle;
use super::nearest::near_distance;

/// Why a text names no single run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandleLookup {
    /// Several runs answer to it; never empty, in the order of their names.
    #[error("`{text}` names {} runs: {}", candidates.len(), listed(candidates))]
    Ambiguous {
        /// What was asked for.
        text: String,
        /// The runs that answer to it.
        candidates: Vec<Handle>,
    },
    /// No run answers to it.
    #[error("there is no run `{text}`")]
    Unknown {
        /// What was asked for.
        text: String,
        /// The runs with the most similar names, best first, three at most.
        nearest: Vec<Handle>,
    },
}

/// The run that `text` names among `candidates`, each a handle and, where it is known, the run's whole id.
///
/// A whole handle or id is a run's own name and settles the question. Else `text` has to be the id8 or the slug of
/// exactly one run. The beginning of a name never counts. The same run may stand among the candidates several times.
pub fn resolve_handle(text: &str, candidates: &[(Handle, Option<String>)]) -> Result<Handle, HandleLookup> {
    let own_name = |handle: &Handle, id: Option<&str>| handle.to_string() == text || id == Some(text);
    let short_name = |handle: &Handle, _: Option<&str>| handle.id8() == text || handle.slug() == text;
    let mut found = matching(candidates, own_name);
    if found.is_empty() {
        found = matching(candidates, short_name);
    }
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(HandleLookup::Unknown {
            text: text.to_owned(),
            nearest: nearest(text, candidates),
        }),
        _ => Err(HandleLookup::Ambiguous {
            text: text.to_owned(),
            candidates: found,
        }),
    }
}

fn matching(candidates: &[(Handle, Option<String>)], is_named: impl Fn(&Handle, Option<&str>) -> bool) -> Vec<Handle> {
    let named = candidates.iter().filter(|(handle, id)| is_named(handle, id.as_deref()));
    let mut handles: Vec<_> = named.map(|(handle, _)| handle.clone()).collect();
    handles.sort();
    handles.dedup();
    handles
}

fn nearest(text: &str, candidates: &[(Handle, Option<String>)]) -> Vec<Handle> {
    let all = matching(candidates, |_, _| true).into_iter();
    let mut near: Vec<(usize, Handle)> = all
        .filter_map(|handle| Some((distance_of(text, &handle)?, handle)))
        .collect();
    near.sort();
    near.into_iter().take(3).map(|(_, handle)| handle).collect()
}

/// How far `text` is from the nearest of the run's names, if it may have been meant.
fn distance_of(text: &str, handle: &Handle) -> Option<usize> {
    let whole = handle.to_string();
    let names = [whole.as_str(), handle.slug(), handle.id8()];
    names.into_iter().filter_map(|name| near_distance(text, name)).min()
}

fn listed(handles: &[Handle]) -> String {
    let names: Vec<_> = handles.iter().map(ToString::to_string).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::{HandleLookup, resolve_handle};
    use crate::model::Handle;

    const LOGIN: &str = "add-login-0a1b2c3d";
    const LOGIN_AGAIN: &str = "add-login-99999999";
    const LOGOUT: &str = "add-logout-5e6f7a8b";

    fn candidates(names: &[&str]) -> Vec<(Handle, Option<String>)> {
        let candidate = |name: &&str| {
            let handle: Handle = name.parse().unwrap();
            let id = format!("{}{}", handle.id8(), "0".repeat(24));
            (handle, Some(id))
        };
        names.iter().map(candidate).collect()
    }

    fn resolve(text: &str, names: &[&str]) -> Result<String, HandleLookup> {
        resolve_handle(text, &candidates(names)).map(|handle| handle.to_string())
    }

    #[test]
    fn handle_id_id8_and_slug_each_name_the_run() {
        let id = format!("5e6f7a8b{}", "0".repeat(24));
        for text in [LOGOUT, "5e6f7a8b", "add-logout", id.as_str()] {
            assert_eq!(resolve(text, &[LOGIN, LOGOUT]).as_deref(), Ok(LOGOUT), "{text}");
        }
    }

    #[test]
    fn a_slug_of_two_runs_is_ambiguous_and_lists_them() {
        let error = resolve("add-login", &[LOGIN_AGAIN, LOGIN, LOGOUT]).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("`add-login` names 2 runs: {LOGIN}, {LOGIN_AGAIN}")
        );
    }

    #[test]
    fn a_beginning_never_matches_but_is_offered() {
        for text in ["add-log", "5e6f7a", "add-logout-5e6f"] {
            let Err(HandleLookup::Unknown { nearest, .. }) = resolve(text, &[LOGOUT]) else {
                panic!("{text} must not match");
            };
            assert_eq!(nearest.len(), 1, "{text}");
        }
    }

    #[test]
    fn a_run_known_twice_is_one_run() {
        assert_eq!(resolve("add-login", &[LOGIN, LOGIN]).as_deref(), Ok(LOGIN));
    }

    #[test]
    fn a_whole_handle_wins_over_a_slug_that_reads_the_same() {
        let confusing = format!("{LOGIN}-ffffffff");
        assert_eq!(resolve(LOGIN, &[LOGIN, &confusing]).as_deref(), Ok(LOGIN));
    }

    #[test]
    fn an_id8_that_is_also_a_slug_is_ambiguous() {
        let error = resolve("0a1b2c3d", &[LOGIN, "0a1b2c3d-11111111"]).unwrap_err();
        assert!(matches!(error, HandleLookup::Ambiguous { candidates, .. } if candidates.len() == 2));
    }

    #[test]
    fn unknown_names_the_nearest_best_first() {
        let Err(HandleLookup::Unknown { nearest, .. }) = resolve("add-logut", &[LOGIN, LOGOUT, "zz-12345678"]) else {
            panic!("must be unknown");
        };
        let names: Vec<_> = nearest.iter().map(ToString::to_string).collect();
        assert_eq!(names, [LOGOUT, LOGIN]);
        assert!(matches!(resolve("", &[]), Err(HandleLookup::Unknown { nearest, .. }) if nearest.is_empty()));
    }
}
