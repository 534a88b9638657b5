//! What a plan is called: `<phase>-<plan>`, as the subjects of its commits have it.

/// The plan's name and scope from its fields and its file's path: `04-01`, `64A-02`, `quick-016`.
///
/// Where both name the same numbers, the file's spelling counts, because it is the one with leading zeros.
pub(super) fn lane_name(phase: Option<&str>, plan: Option<&str>, path: &str) -> String {
    let from_file = file_name_scope(path);
    match (from_fields(phase, plan), from_file) {
        (Some(fields), Some(file)) if same_numbers(&fields, &file) => file,
        (Some(fields), _) => fields,
        (None, Some(file)) => file,
        (None, None) => without_plan(file_stem(path)).to_owned(),
    }
}

fn from_fields(phase: Option<&str>, plan: Option<&str>) -> Option<String> {
    let plan = plan.map(|plan| plan.trim().replace(char::is_whitespace, "-"));
    let phase = match phase {
        Some(phase) => phase_token(phase).unwrap_or_else(|| phase.trim().replace(char::is_whitespace, "-")),
        None => return plan,
    };
    Some(match plan {
        None => phase,
        Some(_) if phase.starts_with("quick-") => phase,
        Some(plan) if plan.starts_with(&format!("{phase}-")) => plan,
        Some(plan) => format!("{phase}-{plan}"),
    })
}

/// The number of a phase in front of its words: `04` of `04-api`, `02.1`, `64A`, `ABC-04`, `quick-7`.
fn phase_token(phase: &str) -> Option<String> {
    let phase = phase.trim();
    let bare = ["phase", "Phase"].into_iter().find_map(|word| phase.strip_prefix(word));
    let bare = bare.map_or(phase, |rest| rest.trim_start_matches([' ', '-', '_']));
    let letters = bare.bytes().take_while(u8::is_ascii_alphabetic).count();
    let has_prefix = (1..=6).contains(&letters) && bare[letters..].starts_with('-');
    let start = if has_prefix { letters + 1 } else { 0 };
    let length = number_length(&bare[start..])?;
    Some(bare[..start + length].to_owned())
}

/// The length of a phase's number at the beginning of `text`: digits, a letter, and parts after dots.
fn number_length(text: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(text);
    if length == 0 {
        return None;
    }
    if text[length..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        length += 1;
    }
    while text[length..].starts_with('.') && digits(&text[length + 1..]) > 0 {
        length += 1 + digits(&text[length + 1..]);
    }
    let ends = text[length..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    ends.then_some(length)
}

/// The scope that a file's name spells: `04-01-PLAN.md`, and `quick-7` for `.planning/quick/7-fix-it/7-PLAN.md`.
fn file_name_scope(path: &str) -> Option<String> {
    let stem = file_stem(path);
    let own = Some(without_plan(stem)).filter(|own| *own != stem)?;
    let is_quick = path.contains("/quick/") || path.starts_with("quick/");
    if is_quick && own.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(format!("quick-{own}"));
    }
    let has_both = own
        .split('-')
        .filter(|part| part.starts_with(|c: char| c.is_ascii_digit()))
        .count()
        >= 2;
    has_both.then(|| own.to_owned())
}

/// A file's name without the `-PLAN` at its end.
fn without_plan(stem: &str) -> &str {
    stem.strip_suffix("-PLAN")
        .or_else(|| stem.strip_suffix("-plan"))
        .unwrap_or(stem)
}

fn file_stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\', ':']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Whether two names differ at most in leading zeros.
fn same_numbers(one: &str, other: &str) -> bool {
    let parts = |name: &str| -> Vec<String> {
        let bare = |part: &str| part.trim_start_matches('0').to_lowercase();
        name.split(['-', '.']).map(bare).collect()
    };
    parts(one) == parts(other)
}

#[cfg(test)]
mod tests {
    use super::lane_name;

    fn name(phase: &str, plan: &str, path: &str) -> String {
        lane_name(
            Some(phase).filter(|it| !it.is_empty()),
            Some(plan).filter(|it| !it.is_empty()),
            path,
        )
    }

    #[test]
    fn phase_and_plan_make_the_name() {
        let path = "plans/some.md";
        assert_eq!(name("04-full-capture", "01", path), "04-01");
        assert_eq!(name("64A-x", "02", path), "64A-02");
        assert_eq!(name("02.1", "09", path), "02.1-09");
        assert_eq!(name("ABC-04-x", "1", path), "ABC-04-1");
        assert_eq!(name("Phase 4: Words", "2", path), "4-2");
        assert_eq!(name("12", "12-03", path), "12-03");
        assert_eq!(name("02-x", "02", path), "02-02");
        assert_eq!(name("12-x", "fix-secrets", path), "12-fix-secrets");
        assert_eq!(name("2fa-login", "01", path), "2fa-login-01");
    }

    #[test]
    fn the_file_spells_the_same_numbers_better() {
        assert_eq!(name("4", "1", ".planning/phases/04-x/04-01-PLAN.md"), "04-01");
        assert_eq!(name("", "", "HEAD:.planning/phases/04-x/04-01-PLAN.md"), "04-01");
        assert_eq!(name("5", "1", "04-01-PLAN.md"), "5-1");
        assert_eq!(name("", "", "notes/PLAN.md"), "PLAN");
        assert_eq!(name("", "", ".gsd/slices/S02/S02-PLAN.md"), "S02");
    }

    #[test]
    fn quick_plans_have_one_number() {
        assert_eq!(name("quick-016", "01", "x.md"), "quick-016");
        assert_eq!(name("quick", "18", ".planning/quick/018-x/018-PLAN.md"), "quick-018");
        assert_eq!(name("", "", ".planning/quick/7-x/7-PLAN.md"), "quick-7");
    }
}
