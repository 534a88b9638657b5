//! run_report.json and the lesson.

use super::{done, planned, rendered, reported};
use drift::report::wire::v1::{Lesson, RunReport};

#[test]
fn a_report_reads_back_as_it_was_written() {
    let text = rendered("json", false);
    let report: RunReport = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string_pretty(&report).unwrap() + "\n", text);
}

#[test]
fn it_fits_its_schema() {
    for name in ["run_report", "lesson"] {
        let report = reported(&planned(), &done(), &[]);
        let value = match name {
            "run_report" => serde_json::to_value(&report).unwrap(),
            _ => serde_json::to_value(Lesson::of(&report).unwrap()).unwrap(),
        };
        let schema = serde_json::from_str(&drift::report::schema(name).unwrap()).unwrap();
        jsonschema::validate(&schema, &value).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn a_lesson_holds_shares_and_patterns_instead_of_names() {
    let lesson = Lesson::of(&reported(&planned(), &done(), &[])).unwrap();
    assert_eq!((lesson.precision, lesson.recall), (Some(0.5), Some(0.667)));
    let patterns: Vec<_> = lesson
        .deviations
        .iter()
        .filter_map(|it| it.pattern.as_deref())
        .collect();
    assert!(patterns.contains(&"src/*.rs"), "{patterns:?}");
    assert!(lesson.id.starts_with("0a1b2c3d") && !lesson.to_line().unwrap().trim_end().contains('\n'));
}
