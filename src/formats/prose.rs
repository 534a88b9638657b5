//! How the words of a plan become titles, goals and bodies: entities decoded, space folded, length bounded.

/// The text with XML's escapes replaced by what they stand for.
pub(in crate::formats) fn decoded(text: &str) -> String {
    const ENTITIES: &[(&str, &str)] = &[
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let found = ENTITIES.iter().find(|(entity, _)| rest[at..].starts_with(entity));
        let (taken, meant) = found.map_or((1, "&"), |(entity, meant)| (entity.len(), *meant));
        out.push_str(meant);
        rest = &rest[at + taken..];
    }
    out + rest
}

/// The text on one line, with single spaces.
pub(in crate::formats) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most `limit` bytes of the text, cut between characters; a cut shows as `…`.
pub(in crate::formats) fn bounded(text: &str, limit: usize) -> String {
    if text.len() <= limit {
        return text.to_owned();
    }
    let mut end = limit;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}…", text[..end].trim_end())
}

/// The lines up to the first blank one, or up to one that begins a new thought (`Purpose: …`).
pub(in crate::formats) fn first_paragraph(text: &str) -> String {
    let lines = text.lines().map(str::trim).skip_while(|line| line.is_empty());
    let starts_anew = |line: &str| {
        ["Purpose:", "Output:", "**Purpose", "**Output"]
            .iter()
            .any(|it| line.starts_with(it))
    };
    let own: Vec<&str> = lines
        .enumerate()
        .take_while(|(index, line)| !line.is_empty() && (*index == 0 || !starts_anew(line)))
        .map(|(_, line)| line)
        .collect();
    folded(&decoded(&own.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::{bounded, decoded, first_paragraph};

    #[test]
    fn escapes_stand_for_what_they_mean() {
        assert_eq!(
            decoded("a &amp;&amp; b &lt;T&gt; & &unknown; &amp;lt;"),
            "a && b <T> & &unknown; &lt;"
        );
    }

    #[test]
    fn a_cut_falls_between_characters() {
        assert_eq!(bounded("aé", 2), "a…");
        assert_eq!(bounded("aé", 3), "aé");
    }

    #[test]
    fn a_paragraph_ends_at_a_blank_line_or_a_new_thought() {
        assert_eq!(first_paragraph("\n Do this\n and that.\n\nMore"), "Do this and that.");
        assert_eq!(first_paragraph("Do this.\nPurpose: because"), "Do this.");
        assert_eq!(first_paragraph("Purpose: because"), "Purpose: because");
    }
}
