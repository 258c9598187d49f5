//! What the first bytes of a file say of its encoding.

use credstack_engine::model::Descriptor;

use crate::codes;

/// Return what the first bytes of a file say against it being UTF-8 text.
pub(crate) fn foreign(start: &[u8]) -> Option<&'static Descriptor> {
    match start {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..] => Some(&codes::UTF16),
        [b'P', b'K', 3, 4, ..] => Some(&codes::WORKBOOK),
        [0x1F, 0x8B, ..] => Some(&codes::COMPRESSED),
        _ => None,
    }
}

/// Return the bytes after a UTF-8 byte order mark, if they start with one.
pub(crate) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}
