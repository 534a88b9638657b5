//! GSD's summaries and verifications: what they claim, and that they are no plans.

use super::{problems, read};
use drift::model::{ClaimKind, Plan, RangeEnd};
use snapbox::{assert_data_eq, str};

pub(super) const PLAN: &str = "---\nphase: 04-login\nplan: 01\nfiles_modified: [src/login.ts]\n---\n\n<tasks>\n<task type=\"auto\">\n<name>Task 1: Check</name>\n<files>src/login.ts</files>\n</task>\n</tasks>\n";

pub(super) const SUMMARY: &str = "\
---
phase: 04-login
plan: 01
subsystem: auth
key-files:
  created: [src/session.ts]
  modified:
    - \"src/login.ts\"
plan_head_before: 1111111a
plan_head_after: \"2222222b\"
completed: 2026-01-02
---

# Phase 4 Plan 1: Login Summary

## Task Commits

1. **Task 1: Check the password** - `abc1234` (feat)
2. **Task 2: Tests** - `DEF5678` and `0a1b2c3d`

**Plan metadata:** `9999999f` (docs: complete plan)

## Files Created/Modified
- `src/login.ts` - Checks in 40 lines
- `src/session.ts`, `src/token.ts` — sessions (see `README.md`)
  - `nested.ts` is no file of its own

## Deviations from Plan

### Auto-fixed Issues

**1. [Rule 1 - Bug] A token was never checked**
- **Found during:** Task 1
- **Files modified:** src/token.ts, `src/login.ts`
- **Committed in:** abc1234

## Self-Check: PASSED

- FOUND: `src/login.ts`
- FOUND: abc1234
";

fn claims(plan: &Plan) -> String {
    let files = |paths: &[drift::model::PathPattern]| paths.iter().map(|it| it.to_text()).collect::<Vec<_>>().join(" ");
    let line = |claim: &drift::model::Claim| {
        let what = match &claim.kind {
            ClaimKind::Files { paths, complete } => format!("files {complete} {}", files(paths)),
            ClaimKind::Commit { id, unit } => format!("commit {id} {}", unit.as_deref().unwrap_or("-")),
            ClaimKind::Head {
                id,
                end: RangeEnd::Before,
            } => format!("began {id}"),
            ClaimKind::Head {
                id,
                end: RangeEnd::After,
            } => format!("ended {id}"),
            ClaimKind::NoDeviations => "no deviations".to_owned(),
            ClaimKind::Deviation { title, paths } => format!("deviation {title}: {}", files(paths)),
            ClaimKind::SelfCheck { paths } => format!("self-check {}", files(paths)),
            ClaimKind::Verified => "verified".to_owned(),
            ClaimKind::Done { unit, state, .. } => format!("{unit} {state}"),
        };
        let source = &plan.sources[claim.location.source];
        let (start, end) = claim.location.span.unwrap();
        let line = source.text[..start].matches('\n').count() + 1;
        assert!(
            !source.text[start..end].trim().is_empty() || source.text.is_empty(),
            "{claim:?}"
        );
        format!("{}:{line} {:?} {what}\n", source.name, claim.lane)
    };
    plan.claims.iter().map(line).collect()
}

