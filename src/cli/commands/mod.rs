//! One file a command: its arguments, whose doc comments are the help, and what it prints.

pub mod accept;
pub mod approve;
pub mod check;
pub mod completions;
pub mod convert;
pub mod demo;
pub mod doctor;
pub mod evidence;
pub mod explain;
pub mod fetch;
pub mod finish;
pub mod hook;
pub mod hooks;
pub mod init;
pub mod list;
pub mod man;
pub mod new;
pub mod notes;
mod print;
pub mod push;
pub mod report;
pub mod schema;
pub mod show;
pub mod start;
pub mod status;
pub mod test;
pub mod trust;
pub mod validate;

use super::args::{Cli, Command, Globals};
use super::exit::Exit;
use super::ui::Ui;
use super::world;
use crate::ops::World;
use crate::ops::judge::Range;

/// What every command works with.
pub struct Session<'a> {
    /// The options that every command takes.
    pub globals: &'a Globals,
    /// The run that DRIFT_RUN names; the options win over it.
    pub environment_run: Option<String>,
    /// The circumstances.
    pub world: World,
    /// The printer.
    pub ui: Ui,
}

impl Session<'_> {
    /// The range that the options name.
    pub fn range(&self) -> Range {
        Range {
            base: self.globals.base.clone(),
            target: self.globals.target.clone(),
            line_counts: self.globals.format != "text",
            without_remarks: false,
        }
    }

    /// The run that the options name, else the one that the environment names.
    pub fn run(&self) -> Option<&str> {
        self.globals.run.as_deref().or(self.environment_run.as_deref())
    }
}

/// Runs the command that was parsed.
pub fn run(cli: &Cli, ui: Ui) -> anyhow::Result<Exit> {
    cli.command.refuse_what_it_ignores(&cli.globals)?;
    let session = Session {
        globals: &cli.globals,
        environment_run: world::environment_run(),
        world: world::world(&cli.globals)?,
        ui,
    };
    match &cli.command {
        Command::Init(args) => init::run(args, &session),
        Command::New(args) => new::run(args, &session),
        Command::Validate(args) => validate::run(args, &session),
        Command::Approve(args) => approve::run(args, &session),
        Command::Start(args) => start::run(args, &session),
        Command::Status(args) => status::run(args, &session),
        Command::Check(args) => check::run(args, &session),
        Command::Test(args) => test::run(args, &session),
        Command::Trust(args) => trust::run(args, &session),
        Command::Convert(args) => convert::run(args, &session),
        Command::Accept(args) => accept::run(args, &session),
        Command::Evidence(args) => evidence::run(args, &session),
        Command::Report(args) => report::run(args, &session),
        Command::Finish(args) => finish::run(args, &session),
        Command::List(args) => list::run(args, &session),
        Command::Show(args) => show::run(args, &session),
        Command::Notes(args) => notes::run(args, &session),
        Command::Push(args) => push::run(args, &session),
        Command::Fetch(args) => fetch::run(args, &session),
        Command::Hook(args) => hook::run(args, &session),
        Command::Hooks(args) => hooks::run(args, &session),
        Command::Doctor(args) => doctor::run(args, &session),
        Command::Explain(args) => explain::run(args, &session),
        Command::Schema(args) => schema::run(args, &session),
        Command::Demo(args) => demo::run(args, &session),
        Command::Completions(args) => completions::run(args, &session),
        Command::Man(args) => man::run(args, &session),
    }
}
