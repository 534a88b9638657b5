//! Which language a file is written in: the one table of grammars, and the comment markers of those without.

use super::sink::Sink;
use super::walk::At;
use super::{go, java, javascript, python, rust};
use crate::model::RepoPath;
use bstr::ByteSlice;
use tree_sitter::Language;

/// A language that is read by its grammar.
pub(super) struct Dialect {
    /// What it is called.
    pub(super) name: &'static str,
    /// The endings of its files.
    endings: &'static [&'static str],
    /// Its grammar.
    pub(super) grammar: fn() -> Language,
    /// Says what a node is.
    pub(super) look: for<'t> fn(&At<'_, 't>, &mut Sink<'t>),
    /// What begins a line comment.
    pub(super) marker: &'static str,
}

/// Every language with a grammar.
static DIALECTS: &[Dialect] = &[
    Dialect {
        name: "TypeScript",
        endings: &["ts", "mts", "cts"],
        grammar: || tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
        look: javascript::look,
        marker: "//",
    },
    Dialect {
        name: "TSX",
        endings: &["tsx"],
        grammar: || tree_sitter_typescript::LANGUAGE_TSX.into(),
        look: javascript::look,
        marker: "//",
    },
    Dialect {
        name: "JavaScript",
        endings: &["js", "jsx", "mjs", "cjs"],
        grammar: || tree_sitter_javascript::LANGUAGE.into(),
        look: javascript::look,
        marker: "//",
    },
    Dialect {
        name: "Python",
        endings: &["py", "pyi"],
        grammar: || tree_sitter_python::LANGUAGE.into(),
        look: python::look,
        marker: "#",
    },
    Dialect {
        name: "Rust",
        endings: &["rs"],
        grammar: || tree_sitter_rust::LANGUAGE.into(),
        look: rust::look,
        marker: "//",
    },
    Dialect {
        name: "Go",
        endings: &["go"],
        grammar: || tree_sitter_go::LANGUAGE.into(),
        look: go::look,
        marker: "//",
    },
    Dialect {
        name: "Java",
        endings: &["java"],
        grammar: || tree_sitter_java::LANGUAGE.into(),
        look: java::look,
        marker: "//",
    },
];

/// What begins a line comment in the languages without a grammar, by the endings of their files.
const MARKERS: &[(&str, &[&str])] = &[
    (
        "//",
        &[
            "c", "cc", "cpp", "cs", "cxx", "dart", "fs", "groovy", "h", "hpp", "kt", "kts", "m", "mm", "php", "scala",
            "sol", "swift", "zig",
        ],
    ),
    (
        "#",
        &[
            "bash", "bats", "cr", "ex", "exs", "feature", "fish", "jl", "nim", "pl", "ps1", "r", "rb", "robot", "sh",
            "t", "tcl", "toml", "yaml", "yml", "zsh",
        ],
    ),
    ("--", &["adb", "elm", "hs", "lua", "sql", "vhd", "vhdl"]),
    (";", &["asm", "clj", "cljs", "el", "lisp", "rkt", "scm"]),
    ("%", &["erl", "hrl", "pro", "tex"]),
    ("'", &["bas", "vb", "vbs"]),
    ("<!--", &["astro", "html", "md", "mdx", "svelte", "vue", "xml"]),
];

/// The language of the file, if drift has a grammar for it.
pub(super) fn of(path: &RepoPath) -> Option<&'static Dialect> {
    let ending = ending(path)?;
    DIALECTS.iter().find(|dialect| dialect.endings.contains(&ending))
}

/// What begins a line comment in the file; `None` for endings that say nothing.
pub(super) fn marker(path: &RepoPath) -> Option<&'static str> {
    let ending = ending(path)?;
    let named = |(marker, endings): &(&'static str, &[&str])| endings.contains(&ending).then_some(*marker);
    of(path)
        .map(|dialect| dialect.marker)
        .or_else(|| MARKERS.iter().find_map(named))
}

fn ending(path: &RepoPath) -> Option<&str> {
    let name = path.file_name();
    let at = name.rfind_byte(b'.')?;
    path.as_str()?.get(path.as_bytes().len() - name.len() + at + 1..)
}
