//! `must_haves`: what has to be true, to be there, and to be wired when the plan is done.

use super::frontmatter::{self, Frontmatter};
use super::node::{Node, Value};
use super::paths::{self, Entry};
use super::prose::folded;
use super::{loose, place, yaml};
use crate::model::{Expectation, ExpectationKind, Lane, PathPattern, Target, Unit};

/// Endings of file names that are files also without a folder in front.
const ENDINGS: &[&str] = &[
    "c", "cjs", "cpp", "cs", "css", "dart", "ex", "go", "h", "html", "java", "js", "json", "jsx", "kt", "lock", "lua",
    "md", "mjs", "php", "prisma", "proto", "py", "rb", "rs", "scss", "sh", "sql", "svelte", "swift", "toml", "ts",
    "tsx", "txt", "vue", "xml", "yaml", "yml",
];

/// The expectations of the plan, in the order of its text.
pub(super) fn read(
    text: &str,
    frontmatter: &Frontmatter,
    fields: &Node,
    lane: &Lane,
    units: &[Unit],
) -> Vec<Expectation> {
    let in_body = || from_body(text, frontmatter);
    let Some(must) = fields
        .get("must_haves")
        .cloned()
        .or_else(in_body)
        .or_else(|| bare(fields))
    else {
        return Vec::new();
    };
    let mut reader = Reader {
        known: known_paths(&must, lane, units),
        found: Vec::new(),
    };
    if must.entries().is_empty() {
        reader.truths(&must, "must_haves");
    }
    for (key, value) in must.entries() {
        match key.text() {
            Some("truths" | "prohibitions") => reader.truths(value, "must_haves.truths"),
            Some("artifacts") => value.items().iter().for_each(|it| reader.artifact(it)),
            Some("key_links" | "key-links") => value.items().iter().for_each(|it| reader.link(it)),
            _ => {}
        }
    }
    reader.found
}

/// The `must_haves` that stand in a block of YAML in the body.
fn from_body(text: &str, frontmatter: &Frontmatter) -> Option<Node> {
    let span = frontmatter::yaml_block(text, frontmatter.body, |line| line.starts_with("must_haves:"))?;
    let root = yaml::read(text, span.clone()).unwrap_or_else(|_| loose::read(text, span));
    root.get("must_haves").cloned()
}

/// The fields themselves, where the parts of `must_haves` stand among them.
fn bare(fields: &Node) -> Option<Node> {
    let is_there = |key: &str| fields.get(key).is_some();
    (is_there("truths") || is_there("artifacts") || is_there("key_links")).then(|| fields.clone())
}

/// Every path that the plan spells out, so that a bare file name can be told from another.
fn known_paths(must: &Node, lane: &Lane, units: &[Unit]) -> Vec<String> {
    let files = lane.allowed.iter().chain(units.iter().flat_map(|unit| &unit.files));
    let declared = files.filter_map(|file| file.pattern.literal()).map(ToOwned::to_owned);
    let artifacts = must.get("artifacts").map_or(&[][..], Node::items).iter();
    let mut known: Vec<String> = declared
        .chain(artifacts.filter_map(|it| it.text_of("path")).map(ToOwned::to_owned))
        .collect();
    known.sort();
    known.dedup();
    known
}

struct Reader {
    known: Vec<String>,
    found: Vec<Expectation>,
}

impl Reader {
    fn add(&mut self, kind: ExpectationKind, provides: &str, field: &str, node: &Node) {
        self.found.push(Expectation {
            kind,
            provides: provides.to_owned(),
            location: place(field, node.span.clone()),
        });
    }

    fn truths(&mut self, list: &Node, field: &str) {
        for item in list.items() {
            if let Some(words) = sentence(item) {
                self.add(ExpectationKind::Prose(words), "", field, item);
            }
        }
    }

