use credstack_engine::model::{Catalog, Credential, CredentialKind, Requirement, Rule};

use super::*;

/// Make the graph of two badges and a certificate into a degree, one of them past the certificate; and one alone.
fn graph() -> StackGraph {
    let mut catalog = Catalog::new("t", "A <stack> & \"more\"");
    let earned = |ids: &[&str]| {
        let of = ids.iter().map(|id| Requirement::new(Rule::Earned(id.parse().unwrap()))).collect();
        Requirement::new(Rule::All(of))
    };
    for (id, title, kind, needs) in [
        ("b1", "Badge <script>alert(1)</script>", CredentialKind::Badge, &[][..]),
        ("b2", "Badge two", CredentialKind::Badge, &[]),
        (
            "cert",
            "A certificate whose title is far too long to stand on one single line of a box",
            CredentialKind::Certificate,
            &["b1"],
        ),
        ("degree", "Degree", CredentialKind::Degree, &[]),
        ("other", "Other", CredentialKind::Badge, &[]),
    ] {
        catalog.credentials.insert(id.parse().unwrap(), Credential::new(title, kind, earned(needs)));
    }
    for stack in [
        r#"{"from":"b1","into":"cert"}"#,
        r#"{"from":"cert","into":"degree","carries":{"measure":"credits","value":12}}"#,
        r#"{"from":"b2","into":"degree","carries":{"measure":"count","value":1}}"#,
        r#"{"from":"b1","into":"degree"}"#,
        r#"{"from":"ghost","into":"degree"}"#,
    ] {
        catalog.stacks.push(serde_json::from_str(stack).unwrap());
    }
    StackGraph::of(&catalog)
}

#[test]
fn ways_run_from_left_to_right() {
    let graph = graph();
    let layers = layout::layers(&graph);
    let column = |n: usize| layers.iter().position(|layer| layer.contains(&layout::Slot::Node(n))).unwrap();
    assert_eq!(layers.len(), 3);
    for edge in &graph.edges {
        assert!(column(edge.from) < column(edge.into), "{edge:?}");
    }
    // Two ways pass the middle layer without touching the certificate's box.
    assert_eq!(layers[1].len(), 3);
    assert_eq!(graph.alone.len(), 1);
}

#[test]
fn a_circle_ends() {
    let mut graph = graph();
    for (from, into) in [(3, 0), (2, 1)] {
        graph.edges.push(GraphEdge { from, into, stacks: true, required: false, carries: None });
    }
    assert!(svg(&graph).ends_with("</svg>\n"));
}

#[test]
fn everything_is_escaped() {
    let text = svg(&graph());
    assert!(!text.contains("<script>") && text.contains("A &lt;stack&gt; &amp; &quot;more&quot;"));
    assert!(
        text.contains("up to 12 credits")
            && text.contains("up to 1 item<")
            && text.contains("1 credential stands alone")
    );
    let opened = text.matches("<text").count();
    assert_eq!(opened, text.matches("</text>").count());
    let text = dot(&graph());
    assert!(text.contains(r#"digraph "A <stack> & \"more\"" {"#), "{text}");
    assert!(text.contains(r#""b1" -> "cert" [label="required"];"#), "{text}");
    assert!(text.contains(r#""cert" -> "degree" [label="up to 12 credits"];"#), "{text}");
}
