//! A TAP document while it is read: its levels of subtests, and what each was planned to hold.

use super::line::{Line, Point};
use super::of_protocol;
use crate::model::{TestOutcome, TestResult};
use crate::results::{Cases, ResultsError};
use std::mem;

/// The deepest nesting of subtests that is read as such; what is deeper is output.
const DEPTH: usize = 64;

/// One level: the document itself, or the subtests of a point that follows them.
#[derive(Default)]
struct Level {
    /// What its subtests are of, as `# Subtest: name` says before them.
    name: Option<String>,
    planned: Option<u64>,
    points: u64,
    /// The index of its first case among all.
    first_case: usize,
    has_begun: bool,
}

/// A block of YAML: at how many spaces it stands, and what of it is kept.
struct Yaml {
    spaces: usize,
    message: Vec<String>,
    is_in_message: bool,
}

pub(super) struct Document<'a> {
    cases: &'a mut Cases,
    levels: Vec<Level>,
    /// The program that `prove -v` names.
    program: Option<String>,
    yaml: Option<Yaml>,
    /// The case that the YAML after it is about.
    last_case: Option<usize>,
    /// The names of subtests that were said and not met yet, each with its indentation.
    announced: Vec<(usize, String)>,
    /// Whether names stand one step outside of their subtests (node), and not at the same depth (Perl).
    names_stand_outside: bool,
    /// The points whose subtests follow in braces.
    blocks: Vec<(usize, Point)>,
    is_after_point: bool,
    section: u32,
    bailed_out: bool,
    pub(super) is_tap: bool,
}

impl<'a> Document<'a> {
    pub(super) fn new(cases: &'a mut Cases) -> Self {
        Self {
            cases,
            levels: vec![Level::default()],
            program: None,
            yaml: None,
            last_case: None,
            announced: Vec::new(),
            names_stand_outside: false,
            blocks: Vec::new(),
            is_after_point: false,
            section: 0,
            bailed_out: false,
            is_tap: false,
        }
    }

    pub(super) fn line(&mut self, indent: usize, text: &str) -> Result<(), ResultsError> {
        let spaces = indent * 4 + text.len() - text.trim_start().len();
        if self
            .yaml
            .as_ref()
            .is_some_and(|yaml| spaces >= yaml.spaces || text.trim().is_empty())
        {
            self.yaml_line(text);
            return Ok(());
        }
        self.end_yaml();
        let line = Line::of(text);
        // A line is of a subtest only where one can begin: one step deeper than what is open or announced.
        let is_near = indent <= self.levels.len() + self.announced.len() && indent < DEPTH;
        if !is_near {
            return Ok(());
        }
        self.is_tap |= of_protocol(&line) && indent == 0;
        let is_after_point = mem::replace(&mut self.is_after_point, matches!(line, Line::Point(_)));
        match line {
            Line::Yaml if is_after_point => self.begin_yaml(spaces),
            Line::Yaml => {}
            Line::Subtest(name) => {
                self.names_stand_outside |= indent == 0;
                self.announced.push((indent, name.to_owned()));
            }
            Line::Other(text) if text.trim() == "}" => return self.end_block(indent),
            Line::Other(text) => return self.other(text),
            Line::Program(name) if indent == 0 => return self.begin_program(name),
            Line::SkippedProgram { name, reason } if indent == 0 => {
                self.begin_program(name)?;
                return self.skip_all(reason);
            }
            Line::Program(_) | Line::SkippedProgram { .. } => {}
            Line::Version => return self.begin_document(indent),
            Line::Plan { last, skipped } => return self.plan(indent, last, skipped),
            Line::Point(point) => return self.point(indent, point),
            Line::BailOut(reason) => return self.bail_out(reason),
        }
        Ok(())
    }

    /// Makes `indent` the innermost level; levels that are left without their point's line end as they are.
    fn at(&mut self, indent: usize) -> Result<&mut Level, ResultsError> {
        while self.levels.len() > indent + 1 {
            self.close_level()?;
        }
        while self.levels.len() <= indent {
            let depth = self.levels.len();
            let stands_at = depth - usize::from(self.names_stand_outside);
            let announced = self.announced.iter().rposition(|(at, _)| *at == stands_at);
            let name = announced.map(|index| self.announced.swap_remove(index).1);
            let first_case = self.cases.len();
            self.levels.push(Level {
                name,
                first_case,
                ..Level::default()
            });
        }
        self.announced.clear();
        let level = &mut self.levels[indent];
        level.has_begun = true;
        Ok(level)
    }

