//! The report for a pull request's page or a file: GitHub's Markdown.

use super::Look;
use super::count::{count, grouped};
use super::groups::Groups;
use super::plain::{code, markdown, markdown_sentence, short};
use super::wire::v1::{Claim, Clause, Finding, Location, RunReport, Unit};

/// More findings than this of one severity are counted instead of listed.
const SHOWN_FINDINGS: usize = 50;

/// More tests than this of one clause are counted.
const SHOWN_TESTS: usize = 5;

/// The report as Markdown: verdict, findings, units, clauses, files by class.
pub fn render(report: &RunReport, look: &Look<'_>) -> String {
    let mut out = heading(report);
    for (title, found) in Groups::of(report).shown(look.verbose) {
        out.push_str(&findings(title, found, look));
    }
    out.push_str(&units(&report.units));
    out.push_str(&tests(report));
    out.push_str(&clauses(&report.clauses));
    out.push_str(&files(report));
    out.push_str(&claims(&report.claims));
    out
}

fn heading(report: &RunReport) -> String {
    let mut out = format!("# drift: {}\n\n", report.verdict.name());
    if let Some(run) = &report.run {
        out.push_str(&format!("Run {}. ", code(&run.handle)));
    }
    if let Some(goal) = &report.plan.goal {
        out.push_str(&format!("Goal: {}. ", markdown(goal.trim_end_matches('.'))));
    }
    if let Some(range) = &report.range {
        let name = format!("{}..{}", short(&range.base_ref), short(&range.target_ref));
        let (commits, files) = (
            count(range.commits, "commit"),
            count(report.deltas.files.actual, "file"),
        );
        out.push_str(&format!("Range {}: {commits}, {files}.", code(&name)));
    }
    out.trim_end().to_owned() + "\n"
}

fn findings(title: &str, found: &[&Finding], look: &Look<'_>) -> String {
    if found.is_empty() {
        return String::new();
    }
    let shown = if look.verbose { found.len() } else { SHOWN_FINDINGS };
    let mut out = format!("\n## {title}\n\n");
    for finding in found.iter().take(shown) {
        out.push_str(&item(finding));
    }
    if found.len() > shown {
        out.push_str(&format!("- and {} more\n", grouped(found.len() - shown)));
    }
    out
}

fn item(finding: &Finding) -> String {
    let mut out = format!(
        "- **{} {}**: {}",
        finding.code,
        finding.rule,
        markdown_sentence(&finding.message)
    );
    out.push_str(
        &place(&finding.location)
            .map(|place| format!(" ({place})"))
            .unwrap_or_default(),
    );
    out.push('\n');
    if let Some(acceptance) = &finding.acceptance {
        let (by, why) = (markdown(&acceptance.accepted_by), markdown(&acceptance.because));
        out.push_str(&format!("  - accepted by {by}: {why}\n"));
    } else if !finding.help.is_empty() {
        out.push_str(&format!("  - {}\n", markdown_sentence(&finding.help)));
    }
    out
}

/// The place as code; a path without a line is left out, since the message names it.
fn place(location: &Location) -> Option<String> {
    if let Some(file) = &location.file {
        let line = location.line.map(|line| format!(":{line}")).unwrap_or_default();
        return Some(code(&format!("{file}{line}")));
    }
    if let (Some(path), Some(line)) = (&location.path, location.line) {
        return Some(code(&format!("{path}:{line}")));
    }
    location.commit.as_deref().map(|id| code(id.get(..10).unwrap_or(id)))
}

fn units(units: &[Unit]) -> String {
    if units.is_empty() {
        return String::new();
    }
    let mut out = String::from("\n## Units\n\n| unit | status | title | commits |\n|---|---|---|---|\n");
    for unit in units {
        let commits: Vec<String> = unit.commits.iter().map(|id| code(id.get(..10).unwrap_or(id))).collect();
        let (id, title) = (markdown(&unit.id), markdown(&unit.title));
        out.push_str(&format!(
            "| {id} | {} | {title} | {} |\n",
            unit.status,
            commits.join(" ")
        ));
    }
    out
}

fn clauses(clauses: &[Clause]) -> String {
    if clauses.is_empty() {
        return String::new();
    }
    let mut out = String::from("\n## Clauses\n\n| clause | | status | title | tests |\n|---|---|---|---|---|\n");
    for clause in clauses {
        let mut tests: Vec<String> = clause
            .tests
            .iter()
            .take(SHOWN_TESTS)
            .map(|it| markdown(&it.name))
            .collect();
        if clause.tests.len() > SHOWN_TESTS {
            tests.push(format!("and {} more", clause.tests.len() - SHOWN_TESTS));
        }
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} |\n",
            markdown(&clause.id),
            clause.normativity,
            clause.status,
            markdown(&clause.title),
            tests.join("<br>")
        ));
    }
    out
}

/// Planned, executed, and the difference.
fn tests(report: &RunReport) -> String {
    let Some(executed) = report.executed.filter(|_| !report.tests.is_empty()) else {
        return String::new();
    };
    let mut out =
        String::from("\n## Tests\n\n| test | status | name | suite | required | cases |\n|---|---|---|---|---|---:|\n");
    for test in &report.tests {
        let suite = test.suite.as_deref().map(markdown).unwrap_or_default();
        let required = if test.required { "yes" } else { "no" };
        out.push_str(&format!(
            "| {} | {} | {} | {suite} | {required} | {} |\n",
            markdown(&test.id),
            test.status_in_words(),
            markdown(&test.name),
            grouped(test.cases)
        ));
    }
    let required = report.tests.iter().filter(|test| test.required);
    let with_evidence = required.clone().filter(|test| test.is_executed()).count();
    let all = required.count();
    let (of, have) = (count(all, "required test"), if all == 1 { "has" } else { "have" });
    out + &format!(
        "\n{} of {of} {have} evidence for this tree; {} executed, {} failed, {} skipped.\n",
        grouped(with_evidence),
        count(executed.tests, "test"),
        grouped(executed.failed + executed.errored),
        grouped(executed.skipped)
    )
}

fn files(report: &RunReport) -> String {
    let classes = &report.deltas.files.classes;
    if classes.is_empty() {
        return String::new();
    }
    let mut out = String::from("\n## Files\n\n| class | files |\n|---|---:|\n");
    for (class, number) in classes {
        out.push_str(&format!("| {class} | {} |\n", grouped(*number)));
    }
    out
}

/// Claims that do not simply hold: the rest is counted.
fn claims(claims: &[Claim]) -> String {
    if claims.is_empty() {
        return String::new();
    }
    let hold = claims.iter().filter(|claim| claim.status == "holds").count();
    let mut out = format!(
        "\n## Claims\n\n{} of {} hold.\n",
        grouped(hold),
        count(claims.len(), "claim")
    );
    let rest: Vec<&Claim> = claims.iter().filter(|claim| claim.status != "holds").collect();
    if rest.is_empty() {
        return out;
    }
    out.push_str("\n| claim | status | why |\n|---|---|---|\n");
    for claim in rest {
        let (words, why) = (markdown(&claim.claim), markdown(&claim.reasons.join("; ")));
        out.push_str(&format!("| {words} | {} | {why} |\n", claim.status));
    }
    out
}
