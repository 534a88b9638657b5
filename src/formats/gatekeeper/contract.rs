//! The contract of a Gatekeeper plan, in the form of its guide, of the program's own schema, and of the plans in use.

use super::clause::clause;
use super::{check_length, surface};
use crate::formats::contract::{self, levels, mapping_of};
use crate::formats::cursor::{Node, Object};
use crate::formats::native;
use crate::formats::problems::Problems;
use crate::model::{Contract, ContractMode, Lane, TestMapping};

/// Which of the forms a contract has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The guide's: clauses with `title`, `spec` and `observables`.
    Documented,
    /// The program's: clauses with `description` and `type`.
    Coded,
    /// That of the plans in use: clauses with `when` and `then`.
    Used,
}

/// How strictly a contract can be meant; `RELAXED` is what later plans call it.
const MODES: &[(&str, ContractMode)] = &[
    ("STRICT", ContractMode::Strict),
    ("CREATIVE", ContractMode::Creative),
    ("RELAXED", ContractMode::Creative),
];
const CHANGE_TYPES: &[(&str, ())] = &[
    ("new", ()),
    ("modify", ()),
    ("bugfix", ()),
    ("refactor", ()),
    ("enhancement", ()),
];
const SCOPES: &[(&str, ())] = &[("internal", ()), ("external", ()), ("mixed", ())];

/// The most clauses that a contract may have.
const MOST_CLAUSES: usize = 100;
/// More clauses than this are too many for one task.
const MANY_CLAUSES: usize = 50;
/// The most bytes of a contract.
const MOST_BYTES: usize = 500 * 1024;
/// The longest slug.
const LONGEST_SLUG: usize = 64;
/// The longest title.
const LONGEST_TITLE: usize = 120;

/// Reads the contract into the lane; its title, and its form.
pub(super) fn read(node: &Node<'_>, lane: &mut Lane, problems: &mut Problems) -> (Option<String>, Form) {
    let Some(mut object) = node.object(problems) else {
        return (None, Form::Documented);
    };
    check_size(node, problems);
    let clauses = object.required("clauses");
    let items = clauses.as_ref().map(|node| node.items(problems)).unwrap_or_default();
    let form = form(&items);
    if let Some(clauses) = &clauses {
        check_count(clauses, items.len(), problems);
    }
    lane.clauses = items.iter().filter_map(|item| clause(item, form, problems)).collect();
    let ids = lane.clauses.iter().map(|it| (it.id.as_str(), &it.location));
    native::report_repeated(ids, "clause", problems);
    let title = header(&mut object, form, lane, problems);
    lane.contract.surface = surface::read(&mut object, problems);
    lane.contract.mapping = mapping(&mut object, problems);
    lane.contract.coverage = contract::coverage(&mut object, problems);
    object.finish(problems);
    (title, form)
}

