//! The seven parts of a contract, and the words by which their headings and fields are told.

/// What a part of a contract says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    /// What the stage is called.
    Name,
    /// What is to be achieved.
    Objectives,
    /// What has to be there.
    Deliverables,
    /// What has to be so.
    Acceptance,
    /// How it is looked at.
    Audit,
    /// How it is taken back.
    Rollback,
    /// How it is recorded.
    Versioning,
}

impl Part {
    /// All of them, in the order of the template.
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::Objectives,
        Self::Deliverables,
        Self::Acceptance,
        Self::Audit,
        Self::Rollback,
        Self::Versioning,
    ];

    /// The heading that the template gives it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Name => "Stage Name",
            Self::Objectives => "Objectives",
            Self::Deliverables => "Deliverables",
            Self::Acceptance => "Acceptance Criteria",
            Self::Audit => "Audit & Review Steps",
            Self::Rollback => "Rollback Plan",
            Self::Versioning => "Versioning & Traceability",
        }
    }

    /// The part that a heading or a field names, and what stands behind a colon in it.
    pub fn of(title: &str) -> Option<(Self, &str)> {
        let words = without_number(title);
        let (name, rest) = words.split_once(':').unwrap_or((words, ""));
        let part = match plain(name).as_str() {
            "stage name" | "name of the stage" => Self::Name,
            "objective" | "objectives" | "goal" | "goals" => Self::Objectives,
            "deliverable" | "deliverables" | "key deliverables" => Self::Deliverables,
            "acceptance criteria" | "acceptance" => Self::Acceptance,
            "rollback" | "rollback plan" | "rollback strategy" | "rollback steps" => Self::Rollback,
            other if other.starts_with("audit") || other == "review steps" => Self::Audit,
            other if other.starts_with("versioning") || other == "traceability" => Self::Versioning,
            _ => return None,
        };
        Some((part, rest.trim()))
    }
}

/// Whether the work on a stage goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// It is worked on.
    Active,
    /// It is not begun.
    Planned,
    /// It is over.
    Closed,
}

impl Status {
    /// The status that the first words of `text` name.
    pub fn of(text: &str) -> Option<Self> {
        let words = plain(text);
        let begins = |names: &[&str]| names.iter().any(|name| words.starts_with(name));
        if begins(&["active", "in progress", "current", "ongoing", "started", "approved"]) {
            Some(Self::Active)
        } else if begins(&[
            "planned",
            "future",
            "draft",
            "proposed",
            "pending",
            "not started",
            "next",
        ]) {
            Some(Self::Planned)
        } else if begins(&[
            "complete",
            "done",
            "closed",
            "finished",
            "superseded",
            "cancelled",
            "abandoned",
        ]) {
            Some(Self::Closed)
        } else {
            None
        }
    }
}

/// The name and the rest of a line like `**Status**: Active`, `- **Status:** Active` or `Status: Active`.
pub(super) fn field(line: &str) -> Option<(&str, &str)> {
    let line = line.trim().trim_start_matches(['-', '*', '+']).trim_start();
    let (name, rest) = line.split_once(':')?;
    let name = name.trim_matches('*').trim();
    let is_name = !name.is_empty() && name.len() <= 40 && !name.contains(['`', '.', '[']);
    is_name.then(|| (name, rest.trim_start_matches('*').trim()))
}

/// Lower-case letters and single spaces; `&` is `and`, and what is no letter divides.
pub(super) fn plain(text: &str) -> String {
    let spelled = text.replace('&', " and ").to_lowercase();
    let words = spelled
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// `1. Name` and `2) Name` without their number.
fn without_number(title: &str) -> &str {
    let digits = title.bytes().take_while(u8::is_ascii_digit).count();
    let rest = title[digits..].trim_start_matches(['.', ')', ':']).trim_start();
    if digits > 0 { rest } else { title }
}

#[cfg(test)]
mod tests {
    use super::{Part, Status, field};

    #[test]
    fn headings_name_parts_in_many_spellings() {
        assert_eq!(Part::of("1. Stage Name: Types"), Some((Part::Name, "Types")));
        assert_eq!(Part::of("Key Deliverables"), Some((Part::Deliverables, "")));
        assert_eq!(Part::of("5. Audit & Review Steps"), Some((Part::Audit, "")));
        assert_eq!(Part::of("Versioning and Traceability"), Some((Part::Versioning, "")));
        assert_eq!(Part::of("Deliverables of last year"), None);
    }

    #[test]
    fn fields_are_bold_or_plain() {
        assert_eq!(field("**Status**: Active"), Some(("Status", "Active")));
        assert_eq!(field("- **Status:** Planned"), Some(("Status", "Planned")));
        assert_eq!(field("no field"), None);
        assert_eq!(Status::of("Active (since May)"), Some(Status::Active));
        assert_eq!(Status::of("waiting"), None);
    }
}
