//! One way through a syntax tree: each node is shown to the language once, with all that it stands in.

use super::language::Dialect;
use super::sink::Sink;
use super::tags;
use crate::model::TestFile;
use bstr::ByteSlice;
use std::ops::ControlFlow;
use tree_sitter::{Node, ParseOptions, Parser, Tree, TreeCursor};

/// How often the parser reports before it is stopped: broken text can cost it far more than its length. It is a number of
/// steps and no time, so that the same text always gives the same answer.
const MAX_REPORTS: usize = 150_000;

/// A node with what it stands in.
pub(super) struct At<'a, 't> {
    /// The node.
    pub(super) node: Node<'t>,
    /// What holds it, outermost first.
    pub(super) ancestors: &'a [Node<'t>],
    /// The text.
    pub(super) source: &'t [u8],
}

impl<'t> At<'_, 't> {
    /// The text of a node; empty where it is not UTF-8.
    pub(super) fn text(&self, node: Node<'_>) -> &'t str {
        text(self.source, node)
    }

    /// The text of a node's field; empty where it has none.
    pub(super) fn field(&self, node: Node<'t>, name: &str) -> &'t str {
        node.child_by_field_name(name).map_or("", |child| self.text(child))
    }

    /// What holds the node, `up` levels above; 0 is its parent.
    pub(super) fn above(&self, up: usize) -> Option<Node<'t>> {
        let at = self.ancestors.len().checked_sub(up + 1)?;
        Some(self.ancestors[at])
    }

    /// The kind of what holds the node.
    pub(super) fn parent_kind(&self) -> &'static str {
        self.above(0).map_or("", |node| node.kind())
    }
}

/// The text of a node; empty where it is not UTF-8.
pub(super) fn text<'t>(source: &'t [u8], node: Node<'_>) -> &'t str {
    source
        .get(node.byte_range())
        .and_then(|bytes| bytes.to_str().ok())
        .unwrap_or_default()
}

/// The children that are more than punctuation, comments left out.
pub(super) fn children<'t>(node: Node<'t>) -> Vec<Node<'t>> {
    let mut cursor = node.walk();
    let all = node.named_children(&mut cursor);
    all.filter(|child| !child.is_extra()).collect()
}

/// Reads the text into `file`; `None` where its syntax is too intricate.
pub(super) fn read(dialect: &Dialect, source: &[u8], file: &mut TestFile) -> Option<()> {
    let tree = parse(dialect, source)?;
    let mut sink = Sink::default();
    let mut ancestors = Vec::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        if node.is_named() {
            visit(
                dialect,
                &At {
                    node,
                    ancestors: &ancestors,
                    source,
                },
                &mut sink,
            );
        }
        if !step(&mut cursor, node, &mut ancestors) {
            break;
        }
    }
    sink.finish(file);
    Some(())
}

fn visit<'t>(dialect: &Dialect, at: &At<'_, 't>, sink: &mut Sink<'t>) {
    sink.leave(at.node.start_byte());
    if at.node.kind().contains("comment") {
        comment(dialect, at, sink);
        return;
    }
    (dialect.look)(at, sink);
    if at.node.child_count() == 0 {
        sink.leaf(at.text(at.node));
    }
}

/// Moves on to the next node in the order of the text; `false` behind the last one.
fn step<'t>(cursor: &mut TreeCursor<'t>, node: Node<'t>, ancestors: &mut Vec<Node<'t>>) -> bool {
    let is_comment = node.kind().contains("comment");
    if !is_comment && cursor.goto_first_child() {
        ancestors.push(node);
        return true;
    }
    while !cursor.goto_next_sibling() {
        if !cursor.goto_parent() {
            return false;
        }
        ancestors.pop();
    }
    true
}

fn parse(dialect: &Dialect, source: &[u8]) -> Option<Tree> {
    let mut parser = Parser::new();
    parser.set_language(&(dialect.grammar)()).ok()?;
    let mut reports = 0;
    let mut stop = |_: &tree_sitter::ParseState| {
        reports += 1;
        if reports > MAX_REPORTS {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let options = ParseOptions::new().progress_callback(&mut stop);
    parser.parse_with_options(&mut |at, _| source.get(at..).unwrap_or_default(), None, Some(options))
}

fn comment<'t>(dialect: &Dialect, at: &At<'_, 't>, sink: &mut Sink<'t>) {
    let (text, row) = (at.text(at.node), at.node.start_position().row);
    if !text.starts_with(dialect.marker) {
        tags::in_block(text, row + 1).into_iter().for_each(|tag| sink.tag(tag));
        return;
    }
    let first_line = text.lines().next().unwrap_or_default();
    if let Some(mut tag) = tags::read(first_line, dialect.marker, row + 1) {
        let before = &at.source[..at.node.start_byte()];
        let line = before
            .rfind_byte(b'\n')
            .map_or(before, |newline| &before[newline + 1..]);
        if !line.trim().is_empty() {
            tag.fault = Some(crate::model::TagFault::BehindCode);
        }
        sink.tag(tag);
    }
}
