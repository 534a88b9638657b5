//! drift's reading of repositories, held against the git program.

mod agreement;
mod attributes;
mod binding;
mod combined_diff;
mod content_tree;
mod line_count;
mod listing;
mod notes;
mod open;
mod own_commits;
mod packs;
mod random_trees;
mod range;
mod range_agreement;
mod record;
mod renames;
mod resolve;
mod rollback;
mod shallow;
mod skewed;
mod staged;
mod tree_diff;