    fn plan(&mut self, indent: usize, last: u64, skipped: Option<&str>) -> Result<(), ResultsError> {
        let level = self.at(indent)?;
        if indent == 0 && level.planned.is_some() {
            self.begin_document(0)?;
        }
        let level = self.at(indent)?;
        level.planned = Some(last);
        if let (0, Some(reason), 0) = (last, skipped, indent) {
            self.skip_all(reason)?;
        }
        Ok(())
    }

    fn skip_all(&mut self, reason: &str) -> Result<(), ResultsError> {
        let reason = Some(reason).filter(|reason| !reason.is_empty()).map(str::to_owned);
        self.add("all tests".to_owned(), TestOutcome::Skipped, reason, None)
    }

    fn point(&mut self, indent: usize, point: Point) -> Result<(), ResultsError> {
        // `prove -v` says a bare `ok` behind each program that kept its plan.
        let is_word_of_prove = self.program.is_some() && indent == 0 && point.number.is_none() && point.name.is_empty();
        if is_word_of_prove {
            return Ok(());
        }
        if point.opens_block {
            self.at(indent)?;
            self.announced
                .push((indent + usize::from(!self.names_stand_outside), point.name.clone()));
            self.blocks.push((indent, point));
            return Ok(());
        }
        let subtests = self.subtests(indent, &point)?;
        let level = self.at(indent)?;
        level.points += 1;
        let name = match (&point.number, point.name.is_empty()) {
            (_, false) => point.name,
            (Some(number), true) => number.to_string(),
            (None, true) => level.points.to_string(),
        };
        self.last_case = None;
        match subtests {
            // What the subtests say for themselves.
            Some(worst) if worst >= point.outcome.min(TestOutcome::Failed) => Ok(()),
            Some(_) if point.outcome <= TestOutcome::Skipped => Ok(()),
            Some(_) => {
                let message = "it failed, and none of its subtests did".to_owned();
                self.add(name, TestOutcome::Errored, Some(message), point.duration_ms)
            }
            None => self.add(name, point.outcome, point.reason, point.duration_ms),
        }
    }

    /// The closing brace of a block: what its point said before the subtests counts now.
    fn end_block(&mut self, indent: usize) -> Result<(), ResultsError> {
        match self.blocks.pop_if(|(at, _)| *at == indent) {
            Some((_, point)) => self.point(
                indent,
                Point {
                    opens_block: false,
                    ..point
                },
            ),
            None => Ok(()),
        }
    }

    /// Ends the level of subtests whose point this is; the worst of their outcomes, `None` where there were none.
    fn subtests(&mut self, indent: usize, point: &Point) -> Result<Option<TestOutcome>, ResultsError> {
        if self.levels.len() <= indent + 1 {
            return Ok(None);
        }
        while self.levels.len() > indent + 2 {
            self.close_level()?;
        }
        if let Some(level) = self.levels.last_mut()
            && level.name.is_none()
        {
            level.name = Some(point.name.clone());
            let (first, depth) = (level.first_case, self.groups_before(indent + 1));
            self.cases.insert_group(first, depth, &point.name);
        }
        let first = self.levels.last().map_or(0, |level| level.first_case);
        self.close_level()?;
        let worst = self.cases.since(first).iter().map(|test| test.outcome).max();
        Ok(worst)
    }

    /// Ends the innermost level: its plan is met, or an errored result says otherwise.
    fn close_level(&mut self) -> Result<(), ResultsError> {
        let groups = self.groups();
        let Some(level) = self.levels.pop() else {
            return Ok(());
        };
        if !level.has_begun || self.bailed_out {
            return Ok(());
        }
        let trouble = match level.planned {
            Some(planned) if planned == level.points => return Ok(()),
            Some(planned) => format!("the plan was not met: {planned} planned, {} ran", level.points),
            None if level.points == 0 => return Ok(()),
            None => format!(
                "there is no plan: {} ran, and nobody knows whether these are all",
                level.points
            ),
        };
        self.section += 1;
        self.cases.add_trouble_in(self.section, groups, trouble, None)
    }

    fn begin_document(&mut self, indent: usize) -> Result<(), ResultsError> {
        if indent > 0 {
            return Ok(());
        }
        while !self.levels.is_empty() {
            self.close_level()?;
        }
        self.bailed_out = false;
        self.announced.clear();
        self.blocks.clear();
        self.levels.push(Level {
            first_case: self.cases.len(),
            ..Level::default()
        });
        Ok(())
    }

