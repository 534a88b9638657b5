//! The text of a note: one line of each run, in order, behind whatever others have written there.
//!
//! Sorted lines are what git's own `cat_sort_uniq` makes of a note too, so that git and drift agree after a merge.

use crate::model::Witness;
use crate::report::wire::v1::{Note, Verdict};
use bstr::ByteSlice;
use std::collections::{BTreeMap, BTreeSet};

/// A note taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// What others wrote, byte for byte, with a newline at its end.
    foreign: Vec<u8>,
    /// drift's own lines, without their newlines.
    own: BTreeSet<Vec<u8>>,
}

impl Body {
    /// Takes the bytes of a note apart; none make an empty one.
    pub fn of(bytes: Option<&[u8]>) -> Self {
        let mut body = Self::default();
        for line in bytes.unwrap_or_default().split_inclusive(|&byte| byte == b'\n') {
            let bare = line.strip_suffix(b"\n").unwrap_or(line);
            if Note::parse(bare).is_some() {
                body.own.insert(bare.to_vec());
            } else {
                body.foreign.extend_from_slice(line);
            }
        }
        if body.foreign.last().is_some_and(|&byte| byte != b'\n') {
            body.foreign.push(b'\n');
        }
        body
    }

    /// The bytes of the note; `None` if it says nothing.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = self.foreign.clone();
        for line in &self.own {
            bytes.extend_from_slice(line);
            bytes.push(b'\n');
        }
        (!bytes.is_empty()).then_some(bytes)
    }

    /// What runs say, in the order of the lines; of a run whose two clones reported differently there are two.
    pub fn notes(&self) -> Vec<Note> {
        self.own.iter().filter_map(|line| Note::parse(line)).collect()
    }

    /// The same without the lines that are not `wanted`.
    pub fn only(&self, wanted: impl Fn(&Note) -> bool) -> Self {
        let is_wanted = |line: &&Vec<u8>| Note::parse(line).is_some_and(|note| wanted(&note));
        Self {
            foreign: self.foreign.clone(),
            own: self.own.iter().filter(is_wanted).cloned().collect(),
        }
    }

    /// What others wrote.
    pub fn foreign(&self) -> &[u8] {
        &self.foreign
    }

    /// Puts a run's line in the place of the one that it had.
    pub fn put(&mut self, note: &Note) {
        let is_other = |line: &Vec<u8>| Note::parse(line).is_some_and(|known| known.run != note.run);
        self.own.retain(is_other);
        self.own.insert(note.to_line().into_bytes());
    }

    /// What hooks saw of the commit: what the line of `run` says, else that of another run, as a hook is a hook.
    pub fn witness(&self, run: &str) -> Option<Witness> {
        let notes = self.notes();
        let witness = |note: &Note| note.witness.as_deref().and_then(Witness::from_text);
        let (own, others): (Vec<Note>, Vec<Note>) = notes.into_iter().partition(|note| note.run == run);
        let told = if own.is_empty() { others } else { own };
        told.iter().find_map(witness)
    }

    /// Adds the line of a commit that was just made. If the run has one there, it stays, and gets the witness that it lacks:
    /// the same commit was made before, or was reported meanwhile, and more is known of it.
    pub fn add_new(&mut self, line: Note) {
        match self.notes().into_iter().find(|known| known.run == line.run) {
            None => self.put(&line),
            Some(known) if known.witness.is_none() => self.put(&Note {
                witness: line.witness,
                ..known
            }),
            Some(_) => {}
        }
    }

    fn has_line_of(&self, run: &str) -> bool {
        self.notes().iter().any(|note| note.run == run)
    }

    /// Takes over what other notes say, which belonged to commits that became this one: lines of one run become one, with
    /// the units and findings of all, the worst verdict and the weakest witness. `patch` is what this commit changes.
    pub fn gather(&mut self, others: &[Body], patch: Option<&str>) {
        let mut runs: BTreeMap<String, Note> = BTreeMap::new();
        for note in others.iter().chain([&*self]).flat_map(Body::notes) {
            match runs.get_mut(&note.run) {
                Some(known) => add(known, note),
                None => drop(runs.insert(note.run.clone(), note)),
            }
        }
        for (run, note) in &mut runs {
            let made_of = others.iter().chain(self.has_line_of(run).then_some(&*self));
            let witness = made_of.map(|body| body.witness(run)).reduce(Witness::weaker);
            note.witness = witness.flatten().map(|it| it.to_string());
        }
        for other in others {
            self.add_foreign(&other.foreign);
        }
        for mut note in runs.into_values() {
            note.patch = patch.map(str::to_owned);
            self.put(&note);
        }
        self.drop_separators(others);
    }

    /// Adds another note's text. Where git has copied it here already, once or more often, it stays once.
    fn add_foreign(&mut self, text: &[u8]) {
        let core = text.trim_with(|c| c == '\n');
        let mut places: Vec<usize> = self.foreign.find_iter(core).collect();
        if core.is_empty() {
            return;
        }
        if places.is_empty() {
            self.foreign.extend_from_slice(text);
            return;
        }
        for again in places.drain(1..).rev() {
            let before = self.foreign[..again].trim_end_with(|c| c == '\n').len();
            self.foreign.drain(before..again + core.len());
        }
    }

    /// Takes away the empty lines that git puts between the notes that it copies, where nobody wrote them.
    fn drop_separators(&mut self, others: &[Body]) {
        if others.iter().any(|other| other.foreign.starts_with(b"\n")) {
            return;
        }
        let text = self.foreign.trim_start_with(|c| c == '\n').to_vec();
        self.foreign = text;
    }
}

