//! The tree of config.yaml → its meaning, entry by entry: a wrong one is a problem and leaves the others alone.

use super::yaml::{self, Node, Place, Value};
use super::{Config, ConfigProblem, ConfigProblemKind, KnownRule, defaults};
use crate::model::{Level, PathPattern, PatternSet, nearest};
use std::collections::BTreeMap;

/// The largest config.yaml that is read, in bytes.
const MAX_BYTES: usize = 1024 * 1024;
/// The keys at the top.
const KEYS: &[&str] = &[
    "rules",
    "derived",
    "bookkeeping",
    "sensitive",
    "forbidden",
    "home",
    "hooks",
];

/// Reads the text of a config.yaml, where `rules` are those that it can name.
pub fn read(text: &str, rules: &[KnownRule]) -> Config {
    let mut reader = Reader {
        config: Config::default(),
        rules,
    };
    match parse(text) {
        Ok(Some(root)) => reader.top(&root),
        Ok(None) => {}
        Err(problem) => reader.config.problems.push(problem),
    }
    reader
        .config
        .problems
        .sort_by_key(|problem| (problem.line, problem.column));
    reader.config
}

fn parse(text: &str) -> Result<Option<Node>, ConfigProblem> {
    let problem = |place: Place, message: String, help: &str| ConfigProblem {
        kind: ConfigProblemKind::Unreadable,
        message,
        help: Some(help.to_owned()),
        line: place.line,
        column: place.column,
    };
    if text.len() > MAX_BYTES {
        let start = Place { line: 1, column: 1 };
        return Err(problem(
            start,
            "the file is larger than 1 MiB".into(),
            "until then the defaults hold",
        ));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    yaml::parse(text).map_err(|error| {
        let message = format!("not valid YAML: {}", error.message);
        problem(error.place, message, "until this is settled the defaults hold")
    })
}

/// A name in a map, where it stands, and its value.
struct Entry<'n> {
    key: &'n str,
    place: Place,
    node: &'n Node,
}

struct Reader<'a> {
    config: Config,
    rules: &'a [KnownRule],
}

