//! The graph as an SVG image. All coordinates are whole pixels.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use credstack_engine::compile::{GraphEdge, StackGraph};

use super::layout::{Slot, layers};
use super::words;

const BOX_WIDTH: usize = 210;
const LINE: usize = 17;
const GAP_ACROSS: usize = 130;
const GAP_DOWN: usize = 26;
const BEND: usize = 18;
const MARGIN: usize = 24;
const HEADING: usize = 44;
/// Characters of a title on one line of a box.
const LETTERS: usize = 24;
/// Room for one letter of the heading.
const HEADING_LETTER: usize = 12;
/// Most lines of a title.
const TITLE_LINES: usize = 4;

/// A box or a bend, placed.
struct Placed {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
}

/// Draw the graph as an SVG image with a title and a description for screen readers. Credentials that
/// stand alone are counted below it and not drawn.
#[must_use]
pub fn svg(graph: &StackGraph) -> String {
    let titles: Vec<Vec<String>> = graph.nodes.iter().map(|node| wrapped(&node.title)).collect();
    let height_of = |slot: &Slot| match slot {
        Slot::Node(n) => (titles.get(*n).map_or(1, Vec::len) + 1) * LINE + 16,
        Slot::Bend(_) => BEND,
    };
    let layers = layers(graph);
    let tall = |layer: &Vec<Slot>| layer.iter().map(|slot| height_of(slot) + GAP_DOWN).sum::<usize>();
    let tallest = layers.iter().map(tall).max().unwrap_or_default();
    let mut nodes: BTreeMap<usize, Placed> = BTreeMap::new();
    let mut bends: BTreeMap<(usize, usize), Placed> = BTreeMap::new();
    for (column, layer) in layers.iter().enumerate() {
        let x = MARGIN + column * (BOX_WIDTH + GAP_ACROSS);
        let mut y = HEADING + MARGIN + (tallest - tall(layer)) / 2;
        for slot in layer {
            let placed = Placed { x, y, width: BOX_WIDTH, height: height_of(slot) };
            y += placed.height + GAP_DOWN;
            match slot {
                Slot::Node(n) => nodes.insert(*n, placed),
                Slot::Bend(edge) => bends.insert((*edge, column), placed),
            };
        }
    }
    let columns = layers.len().max(1);
    let drawn = columns * BOX_WIDTH + (columns - 1) * GAP_ACROSS;
    let width = 2 * MARGIN + drawn.max(graph.title.chars().count() * HEADING_LETTER);
    let height = HEADING + 2 * MARGIN + tallest + LINE;
    draw(graph, &titles, &nodes, &bends, (width, height))
}

fn draw(
    graph: &StackGraph,
    titles: &[Vec<String>],
    nodes: &BTreeMap<usize, Placed>,
    bends: &BTreeMap<(usize, usize), Placed>,
    (width, height): (usize, usize),
) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-labelledby=\"t d\" font-family=\"system-ui, sans-serif\" font-size=\"13\">"
    );
    let _ = writeln!(out, "<title id=\"t\">{}</title>", escaped(&graph.title));
    let _ = writeln!(out, "<desc id=\"d\">{}</desc>", escaped(&described(graph)));
    out.push_str(
        "<defs><marker id=\"a\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" \
         orient=\"auto\"><path d=\"M0 0L10 5L0 10z\" fill=\"#4a5568\"/></marker></defs>\n",
    );
    let _ = writeln!(out, "<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>");
    let _ = writeln!(
        out,
        "<text x=\"{MARGIN}\" y=\"34\" font-size=\"18\" font-weight=\"600\" fill=\"#1a202c\">{}</text>",
        escaped(&graph.title)
    );
    let mut labels = String::new();
    for (number, edge) in graph.edges.iter().enumerate() {
        draw_edge(&mut out, &mut labels, (number, edge), nodes, bends);
    }
    for (number, node) in graph.nodes.iter().enumerate() {
        let Some(place) = nodes.get(&number) else { continue };
        let (fill, stroke) = colours(node.kind);
        let _ = writeln!(
            out,
            "<g><title>{}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"8\" fill=\"{fill}\" stroke=\"{stroke}\"/>",
            escaped(node.id.as_str()),
            place.x,
            place.y,
            place.width,
            place.height
        );
        for (line, text) in titles.get(number).into_iter().flatten().enumerate() {
            let y = place.y + 20 + line * LINE;
            let _ = writeln!(
                out,
                "<text x=\"{}\" y=\"{y}\" font-weight=\"600\" fill=\"#1a202c\">{}</text>",
                place.x + 12,
                escaped(text)
            );
        }
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"{}\" font-size=\"11\" fill=\"#4a5568\">{}</text></g>",
            place.x + 12,
            place.y + place.height - 10,
            words::kind(node.kind)
        );
    }
    // Over the boxes and ways, so that no line runs through a word.
    out.push_str(&labels);
    if !graph.alone.is_empty() {
        let count = graph.alone.len();
        let text = if count == 1 {
            "1 credential stands alone".to_owned()
        } else {
            format!("{count} credentials stand alone")
        };
        let _ = writeln!(
            out,
            "<text x=\"{MARGIN}\" y=\"{}\" font-size=\"11\" fill=\"#4a5568\">{text} and {} not drawn.</text>",
            height - 14,
            if count == 1 { "is" } else { "are" }
        );
    }
    out.push_str("</svg>\n");
    out
}

