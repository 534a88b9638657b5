//! The program `git-drift`, so that `git drift …` works.

fn main() {}
