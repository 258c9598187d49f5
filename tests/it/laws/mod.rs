//! The laws.

mod oracle;
