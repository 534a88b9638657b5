//! Reports as bytes: one file a renderer, all of them over the frozen shape of run_report.json.

pub mod attestation;
mod brief;
mod count;
mod groups;
mod json;
mod markdown;
mod plain;
mod rollback;
mod schema;
mod text;
pub mod wire;

use crate::model::Source;
pub use brief::brief;
pub use plain::markdown as markdown_text;
pub use schema::{SCHEMAS, schema};
pub use text::snippet::problems;
use wire::v1::RunReport;

/// Every renderer, in the order in which `--format` lists them.
pub static RENDERERS: &[Renderer] = &[
    Renderer {
        name: "text",
        render: text::render,
    },
    Renderer {
        name: "json",
        render: json::render,
    },
    Renderer {
        name: "markdown",
        render: markdown::render,
    },
    Renderer {
        name: "rollback",
        render: rollback::render,
    },
];

/// One way to write a report.
pub struct Renderer {
    /// The word that `--format` takes.
    pub name: &'static str,
    /// The report as text; styles are ANSI sequences, which the printer strips where they don't belong.
    pub render: fn(&RunReport, &Look<'_>) -> String,
}

/// What a renderer may know besides the report.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// Columns of the terminal, or 100 where there is none.
    pub width: usize,
    /// The texts of the plan, for snippets; may be empty.
    pub sources: &'a [Source],
    /// Whether notes are shown, and no list is cut short.
    pub verbose: bool,
}

/// The text of run_report.json: what `--format json` prints.
pub fn run_report_json(report: &RunReport) -> String {
    let look = Look {
        width: 100,
        sources: &[],
        verbose: true,
    };
    json::render(report, &look)
}

/// The renderer that `--format name` means.
pub fn renderer(name: &str) -> Option<&'static Renderer> {
    RENDERERS.iter().find(|renderer| renderer.name == name)
}
