//! docs/cli.md: every command and option, as the help has them.

use super::args::Cli;
use clap::{Arg, Command, CommandFactory};

/// The whole command line as Markdown.
pub fn reference() -> String {
    let mut root = Cli::command();
    root.build();
    let mut out = String::from("# The command line\n\n");
    out.push_str(&paragraphs(&root));
    out.push_str("\n## Options of every command\n\n");
    root.get_arguments()
        .filter(|it| it.is_global_set())
        .for_each(|it| out.push_str(&item(it)));
    for command in root.get_subcommands().filter(|it| it.get_name() != "help") {
        out.push_str(&section(command, "## drift"));
    }
    out
}

/// What `command` does and takes, and then the same of the commands below it.
fn section(command: &Command, above: &str) -> String {
    let heading = format!("{above} {}", command.get_name());
    let mut out = format!("\n{heading}\n\n{}", paragraphs(command));
    let own: Vec<String> = command
        .get_arguments()
        .filter(|it| !it.is_global_set() && !matches!(it.get_id().as_str(), "help" | "version"))
        .map(item)
        .collect();
    if !own.is_empty() {
        out.push('\n');
        out.push_str(&own.concat());
    }
    for below in command.get_subcommands().filter(|it| it.get_name() != "help") {
        out.push_str(&section(below, &format!("#{heading}")));
    }
    out
}

/// The long help where there is one; what is indented is shown as it is.
fn paragraphs(command: &Command) -> String {
    let about = command.get_long_about().or_else(|| command.get_about());
    let text = about.map(ToString::to_string).unwrap_or_default();
    let mut out = String::new();
    for paragraph in text.split("\n\n") {
        let is_example = paragraph.starts_with("  ");
        let shown = if is_example {
            format!("```text\n{}\n```", unindented(paragraph))
        } else {
            paragraph.to_owned()
        };
        out.push_str(&shown);
        out.push_str("\n\n");
    }
    out.trim_end().to_owned() + "\n"
}

fn unindented(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
    lines.join("\n")
}

fn item(argument: &Arg) -> String {
    let mut names: Vec<String> = argument
        .get_short()
        .map(|short| format!("-{short}"))
        .into_iter()
        .collect();
    names.extend(argument.get_long().map(|long| format!("--{long}")));
    let takes_value = argument.get_action().takes_values();
    let value = argument
        .get_value_names()
        .filter(|_| takes_value)
        .map(|it| it[0].to_string())
        .unwrap_or_default();
    let name = match names.is_empty() {
        true => value,
        false => format!("{} {value}", names.join(", ")),
    };
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    format!("- `{}`: {help}\n", name.trim())
}
