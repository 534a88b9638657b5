//! One program from its start to its end, and to the end of all that it started.

use super::family::Family;
use super::interrupt::Interrupts;
use super::output::{LogKeeper, Printed};
use crate::model::{Ended, Log};
use process_wrap::std::{ChildWrapper, CommandWrap, ProcessSession};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, WaitOptions, waitid, waitpid};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, ErrorKind, PipeReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long the wait for something to happen lasts at most.
const STEP: Duration = Duration::from_millis(25);
/// How often those that lost their parents are looked after, and progress is told.
const LOOK: Duration = Duration::from_millis(500);
/// How long the output of what was killed may still come.
const DRAIN: Duration = Duration::from_secs(2);

/// A program to run.
#[derive(Clone, Debug)]
pub struct Job<'a> {
    /// The program and its arguments; at least the program.
    pub argv: &'a [String],
    /// Where it runs.
    pub directory: &'a Path,
    /// All variables that it gets.
    pub variables: &'a BTreeMap<OsString, OsString>,
    /// How long it may take.
    pub timeout: Option<Duration>,
    /// How long what was asked to end may take for it.
    pub grace: Duration,
    /// Whether standard error goes where standard output goes, in the exact order in which they are written.
    pub joined: bool,
}

/// What happens while a program runs.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// It printed this: a piece of any length.
    Printed {
        /// The bytes.
        bytes: &'a [u8],
        /// Whether on standard error, which is never said where both are joined.
        error: bool,
    },
    /// It has been running for so long.
    Runs(Duration),
}

/// A program that ended.
#[derive(Debug)]
pub struct Ran {
    /// How.
    pub ended: Ended,
    /// How long it took.
    pub duration: Duration,
    /// What it printed on both streams.
    pub log: Log,
    /// Standard output as a whole.
    pub printed: Printed,
    /// How many processes it left behind, which were ended.
    pub left_behind: usize,
    /// Whether it was ended because a person wanted to.
    pub interrupted: bool,
}

/// Why a program could not be run.
#[derive(Debug, thiserror::Error)]
pub enum RunnerError {
    /// There is none of this name.
    #[error("there is no program `{program}`{}", if program.contains('/') { ", or none that could interpret it" } else { " on the PATH" })]
    NotFound {
        /// The first word of its command.
        program: String,
    },
    /// The system does not let it be run.
    #[error("`{program}` is not executable")]
    NotExecutable {
        /// The first word of its command.
        program: String,
    },
    /// The system says no.
    #[error("`{program}` could not be run: {source}")]
    Io {
        /// The first word of its command.
        program: String,
        /// What the system says.
        source: io::Error,
    },
}

/// Runs the program and waits for its end. `watch` is told what happens meanwhile.
pub fn run(job: &Job<'_>, interrupts: &Interrupts, watch: &mut dyn FnMut(Event<'_>)) -> Result<Ran, RunnerError> {
    let program = job.argv.first().cloned().unwrap_or_default();
    let family = Family::adopt();
    let started = Instant::now();
    let (child, pipes) = start(job).map_err(|source| match source.kind() {
        ErrorKind::NotFound => RunnerError::NotFound {
            program: program.clone(),
        },
        ErrorKind::PermissionDenied => RunnerError::NotExecutable {
            program: program.clone(),
        },
        _ => RunnerError::Io {
            program: program.clone(),
            source,
        },
    })?;
    let failed = |source| RunnerError::Io {
        program: program.clone(),
        source,
    };
    let leader = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let leader = leader.ok_or_else(|| failed(io::Error::other("the system gave it no number")))?;
    let mut running = Running {
        family,
        leader,
        pipes,
        log: LogKeeper::new(),
        printed: Printed::new(),
        phase: Phase::Runs,
        timed_out: false,
        interrupted: false,
        left_behind: 0,
    };
    let waited = running.wait(job, interrupts, started, watch);
    // Where the system does not list processes, this is what ends those that closed their output and stayed.
    running.family.signal(leader, Signal::KILL);
    let status = waitpid(Some(leader), WaitOptions::empty()).map_err(|error| failed(error.into()));
    let ended_after = waited.map_err(failed)?;
    let status = status?.map(|(_, status)| status);
    let ended = match status {
        _ if running.timed_out => Ended::TimedOut(job.timeout.unwrap_or_default().as_secs()),
        Some(status) if status.signaled() => Ended::Signalled(status.terminating_signal().unwrap_or_default()),
        status => Ended::Exited(status.and_then(|it| it.exit_status()).unwrap_or(-1)),
    };
    Ok(Ran {
        ended,
        duration: ended_after,
        log: running.log.finish(),
        printed: running.printed,
        left_behind: running.left_behind,
        interrupted: running.interrupted,
    })
}

/// A stream that is still open.
struct Pipe {
    reader: PipeReader,
    error: bool,
}