fn add(known: &mut Note, more: Note) {
    let new_units: Vec<String> = more.units.into_iter().filter(|it| !known.units.contains(it)).collect();
    known.units.extend(new_units);
    known.fingerprints.extend(more.fingerprints);
    known.fingerprints.sort();
    known.fingerprints.dedup();
    known.verdict = [known.verdict, more.verdict]
        .into_iter()
        .max_by_key(|verdict| badness(*verdict))
        .unwrap_or(known.verdict);
}

fn badness(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Aligned => 0,
        Verdict::Unchecked => 1,
        Verdict::Drifted => 2,
    }
}

/// Joins the lines of two sides: a line stays unless a side that knew it has taken it away. Which side is which makes no
/// difference.
pub fn join(base: Option<&[u8]>, one: Option<&[u8]>, other: Option<&[u8]>) -> Option<Vec<u8>> {
    let [base, one, other] = [base, one, other].map(Body::of);
    let (first, second) = if one.foreign <= other.foreign {
        (&one, &other)
    } else {
        (&other, &one)
    };
    let mut joined = Body {
        foreign: join_foreign(&base.foreign, &first.foreign, &second.foreign),
        own: BTreeSet::new(),
    };
    let was_removed =
        |line: &&Vec<u8>| base.own.contains(*line) && !(one.own.contains(*line) && other.own.contains(*line));
    let lines = one.own.union(&other.own).filter(|line| !was_removed(line));
    joined.own = lines.cloned().collect();
    joined.to_bytes()
}