    /// An artifact: a path, or a map with a path and what the file has to hold.
    fn artifact(&mut self, node: &Node) {
        let field = "must_haves.artifacts";
        let at = node.get("path").or_else(|| node.get("file"));
        let Some(words) = at.map_or_else(|| node.text(), Node::text) else {
            return;
        };
        let Some((path, note)) = single_path(words) else {
            return self.add(ExpectationKind::Prose(folded(words)), "", field, node);
        };
        let provides = node.text_of("provides").map_or(note, folded);
        if is_to_go(node, &provides) {
            return self.add(
                ExpectationKind::Prose(format!("{words} is gone")),
                &provides,
                field,
                node,
            );
        }
        self.add(
            ExpectationKind::Exists(path.clone()),
            &provides,
            field,
            at.unwrap_or(node),
        );
        for (key, value) in node.entries() {
            self.content(key.text().unwrap_or_default(), value, &path, &provides);
        }
    }

    /// What one key of an artifact says about the file's content.
    fn content(&mut self, key: &str, value: &Node, path: &PathPattern, provides: &str) {
        let path = path.clone();
        match key {
            "contains" | "contains_also" => {
                for text in value.items().iter().filter_map(Node::text) {
                    let alternatives = alternatives(text);
                    let kind = ExpectationKind::Contains {
                        path: path.clone(),
                        alternatives,
                    };
                    self.add(kind, provides, "must_haves.artifacts.contains", value);
                }
            }
            "exports" => {
                let names = exports(value);
                if !names.is_empty() {
                    let kind = ExpectationKind::Exports { path, names };
                    self.add(kind, provides, "must_haves.artifacts.exports", value);
                }
            }
            "min_lines" => {
                if let Some(lines) = value.text().and_then(|text| text.parse().ok()) {
                    let kind = ExpectationKind::MinLines { path, lines };
                    self.add(kind, provides, "must_haves.artifacts.min_lines", value);
                }
            }
            _ => {}
        }
    }

    fn link(&mut self, node: &Node) {
        let field = "must_haves.key_links";
        let ends = node.text_of("from").zip(node.text_of("to"));
        let Some((from, to)) = ends else {
            if let Some(words) = sentence(node) {
                self.add(ExpectationKind::Prose(words), "", field, node);
            }
            return;
        };
        let kind = ExpectationKind::Link {
            from: self.target(from),
            to: self.target(to),
            pattern: node.text_of("pattern").map(ToOwned::to_owned),
            via: node.text_of("via").map(folded).unwrap_or_default(),
        };
        self.add(kind, "", field, node.get("from").unwrap_or(node));
    }

    /// A path of the repository, if the words name one; a bare file name is that of the path that the plan spells out.
    fn target(&self, words: &str) -> Target {
        let symbol = || Target::Symbol(folded(words));
        let Some((path, _)) = single_path(words) else {
            return symbol();
        };
        let Some(name) = path.literal() else {
            return Target::Path(path);
        };
        let mut same_name = self.known.iter().filter(|known| known.rsplit('/').next() == Some(name));
        if let (false, Some(known), None) = (name.contains('/'), same_name.next(), same_name.next()) {
            return PathPattern::parse(known).map_or_else(|_| symbol(), Target::Path);
        }
        let is_known = self
            .known
            .iter()
            .any(|known| known == name || known.starts_with(&format!("{name}/")));
        let ending = name
            .rsplit('/')
            .next()
            .and_then(|last| last.rsplit_once('.'))
            .map(|(_, ending)| ending);
        let is_file = ending.is_some_and(|ending| ENDINGS.contains(&ending.to_lowercase().as_str()));
        if is_known || is_file || path.is_folder() {
            Target::Path(path)
        } else {
            symbol()
        }
    }
}

/// The words of a list's entry; of one that YAML takes for a map (`- Login: works`) its words again.
fn sentence(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(_) => node.text().map(folded),
        Value::Map(entries) => {
            let part = |(key, value): &(Node, Node)| Some(format!("{}: {}", key.text()?, value.text()?));
            let parts: Vec<String> = entries.iter().filter_map(part).collect();
            (!parts.is_empty()).then(|| folded(&parts.join(", ")))
        }
        Value::Null | Value::List(_) => None,
    }
}