/// By the fields of the clauses: each form has one that the others do not.
fn form(clauses: &[Node<'_>]) -> Form {
    let have = |name: &str| clauses.iter().any(|clause| clause.has(name));
    if have("then") {
        Form::Used
    } else if have("description") && !have("spec") {
        Form::Coded
    } else {
        Form::Documented
    }
}

fn check_size(node: &Node<'_>, problems: &mut Problems) {
    let bytes = node.location.span.map_or(0, |(start, end)| end - start);
    if bytes > MOST_BYTES {
        let message = format!("the contract has {} KB", bytes / 1024);
        let mut place = node.location.clone();
        place.span = place.span.map(|(start, _)| (start, start + 1));
        problems.invalid(&place, message, "Gatekeeper takes 500 KB: split the work");
    }
}

fn check_count(node: &Node<'_>, count: usize, problems: &mut Problems) {
    let mut place = node.location.clone();
    place.span = place.span.map(|(start, _)| (start, start + 1));
    if count == 0 && node.is_list() {
        problems.invalid(
            &place,
            "`clauses` is empty",
            "write at least one, or leave the contract out",
        );
    } else if count > MOST_CLAUSES {
        let message = format!("the contract has {count} clauses");
        problems.invalid(&place, message, format!("write {MOST_CLAUSES} at most: split the work"));
    } else if count > MANY_CLAUSES {
        let message = format!("the contract has {count} clauses, which is much for one task");
        problems.invalid(&place, message, format!("{MANY_CLAUSES} are a good bound"));
    }
}

/// What stands beside the clauses; the title is what is returned.
fn header(object: &mut Object<'_>, form: Form, lane: &mut Lane, problems: &mut Problems) -> Option<String> {
    let named = form != Form::Coded;
    schema_version(object, form, problems);
    if let Some(node) = object.wanted("slug", named) {
        slug(&node, problems);
    }
    let title = object.wanted("title", named).and_then(|node| {
        let title = node.text(problems)?;
        check_length(&node, &title, LONGEST_TITLE, problems);
        Some(title)
    });
    if let Some(node) = object.wanted("changeType", named) {
        node.near_choice(CHANGE_TYPES, problems);
    }
    if let Some(node) = object.wanted("targetArtifacts", form == Form::Documented)
        && node.texts(problems).is_empty()
        && node.is_list()
    {
        problems.invalid(&node.location, "`targetArtifacts` is empty", "name at least one file");
    }
    let criticality = object
        .field("criticality")
        .and_then(|node| node.near_choice(&levels(), problems));
    // Nothing else in such a plan says how much is at stake.
    lane.risk_level = criticality;
    lane.contract = Contract {
        mode: object
            .required("mode")
            .and_then(|node| node.near_choice(MODES, problems)),
        criticality,
        ..Contract::default()
    };
    remarks(object, problems);
    title
}

fn schema_version(object: &mut Object<'_>, form: Form, problems: &mut Problems) {
    let Some(node) = object.wanted("schemaVersion", form != Form::Coded) else {
        return;
    };
    let version = node.text(problems);
    if let Some(version) = version.filter(|it| it != "1.0.0" && (form == Form::Documented || it != "1.0")) {
        problems.invalid(
            &node.location,
            format!("`schemaVersion` is `{version}`"),
            "write `1.0.0`",
        );
    }
}

fn slug(node: &Node<'_>, problems: &mut Problems) {
    let Some(slug) = node.text(problems) else { return };
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
    if !slug.split('-').all(is_word) {
        let help = "write lower-case words with hyphens, such as `user-authentication`";
        problems.invalid(&node.location, format!("`slug` can't be `{slug}`"), help);
    }
    check_length(node, &slug, LONGEST_SLUG, problems);
}

/// What people and other programs want to know.
fn remarks(object: &mut Object<'_>, problems: &mut Problems) {
    if let Some(node) = object.field("scope") {
        node.near_choice(SCOPES, problems);
    }
    if let Some(node) = object.field("owners") {
        node.texts(problems);
    }
    for name in ["createdAt", "elicitorVersion", "inputsHash", "version"] {
        if let Some(node) = object.field(name) {
            node.any_text(problems);
        }
    }
    object.field("metadata");
}

fn mapping(object: &mut Object<'_>, problems: &mut Problems) -> TestMapping {
    let Some(mut object) = object.field("testMapping").and_then(|node| node.object(problems)) else {
        return TestMapping::default();
    };
    let required = object.field("required").and_then(|node| node.boolean(problems));
    if let Some(node) = object.field("tagPattern")
        && let Some(pattern) = node.text(problems).filter(|pattern| !pattern.contains("@clause"))
    {
        let message = format!("`tagPattern` is `{pattern}`, which is not followed");
        problems.invalid(
            &node.location,
            message,
            "tags are comments `// @clause CL-<TYPE>-<SEQUENCE>`",
        );
    }
    let mut mapping = mapping_of(&mut object, problems);
    object.finish(problems);
    if required == Some(false) {
        mapping.allow_untagged.get_or_insert(true);
    }
    mapping
}
