//! `drift evidence`: results of tests, wherever they were executed.

pub mod read;