impl Reader<'_> {
    fn top(&mut self, root: &Node) {
        for Entry { key, place, node } in self.entries(root, "the file") {
            match key {
                "rules" => self.rules(node),
                "derived" => self.config.policy.derived = self.patterns(node, key, defaults::DERIVED),
                "bookkeeping" => self.config.policy.bookkeeping = self.patterns(node, key, defaults::BOOKKEEPING),
                "sensitive" => self.config.policy.sensitive = self.patterns(node, key, defaults::SENSITIVE),
                "forbidden" => self.config.policy.forbidden = self.patterns(node, key, defaults::FORBIDDEN),
                "home" => self.home(node),
                "hooks" => self.hooks(node),
                _ => self.unknown_key(key, place, KEYS),
            }
        }
    }

    fn rules(&mut self, node: &Node) {
        let mut places: BTreeMap<&str, Place> = BTreeMap::new();
        for Entry { key, place, node } in self.entries(node, "`rules`") {
            let Some(rule) = self.rules.iter().find(|rule| rule.name == key || rule.code == key) else {
                self.unknown_rule(key, place);
                continue;
            };
            if let Some(first) = places.insert(rule.name, place) {
                let message = format!("`{}` and `{}` are one rule, set twice", rule.name, rule.code);
                let help = format!("the first stands in line {}; the last one counts", first.line);
                self.problem(place, message, help);
            }
            self.rule(rule.clone(), node);
        }
    }

    fn rule(&mut self, rule: KnownRule, node: &Node) {
        if !matches!(node.value, Value::Map(_)) {
            if let Some(level) = self.level(rule.name, node) {
                self.config.policy.levels.insert(rule.name.to_owned(), level);
            }
            return;
        }
        for Entry { key, place, node } in self.entries(node, rule.name) {
            if key == "level" {
                if let Some(level) = self.level("level", node) {
                    self.config.policy.levels.insert(rule.name.to_owned(), level);
                }
            } else if rule.options.contains(&key) {
                let values = self.texts(node, key);
                let options = self.config.policy.options.entry(rule.name.to_owned()).or_default();
                options.insert(key.to_owned(), values);
            } else {
                self.unknown_option(&rule, key, place);
            }
        }
    }

    fn level(&mut self, name: &str, node: &Node) -> Option<Level> {
        let levels = [Level::Allow, Level::Warn, Level::Deny].map(|level| (level.name(), level));
        self.choice(name, node, &levels)
    }

    fn home(&mut self, node: &Node) {
        let homes = [("repository", false), ("local", true)];
        if let Some(local) = self.choice("home", node, &homes) {
            self.config.home_local = local;
        }
    }

    fn hooks(&mut self, node: &Node) {
        for Entry { key, place, node } in self.entries(node, "`hooks`") {
            if key != "onError" {
                self.unknown_key(key, place, &["onError"]);
            } else if let Some(open) = self.choice(key, node, &[("open", true), ("closed", false)]) {
                self.config.hooks_on_error_open = open;
            }
        }
    }

    /// The defaults, and after them the entries of the list.
    fn patterns(&mut self, node: &Node, name: &str, defaults: &[&str]) -> PatternSet {
        let mut patterns: Vec<_> = defaults
            .iter()
            .filter_map(|text| PathPattern::parse(text).ok())
            .collect();
        for (text, place) in self.located_texts(node, name) {
            match PathPattern::parse(text) {
                Ok(pattern) => patterns.push(pattern),
                Err(error) => self.problem(place, format!("`{text}`: {error}"), ""),
            }
        }
        PatternSet::new(patterns)
    }

    fn texts(&mut self, node: &Node, name: &str) -> Vec<String> {
        let texts = self.located_texts(node, name);
        texts.into_iter().map(|(text, _)| text.to_owned()).collect()
    }

    /// The texts of a list, or the one that stands in its place.
    fn located_texts<'n>(&mut self, node: &'n Node, name: &str) -> Vec<(&'n str, Place)> {
        let items = match &node.value {
            Value::Nothing => &[],
            Value::List(items) => items.as_slice(),
            Value::Map(_) => {
                self.problem(node.place, format!("`{name}` is a map; it has to be a list"), "");
                &[]
            }
            _ => std::slice::from_ref(node),
        };
        let read = items.iter().map(|item| (self.text(item, name), item.place));
        read.filter_map(|(text, place)| Some((text?, place))).collect()
    }

    fn text<'n>(&mut self, node: &'n Node, name: &str) -> Option<&'n str> {
        match &node.value {
            Value::Text(text) => return Some(text),
            Value::Sign(sign) => {
                let help = format!("put it in quotes: \"{sign}\"");
                self.problem(node.place, format!("`{sign}` means something else in YAML"), help);
            }
            Value::Nothing => self.problem(node.place, format!("an entry of `{name}` is empty"), ""),
            Value::List(_) => self.problem(node.place, format!("`{name}` is a list; it has to be a string"), ""),
            Value::Map(_) => self.problem(node.place, format!("`{name}` is a map; it has to be a string"), ""),
        }
        None
    }

    /// One of these words, by exact case.
    fn choice<T: Copy>(&mut self, name: &str, node: &Node, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(node, name)?;
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*meaning);
        }
        let names: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        let help = did_you_mean(text, &names).unwrap_or_else(|| format!("write one of {}", quoted(&names)));
        self.problem(node.place, format!("`{name}` can't be `{text}`"), help);
        None
    }

    /// The entries of a map, each key once: of two the last one counts.
    fn entries<'n>(&mut self, node: &'n Node, what: &str) -> Vec<Entry<'n>> {
        let entries = match &node.value {
            Value::Map(entries) => entries.as_slice(),
            Value::Nothing => &[],
            _ => {
                self.problem(node.place, format!("{what} has to be a map of names and values"), "");
                &[]
            }
        };
        let mut at: BTreeMap<&str, usize> = BTreeMap::new();
        let mut found: Vec<Entry<'n>> = Vec::new();
        for (name, node) in entries {
            let Some(key) = self.text(name, "a name") else {
                continue;
            };
            let place = name.place;
            if let Some(&earlier) = at.get(key) {
                self.problem(
                    place,
                    format!("`{key}` is there more than once; the last one counts"),
                    "",
                );
                found[earlier].node = node;
            } else {
                at.insert(key, found.len());
                found.push(Entry { key, place, node });
            }
        }
        found
    }

    fn unknown_key(&mut self, key: &str, place: Place, known: &[&str]) {
        let help = did_you_mean(key, known).unwrap_or_else(|| format!("the keys here are {}", quoted(known)));
        self.problem(place, format!("unknown key `{key}`"), help);
    }

    fn unknown_rule(&mut self, key: &str, place: Place) {
        let names: Vec<_> = self.rules.iter().flat_map(|rule| [rule.name, rule.code]).collect();
        let help = did_you_mean(key, &names).unwrap_or_else(|| "`drift explain` lists the rules".to_owned());
        self.add(
            ConfigProblemKind::UnknownRule,
            place,
            format!("no rule is called `{key}`"),
            help,
        );
    }

    fn unknown_option(&mut self, rule: &KnownRule, key: &str, place: Place) {
        let mut known = vec!["level"];
        known.extend(&rule.options);
        let help = did_you_mean(key, &known).unwrap_or_else(|| format!("it has {}", quoted(&known)));
        let message = format!("`{}` has no option `{key}`", rule.name);
        self.add(ConfigProblemKind::UnknownRule, place, message, help);
    }

    fn problem(&mut self, place: Place, message: String, help: impl Into<String>) {
        self.add(ConfigProblemKind::Unreadable, place, message, help);
    }

    fn add(&mut self, kind: ConfigProblemKind, place: Place, message: String, help: impl Into<String>) {
        self.config.problems.push(ConfigProblem {
            kind,
            message,
            help: Some(help.into()).filter(|help| !help.is_empty()),
            line: place.line,
            column: place.column,
        });
    }
}

fn did_you_mean(text: &str, known: &[&str]) -> Option<String> {
    let meant = nearest(text, known.iter().copied())?;
    Some(format!("did you mean `{meant}`?"))
}

fn quoted(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
