//! Files: read with care, replaced as a whole, appended line by line.

mod append;
mod atomic;
mod read;
