//! `drift evidence`: results of tests, wherever they were executed.

pub mod kept;
pub mod read;
