//! How large a catalog may be.

use credstack_model::Limits;

use super::checker::Checker;
use crate::codes;

impl Checker<'_> {
    /// Check how many credentials and courses there are.
    pub(super) fn sizes(&mut self) {
        let Limits { credentials, courses, .. } = *self.limits;
        for (what, found, allowed) in [
            (&codes::TOO_MANY_CREDENTIALS, self.catalog.credentials.len(), credentials),
            (&codes::TOO_MANY_COURSES, self.catalog.courses.len(), courses),
        ] {
            if found > allowed {
                self.say(what, None, &[("found", &found), ("allowed", &allowed)]);
            }
        }
    }
}