fn start(job: &Job<'_>) -> io::Result<(Box<dyn ChildWrapper>, Vec<Pipe>)> {
    let (program, arguments) = job.argv.split_first().ok_or(ErrorKind::NotFound)?;
    let (output, output_end) = io::pipe()?;
    let mut pipes = vec![Pipe {
        reader: output,
        error: false,
    }];
    let error_end = if job.joined {
        output_end.try_clone()?
    } else {
        let (errors, end) = io::pipe()?;
        pipes.push(Pipe {
            reader: errors,
            error: true,
        });
        end
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(job.directory)
        .env_clear()
        .envs(job.variables)
        .env("PWD", job.directory)
        .stdin(Stdio::null())
        .stdout(output_end)
        .stderr(error_end);
    // The command holds the writing ends, and goes away here: only the program has them then.
    let mut command = CommandWrap::from(command);
    let child = command.wrap(ProcessSession).spawn()?;
    Ok((child, pipes))
}

/// How far the end has come.
#[derive(Clone, Copy, Debug)]
enum Phase {
    /// Nobody wants it to end.
    Runs,
    /// All were asked to end.
    Asked(Instant),
    /// All are being ended.
    Killed(Instant),
}

struct Running {
    family: Family,
    leader: Pid,
    pipes: Vec<Pipe>,
    log: LogKeeper,
    printed: Printed,
    phase: Phase,
    timed_out: bool,
    interrupted: bool,
    left_behind: usize,
}

impl Running {
    /// Waits until the program and all that it started have ended; how long the program itself took.
    fn wait(
        &mut self,
        job: &Job<'_>,
        interrupts: &Interrupts,
        started: Instant,
        watch: &mut dyn FnMut(Event<'_>),
    ) -> io::Result<Duration> {
        let mut ended_after: Option<Duration> = None;
        let mut looked = started;
        loop {
            self.read(watch)?;
            if ended_after.is_none() && self.has_ended()? {
                ended_after = Some(started.elapsed());
            }
            let alive = match ended_after {
                Some(_) => self.family.alive(self.leader),
                None => Vec::new(),
            };
            if let Some(duration) = ended_after
                && (self.is_given_up() || alive.is_empty() && self.pipes.is_empty())
            {
                return Ok(duration);
            }
            if looked.elapsed() >= LOOK {
                looked = Instant::now();
                self.family.alive(self.leader);
                watch(Event::Runs(started.elapsed()));
            }
            self.left_behind = self.left_behind.max(alive.len());
            self.hasten(job, interrupts, started, ended_after.is_some());
        }
    }

    /// Whether nothing more is to be waited for: what can't be ended, because it is another user's, and what hides from us
    /// and holds the output open.
    fn is_given_up(&self) -> bool {
        matches!(self.phase, Phase::Killed(since) if since.elapsed() > DRAIN)
    }

    /// Asks for the end, or brings it, where it is time.
    fn hasten(&mut self, job: &Job<'_>, interrupts: &Interrupts, started: Instant, ended: bool) {
        let again = interrupts.is_new();
        self.interrupted |= again;
        let is_late = job.timeout.is_some_and(|timeout| started.elapsed() >= timeout);
        match self.phase {
            Phase::Runs if again || is_late || ended => {
                self.timed_out = is_late && !again && !ended;
                self.family.signal(self.leader, Signal::TERM);
                self.phase = Phase::Asked(Instant::now());
            }
            Phase::Asked(since) if again || since.elapsed() >= job.grace => {
                self.family.signal(self.leader, Signal::KILL);
                self.phase = Phase::Killed(Instant::now());
            }
            // Who was just being started was not there to be killed.
            Phase::Killed(_) => self.family.signal(self.leader, Signal::KILL),
            _ => {}
        }
    }

    /// Whether the program has ended. It is not forgotten yet, so that its number stays its own.
    fn has_ended(&self) -> io::Result<bool> {
        let how = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        loop {
            match waitid(WaitId::Pid(self.leader), how) {
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
                Ok(status) => return Ok(status.is_some()),
            }
        }
    }

    /// Waits for output, or for a short while, and takes what is there.
    fn read(&mut self, watch: &mut dyn FnMut(Event<'_>)) -> io::Result<()> {
        if self.pipes.is_empty() {
            std::thread::sleep(STEP / 5);
            return Ok(());
        }
        let mut wanted: Vec<PollFd<'_>> = self
            .pipes
            .iter()
            .map(|pipe| PollFd::new(&pipe.reader, PollFlags::IN))
            .collect();
        let step = Timespec {
            tv_sec: 0,
            tv_nsec: i64::from(STEP.subsec_nanos()),
        };
        match poll(&mut wanted, Some(&step)) {
            Err(rustix::io::Errno::INTR) => return Ok(()),
            Err(error) => return Err(error.into()),
            Ok(_) => {}
        }
        let ready: Vec<bool> = wanted.iter().map(|it| !it.revents().is_empty()).collect();
        drop(wanted);
        let mut buffer = vec![0; 64 * 1024];
        let mut open = Vec::with_capacity(self.pipes.len());
        for (mut pipe, ready) in std::mem::take(&mut self.pipes).into_iter().zip(ready) {
            if !ready {
                open.push(pipe);
                continue;
            }
            let count = match pipe.reader.read(&mut buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {
                    open.push(pipe);
                    continue;
                }
                read => read?,
            };
            if count > 0 {
                let bytes = &buffer[..count];
                self.log.add(bytes);
                if !pipe.error {
                    self.printed.add(bytes);
                }
                watch(Event::Printed {
                    bytes,
                    error: pipe.error,
                });
                open.push(pipe);
            }
        }
        self.pipes = open;
        Ok(())
    }
}
