//! drift holds what was planned and approved against what git says was done.
//!
//! # The modules
//! The way of the data is a chain, the imports are a star: every spoke knows [`model`] and no other, only [`ops`] knows
//! more than one of them, and [`cli`] knows [`ops`]. docs/ARCHITECTURE.md has the invariants.
//!
//! | module | from → to |
//! |---|---|
//! | [`formats`] | a plan's texts → [`model::Plan`], with its problems |
//! | [`config`] | .drift/config.yaml → [`model::Policy`], with its problems |
//! | [`git`] | a repository → [`model::History`]; and the records under refs/drift/runs |
//! | [`results`] | what a test runner wrote → [`model::TestResults`], in whichever dialect |
//! | [`compare`] | plan and history → [`model::Comparison`]: what differs, without judgement |
//! | [`rules`] | comparison → [`model::Judgement`]: findings, and the verdict that follows |
//! | [`report`] | [`model::Report`] → the frozen shape of run_report.json → text, JSON, Markdown |
//! | [`hooks`] | what drift knows of hooks: its scripts, and who else manages them |
//! | [`test_code`] | a test file → [`model::TestFile`]: its tests, assertions, and the clauses that its comments name |
//! | [`runner`] | a test suite's command → how it ended, and what it printed |
//! | [`store`] | files outside of the git directory: read, replaced as a whole, extended by a line |
//! | [`ops`] | the verbs, each as its named steps |
//! | [`cli`] | arguments, hints, exit codes, and the only printer |
//!
//! As a library, `formats::read`, `git::Repository::observe`, `compare::compare`, `rules::judge` and
//! `report::wire::v1::RunReport::of` are the chain; what is hidden from the documentation is there for drift's own tests.
//!
//! # The files on disk
//! | file | who owns it |
//! |---|---|
//! | `.drift/config.yaml` | people; [`config`] reads it, from the base commit where a range is judged |
//! | `.drift/schema/*.schema.json` | `ops::init`, from the types in [`formats::wire`] |
//! | `.drift/runs/<handle>/` of a worktree: the drafts | people; `ops::new` begins them, `store::Home` names their places |
//! | `.drift/runs/<handle>/run_report.json` and `.drift/lessons.jsonl` of the home | `ops::report` |
//! | `refs/drift/runs/<handle>`: run.json, approvals.json, acceptances.json, the frozen artifacts, evidence/, the report | `git::record`; the shapes are those of `ops::run_file` and `report::wire` |
//! | `refs/notes/drift` | `ops::notes`, through `git::notes` |
//! | `drift/trusted/` in the user's state folder | `ops::trust` |
//! | the hooks folder | `ops::hooks`, through `git::hook_files` |
//! | `branch.<name>.driftRun` in git's configuration | `git::binding` |
//! | `drift/writer.lock` and `drift/staged/` in the common git directory | `git::ref_update` |
//! | `drift/worktrees.lock` and `drift/primary-worktree` there | `git::removal`, `git::primary` |

pub mod cli;
pub mod compare;
pub mod config;
pub mod formats;
pub mod git;
pub mod hooks;
pub mod model;
pub mod ops;
pub mod report;
pub mod results;
pub mod rules;
pub mod runner;
pub mod store;
pub mod test_code;
