//! The name of a git object.

use std::fmt;

/// The id of a git object: SHA-1 (20 bytes) or SHA-256 (32 bytes).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId {
    bytes: [u8; 32],
    len: u8,
}

impl ObjectId {
    /// The id made of `bytes`; `None` unless there are 20 or 32 of them.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if !matches!(bytes.len(), 20 | 32) {
            return None;
        }
        let mut own = [0; 32];
        own[..bytes.len()].copy_from_slice(bytes);
        Some(Self {
            bytes: own,
            len: bytes.len() as u8,
        })
    }

    /// The id that `hex` spells; `None` unless it has 40 or 64 hexadecimal digits.
    pub fn from_hex(hex: &str) -> Option<Self> {
        if !hex.is_ascii() || !matches!(hex.len(), 40 | 64) {
            return None;
        }
        let bytes: Option<Vec<u8>> = (0..hex.len() / 2)
            .map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok())
            .collect();
        Self::from_bytes(&bytes?)
    }

    /// The bytes of the id.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    /// Whether this is the id that git writes for "no object": all zeros.
    pub fn is_null(&self) -> bool {
        self.as_bytes().iter().all(|&byte| byte == 0)
    }

    /// The first `digits` hexadecimal digits, for people.
    pub fn short(&self, digits: usize) -> String {
        let mut hex = self.to_string();
        hex.truncate(digits);
        hex
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_bytes().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::ObjectId;

    #[test]
    fn hex_survives_a_round_trip_in_both_hash_kinds() {
        for hex in ["0123456789abcdef".repeat(4), "89abcdef01".repeat(4)] {
            assert_eq!(ObjectId::from_hex(&hex).unwrap().to_string(), hex);
        }
    }

    #[test]
    fn what_is_no_id_is_none() {
        for bad in ["", "abc", "é123456789012345678901234567890123456789", &"g".repeat(40)] {
            assert_eq!(ObjectId::from_hex(bad), None, "{bad}");
        }
    }
}
