//! drift's reading of repositories, held against the git program.

mod agreement;
mod binding;
mod open;
mod range;
mod record;
mod resolve;
mod shallow;
mod skewed;
