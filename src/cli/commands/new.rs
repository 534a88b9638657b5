//! `drift new`.

use super::Session;
use crate::cli::exit::Exit;
use crate::ops;
use crate::ops::new::Beginning;

/// Make a run: a folder with templates to fill in, or with a plan that you already have
///
///   drift new add-login
///   drift new --from .planning/phases/04-login/04-01-PLAN.md
///   drift new --stage "Type Safety Hardening"
#[derive(clap::Args, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// What the work is called: lower-case words with hyphens [default: the plan's name]
    #[arg(required_unless_present_any = ["from", "stage"])]
    slug: Option<String>,
    /// A plan to import; its original is kept as it is
    #[arg(long, value_name = "PLAN", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    from: Option<String>,
    /// Begin with a contract for the stage NAME: seven parts, from its objectives to its rollback plan
    #[arg(
        long,
        value_name = "NAME",
        conflicts_with = "from",
        value_parser = clap::builder::NonEmptyStringValueParser::new()
    )]
    stage: Option<String>,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let beginning = match (&args.from, &args.stage) {
        (Some(from), _) => Beginning::Plan(from),
        (None, Some(stage)) => Beginning::Stage(stage),
        (None, None) => Beginning::Templates,
    };
    let made = ops::new::new(&session.world, args.slug.as_deref(), beginning)?;
    session.ui.report(&format!("{}\n", made.handle))?;
    for artifact in &made.artifacts {
        session.ui.talk(&format!("wrote {}/{artifact}\n", made.folder));
    }
    if !made.problems.is_empty() {
        let (count, ending) = (made.problems.len(), if made.problems.len() == 1 { "" } else { "s" });
        session.ui.talk(&format!(
            "{count} problem{ending} in it: `drift validate --run {}`\n",
            made.handle
        ));
    }
    let verb = if args.from.is_some() { "read" } else { "fill in" };
    session.ui.talk(&format!(
        "next: {verb} the plan, then `drift approve --run {}`\n",
        made.handle
    ));
    Ok(Exit::Done)
}
