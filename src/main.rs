//! The program `drift`.

fn main() {}
