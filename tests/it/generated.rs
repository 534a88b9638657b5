//! Files in docs/ that a table in the code knows: compared here, and written with `DRIFT_BLESS=1`.

use drift::rules::{self, CHECKS};
use std::fs;
use std::path::Path;

/// Holds the file at `path` to `expected`, or writes it where the environment says so.
fn hold(path: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("DRIFT_BLESS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, expected).unwrap();
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == expected,
        "{path} is not what the code says; write it with `DRIFT_BLESS=1 cargo test --test it generated`"
    );
}

#[test]
fn the_rules_are_documented_as_they_are() {
    hold("docs/rules.md", &rules::reference());
}

#[test]
fn the_schemas_of_what_drift_writes_are_what_it_writes() {
    for name in drift::report::SCHEMAS {
        hold(
            &format!("docs/schema/{name}.schema.json"),
            &drift::report::schema(name).unwrap(),
        );
    }
}

#[test]
fn the_command_line_is_documented_as_it_is() {
    hold("docs/cli.md", &drift::cli::reference());
}

#[test]
fn each_rule_shows_an_example_of_itself_and_lists_its_options() {
    for check in CHECKS {
        let text = rules::explain(&check.rule);
        let shown = ["note", "warning", "error"].map(|severity| format!("```text\n{severity}[{}]: ", check.rule.code));
        assert!(shown.iter().any(|it| text.contains(it)), "{}", check.rule.code);
        for option in check.rule.options {
            assert!(text.contains(&format!("- `{}`: ", option.name)), "{}", check.rule.code);
        }
    }
}

#[test]
fn each_rule_is_found_by_code_and_by_name() {
    for check in CHECKS {
        assert_eq!(rules::find(check.rule.code), Some(&check.rule));
        assert_eq!(rules::find(&check.rule.code.to_lowercase()), Some(&check.rule));
        assert_eq!(rules::find(check.rule.name), Some(&check.rule));
    }
}
