//! What every command takes, and the list of commands.

use super::commands::{
    accept, approve, check, completions, convert, demo, doctor, evidence, explain, fetch, finish, hook, hooks, init,
    list, man, new, notes, push, report, schema, show, start, status, test, trust, validate,
};
use super::ui::Color;
use crate::ops;
use clap::builder::NonEmptyStringValueParser;
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

/// How reports are written where nobody says otherwise.
const DEFAULT_FORMAT: &str = "text";

/// Holds what was planned and approved against what git says was done.
///
/// Exit codes: 0 aligned or done, 1 drifted, 2 error, 3 nothing could be checked, 130 interrupted.
#[derive(Debug, Parser)]
#[command(name = "drift", version, propagate_version = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    pub globals: Globals,
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// `drift hook NAME …` as git calls it: its arguments are never options, and describing all commands to take them
    /// apart takes longer than most of what a hook does. `None` for every other command line.
    pub fn of_hook(arguments: &[OsString]) -> Option<Self> {
        let [_, verb, name, arguments @ ..] = arguments else {
            return None;
        };
        let is_option = |word: &OsString| word.as_encoded_bytes().starts_with(b"-");
        if verb != "hook" || is_option(name) || arguments.first().is_some_and(is_option) {
            return None;
        }
        Some(Self {
            globals: Globals::default(),
            command: Command::Hook(hook::Args::new(name.to_str()?, arguments)),
        })
    }
}

#[derive(Args, Clone, Debug)]
pub struct Globals {
    /// Work as if drift had been started in DIR
    #[arg(short = 'C', global = true, value_name = "DIR", help_heading = "Global options")]
    pub directory: Option<PathBuf>,
    /// The run, by its handle, id, id8 or slug [default: DRIFT_RUN, else the branch's]
    #[arg(
        long,
        global = true,
        value_name = "RUN",
        value_parser = NonEmptyStringValueParser::new(),
        help_heading = "Global options"
    )]
    pub run: Option<String>,
    /// A plan: a file, a folder, REV:PATH, or a spec-kitty mission by id, slug or lane; may be given several times
    #[arg(
        long = "plan",
        global = true,
        value_name = "PLAN",
        value_parser = NonEmptyStringValueParser::new(),
        conflicts_with = "run",
        help_heading = "Global options"
    )]
    pub plans: Vec<String>,
    /// Where the work began [default: the plan's, the run's, else the remote's default branch]
    #[arg(long, global = true, value_name = "REV", value_parser = NonEmptyStringValueParser::new(), help_heading = "Global options")]
    pub base: Option<String>,
    /// Where the work ended [default: the plan's, the run's branch, else HEAD]
    #[arg(long, global = true, value_name = "REV", value_parser = NonEmptyStringValueParser::new(), help_heading = "Global options")]
    pub target: Option<String>,
    /// How reports are written
    #[arg(long, global = true, value_name = "FORMAT", default_value = DEFAULT_FORMAT, help_heading = "Global options",
          value_parser = PossibleValuesParser::new(ops::report_formats()))]
    pub format: String,
    /// Write the report to FILE instead of standard output
    #[arg(short, long, global = true, value_name = "FILE", help_heading = "Global options")]
    pub output: Option<PathBuf>,
    /// Say nothing; the exit code tells
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,
    /// Show notes, and every finding by itself
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub verbose: bool,
    /// When to use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        help_heading = "Global options"
    )]
    pub color: Color,
}

impl Default for Globals {
    /// What holds where no option is given.
    fn default() -> Self {
        Self {
            directory: None,
            run: None,
            plans: Vec::new(),
            base: None,
            target: None,
            format: DEFAULT_FORMAT.into(),
            output: None,
            quiet: false,
            verbose: false,
            color: Color::default(),
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Init(init::Args),
    New(new::Args),
    Validate(validate::Args),
    Approve(approve::Args),
    Start(start::Args),
    Status(status::Args),
    Check(check::Args),
    Test(test::Args),
    Trust(trust::Args),
    Convert(convert::Args),
    Accept(accept::Args),
    Evidence(evidence::Args),
    Report(report::Args),
    Finish(finish::Args),
    List(list::Args),
    Show(show::Args),
    Notes(notes::Args),
    Push(push::Args),
    Fetch(fetch::Args),
    Hooks(hooks::Args),
    Doctor(doctor::Args),
    #[command(hide = true)]
    Hook(hook::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    Demo(demo::Args),
    Completions(completions::Args),
    Man(man::Args),
}

#[cfg(test)]
mod tests {
    use super::{Cli, Command};
    use clap::Parser;
    use std::ffi::OsString;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn a_hook_is_read_as_the_command_line_would_be() {
        for line in [
            "drift hook commit-msg",
            "drift hook commit-msg .git/COMMIT_EDITMSG",
            "drift hook prepare-commit-msg .git/MSG commit HEAD",
            "drift hook pre-push origin --quiet -C x",
            "drift hook unheard-of x",
        ] {
            let shown = |cli: Cli| format!("{cli:?}");
            let short = Cli::of_hook(&words(line)).map(shown);
            assert_eq!(short, Cli::try_parse_from(words(line)).ok().map(shown), "{line}");
        }
    }

    #[test]
    fn what_may_be_an_option_is_left_to_the_command_line() {
        for line in [
            "drift hook",
            "drift hook --help",
            "drift hook commit-msg --help",
            "drift -C x hook commit-msg",
        ] {
            assert!(Cli::of_hook(&words(line)).is_none(), "{line}");
        }
        assert!(matches!(
            Cli::of_hook(&words("drift hook pre-push")),
            Some(Cli {
                command: Command::Hook(_),
                ..
            })
        ));
    }
}
