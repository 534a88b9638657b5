//! What plans in Markdown have in common: headings with their sections, the sentences below them, and what stands in back
//! quotes.

pub(super) mod code;
pub(super) mod items;
pub(super) mod outline;
