//! What a picture says in words, which are the engine's.

use credstack_engine::compile::GraphEdge;
use credstack_engine::explain::{label, sentence};
use credstack_engine::model::CredentialKind;
use credstack_engine::model::Fixed;

use crate::LANGUAGE;

/// Name the kind of a credential.
pub(super) fn kind(kind: CredentialKind) -> String {
    sentence(&label::credential_kind(kind), LANGUAGE)
}

/// Say how much may be carried.
pub(super) fn carries(most: &Fixed) -> String {
    sentence(&label::carries(most), LANGUAGE)
}

/// Return what an edge says beside itself.
pub(super) fn edge_label(edge: &GraphEdge) -> Option<String> {
    match (edge.stacks, edge.required, &edge.carries) {
        (true, true, Some(most)) => Some(format!("required; {}", carries(most))),
        (true, false, Some(most)) => Some(carries(most)),
        (_, true, None | Some(_)) => Some("required".to_owned()),
        (_, false, _) => None,
    }
}
