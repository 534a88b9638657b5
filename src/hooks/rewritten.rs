//! What git tells its post-rewrite hook: which commits became which.

use crate::model::ObjectId;
use bstr::ByteSlice;

/// The pairs of old and new commits, in git's order: a line each, `old new`, and what may follow. Several olds of one new
/// were squashed; a line that is none of this kind is passed over, because later versions of git may write others.
pub fn rewritten(input: &[u8]) -> Vec<(ObjectId, ObjectId)> {
    let id = |word: Option<&[u8]>| ObjectId::from_hex(word?.to_str().ok()?);
    let pair = |line: &[u8]| {
        let mut words = line.fields();
        Some((id(words.next())?, id(words.next())?))
    };
    input.lines().filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::rewritten;

    #[test]
    fn each_line_is_a_pair_whatever_follows() {
        let [a, b, c] = ["a", "b", "c"].map(|digit| digit.repeat(40));
        let text = format!("{a} {b}\n{b} {c} extra words\n\nnonsense\n{a}\n{a} {c}");
        let found: Vec<_> = rewritten(text.as_bytes())
            .into_iter()
            .map(|(old, new)| (old.to_string(), new.to_string()))
            .collect();
        assert_eq!(found, [(a.clone(), b.clone()), (b, c.clone()), (a, c)]);
        assert!(rewritten(b"\xff\xfe").is_empty());
    }
}
