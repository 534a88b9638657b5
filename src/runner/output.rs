//! What a program prints, kept in bounded memory whatever it prints.

use crate::model::Log;
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Seek, Write};

/// How many bytes of the beginning of a log are kept.
const HEAD: usize = 4 * 1024;
/// How many bytes of its end.
const TAIL: usize = 12 * 1024;
/// The most bytes of standard output that are kept as a whole, for reading results from.
const WHOLE: u64 = 1024 * 1024 * 1024;

/// Standard output as a whole, in a file that has no name and goes away with this.
#[derive(Debug)]
pub struct Printed {
    file: io::Result<File>,
    size: u64,
}

impl Printed {
    pub(super) fn new() -> Self {
        Self {
            file: tempfile::tempfile(),
            size: 0,
        }
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        if let Ok(file) = &mut self.file
            && self.size <= WHOLE
            && let Err(error) = file.write_all(bytes)
        {
            self.file = Err(error);
        }
    }

    /// All of it, from the beginning; why not, where it could not be kept.
    pub fn into_reader(self) -> Result<io::BufReader<File>, String> {
        if self.size > WHOLE {
            return Err(format!(
                "the output has more than {} MiB; let the runner write a report file",
                WHOLE / (1024 * 1024)
            ));
        }
        let not_kept = |error: io::Error| format!("the output could not be kept for reading: {error}");
        let mut file = self.file.map_err(not_kept)?;
        file.rewind().map_err(not_kept)?;
        Ok(io::BufReader::new(file))
    }
}

/// A log in the making.
pub(super) struct LogKeeper {
    head: Vec<u8>,
    tail: VecDeque<u8>,
    size: u64,
    hash: Sha256,
}

impl LogKeeper {
    pub(super) fn new() -> Self {
        Self {
            head: Vec::new(),
            tail: VecDeque::new(),
            size: 0,
            hash: Sha256::new(),
        }
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        self.hash.update(bytes);
        let (head, rest) = bytes.split_at(bytes.len().min(HEAD - self.head.len()));
        self.head.extend_from_slice(head);
        let kept = &rest[rest.len().saturating_sub(TAIL)..];
        let surplus = (self.tail.len() + kept.len()).saturating_sub(TAIL);
        self.tail.drain(..surplus.min(self.tail.len()));
        self.tail.extend(kept);
    }

    pub(super) fn finish(self) -> Log {
        let tail: Vec<u8> = self.tail.into();
        Log {
            head: String::from_utf8_lossy(&self.head).into_owned(),
            tail: String::from_utf8_lossy(&tail).into_owned(),
            size: self.size,
            sha256: self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{HEAD, LogKeeper, TAIL};

    fn log(chunks: &[&[u8]]) -> crate::model::Log {
        let mut keeper = LogKeeper::new();
        chunks.iter().for_each(|chunk| keeper.add(chunk));
        keeper.finish()
    }

    #[test]
    fn a_short_log_is_its_own_head() {
        let kept = log(&[b"one\n", b"two\xff\n"]);
        assert_eq!(
            (kept.head.as_str(), kept.tail.as_str(), kept.size),
            ("one\ntwo\u{fffd}\n", "", 9)
        );
    }

    #[test]
    fn of_a_long_log_both_ends_are_kept_whatever_the_chunks() {
        let text: Vec<u8> = (0..100_000_u32)
            .flat_map(|number| format!("{number}\n").into_bytes())
            .collect();
        let whole = log(&[&text]);
        let pieces: Vec<&[u8]> = text.chunks(777).collect();
        assert_eq!(log(&pieces), whole);
        assert_eq!((whole.head.len(), whole.tail.len()), (HEAD, TAIL));
        assert_eq!(whole.size, text.len() as u64);
        assert!(whole.head.starts_with("0\n1\n") && whole.tail.ends_with("99999\n"));
    }

    #[test]
    fn the_hash_is_that_of_all_bytes() {
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(log(&[b"a", b"bc"]).sha256, known);
    }
}
