//! A lane's contract in the words of a test contract, and what they can't say of it.

use super::contract::{KINDS, MODES};
use super::convert::{Loss, without_nothing};
use crate::model::{Clause, Contract, Lane, SurfaceKind};
use serde_json::{Value, json};

/// The field `contract`; `None` where the lane has none to speak of.
pub(super) fn contract(lane: &Lane, losses: &mut Vec<Loss>) -> Option<Value> {
    let clauses: Vec<Value> = lane.clauses.iter().map(|it| clause(it, losses)).collect();
    let it = &lane.contract;
    let mode = MODES
        .iter()
        .find(|(_, mode)| Some(*mode) == it.mode)
        .map(|(word, _)| *word);
    let written = without_nothing(json!({
        "mode": mode,
        "criticality": it.criticality.map(|level| level.name()),
        "testFiles": lane.test_files.iter().map(|it| it.pattern.to_text()).collect::<Vec<_>>(),
        "clauses": clauses,
        "assertionSurface": something(surface(it, lane, losses)),
        "expectedCoverage": something(json!({
            "minTestsPerClause": it.coverage.per_clause,
            "minTestsForMUST": it.coverage.for_must,
            "minTestsForSecurity": it.coverage.for_security,
            "minNegativeTestsForError": it.coverage.negative,
        })),
        "testMapping": something(json!({
            "format": it.mapping.in_names.then_some("bracket_tags"),
            "allowMultiple": it.mapping.allow_multiple,
            "allowUntagged": it.mapping.allow_untagged,
            "untaggedAllowlist": it.mapping.untagged,
        })),
    }));
    something(written)
}

/// The object without its empty fields; `None` where nothing is left.
fn something(object: Value) -> Option<Value> {
    let object = without_nothing(object);
    let is_empty = object.as_object().is_none_or(serde_json::Map::is_empty);
    (!is_empty).then_some(object)
}

fn clause(it: &Clause, losses: &mut Vec<Loss>) -> Value {
    let known = it
        .kind
        .as_deref()
        .filter(|kind| KINDS.iter().any(|(word, _)| word == kind));
    if let Some(kind) = it.kind.as_deref().filter(|_| known.is_none()) {
        losses.push(Loss {
            what: format!("that the clause {} is about `{kind}`", it.id),
            location: it.location.clone(),
        });
    }
    let title = Some(it.title.trim())
        .filter(|title| !title.is_empty())
        .unwrap_or(&it.id);
    let mut fields = without_nothing(json!({
        "id": it.id,
        "title": title,
        "kind": known,
        "normativity": it.normativity.name(),
        "spec": Some(it.spec.trim()).filter(|spec| !spec.is_empty()),
        "observables": it.observables,
    }));
    if let (Some(cases), Some(fields)) = (&it.negative_cases, fields.as_object_mut()) {
        fields.insert("negativeCases".into(), json!(cases));
    }
    fields
}

fn surface(it: &Contract, lane: &Lane, losses: &mut Vec<Loss>) -> Value {
    let of = |kind: SurfaceKind| it.surface.get(&kind).cloned().unwrap_or_default();
    let mut endpoints = Vec::new();
    for endpoint in of(SurfaceKind::Endpoint) {
        match endpoint.split_once(' ') {
            Some((method, path)) => endpoints.push(json!({ "method": method, "path": path })),
            None => losses.push(Loss {
                what: format!("the endpoint `{endpoint}`: here it needs a method"),
                location: lane.location.clone(),
            }),
        }
    }
    let codes: Vec<u16> = of(SurfaceKind::StatusCode)
        .iter()
        .filter_map(|code| code.parse().ok())
        .collect();
    json!({
        "http": something(json!({ "endpoints": endpoints, "statusCodes": codes })),
        "errors": something(json!({ "codes": of(SurfaceKind::ErrorCode) })),
        "payloadPaths": of(SurfaceKind::PayloadPath),
        "ui": something(json!({
            "testIds": of(SurfaceKind::TestId),
            "roles": of(SurfaceKind::Role),
            "ariaLabels": of(SurfaceKind::AriaLabel),
            "selectors": of(SurfaceKind::Selector),
        })),
    })
}
