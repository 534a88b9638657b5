//! The `contract` of a test contract: clauses, and how tests have to show them. The words are those of Gatekeeper, whose
//! contracts are read with the same parts.

use super::cursor::{Node, Object};
use super::native;
use super::problems::Problems;
use crate::model::{
    Clause, Contract, ContractMode, Declaration, ExpectedCoverage, Lane, Normativity, RiskLevel, SurfaceKind,
    TestMapping,
};
use std::collections::BTreeMap;

/// What a clause can be about.
pub(super) const KINDS: &[(&str, &str)] = &[
    ("behavior", "behavior"),
    ("error", "error"),
    ("invariant", "invariant"),
    ("constraint", "constraint"),
    ("security", "security"),
    ("ui", "ui"),
];
/// Where a clause can be observed.
pub(super) const OBSERVABLES: &[(&str, &str)] = &[
    ("http", "http"),
    ("ui", "ui"),
    ("db-effect", "db-effect"),
    ("event", "event"),
    ("file", "file"),
    ("log", "log"),
];
/// How strictly a contract can be meant.
pub(super) const MODES: &[(&str, ContractMode)] =
    &[("STRICT", ContractMode::Strict), ("CREATIVE", ContractMode::Creative)];
/// Where tests can name their clauses; whether it is in their names.
pub(super) const TAG_FORMATS: &[(&str, bool)] = &[("comment_tags", false), ("bracket_tags", true)];

/// Reads the field `contract`, if it is there.
pub(super) fn read(object: &mut Object<'_>, lane: &mut Lane, problems: &mut Problems) {
    let Some(mut object) = object.field("contract").and_then(|node| node.object(problems)) else {
        return;
    };
    let clauses = native::list(&mut object, "clauses", problems, clause);
    let ids = clauses.iter().map(|it| (it.id.as_str(), &it.location));
    native::report_repeated(ids, "clause", problems);
    lane.clauses = clauses;
    lane.contract = Contract {
        mode: object.field("mode").and_then(|node| node.choice(MODES, problems)),
        criticality: object
            .field("criticality")
            .and_then(|node| node.choice(&levels(), problems)),
        surface: surface(&mut object, problems),
        coverage: coverage(&mut object, problems),
        mapping: mapping(&mut object, problems),
    };
    lane.test_files = native::list(&mut object, "testFiles", problems, |node, problems| {
        Some(Declaration {
            pattern: node.pattern(problems)?,
            action: None,
            reason: None,
            location: node.location,
        })
    });
    object.finish(problems);
}

