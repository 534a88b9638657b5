//! The grammar of a tag: `// @clause CL-<TYPE>-<SEQUENCE>`, alone on its line, in a line comment of the language.

use crate::model::{ClauseTag, TagFault};

/// The tag that a comment is, or was meant to be. `comment` begins with `marker`; `line` counts from 1.
pub(super) fn read(comment: &str, marker: &str, line: usize) -> Option<ClauseTag> {
    let content = comment.strip_prefix(marker)?;
    let content = if marker == "<!--" {
        content.trim_end().strip_suffix("-->").unwrap_or(content)
    } else {
        content
    };
    // `///`, `//!`, `##`: more than the marker is a heading or documentation.
    let bare = content.trim_start_matches(|c: char| marker.contains(c) || c == '!');
    let mut tag = statement(bare.trim(), line)?;
    if bare.len() != content.len() {
        tag.fault.get_or_insert(TagFault::Block);
    }
    Some(tag)
}

/// The tags that a block comment holds; none of them counts, for the grammar has line comments only.
pub(super) fn in_block(comment: &str, line: usize) -> Vec<ClauseTag> {
    let decoration = |c: char| c.is_whitespace() || matches!(c, '*' | '/' | '!');
    let tag = |(offset, text): (usize, &str)| {
        let mut tag = statement(text.trim_matches(decoration), line + offset)?;
        tag.fault = Some(TagFault::Block);
        Some(tag)
    };
    comment.lines().enumerate().filter_map(tag).collect()
}

/// `@clause CL-A-001`, or what was meant to be that.
fn statement(content: &str, line: usize) -> Option<ClauseTag> {
    let (word, rest) = content.split_once(char::is_whitespace).unwrap_or((content, ""));
    let rest = rest.trim();
    let id = rest.split_whitespace().next().unwrap_or_default();
    let fault = match word {
        "@clause" if id.is_empty() => Some(TagFault::NoId),
        "@clause" if id.len() < rest.len() => Some(TagFault::Trailing),
        "@clause" if !is_clause_id(id) => Some(TagFault::Id),
        "@clause" => None,
        _ => Some(misspelt(word, id)?),
    };
    // `CL-A-001,` or `CL-A-001:` in front of more words.
    let id = id.trim_end_matches([',', ';', ':', '.']).to_owned();
    Some(ClauseTag { id, line, fault })
}

/// Other spellings are only taken for tags where an id follows.
fn misspelt(word: &str, id: &str) -> Option<TagFault> {
    let looks_like_id = id.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("CL-"));
    let bare = word.trim_end_matches(':').to_ascii_lowercase();
    match bare.as_str() {
        _ if !looks_like_id => None,
        "clause" | "clauses" => Some(TagFault::NoAt),
        "@clause" | "@clauses" | "@clausula" | "@claus" => Some(TagFault::Spelling),
        _ => None,
    }
}

/// Whether the id has the form `CL-<TYPE>-<SEQUENCE>`: capitals and underscores, then three digits or more.
pub(super) fn is_clause_id(id: &str) -> bool {
    let Some((kind, number)) = id.strip_prefix("CL-").and_then(|rest| rest.split_once('-')) else {
        return false;
    };
    let is_kind = !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    is_kind && number.len() >= 3 && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{in_block, read};
    use crate::model::TagFault;

    fn tag(comment: &str, marker: &str) -> Option<(String, Option<TagFault>)> {
        read(comment, marker, 1).map(|tag| (tag.id, tag.fault))
    }

    #[test]
    fn only_the_exact_form_is_a_tag() {
        for (comment, marker) in [
            ("// @clause CL-AUTH-001", "//"),
            ("//   @clause   CL-AUTH-001  ", "//"),
            ("//@clause\tCL-AUTH-001", "//"),
            ("# @clause CL-AUTH-001", "#"),
            ("<!-- @clause CL-AUTH-001 -->", "<!--"),
        ] {
            assert_eq!(tag(comment, marker), Some(("CL-AUTH-001".into(), None)), "{comment}");
        }
        assert_eq!(tag("// @clause CL-USER_PROFILE-1234", "//").unwrap().1, None);
    }

    #[test]
    fn what_was_meant_to_be_a_tag_is_told() {
        for (comment, fault) in [
            ("// @clause CL-auth-001", TagFault::Id),
            ("// @clause CL-AUTH-01", TagFault::Id),
            ("// @clause CL-UI-Button-ghost", TagFault::Id),
            ("// @clause", TagFault::NoId),
            ("// clause CL-AUTH-001", TagFault::NoAt),
            ("// @Clause CL-AUTH-001", TagFault::Spelling),
            ("// @clause: CL-AUTH-001", TagFault::Spelling),
            ("// @clause CL-AUTH-001, CL-AUTH-002", TagFault::Trailing),
            ("// @clause CL-AUTH-001 (login)", TagFault::Trailing),
            ("/// @clause CL-AUTH-001", TagFault::Block),
        ] {
            assert_eq!(tag(comment, "//").and_then(|it| it.1), Some(fault), "{comment}");
        }
        assert_eq!(in_block("/*\n * @clause CL-A-001\n */", 7)[0].line, 8);
    }

    #[test]
    fn prose_about_clauses_is_no_tag() {
        for comment in [
            "// a clause of the contract",
            "// see CL-AUTH-001",
            "// clause by clause",
            "//",
        ] {
            assert_eq!(tag(comment, "//"), None, "{comment}");
        }
    }
}