fn draw_edge(
    out: &mut String,
    labels: &mut String,
    (number, edge): (usize, &GraphEdge),
    nodes: &BTreeMap<usize, Placed>,
    bends: &BTreeMap<(usize, usize), Placed>,
) {
    let (Some(from), Some(into)) = (nodes.get(&edge.from), nodes.get(&edge.into)) else { return };
    let mut path = format!("M{} {}", from.x + from.width, from.y + from.height / 2);
    let mut at = (from.x + from.width, from.y + from.height / 2);
    let reach = GAP_ACROSS / 2;
    let curve = |path: &mut String, at: &mut (usize, usize), to: (usize, usize)| {
        let _ = write!(path, "C{} {} {} {} {} {}", at.0 + reach, at.1, to.0.saturating_sub(reach), to.1, to.0, to.1);
        *at = to;
    };
    let end = (into.x, into.y + into.height / 2);
    let mut label_at = None;
    for (_, bend) in bends.range((number, 0)..=(number, usize::MAX)) {
        let y = bend.y + bend.height / 2;
        label_at = label_at.or(Some((bend.x + bend.width / 2, y)));
        curve(&mut path, &mut at, (bend.x, y));
        let _ = write!(path, "L{} {y}", bend.x + bend.width);
        at = (bend.x + bend.width, y);
    }
    let straight = ((at.0 + end.0) / 2, (at.1 + end.1) / 2);
    curve(&mut path, &mut at, end);
    let dash = if edge.stacks { "" } else { " stroke-dasharray=\"5 4\"" };
    let _ = writeln!(
        out,
        "<path d=\"{path}\" fill=\"none\" stroke=\"#4a5568\" stroke-width=\"1.4\"{dash} marker-end=\"url(#a)\"/>"
    );
    if let Some(text) = words::edge_label(edge) {
        let (x, y) = label_at.unwrap_or(straight);
        let _ = writeln!(
            labels,
            "<text x=\"{x}\" y=\"{}\" font-size=\"11\" text-anchor=\"middle\" fill=\"#2d3748\" stroke=\"#ffffff\" \
             stroke-width=\"4\" paint-order=\"stroke\">{}</text>",
            y + 4,
            escaped(&text)
        );
    }
}

/// Return fill and stroke by kind; words say the kind too.
const fn colours(kind: credstack_engine::model::CredentialKind) -> (&'static str, &'static str) {
    use credstack_engine::model::CredentialKind as Kind;
    match kind {
        Kind::Badge | Kind::MetaBadge => ("#fefcbf", "#b7791f"),
        Kind::MicroCredential => ("#e6fffa", "#2c7a7b"),
        Kind::Certificate | Kind::Diploma => ("#ebf8ff", "#2b6cb0"),
        Kind::Degree | Kind::Program => ("#faf5ff", "#6b46c1"),
    }
}

/// Tell the graph in sentences.
fn described(graph: &StackGraph) -> String {
    let title = |n: usize| graph.nodes.get(n).map_or("", |node| &node.title);
    let sentences = graph.edges.iter().map(|edge| {
        let verb = if edge.stacks { "stacks into" } else { "is required for" };
        let label = edge.carries.as_ref().map_or(String::new(), |most| format!(" ({})", words::carries(most)));
        format!("{} {verb} {}{label}.", title(edge.from), title(edge.into))
    });
    sentences.collect::<Vec<_>>().join(" ")
}

/// Divide a title into lines that fit a box; what does not fit ends in an ellipsis.
fn wrapped(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in title.split_whitespace() {
        let mut letters: Vec<char> = word.chars().collect();
        while !letters.is_empty() {
            let rest = letters.split_off(letters.len().min(LETTERS));
            let part: String = letters.into_iter().collect();
            let room = lines.last().map_or(0, |line| line.chars().count());
            match lines.last_mut() {
                Some(line) if room == 0 => line.push_str(&part),
                Some(line) if room + 1 + part.chars().count() <= LETTERS => {
                    line.push(' ');
                    line.push_str(&part);
                }
                _ => lines.push(part),
            }
            letters = rest;
        }
    }
    if lines.len() > TITLE_LINES {
        lines.truncate(TITLE_LINES);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

/// Write text as XML content or attribute; characters that XML cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
