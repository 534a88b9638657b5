//! Words of a shell command that a person copies.

/// The text as one word of a POSIX shell, quoted only where that makes a difference.
pub fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=:,@%".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::shell_word;

    #[test]
    fn only_what_a_shell_would_take_apart_is_quoted() {
        for plain in ["/a/b-c_d.e", "branch.topic/x.driftRun", "HEAD"] {
            assert_eq!(shell_word(plain), plain);
        }
        assert_eq!(shell_word("/my work"), "'/my work'");
        assert_eq!(shell_word("it's"), r"'it'\''s'");
        assert_eq!(shell_word("$(x)"), "'$(x)'");
        assert_eq!(shell_word(""), "''");
    }
}
