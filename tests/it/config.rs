//! What is read from config.yaml.

use drift::config::{Config, ConfigProblemKind, KnownRule, read};
use drift::model::Level;
use snapbox::{assert_data_eq, str};

fn config(text: &str) -> Config {
    let rule = |name, code, options: &[&'static str]| KnownRule {
        name,
        code,
        options: options.to_vec(),
    };
    read(
        text,
        &[
            rule("vague-wording", "D005", &["words", "phrases"]),
            rule("undeclared-file", "D101", &[]),
            rule("wrong-lane", "D104", &[]),
        ],
    )
}

/// The problems as a user reads them.
fn problems(text: &str) -> String {
    let line = |problem: &drift::config::ConfigProblem| {
        let help = problem.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
        let kind = if problem.kind == ConfigProblemKind::UnknownRule {
            "D902"
        } else {
            "D901"
        };
        format!(
            "{kind} {}:{}: {}{help}\n",
            problem.line, problem.column, problem.message
        )
    };
    config(text).problems.iter().map(line).collect()
}

const GOOD: &str = r#"
# the policy
rules:
  undeclared-file: deny
  D104: {level: allow}
  vague-wording:
    words: [maybe, 1]
    phrases: "and so on"
derived:
  - "vendor/**"
  - "!**/Cargo.lock"
sensitive: ["deploy/**"]
forbidden: LICENSE
bookkeeping:
home: local
hooks:
  onError: closed
"#;

#[test]
fn every_key_is_read() {
    let config = config(GOOD);
    assert_eq!(config.problems, []);
    let policy = &config.policy;
    assert_eq!(policy.levels["undeclared-file"], Level::Deny);
    assert_eq!(policy.levels["wrong-lane"], Level::Allow);
    assert_eq!(policy.options["vague-wording"]["words"], ["maybe", "1"]);
    assert_eq!(policy.options["vague-wording"]["phrases"], ["and so on"]);
    assert!(config.home_local);
    assert!(!config.hooks_on_error_open);
}

#[test]
fn lists_add_to_the_defaults_and_take_out_of_them() {
    let policy = config(GOOD).policy;
    assert!(policy.derived.contains(b"vendor/a.js"));
    assert!(policy.derived.contains(b"yarn.lock"));
    assert!(!policy.derived.contains(b"Cargo.lock"));
    assert!(policy.sensitive.contains(b"deploy/x") && policy.sensitive.contains(b".env"));
    assert!(policy.forbidden.contains(b"LICENSE"));
    assert!(policy.bookkeeping.contains(b".drift/config.yaml"));
}

#[test]
fn nothing_said_is_the_defaults() {
    for text in [
        "",
        "# nothing\n",
        "---\n",
        "rules:\nderived: ~\n",
        "{}",
        "\u{feff}home: repository",
    ] {
        let config = config(text);
        assert_eq!(config.problems, [], "{text:?}");
        assert!(config.hooks_on_error_open && !config.home_local);
        assert!(config.policy.derived.contains(b"Cargo.lock"));
    }
}

#[test]
fn the_template_says_the_defaults_and_what_it_suggests_can_be_read() {
    let template = drift::config::TEMPLATE;
    assert_eq!(problems(template), "");
    assert_eq!(Config::loosened(&config(""), &config(template)), Vec::<String>::new());
    assert_eq!(Config::loosened(&config(template), &config("")), Vec::<String>::new());
    let uncommented = template.replace("\n#  ", "\n  ");
    assert_eq!(problems(&uncommented), "");
    assert_eq!(config(&uncommented).policy.levels["undeclared-file"], Level::Deny);
}

