//! Bounds on what is accepted from outside. Arguments with defaults, counted the same everywhere.

/// How much of each thing is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one bundle.
    pub bundle_bytes: usize,
    /// Bytes of one record.
    pub record_bytes: usize,
    /// Attainments of one record.
    pub attainments: usize,
    /// Credentials that are solved together.
    pub together: usize,
    /// Credentials of one catalog.
    pub credentials: usize,
    /// Courses and other coded entries of one catalog.
    pub courses: usize,
    /// Requirement nodes of one credential.
    pub nodes: usize,
    /// Depth of one requirement tree, or of one selector.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bundle_bytes: 64 << 20,
            record_bytes: 8 << 20,
            attainments: 2_000,
            together: 64,
            credentials: 20_000,
            courses: 200_000,
            nodes: 20_000,
            depth: 40,
        }
    }
}