    fn begin_program(&mut self, name: &str) -> Result<(), ResultsError> {
        self.begin_document(0)?;
        self.program = Some(name.to_owned());
        Ok(())
    }

    fn bail_out(&mut self, reason: &str) -> Result<(), ResultsError> {
        let name = format!("Bail out! {reason}");
        let groups = self.groups();
        self.bailed_out = true;
        self.section += 1;
        self.cases.add_trouble_in(self.section, groups, name.trim(), None)
    }

    /// What is no TAP: `prove -v` says here that a program ended badly, which nothing else may show.
    fn other(&mut self, text: &str) -> Result<(), ResultsError> {
        let is_trouble = text.starts_with("Dubious, test returned") || text.starts_with("No subtests run");
        let Some(level) = self.levels.first().filter(|_| is_trouble && self.program.is_some()) else {
            return Ok(());
        };
        let shown = self.cases.since(level.first_case).iter().map(|test| test.outcome).max();
        let is_shown =
            shown > Some(TestOutcome::Skipped) || level.planned.is_some_and(|planned| planned != level.points);
        if is_shown {
            return Ok(());
        }
        let groups = self.groups();
        self.section += 1;
        self.cases.add_trouble_in(self.section, groups, text.trim(), None)
    }

    pub(super) fn end(&mut self) -> Result<(), ResultsError> {
        while !self.levels.is_empty() {
            self.close_level()?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        name: String,
        outcome: TestOutcome,
        message: Option<String>,
        duration_ms: Option<u64>,
    ) -> Result<(), ResultsError> {
        // Each point is a case of its own: descriptions repeat.
        self.section += 1;
        self.last_case = Some(self.cases.len());
        let test = TestResult {
            groups: self.groups(),
            name,
            file: None,
            outcome,
            flaky: false,
            duration_ms,
            message,
        };
        self.cases.add_in(self.section, test)
    }

    fn groups(&self) -> Vec<String> {
        let names = self.levels.iter().filter_map(|level| level.name.clone());
        self.program.iter().cloned().chain(names).collect()
    }

    /// How many groups stand before that of the level with this number.
    fn groups_before(&self, level: usize) -> usize {
        let names = self.levels.iter().take(level).filter(|level| level.name.is_some());
        names.count() + usize::from(self.program.is_some())
    }

    fn begin_yaml(&mut self, spaces: usize) {
        self.yaml = Some(Yaml {
            spaces,
            message: Vec::new(),
            is_in_message: false,
        });
    }

    /// A line of the block: how long the test took, and why it failed; everything else is the runner's own.
    fn yaml_line(&mut self, text: &str) {
        let Some(yaml) = &mut self.yaml else {
            return;
        };
        let line = text.trim();
        if line == "..." {
            self.end_yaml();
            return;
        }
        if let Some(duration) = line.strip_prefix("duration_ms:") {
            let milliseconds: Option<f64> = duration.trim().parse().ok();
            let milliseconds = milliseconds.filter(|it| (0.0..1e15).contains(it));
            let case = self.last_case.and_then(|index| self.cases.get_mut(index));
            if let (Some(case), Some(milliseconds)) = (case, milliseconds) {
                case.duration_ms = Some(milliseconds.round() as u64);
            }
        } else if let Some(value) = line.strip_prefix("error:").or(line.strip_prefix("message:")) {
            let value = value.trim();
            yaml.is_in_message = yaml.message.is_empty() && value.starts_with(['|', '>']);
            if yaml.message.is_empty() && !yaml.is_in_message {
                yaml.message.push(value.trim_matches(['\'', '"']).to_owned());
            }
        } else if yaml.is_in_message && is_key(line) {
            yaml.is_in_message = false;
        } else if yaml.is_in_message && yaml.message.len() < 20 {
            yaml.message.push(line.to_owned());
        }
    }

    fn end_yaml(&mut self) {
        let message = self.yaml.take().map(|yaml| yaml.message.join("\n"));
        let message = message.filter(|message| !message.trim().is_empty());
        let case = self.last_case.and_then(|index| self.cases.get_mut(index));
        if let Some(case) = case.filter(|case| case.outcome > TestOutcome::Passed && case.message.is_none()) {
            case.message = message.map(crate::results::cases::shortened);
        }
    }
}

/// Whether a line within a block scalar begins the next key: a word and a colon, as the runners' own keys are.
fn is_key(line: &str) -> bool {
    line.split_once(':')
        .is_some_and(|(key, _)| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}
