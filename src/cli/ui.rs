//! The only printer: data to standard output, talk to standard error, and never a panic on a closed pipe.

use super::wrap::wrapped;
use crate::model::printable_lines;
use anstream::{AutoStream, ColorChoice};
use std::io::{self, BufRead, IsTerminal, Write};

/// When styles are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR says no or CLICOLOR_FORCE says yes.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Where commands print to.
#[derive(Clone, Copy, Debug)]
pub struct Ui {
    color: Color,
    quiet: bool,
}

impl Ui {
    /// A printer that uses styles as `color` says and, if `quiet`, leaves out what is not asked for.
    pub fn new(color: Color, quiet: bool) -> Self {
        Self { color, quiet }
    }

    /// Prints data to standard output; a reader that went away is no error.
    pub fn data(&self, text: &str) -> io::Result<()> {
        let mut out = AutoStream::new(io::stdout(), self.choice(&io::stdout()));
        ignore_closed_pipe(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
    }

    /// Prints data unless `--quiet`.
    pub fn report(&self, text: &str) -> io::Result<()> {
        if self.quiet { Ok(()) } else { self.data(text) }
    }

    /// Whether nothing is said that was not asked for.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Prints talk to standard error, unless `--quiet`.
    pub fn talk(&self, text: &str) {
        if !self.quiet {
            self.complain(text);
        }
    }

    /// Prints to standard error, `--quiet` or not. What an error or a warning quotes may come from anywhere, so that
    /// only line breaks and tabs reach the terminal as they are.
    pub fn complain(&self, text: &str) {
        let mut out = AutoStream::new(io::stderr(), self.choice(&io::stderr()));
        // Where standard error is closed there is nobody to tell.
        let _ = out.write_all(printable_lines(text).as_bytes());
    }

    /// Puts `text` into the last line of the terminal, in place of what stood there, and leaves the line open; nothing
    /// where standard error is no terminal, or with `--quiet`.
    pub fn status(&self, text: &str) {
        if self.quiet || !io::stderr().is_terminal() {
            return;
        }
        let line: String = text.chars().take(self.width() - 1).collect();
        let mut out = io::stderr().lock();
        // Where standard error is closed there is nobody to tell.
        let _ = write!(out, "\r\x1b[K{line}").and_then(|()| out.flush());
    }

    /// Asks a question that yes or no answers; `None` where nobody is there to be asked.
    pub fn ask(&self, question: &str) -> Option<bool> {
        if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
            return None;
        }
        self.complain(&format!("{question} [y/N] "));
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer).ok()?;
        Some(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
    }

    /// The columns of the terminal, between 40 and 120; 100 where there is none.
    pub fn width(&self) -> usize {
        let columns = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        columns.map_or(100, |columns| columns.clamp(40, 120))
    }

    /// The text with its lines broken to fit the terminal; as it is where standard output is none.
    pub fn fitted(&self, text: &str) -> String {
        match terminal_size::terminal_size_of(io::stdout()) {
            Some((width, _)) if io::stdout().is_terminal() => wrapped(text, usize::from(width.0).max(20)),
            _ => text.to_owned(),
        }
    }

    fn choice(&self, stream: &impl anstream::stream::RawStream) -> ColorChoice {
        match self.color {
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
            Color::Auto => AutoStream::choice(stream),
        }
    }
}

/// The text without styles, for a file.
pub fn without_styles(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

fn ignore_closed_pipe(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
