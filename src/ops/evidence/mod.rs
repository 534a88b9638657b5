//! `drift evidence`: results of tests, wherever they were executed.

pub mod add;
pub mod export;
pub mod kept;
pub mod read;
pub mod verify;
