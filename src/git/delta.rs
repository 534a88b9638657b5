//! Objects that a pack holds as instructions: which bytes to copy from another object, and which to insert.

/// What `delta` makes of `base`; `None` where it is damaged, or was made for a base or a result of another size.
///
/// No more than `most` bytes come out.
pub(super) fn apply(base: &[u8], delta: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut rest = delta;
    let base_size = read_size(&mut rest)?;
    let size = read_size(&mut rest)?;
    if base_size != base.len() || size > most {
        return None;
    }
    let mut result = Vec::with_capacity(size);
    while let Some((&command, behind)) = rest.split_first() {
        rest = behind;
        let part = match command {
            0 => return None,
            1..=0x7f => {
                let (inserted, behind) = rest.split_at_checked(usize::from(command))?;
                rest = behind;
                inserted
            }
            _ => {
                let from = read_bytes(&mut rest, command, 4)?;
                let length = match read_bytes(&mut rest, command >> 4, 3)? {
                    0 => 0x1_0000,
                    length => length,
                };
                base.get(from..from.checked_add(length)?)?
            }
        };
        if result.len() + part.len() > size {
            return None;
        }
        result.extend_from_slice(part);
    }
    (result.len() == size).then_some(result)
}

/// A size in groups of seven bits, the lowest first.
fn read_size(rest: &mut &[u8]) -> Option<usize> {
    let mut size = 0_u64;
    for shift in (0..u64::BITS - 7).step_by(7) {
        let (&byte, behind) = rest.split_first()?;
        *rest = behind;
        size |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return usize::try_from(size).ok();
        }
    }
    None
}

/// A number of which only those bytes are there whose bit in `present` is set, the lowest first.
fn read_bytes(rest: &mut &[u8], present: u8, most: u32) -> Option<usize> {
    let mut number = 0;
    for at in (0..most).filter(|at| present & (1 << at) != 0) {
        let (&byte, behind) = rest.split_first()?;
        *rest = behind;
        number |= usize::from(byte) << (8 * at);
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::apply;

    const BASE: &[u8] = b"0123456789";

    fn made(delta: &[u8]) -> Option<Vec<u8>> {
        apply(BASE, delta, 100)
    }

    #[test]
    fn parts_are_copied_and_inserted() {
        let delta = [10, 7, 0b1001_0001, 2, 4, 3, b'a', b'b', b'c'];
        assert_eq!(made(&delta).unwrap(), b"2345abc");
        // Without an offset the copy begins at the start.
        assert_eq!(made(&[10, 3, 0b1001_0000, 3]).unwrap(), b"012");
    }

    #[test]
    fn a_copy_without_a_length_means_64_kilobytes() {
        let base = vec![7; 0x1_0000];
        let delta = [0x80, 0x80, 4, 0x80, 0x80, 4, 0x80];
        assert_eq!(apply(&base, &delta, 0xffff), None);
        assert_eq!(apply(&base, &delta, 0x1_0000).unwrap(), base);
    }

    #[test]
    fn damaged_instructions_make_nothing() {
        let good = [10, 7, 0b1001_0001, 2, 4, 3, b'a', b'b', b'c'];
        for end in 0..good.len() {
            assert_eq!(made(&good[..end]), None, "{end}");
        }
        assert_eq!(made(&[9, 3, 0b1001_0000, 3]), None, "another base");
        assert_eq!(made(&[10, 2, 0b1001_0000, 3]), None, "too long");
        assert_eq!(made(&[10, 4, 0b1001_0001, 8, 4]), None, "behind the base's end");
        assert_eq!(made(&[10, 0, 0]), None, "a reserved command");
        assert_eq!(made(&[0x80; 20]), None, "an endless size");
    }
}
