//! drift's reading of repositories, held against the git program.

mod agreement;
mod open;
mod range;
mod resolve;
mod shallow;
mod skewed;
