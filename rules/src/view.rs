//! What checks look at.

use credstack_model::Decimal;

/// A credential as a check sees it.
#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) kind: &'static str,
    pub(crate) level: String,
    pub(crate) unit: String,
    pub(crate) description: String,
    pub(crate) credits: Decimal,
    pub(crate) hours: Decimal,
    pub(crate) tags: Vec<String>,
    pub(crate) competencies: Vec<String>,
    pub(crate) details: credstack_base::sorted::Map<String, String>,
    pub(crate) stacks_into: Vec<usize>,
    pub(crate) stacks_from: Vec<usize>,
    pub(crate) expires: bool,
}
