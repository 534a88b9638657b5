//! What tests ask from outside, held against what a contract declares. A kind of which nothing is declared is not bounded.

use crate::model::{Plan, ReadTestFile, SurfaceKind, SurfaceUse, TestCodeDelta, UndeclaredSurface, nearest};
use std::collections::{BTreeMap, HashSet};

/// Adds what the judged tests of a file ask and the contract of the lane does not declare, each thing once.
pub(super) fn undeclared(
    plan: &Plan,
    lane: usize,
    file: usize,
    it: &ReadTestFile,
    judged: &HashSet<usize>,
    delta: &mut TestCodeDelta,
) {
    let surface = &plan.lanes[lane].contract.surface;
    let before: HashSet<(SurfaceKind, &str)> = it
        .before
        .iter()
        .flat_map(|before| before.surfaces.iter().map(|used| (used.kind, used.value.as_str())))
        .collect();
    let mut found: BTreeMap<(SurfaceKind, &str), Vec<usize>> = BTreeMap::new();
    for used in &it.file.surfaces {
        let declared = surface.get(&used.kind).filter(|declared| !declared.is_empty());
        let is_judged = used.test.is_some_and(|test| judged.contains(&test));
        let is_old = before.contains(&(used.kind, used.value.as_str()));
        if declared.is_some_and(|declared| is_judged && !is_old && !is_declared(used, declared)) {
            found.entry((used.kind, &used.value)).or_default().push(used.line);
        }
    }
    delta
        .undeclared
        .extend(found.into_iter().map(|((kind, value), lines)| UndeclaredSurface {
            lane,
            file,
            kind,
            value: value.to_owned(),
            lines,
            nearest: meant(kind, value, &surface[&kind]),
        }));
}

/// What was probably meant; one status is as near to another as any.
fn meant(kind: SurfaceKind, value: &str, declared: &[String]) -> Option<String> {
    let names = declared.iter().filter(|_| kind != SurfaceKind::StatusCode);
    nearest(value, names.map(String::as_str)).map(ToOwned::to_owned)
}

fn is_declared(used: &SurfaceUse, declared: &[String]) -> bool {
    let matches = |it: &String| match used.kind {
        SurfaceKind::Endpoint => is_same_endpoint(&used.value, it),
        SurfaceKind::PayloadPath => is_same_payload(&used.value, it),
        SurfaceKind::Selector => quotes(it) == quotes(&used.value),
        _ => *it == used.value,
    };
    declared.iter().any(matches)
}

/// One kind of quotation mark.
fn quotes(selector: &str) -> String {
    selector.replace('"', "'")
}

/// `GET /users/{}` is `GET /users/:id`, and `/api/users/:id` behind a prefix that a client has for itself.
fn is_same_endpoint(used: &str, declared: &str) -> bool {
    let (used_method, used_path) = used.split_once(' ').unwrap_or(("", used));
    let (method, path) = declared.split_once(' ').unwrap_or(("", declared));
    let parts = |path: &str| -> Vec<String> {
        let inside = path.split(['?', '#']).next().unwrap_or_default();
        inside
            .split('/')
            .filter(|part| !part.is_empty())
            .map(ToOwned::to_owned)
            .collect()
    };
    let (mut used_parts, mut parts) = (parts(used_path), parts(path));
    let shorter = used_parts.len().min(parts.len());
    if shorter == 0 && used_parts.len() != parts.len() {
        return false;
    }
    used_parts.drain(..used_parts.len() - shorter);
    parts.drain(..parts.len() - shorter);
    let is_any = |part: &str| part.starts_with([':', '{', '$']) || part.contains("{}");
    let same = used_parts
        .iter()
        .zip(&parts)
        .all(|(a, b)| a == b || is_any(a) || is_any(b));
    same && (method.is_empty() || method.eq_ignore_ascii_case(used_method))
}

/// `themes.0.id` and `themes[].id` are one; a declared object may be asked for its fields, and a field's object for itself.
fn is_same_payload(used: &str, declared: &str) -> bool {
    let parts = |path: &str| -> Vec<String> {
        let names = path.split(['.', '[', ']', '$']);
        let is_name = |part: &&str| !part.is_empty() && *part != "*" && part.parse::<usize>().is_err();
        names.filter(is_name).map(ToOwned::to_owned).collect()
    };
    let (used, declared) = (parts(used), parts(declared));
    let bare = declared.strip_prefix(&["body".to_owned()]).unwrap_or(&declared);
    used.iter().zip(bare).all(|(a, b)| a == b)
}

#[cfg(test)]
mod tests {
    use super::{is_same_endpoint, is_same_payload};

    #[test]
    fn endpoints_are_compared_part_by_part() {
        for (used, declared) in [
            ("GET /users/{}", "GET /users/:id"),
            ("GET /users/7", "GET /api/users/{id}"),
            ("POST /login?x=1", "POST /login"),
            ("PUT /themes", "/api/themes"),
        ] {
            assert!(is_same_endpoint(used, declared), "{used} {declared}");
        }
        for (used, declared) in [
            ("GET /login", "POST /login"),
            ("GET /", "GET /login"),
            ("GET /a/b", "GET /a/c"),
        ] {
            assert!(!is_same_endpoint(used, declared), "{used} {declared}");
        }
    }

    #[test]
    fn payloads_are_compared_without_their_indices() {
        for (used, declared) in [
            ("themes.0.id", "themes[].id"),
            ("token.value", "token"),
            ("token", "token.value"),
            ("a", "$.body.a"),
        ] {
            assert!(is_same_payload(used, declared), "{used} {declared}");
        }
        assert!(!is_same_payload("token.value", "token.type"));
    }
}