/// The words for how much depends on something.
pub(super) fn levels() -> [(&'static str, RiskLevel); 4] {
    RiskLevel::ALL.map(|level| (level.name(), level))
}

fn clause(node: Node<'_>, problems: &mut Problems) -> Option<Clause> {
    let mut object = node.object(problems)?;
    let (id, location) = native::id(&mut object, problems);
    let title = object.required("title").and_then(|node| node.text(problems));
    let kind = object.field("kind").and_then(|node| node.choice(KINDS, problems));
    let normativities = Normativity::ALL.map(|it| (it.name(), it));
    let normativity = object
        .field("normativity")
        .and_then(|node| node.choice(&normativities, problems));
    let spec = native::text(&mut object, "spec", problems);
    let observables = native::list(&mut object, "observables", problems, |node, problems| {
        node.choice(OBSERVABLES, problems)
    });
    let cases = object
        .field("negativeCases")
        .map(|node| native::values(node.texts(problems)));
    object.finish(problems);
    Some(Clause {
        id: id?,
        title: title.unwrap_or_default(),
        kind: kind.map(ToOwned::to_owned),
        normativity: normativity.unwrap_or_default(),
        spec: spec.unwrap_or_default(),
        observables: observables.into_iter().map(ToOwned::to_owned).collect(),
        negative_cases: cases,
        location,
    })
}

fn surface(object: &mut Object<'_>, problems: &mut Problems) -> BTreeMap<SurfaceKind, Vec<String>> {
    let mut surface = BTreeMap::new();
    let Some(mut object) = object.field("assertionSurface").and_then(|node| node.object(problems)) else {
        return surface;
    };
    if let Some(mut http) = object.field("http").and_then(|node| node.object(problems)) {
        surface.insert(
            SurfaceKind::Endpoint,
            native::list(&mut http, "endpoints", problems, endpoint),
        );
        surface.insert(
            SurfaceKind::StatusCode,
            native::list(&mut http, "statusCodes", problems, status),
        );
        http.finish(problems);
    }
    if let Some(mut errors) = object.field("errors").and_then(|node| node.object(problems)) {
        surface.insert(SurfaceKind::ErrorCode, words(&mut errors, "codes", problems));
        errors.finish(problems);
    }
    surface.insert(SurfaceKind::PayloadPath, words(&mut object, "payloadPaths", problems));
    if let Some(mut ui) = object.field("ui").and_then(|node| node.object(problems)) {
        surface.insert(SurfaceKind::TestId, words(&mut ui, "testIds", problems));
        surface.insert(SurfaceKind::Role, words(&mut ui, "roles", problems));
        surface.insert(SurfaceKind::AriaLabel, words(&mut ui, "ariaLabels", problems));
        surface.insert(SurfaceKind::Selector, words(&mut ui, "selectors", problems));
        ui.finish(problems);
    }
    object.finish(problems);
    surface
}

/// The texts of an optional list.
pub(super) fn words(object: &mut Object<'_>, name: &'static str, problems: &mut Problems) -> Vec<String> {
    native::values(native::texts(object, name, problems))
}

/// `{"method": "POST", "path": "/login"}` as `POST /login`.
pub(super) fn endpoint(node: Node<'_>, problems: &mut Problems) -> Option<String> {
    let mut object = node.object(problems)?;
    let method = object.required("method").and_then(|node| node.text(problems));
    let path = object.required("path").and_then(|node| node.text(problems));
    object.finish(problems);
    Some(format!("{} {}", method?.to_uppercase(), path?))
}

/// A status of HTTP.
pub(super) fn status(node: Node<'_>, problems: &mut Problems) -> Option<String> {
    let number = node.whole_number(100, problems)?;
    if number > 599 {
        let message = format!("`{}` is {number}", node.label());
        problems.invalid(&node.location, message, "write a status of HTTP, 100 to 599");
        return None;
    }
    Some(number.to_string())
}

pub(super) fn coverage(object: &mut Object<'_>, problems: &mut Problems) -> ExpectedCoverage {
    let Some(mut object) = object.field("expectedCoverage").and_then(|node| node.object(problems)) else {
        return ExpectedCoverage::default();
    };
    let mut number = |name| object.field(name)?.whole_number(0, problems);
    let coverage = ExpectedCoverage {
        per_clause: number("minTestsPerClause"),
        for_must: number("minTestsForMUST"),
        for_security: number("minTestsForSecurity"),
        negative: number("minNegativeTestsForError"),
    };
    object.finish(problems);
    coverage
}

fn mapping(object: &mut Object<'_>, problems: &mut Problems) -> TestMapping {
    let Some(mut object) = object.field("testMapping").and_then(|node| node.object(problems)) else {
        return TestMapping::default();
    };
    let mapping = mapping_of(&mut object, problems);
    object.finish(problems);
    mapping
}

/// What both kinds of contract say about how tests name their clauses.
pub(super) fn mapping_of(object: &mut Object<'_>, problems: &mut Problems) -> TestMapping {
    let in_names = object
        .field("format")
        .and_then(|node| node.choice(TAG_FORMATS, problems));
    TestMapping {
        in_names: in_names.unwrap_or_default(),
        allow_multiple: object.field("allowMultiple").and_then(|node| node.boolean(problems)),
        allow_untagged: object.field("allowUntagged").and_then(|node| node.boolean(problems)),
        untagged: words(object, "untaggedAllowlist", problems),
    }
}