/// The side that changed; where both did, the first one and the lines that only the second has.
fn join_foreign(base: &[u8], first: &[u8], second: &[u8]) -> Vec<u8> {
    if first == second || second == base {
        return first.to_vec();
    }
    if first == base {
        return second.to_vec();
    }
    let known: BTreeSet<&[u8]> = first.split(|&byte| byte == b'\n').collect();
    let mut joined = first.to_vec();
    for line in second.split_inclusive(|&byte| byte == b'\n') {
        if !known.contains(line.strip_suffix(b"\n").unwrap_or(line)) {
            joined.extend_from_slice(line);
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::{Body, join};
    use crate::report::wire::v1::{NOTE_SCHEMA, Note, Verdict};

    fn note(run: &str, unit: &str) -> Note {
        Note {
            schema: NOTE_SCHEMA.into(),
            run: format!("{run}-0a1b2c3d"),
            units: vec![unit.into()],
            verdict: Verdict::Aligned,
            fingerprints: vec![format!("D101-{unit}")],
            patch: Some("00".into()),
            witness: None,
        }
    }

    fn text(notes: &[Note], foreign: &str) -> Vec<u8> {
        let mut body = Body::of(Some(foreign.as_bytes()));
        notes.iter().for_each(|note| body.put(note));
        body.to_bytes().unwrap()
    }

    #[test]
    fn a_run_replaces_its_own_line_and_nothing_else() {
        let foreign = "reviewed by hand\n\n  {\"schema\":\"drift/note/2\",\"run\":\"a-0a1b2c3d\"}\r\nno newline";
        let before = text(&[note("a", "U1"), note("b", "U1")], foreign);
        let mut body = Body::of(Some(&before));
        body.put(&note("a", "U2"));
        let after = body.to_bytes().unwrap();
        assert!(after.starts_with(foreign.as_bytes()));
        assert_eq!(after, text(&[note("b", "U1"), note("a", "U2")], foreign));
        assert_eq!(body.notes(), [note("a", "U2"), note("b", "U1")]);
    }

    #[test]
    fn nothing_is_no_note() {
        assert_eq!(Body::of(None).to_bytes(), None);
        assert_eq!(Body::of(Some(b"")).to_bytes(), None);
        assert_eq!(Body::of(Some(b"x")).to_bytes().unwrap(), b"x\n");
    }

    #[test]
    fn several_notes_become_one_line_a_run() {
        let olds = [
            text(&[note("a", "U1")], "x\n"),
            text(&[note("a", "U2"), note("b", "U9")], "y\nz\n"),
        ];
        let olds = olds.map(|old| Body::of(Some(&old)));
        let mut body = Body::default();
        body.gather(&olds, Some("11"));
        let (units, prints): (Vec<_>, Vec<_>) = body.notes().into_iter().map(|it| (it.units, it.fingerprints)).unzip();
        assert_eq!(units, [vec!["U1", "U2"], vec!["U9"]]);
        assert_eq!(prints[0], ["D101-U1", "D101-U2"]);
        assert_eq!(body.foreign(), b"x\ny\nz\n");
        assert!(body.notes().iter().all(|note| note.patch.as_deref() == Some("11")));
        let once = body.clone();
        body.gather(&olds, Some("11"));
        assert_eq!(body, once);
    }

    #[test]
    fn joining_keeps_both_sides_and_what_one_took_away_stays_away() {
        let base = text(&[note("a", "U1"), note("b", "U1")], "by hand\n");
        let one = text(&[note("a", "U2"), note("b", "U1"), note("c", "U1")], "by hand\n");
        let other = text(
            &[note("a", "U1"), note("b", "U1"), note("d", "U1")],
            "by hand\nand more\n",
        );
        let expected = text(
            &[note("a", "U2"), note("b", "U1"), note("c", "U1"), note("d", "U1")],
            "by hand\nand more\n",
        );
        assert_eq!(join(Some(&base), Some(&one), Some(&other)).unwrap(), expected);
        assert_eq!(join(Some(&base), Some(&other), Some(&one)).unwrap(), expected);
        assert_eq!(join(Some(&base), None, None), None);
        assert_eq!(join(None, Some(&one), None).unwrap(), one);
    }

    #[test]
    fn both_lines_stay_where_both_sides_reported_one_run_anew() {
        let (one, other) = (text(&[note("a", "U2")], ""), text(&[note("a", "U3")], ""));
        let joined = join(Some(&text(&[note("a", "U1")], "")), Some(&one), Some(&other)).unwrap();
        assert_eq!(Body::of(Some(&joined)).notes(), [note("a", "U2"), note("a", "U3")]);
    }
}
