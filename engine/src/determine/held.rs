//! Whether a credential is held: awarded, and not expired.

use crate::select::Holdings;
use credstack_model::{Catalog, Conferred, CredentialId, Date};

/// Return the award that makes a credential held on a date, if there is one: unexpired, the latest.
pub(super) fn held<'r>(holdings: &Holdings<'r>, id: &CredentialId) -> Option<&'r Conferred> {
    holdings
        .record
        .conferred
        .iter()
        .filter(|award| award.credential == *id && holds(holdings.catalog, award, holdings.as_of))
        .max_by_key(|award| award.on)
}

/// Check whether an award makes its credential held on a date.
pub(crate) fn holds(catalog: &Catalog, award: &Conferred, as_of: Date) -> bool {
    let reckoned = || catalog.credentials.get(&award.credential)?.valid_for.map(|duration| duration.after(award.on));
    award.on <= as_of && award.expires_on.or_else(reckoned).is_none_or(|last| as_of <= last)
}
