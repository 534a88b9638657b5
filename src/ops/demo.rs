//! `drift demo`: a whole run, with drift in it, in a real repository that stays to be looked at.

use super::judge::{Judged, Range};
use super::{OpsError, World, accept, approve, init, new, report, start};
use crate::git::scratch_git;
use crate::store;
use std::path::{Path, PathBuf};

const INTENT: &str = include_str!("../../templates/demo/intent.json");
const COMMIT_PLAN: &str = include_str!("../../templates/demo/commit_plan.json");
const TEST_CONTRACT: &str = include_str!("../../templates/demo/test_contract.json");

/// What the demo left behind.
#[derive(Clone, Debug)]
pub struct Played {
    /// The repository.
    pub repository: PathBuf,
    /// The report's file.
    pub report: String,
    /// What happened, a line each.
    pub story: Vec<String>,
    /// The report.
    pub judged: Judged,
}

/// Plays the run in a new folder below the system's temporary one.
pub fn demo(world: &World) -> Result<Played, OpsError> {
    let folder = store::temporary_folder("drift-demo-")?;
    let world = World {
        directory: folder.clone(),
        environment: world.environment.without_repository(&folder),
        ..world.clone()
    };
    let mut stage = Stage {
        world,
        folder,
        story: Vec::new(),
        minute: 0,
    };
    stage.base()?;
    let handle = stage.plan()?;
    stage.work()?;
    stage.accept(&handle)?;
    let reported = report::report(&stage.world, &[], Some(&handle), &Range::default())?;
    stage.tell("drift report", "compares the plan with git, and keeps the report:");
    stage.story.push(String::new());
    Ok(Played {
        report: reported.written.first().cloned().unwrap_or_default(),
        repository: stage.folder,
        story: stage.story,
        judged: reported.judged,
    })
}

/// The repository that the run is played in.
struct Stage {
    world: World,
    folder: PathBuf,
    story: Vec<String>,
    minute: i64,
}

impl Stage {
    fn tell(&mut self, command: &str, what: &str) {
        self.story.push(format!("{command:<42} {what}"));
    }

    /// A small project on main, and a branch for the work.
    fn base(&mut self) -> Result<(), OpsError> {
        self.git(&["init", "--quiet", "--initial-branch=main"])?;
        self.git(&["config", "user.name", "drift demo"])?;
        self.git(&["config", "user.email", "demo@example.com"])?;
        self.git(&["config", "commit.gpgSign", "false"])?;
        self.write("README.md", "# greeter\n\nSays hello.\n")?;
        self.write("src/greet.py", "def greet(name):\n    return f\"Hello, {name}!\"\n")?;
        self.write("src/cli.py", "from greet import greet\n\nprint(greet(\"world\"))\n")?;
        self.write("docs/usage.md", "# Usage\n\nRun `python src/cli.py`.\n")?;
        self.write("scripts/release.sh", "#!/bin/sh\nset -eu\ngit tag \"$1\"\n")?;
        init::init(&self.world)?;
        self.commit("feat: a program that says hello")?;
        self.git(&["switch", "--quiet", "--create", "greet-in-two-languages"])?;
        self.tell("git switch -c greet-in-two-languages", "a branch for the work");
        Ok(())
    }

    /// The three artifacts, approved and frozen.
    fn plan(&mut self) -> Result<String, OpsError> {
        let made = new::new(&self.world, Some("greet-in-two-languages"), new::Beginning::Templates)?;
        let artifacts = [
            ("intent.json", INTENT),
            ("commit_plan.json", COMMIT_PLAN),
            ("test_contract.json", TEST_CONTRACT),
        ];
        for (name, text) in artifacts {
            self.write(&format!("{}/{name}", made.folder), text)?;
        }
        let handle = made.handle.to_string();
        self.tell(
            "drift new greet-in-two-languages",
            "a goal, four units, one promised test",
        );
        let proposal = approve::propose(&self.world, Some(&handle), &[])?;
        approve::approve(&self.world, &proposal, approve::Ticked::ByFlag, None, false)?;
        self.tell("drift approve --yes", "the approval is a commit in git");
        start::start(&self.world, Some(&handle))?;
        self.tell("drift start", "from here on the plan is frozen");
        Ok(handle)
    }

    /// Three commits: as planned, with a file that nobody planned, and one that does the work of two units.
    fn work(&mut self) -> Result<(), OpsError> {
        self.write(
            "src/languages.py",
            "GREETINGS = {\"en\": \"Hello\", \"fr\": \"Bonjour\"}\n",
        )?;
        self.commit("feat: add a table of greetings")?;
        self.tell("git commit", "U1, as planned");
        self.write("src/greet.py", "from languages import GREETINGS\n\n\ndef greet(name, language=\"en\"):\n    return f\"{GREETINGS[language]}, {name}!\"\n")?;
        self.write(
            "src/cli.py",
            "import sys\n\nfrom greet import greet\n\nprint(greet(\"world\", *sys.argv[1:2]))\n",
        )?;
        self.commit("feat: greet in the chosen language, and choose it on the command line")?;
        self.tell("git commit", "U2 and U3 in one commit");
        self.write(
            "scripts/release.sh",
            "#!/bin/sh\nset -eu\ngit tag --annotate \"$1\" --message \"$1\"\n",
        )?;
        self.write("CHANGELOG.md", "# Changelog\n\n- Greets in English and French.\n")?;
        self.commit("chore: annotate release tags, start a changelog")?;
        self.tell(
            "git commit",
            "two files that nobody planned; U4 and its docs/usage.md are left",
        );
        Ok(())
    }

    /// A person accepts one of the two undeclared files.
    fn accept(&mut self, handle: &str) -> Result<(), OpsError> {
        let judged = super::check::check(&self.world, &[], Some(handle), &Range::default())?;
        let changelog = judged
            .report
            .findings
            .iter()
            .find(|it| it.path.as_deref() == Some("CHANGELOG.md"));
        if let Some(finding) = changelog {
            let because = "every release needs a changelog, and the plan forgot it";
            accept::accept(
                &self.world,
                Some(handle),
                &finding.fingerprint,
                because,
                &Range::default(),
            )?;
            self.tell(
                &format!("drift accept {}", finding.fingerprint),
                "CHANGELOG.md is fine, and here is why",
            );
        }
        Ok(())
    }

    fn write(&self, path: &str, text: &str) -> Result<(), OpsError> {
        Ok(store::write_atomic(&self.folder.join(path), text.as_bytes())?)
    }

    fn commit(&mut self, message: &str) -> Result<(), OpsError> {
        self.git(&["add", "--all", "--", ":!.drift/runs"])?;
        self.minute += 1;
        self.git(&["commit", "--quiet", "--no-verify", "--message", message])
    }

    /// git in the demo's folder, as if nobody had configured anything, each commit a minute after the last.
    fn git(&self, arguments: &[&str]) -> Result<(), OpsError> {
        let date = format!("{} +0000", self.world.now + 60 * self.minute - 600);
        let folder: &Path = &self.folder;
        Ok(scratch_git(folder, arguments, &date, &self.world.environment)?)
    }
}