#[test]
fn every_fault_is_said_and_leaves_the_others_alone() {
    let text = r#"rules:
  undeclared-files: deny
  D104: Deny
  wrong-lane: off
  vague-wording:
    word: [x]
    phrases: [[x]]
    level: error
derived:
  - "/etc"
  - !build/
  - *.lock
  -
home: [local]
home: worktree
hook: {onError: closed}
hooks: {onerror: closed}
sensitive: {a: b}
forbidden: ["ok.txt"]
"#;
    assert!(config(text).policy.forbidden.contains(b"ok.txt"));
    assert_data_eq!(
        problems(text),
        str![[r#"
D902 2:3: no rule is called `undeclared-files`; did you mean `undeclared-file`?
D901 3:9: `wrong-lane` can't be `Deny`; did you mean `deny`?
D901 4:3: `wrong-lane` and `D104` are one rule, set twice; the first stands in line 3; the last one counts
D901 4:15: `wrong-lane` can't be `off`; write one of `allow`, `warn`, `deny`
D902 6:5: `vague-wording` has no option `word`; did you mean `words`?
D901 7:15: `phrases` is a list; it has to be a string
D901 8:12: `level` can't be `error`; write one of `allow`, `warn`, `deny`
D901 10:5: `/etc`: the path is absolute; name it from the top of the repository
D901 11:5: `!build/` means something else in YAML; put it in quotes: "!build/"
D901 12:5: `*.lock` means something else in YAML; put it in quotes: "*.lock"
D901 13:4: an entry of `derived` is empty
D901 15:1: `home` is there more than once; the last one counts
D901 15:7: `home` can't be `worktree`; write one of `repository`, `local`
D901 16:1: unknown key `hook`; did you mean `hooks`?
D901 17:9: unknown key `onerror`; did you mean `onError`?
D901 18:12: `sensitive` is a map; it has to be a list

"#]]
    );
}

#[test]
fn what_is_no_yaml_leaves_the_defaults() {
    let text = "rules:\n  undeclared-file: deny\n derived: [\n";
    assert!(config(text).policy.levels.is_empty());
    assert_data_eq!(
        problems(text),
        str![[r#"
D901 3:2: not valid YAML: while parsing a block mapping, did not find expected key; until this is settled the defaults hold

"#]]
    );
    assert_data_eq!(
        problems("- a"),
        str![[r#"
D901 1:1: the file has to be a map of names and values

"#]]
    );
}

#[test]
fn a_bomb_does_not_go_off() {
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nderived: *c\n";
    assert!(problems(bomb).contains("`*c` means something else in YAML"));
    assert!(!problems(&"[".repeat(300_000)).is_empty());
    assert!(problems(&" ".repeat(2_000_000)).contains("larger than 1 MiB"));
}

#[test]
fn what_lets_more_pass_is_named() {
    let after = r#"
rules:
  undeclared-file: warn
  D104: deny
  vague-wording: warn
derived: ["src/**"]
sensitive: ["!**/*.pem"]
"#;
    let said = |before, after| Config::loosened(&config(before), &config(after)).join("\n");
    assert_data_eq!(
        said(GOOD, after),
        str![[r#"
rules: `undeclared-file` is `warn`, and was `deny`
rules: `vague-wording` is `warn`, and was not set
rules: `phrases` of `vague-wording` has changed
rules: `words` of `vague-wording` has changed
derived: `src/**` was added
derived: `!**/Cargo.lock` was taken out
sensitive: `deploy/**` was taken out
sensitive: `!**/*.pem` was added
forbidden: `LICENSE` was taken out
hooks: `onError` is `open`, and was `closed`
"#]]
    );
    assert_eq!(said(GOOD, GOOD), "");
    assert_eq!(
        said(
            "",
            "rules: {undeclared-file: deny}\nforbidden: [x]\nderived: [\"!**/*.snap\"]"
        ),
        ""
    );
}

#[test]
fn another_order_can_be_looser() {
    let before = "sensitive: [\"!deploy/a\", \"deploy/**\"]";
    let after = "sensitive: [\"deploy/**\", \"!deploy/a\"]";
    assert_eq!(
        Config::loosened(&config(before), &config(after)),
        ["sensitive: the order has changed"]
    );
}

proptest::proptest! {
    #[test]
    fn mutated_configs_never_panic(cuts in proptest::collection::vec((0usize..400, 0usize..9, "[\\PC\n\t]{0,4}"), 1..6)) {
        let mut text: Vec<char> = GOOD.chars().collect();
        for (start, length, piece) in cuts {
            let start = start.min(text.len());
            let end = (start + length).min(text.len());
            text.splice(start..end, piece.chars());
        }
        let config = config(&text.into_iter().collect::<String>());
        assert!(config.problems.iter().all(|problem| problem.line > 0 && problem.column > 0));
    }
}
