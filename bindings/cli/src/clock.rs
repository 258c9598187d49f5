//! The machine's clock. Only the command line looks at it, and it shows the date that it saw.

use std::time::{SystemTime, UNIX_EPOCH};

use credstack_engine::Date;

use crate::failure::Failure;

/// Return the date asked for, or today (UTC).
pub(crate) fn date(asked: Option<Date>) -> Result<Date, Failure> {
    let today = || {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
        Date::from_day_number(i32::try_from(seconds / 86_400).ok()?)
    };
    asked.or_else(today).ok_or_else(|| {
        Failure::new("the machine's clock shows no usable date").with_help("give the date with --as-of YYYY-MM-DD")
    })
}
