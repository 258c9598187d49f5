//! What `credstack replay` prints.

use credstack_host::{Host, OldAnswer, Verdict};

use crate::terminal::{BAD, GOOD, styled};

/// Render what came of computing an answer again with a module.
pub(crate) fn text(old: &OldAnswer, host: &Host, verdict: &Verdict) -> String {
    let (kind, sha256) = (old.kind(), host.sha256());
    let not = styled(BAD, "not reproduced:");
    let mut text = match verdict {
        Verdict::Reproduced { bytes, sha256: of_bytes } => {
            let good = styled(GOOD, "reproduced:");
            return format!("{good} the module {sha256} gives the same {bytes} bytes, SHA-256 {of_bytes}\n");
        }
        Verdict::OtherInput(other) => {
            return format!("{not} the {kind} is of the {} {}, not of {}\n", other.input, other.named, other.found);
        }
        Verdict::OtherBytes { at, bytes } => format!(
            "{not} the module {sha256} gives other bytes, from byte {at} on\n- {:<19}…{}…\n- the module:        …{}…\n",
            format!("the {kind}:"),
            around(old.bytes(), *at),
            around(bytes, *at),
        ),
    };
    if old.module().is_none() {
        text.push_str(&format!(
            "The {kind} names no module: version {} of this program gave it by itself, and the module is of version {}.\n",
            old.engine(),
            host.about().engine,
        ));
    }
    text
}

/// Return some text before and after a byte.
fn around(bytes: &[u8], at: usize) -> String {
    let part = bytes.get(at.saturating_sub(30)..(at + 50).min(bytes.len())).unwrap_or_default();
    String::from_utf8_lossy(part).into_owned()
}
