//! Enumerations whose variants have names.

pub use credstack_derive::Named;

/// An enumeration without values. Its variants have the names by which JSON knows them, and
/// `#[derive(Named)]` reads those from the attributes for serde, so that no table repeats them.
pub trait Named: Copy + 'static {
    /// All of them, in the order of their declaration.
    const ALL: &'static [Self];

    /// Return the name that it has in JSON.
    fn as_str(self) -> &'static str;
}

/// No variant has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is none of {known}")]
pub struct UnknownName {
    /// The name that was asked for.
    pub name: String,
    /// The names that there are, with commas between.
    pub known: String,
}

/// Find the variant with a name.
///
/// # Errors
/// If no variant has it.
pub fn by_name<T: Named>(name: &str) -> Result<T, UnknownName> {
    T::ALL.iter().copied().find(|one| one.as_str() == name).ok_or_else(|| {
        let known: Vec<&str> = T::ALL.iter().map(|one| one.as_str()).collect();
        UnknownName { name: name.to_owned(), known: known.join(", ") }
    })
}
