//! What git says of a repository: the only module that names gix, and the one that knows the git program.
//!
//! | file | what it knows |
//! |---|---|
//! | `environment`, `open`, `guards` | finding a repository as git does, and refusing those that drift would misread |
//! | `worktrees`, `primary`, `identity` | where the worktrees lie, which branch each is on, who the user is |
//! | `ref_health`, `left_locks`, `asked_attribute` | what `drift doctor` looks at: odd refs, locks that somebody left, an attribute |
//! | `uncommitted`, `removal` | what a worktree holds that no commit has, and taking it away with its branch |
//! | `resolve` | from a name to a commit, or to a file of a commit |
//! | `ancestry`, `walk`, `merge_base` | which commits a range holds, and where it begins |
//! | `named` | where a commit is that somebody names, and what it became |
//! | `tags` | whether promised tags exist, and mark the work |
//! | `lookups` | single questions about one commit or two |
//! | `commits`, `commit_changes` | what one commit says, and reading many of them with what each changed |
//! | `objects`, `raw_tree`, `tree_walk`, `ids` | reading single objects and going through trees; ids in gix's shape and the model's |
//! | `tree_diff`, `combined_diff`, `raw_change` | the difference of two trees, and a merge's own changes |
//! | `packs`, `delta`, `tree_cache` | reading the trees of a long range from the packs, each once |
//! | `renames`, `span_hash`, `line_count` | what moved, how alike contents are, and how many lines changed |
//! | `listing`, `attributes` | which files a tree has, and what they hold |
//! | `index`, `staged` | the entries of the index, and what the next commit would change |
//! | `search` | what must be found nowhere, looked for in all contents of a tree |
//! | `own_commits` | what the commits of a branch did by themselves, without what was merged into it |
//! | `observe` | all of it for one range: its [`History`](crate::model::History) |
//! | `record`, `new_commit` | a run's record under refs/drift/runs, and the commits that drift writes |
//! | `ref_read`, `ref_swap`, `ref_update`, `durable` | refs as they stand, and changing one durably by compare-and-swap |
//! | `notes`, `patch_id` | what drift says of commits in refs/notes/drift, and finding a commit again by what it changes |
//! | `next_commit` | what is staged, and the history that a range would have with it |
//! | `made_commit`, `commit_mark`, `squash` | the commit that was just made, and what one hook leaves for the next |
//! | `hooks_folder`, `hook_files` | where git takes hooks from, and the files there |
//! | `unpushed`, `since` | whether a push brings what the remote does not have, and how far a branch went on |
//! | `binding` | which run a branch works on |
//! | `sync` | fetching and pushing these refs from and to another clone |
//! | `content_tree` | what a worktree holds, as the tree that it would be |
//! | `ssh_signature` | signing and verifying texts with the user's SSH key |
//! | `program` | running the git program, for what gix can't do |
//! | `error`, `record_error` | what can go wrong, and what settles it |

mod ancestry;
mod asked_attribute;
#[doc(hidden)]
pub mod attributes;
mod binding;
#[doc(hidden)]
pub mod combined_diff;
mod commit_changes;
mod commit_mark;
mod commits;
mod content_tree;
mod delta;
mod durable;
mod environment;
mod error;
mod guards;
mod hook_files;
mod hooks_folder;
mod identity;
mod ids;
mod index;
mod left_locks;
#[doc(hidden)]
pub mod line_count;
#[doc(hidden)]
pub mod listing;
mod lookups;
mod made_commit;
mod merge_base;
mod named;
mod new_commit;
mod next_commit;
mod notes;
mod objects;
mod observe;
mod open;
mod own_commits;
mod packs;
mod patch_id;
mod primary;
mod program;
#[doc(hidden)]
pub mod raw_change;
mod raw_tree;
mod record;
mod record_error;
mod ref_health;
mod ref_read;
mod ref_swap;
mod ref_update;
mod removal;
#[doc(hidden)]
pub mod renames;
mod resolve;
mod search;
mod since;
mod span_hash;
mod squash;
mod ssh_signature;
#[doc(hidden)]
pub mod staged;
mod sync;
mod tags;
mod tree_cache;
#[doc(hidden)]
pub mod tree_diff;
mod tree_walk;
mod uncommitted;
mod unpushed;
mod walk;
mod worktrees;

pub use binding::{surely_has_no_notes, surely_has_no_run, surely_has_no_squash};
pub use content_tree::ContentTrees;
pub use environment::Environment;
pub use error::{GitError, Refusal};
pub use hook_files::{
    HookFile, look as look_at_hook, put as put_hook, remove as remove_hook, rename as rename_hook, write_message,
};
pub use hooks_folder::{ConfiguredHook, HooksChoice, HooksFolder};
pub use next_commit::{NextHistory, StagedChanges};
pub use notes::{JoinNote, Notes, NotesChange, PendingLine, Sides};
pub use observe::Query;
pub use open::Repository;
pub use patch_id::{Patch, PathSets};
pub use program::{ProgramError, scratch_git};
pub use record::{Ask, Files, JoinRecord, LogEntry, Record, RecordChange, RecordSides};
pub use record_error::RecordError;
pub use ref_health::RefTrouble;
pub use ref_update::Leftover;
pub use removal::WorktreesTurn;
pub use squash::Squash;
pub use ssh_signature::SshVerdict;
pub use sync::{Incoming, Outgoing, Rejected, Sync};
pub use uncommitted::Uncommitted;
pub use worktrees::Worktree;

/// What became of a ref of drift's when another clone's was taken over into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Joined {
    /// Both were the same.
    Same,
    /// The own one already holds all of the other's.
    Ahead,
    /// There was none here.
    New,
    /// Only the other side had moved.
    Forwarded,
    /// Both sides had moved, and both are kept.
    Merged,
}