/// Whether an artifact is listed because it is to be deleted.
fn is_to_go(node: &Node, provides: &str) -> bool {
    let status = node.text_of("status").unwrap_or_default();
    let words = provides.to_lowercase();
    let is_past = |text: &str| ["deleted", "removed"].contains(&text);
    let first = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    is_past(&status.to_lowercase())
        || (is_past(first) && !goes_on_to_a_thing(&words))
        || [
            "should be deleted",
            "should be removed",
            "to be deleted",
            "to be removed",
        ]
        .iter()
        .any(|it| words.contains(it))
}

/// Whether the text goes on to say what was removed (`removed dead code`), so that the file itself stays.
fn goes_on_to_a_thing(words: &str) -> bool {
    let mut rest = words.split_whitespace();
    let first = rest.next().unwrap_or_default();
    let stands_alone = first.ends_with([':', '.', ',', ';']);
    let goes_on = rest.next().is_some_and(|next| next.starts_with(char::is_alphanumeric));
    !stands_alone && goes_on
}

/// Whether the name is made only when the work runs: `v{version}.md`, `<phase>-SUMMARY.md`, `$HOME/x`.
fn has_blank(path: &str) -> bool {
    let braces = path.split('{').skip(1);
    let mut inside = braces.filter_map(|rest| Some(rest.split_once('}')?.0));
    path.starts_with('$') || path.contains('<') || inside.any(|it| !it.contains([',', '.']))
}

/// The only path that the words name, and what is said beside it. Words that merely begin like a path name none.
fn single_path(words: &str) -> Option<(PathPattern, String)> {
    let entries = paths::entry(words);
    let [Entry::Path(path)] = entries.as_slice() else {
        return None;
    };
    let first = path.text.split(['(', ':']).next().unwrap_or_default();
    let is_call = path.text.ends_with(')') && !first.contains('/');
    if is_call || has_blank(&path.text) || !paths::is_path(&path.text) {
        return None;
    }
    let pattern = PathPattern::parse(&path.text).ok()?;
    Some((pattern, path.note.clone().unwrap_or_default()))
}

/// The texts of which one has to stand in the file: the whole, and each part between single bars.
fn alternatives(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    let mut all = vec![text.to_owned()];
    if parts.len() > 1 && parts.iter().all(|part| !part.is_empty()) {
        all.extend(parts.into_iter().map(ToOwned::to_owned));
    }
    all
}

/// The names in a list, or in a text with commas.
fn exports(node: &Node) -> Vec<String> {
    let divide = |text: &str| -> Vec<String> {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.map(ToOwned::to_owned).collect()
    };
    match &node.value {
        Value::Text(text) => divide(text),
        _ => node
            .items()
            .iter()
            .filter_map(Node::text)
            .map(ToOwned::to_owned)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{alternatives, goes_on_to_a_thing, has_blank};

    #[test]
    fn a_name_that_is_made_later_has_a_blank() {
        for path in ["v{version}.md", "<phase>-SUMMARY.md", "$HOME/x.md"] {
            assert!(has_blank(path), "{path}");
        }
        for path in ["src/{a,b}.rs", "app/[slug]/page.tsx", "routes/a.$id.tsx"] {
            assert!(!has_blank(path), "{path}");
        }
    }

    #[test]
    fn what_was_removed_from_a_file_leaves_the_file() {
        assert!(goes_on_to_a_thing("removed dead code"));
        assert!(!goes_on_to_a_thing("deleted — zero references"));
        assert!(!goes_on_to_a_thing("removed"));
    }

    #[test]
    fn bars_divide_alternatives_and_double_bars_do_not() {
        assert_eq!(alternatives("a|b"), ["a|b", "a", "b"]);
        assert_eq!(alternatives("x || y"), ["x || y"]);
        assert_eq!(alternatives("plain"), ["plain"]);
    }
}
