//! What `credstack module info` prints.

use std::path::Path;

use credstack_host::Host;
use serde_json::json;

use crate::terminal::{HEADING, styled};

/// Render for programs what a module is; `size` is the bytes of its file.
pub(crate) fn json(host: &Host, size: u64) -> String {
    let (imports, exports) = host.interface();
    let info = json!({
        "sha256": host.sha256(), "bytes": size, "about": host.about(), "imports": imports, "exports": exports,
    });
    format!("{info}\n")
}

/// Render for people what the module in a file is.
pub(crate) fn text(host: &Host, size: u64, file: &Path) -> String {
    let about = host.about();
    let (imports, _) = host.interface();
    format!(
        "{}\n  SHA-256    {}\n  bytes      {size}\n  engine     {}\n  ABI        version {}\n  reads      bundles of version {} (up to {} MiB), records of version {} (up to {} MiB)\n  writes     determinations of version {}, plans of version {}\n  languages  {}\n  imports    {}\n",
        styled(HEADING, &file.display().to_string()),
        host.sha256(),
        about.engine,
        about.abi,
        about.bundle,
        about.bundle_bytes >> 20,
        about.record,
        about.record_bytes >> 20,
        about.determination,
        about.plan,
        about.languages.join(", "),
        if imports.is_empty() { "nothing".to_owned() } else { imports.join(", ") },
    )
}
