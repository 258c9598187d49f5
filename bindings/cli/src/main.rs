//! The credstack command line.
fn main() {}
