//! Options that every command takes and some commands could only ignore: those say so instead, and do nothing.

use super::args::{Command, Globals};

/// The global options that a command makes something of, besides those that all do.
struct Takes {
    plan: bool,
    run: bool,
    range: bool,
    format: bool,
}

const NOTHING: Takes = Takes {
    plan: false,
    run: false,
    range: false,
    format: false,
};
/// It works on a run.
const RUN: Takes = Takes { run: true, ..NOTHING };
/// It compares.
const ALL: Takes = Takes {
    plan: true,
    run: true,
    range: true,
    format: true,
};

impl Command {
    fn takes(&self) -> (&'static str, Takes) {
        match self {
            Self::Init(_) => ("init", NOTHING),
            Self::New(_) => ("new", NOTHING),
            Self::Validate(_) => ("validate", Takes { range: false, ..ALL }),
            Self::Approve(_) => ("approve", RUN),
            Self::Start(_) => ("start", RUN),
            Self::Status(_) => ("status", ALL),
            Self::Check(_) => ("check", ALL),
            Self::Test(_) => ("test", Takes { format: true, ..RUN }),
            Self::Trust(_) => ("trust", Takes { format: true, ..RUN }),
            Self::Convert(_) => ("convert", Takes { plan: true, ..NOTHING }),
            Self::Accept(_) => ("accept", Takes { range: true, ..RUN }),
            Self::Evidence(args) if args.needs_run() => ("evidence", Takes { format: true, ..RUN }),
            Self::Evidence(_) => (
                "evidence",
                Takes {
                    format: true,
                    ..NOTHING
                },
            ),
            Self::Report(_) => ("report", ALL),
            Self::Finish(_) => ("finish", RUN),
            Self::List(_) => (
                "list",
                Takes {
                    format: true,
                    ..NOTHING
                },
            ),
            Self::Show(_) => ("show", Takes { format: true, ..RUN }),
            Self::Notes(_) => (
                "notes",
                Takes {
                    format: true,
                    ..NOTHING
                },
            ),
            Self::Push(_) => ("push", NOTHING),
            Self::Fetch(_) => ("fetch", NOTHING),
            Self::Hook(_) => ("hook", NOTHING),
            Self::Hooks(_) => ("hooks", NOTHING),
            Self::Doctor(_) => (
                "doctor",
                Takes {
                    format: true,
                    ..NOTHING
                },
            ),
            Self::Explain(_) => ("explain", NOTHING),
            Self::Schema(_) => ("schema", NOTHING),
            Self::Demo(_) => (
                "demo",
                Takes {
                    format: true,
                    ..NOTHING
                },
            ),
            Self::Completions(_) => ("completions", NOTHING),
            Self::Man(_) => ("man", NOTHING),
        }
    }

    /// An error that names the first option which was given and would be ignored.
    pub fn refuse_what_it_ignores(&self, globals: &Globals) -> anyhow::Result<()> {
        let (name, takes) = self.takes();
        let given = [
            ("--plan", !globals.plans.is_empty(), takes.plan),
            ("--run", globals.run.is_some(), takes.run),
            ("--base", globals.base.is_some(), takes.range),
            ("--target", globals.target.is_some(), takes.range),
            ("--format", globals.format != "text", takes.format),
        ];
        match given.iter().find(|(_, given, taken)| *given && !taken) {
            Some((option, _, _)) => anyhow::bail!("`drift {name}` has no use for `{option}`; nothing was done"),
            None => Ok(()),
        }
    }
}
