//! The graph in the DOT language of Graphviz.

use std::fmt::Write as _;

use credstack_engine::compile::StackGraph;

use super::words;

/// Write the graph as DOT: <https://graphviz.org/doc/info/lang.html>. Credentials that stand alone are
/// nodes without edges.
#[must_use]
pub fn dot(graph: &StackGraph) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "digraph {} {{", quoted(&graph.title));
    let _ = writeln!(text, "  rankdir=LR;\n  node [shape=box, style=rounded];");
    for node in &graph.nodes {
        let label = format!("{}\n{}", node.title, words::kind(node.kind));
        let _ = writeln!(text, "  {} [label={}];", quoted(node.id.as_str()), quoted(&label));
    }
    for id in &graph.alone {
        let _ = writeln!(text, "  {};", quoted(id.as_str()));
    }
    for edge in &graph.edges {
        let (Some(from), Some(into)) = (graph.nodes.get(edge.from), graph.nodes.get(edge.into)) else { continue };
        let mut attributes = Vec::new();
        if !edge.stacks {
            attributes.push("style=dashed".to_owned());
        }
        if let Some(label) = words::edge_label(edge) {
            attributes.push(format!("label={}", quoted(&label)));
        }
        let attributes = if attributes.is_empty() { String::new() } else { format!(" [{}]", attributes.join(", ")) };
        let _ = writeln!(text, "  {} -> {}{attributes};", quoted(from.id.as_str()), quoted(into.id.as_str()));
    }
    text.push_str("}\n");
    text
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
