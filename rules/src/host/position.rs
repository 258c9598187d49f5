//! Positions of Rhai as ours.

use credstack_model::Source;

/// Turn a position of Rhai into ours. The start of a file stands for no position at all.
pub(crate) fn position(position: rhai::Position, file: String) -> Source {
    let number = |n: Option<usize>| n.and_then(|n| u32::try_from(n).ok()).unwrap_or(1).max(1);
    Source { file, line: number(position.line()), column: number(position.position()) }
}