#[test]
fn a_summary_claims_files_commits_and_deviations() {
    let plan = read(&[("04-01-SUMMARY.md", SUMMARY), ("04-01-PLAN.md", PLAN)]);
    assert_eq!(problems(&plan), "");
    assert_eq!((plan.lanes.len(), plan.units.len(), plan.sources.len()), (1, 1, 2));
    assert_eq!(plan.sources[1].format, "gsd_summary");
    assert_data_eq!(
        claims(&plan),
        str![[r#"
04-01-SUMMARY.md:23 Some(0) files true src/session.ts src/login.ts src/token.ts
04-01-SUMMARY.md:18 Some(0) commit abc1234 1
04-01-SUMMARY.md:19 Some(0) commit def5678 2
04-01-SUMMARY.md:19 Some(0) commit 0a1b2c3d 2
04-01-SUMMARY.md:21 Some(0) commit 9999999f -
04-01-SUMMARY.md:9 Some(0) began 1111111a
04-01-SUMMARY.md:10 Some(0) ended 2222222b
04-01-SUMMARY.md:32 Some(0) deviation [Rule 1 - Bug] A token was never checked: src/login.ts
04-01-SUMMARY.md:37 Some(0) self-check src/login.ts

"#]]
    );
}

#[test]
fn a_summary_alone_is_no_plan() {
    assert_data_eq!(
        problems(&read(&[("PLAN.md", SUMMARY)])),
        str![[r#"
Unreadable PLAN.md : this is a GSD summary, and none of the plans that were given is what it is about; name its plan with `--plan`; what lies beside a plan is found by itself

"#]]
    );
    let other = PLAN.replace("plan: 01", "plan: 02");
    let plan = read(&[("other.md", &other), ("x.md", SUMMARY)]);
    assert!(problems(&plan).contains("none of the plans that were given"));
    assert_eq!((plan.lanes.len(), plan.claims.len()), (1, 0));
}

#[test]
fn forks_write_their_fields_otherwise() {
    let text = "---\nphase: 04\nplan: 01\nstatus: complete\nfiles_modified: 2\nfiles_created:\n  - a.ts\ncommits:\n  - hash: abc1234\n    message: x\n  - 6d6e21c\ntask_commits:\n  - task: 1\n    hash: \"9d524cd\"\n---\n\n# Summary\n\n## What Was Built\n\n## Deviations\n\nNone — plan executed exactly as written.\n\n## Self-Check\n\nPASSED\n";
    let plan = read(&[("04-01-PLAN.md", PLAN), ("04-01-SUMMARY.md", text)]);
    assert_data_eq!(
        claims(&plan),
        str![[r#"
04-01-SUMMARY.md:9 Some(0) commit abc1234 -
04-01-SUMMARY.md:11 Some(0) commit 6d6e21c -
04-01-SUMMARY.md:14 Some(0) commit 9d524cd 1
04-01-SUMMARY.md:21 Some(0) no deviations
04-01-SUMMARY.md:25 Some(0) self-check 

"#]]
    );
}

#[test]
fn a_verification_claims_for_the_whole_phase_and_accepts_with_who_and_why() {
    let text = "---\nphase: 04-login\nverified: 2026-01-02\nstatus: passed\nscore: 3/3\noverrides:\n  - must_have: \"Login works\"\n    reason: later\n    accepted_by: Ann\n    accepted_at: 2026-01-02\n  - must_have: nobody takes it on\n    reason: x\n---\n# Verification\n";
    let plan = read(&[("04-01-PLAN.md", PLAN), ("04-VERIFICATION.md", text)]);
    assert_eq!(problems(&plan), "");
    assert_eq!(claims(&plan), "04-VERIFICATION.md:4 None verified\n");
    let [only] = plan.overrides.as_slice() else {
        panic!("{:?}", plan.overrides);
    };
    assert_eq!(
        (
            only.must_have.as_str(),
            only.because.as_str(),
            only.accepted_by.as_str()
        ),
        ("Login works", "later", "Ann")
    );
    let gaps = text.replace("status: passed", "status: gaps_found");
    assert_eq!(claims(&read(&[("04-01-PLAN.md", PLAN), ("v.md", &gaps)])), "");
}

#[test]
fn any_cut_of_a_summary_is_read() {
    for end in (0..SUMMARY.len()).filter(|&end| SUMMARY.is_char_boundary(end)) {
        let plan = read(&[("04-01-PLAN.md", PLAN), ("s.md", &SUMMARY[..end])]);
        problems(&plan);
        for claim in &plan.claims {
            assert!(
                claim
                    .location
                    .span
                    .is_some_and(|(start, end)| start <= end && end <= plan.sources[1].text.len())
            );
        }
    }
}
