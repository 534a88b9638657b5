//! What a person sees while tests run: their output as it comes, and below it, on a terminal, one line that says how far
//! they are.

use super::ui::{Ui, without_styles};
use crate::model::{Suite, printable};
use std::time::Duration;

/// The most bytes that wait for the end of their line.
const LONGEST: usize = 64 * 1024;

/// The progress of one suite.
pub struct Progress {
    ui: Ui,
    name: String,
    /// Results on standard output in a form for programs are not shown.
    hides_json: bool,
    lines: [Vec<u8>; 2],
    passed: usize,
    failed: usize,
}

impl Progress {
    /// The progress of `suite`, told to `ui`.
    pub fn of(suite: &Suite, ui: Ui) -> Self {
        Self {
            ui,
            name: printable(&suite.id),
            hides_json: suite.report.is_none(),
            lines: [Vec::new(), Vec::new()],
            passed: 0,
            failed: 0,
        }
    }

    /// Shows the whole lines among what was printed.
    pub fn printed(&mut self, bytes: &[u8], error: bool) {
        if self.ui.is_quiet() {
            return;
        }
        let waiting = &mut self.lines[usize::from(error)];
        waiting.extend_from_slice(bytes);
        let end = match waiting.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => end + 1,
            None if waiting.len() > LONGEST => waiting.len(),
            None => return,
        };
        let rest = waiting.split_off(end);
        let whole = std::mem::replace(waiting, rest);
        self.show(&whole);
    }

    /// Says how far the suite is, on a terminal.
    pub fn runs(&self, elapsed: Duration) {
        let mut line = format!("{}  {} s", self.name, elapsed.as_secs());
        if self.passed + self.failed > 0 {
            line.push_str(&format!("  {} passed", self.passed));
        }
        if self.failed > 0 {
            line.push_str(&format!(", {} failed", self.failed));
        }
        self.ui.status(&line);
    }

    /// Shows what is left, and takes the line away.
    pub fn end(&mut self) {
        for waiting in std::mem::take(&mut self.lines) {
            if !waiting.is_empty() {
                self.show(&waiting);
            }
        }
        self.ui.status("");
    }

    fn show(&mut self, whole: &[u8]) {
        let text = without_styles(&String::from_utf8_lossy(whole));
        let mut shown = String::with_capacity(text.len() + 1);
        for line in text.lines() {
            self.count(line);
            if !(self.hides_json && line.starts_with("{\"")) {
                shown.push_str(line);
                shown.push('\n');
            }
        }
        if !shown.is_empty() {
            self.ui.status("");
            self.ui.talk(&shown);
        }
    }

    /// Counts where a line alone tells: libtest, TAP and `go test -json`.
    fn count(&mut self, line: &str) {
        let is_go = line.starts_with("{\"") && line.contains("\"Test\":");
        let has = |good: bool| match good {
            true => {
                line.starts_with("test ") && line.ends_with(" ... ok")
                    || line.starts_with("ok ")
                    || is_go && line.contains("\"Action\":\"pass\"")
            }
            false => {
                line.starts_with("test ") && line.ends_with(" ... FAILED")
                    || line.starts_with("not ok ")
                    || is_go && line.contains("\"Action\":\"fail\"")
            }
        };
        self.passed += usize::from(has(true));
        self.failed += usize::from(has(false));
    }
}
