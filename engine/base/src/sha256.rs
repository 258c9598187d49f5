//! Content hashes.

use sha2::Digest as _;

/// How many bytes are hashed in one go.
const HASHED_AT_ONCE: usize = 4096;

/// Return the lower-case hexadecimal SHA-256 (FIPS 180-4) of bytes.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    // Piece by piece: code that is new to a browser is replaced by faster code only between two calls.
    let mut hash = sha2::Sha256::new();
    bytes.chunks(HASHED_AT_ONCE).for_each(|piece| hash.update(piece));
    let digest = hash.finalize();
    let mut text = String::with_capacity(64);
    for byte in digest {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_published_examples() {
        // FIPS 180-4, and its example of a message of two blocks.
        assert_eq!(sha256_hex(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(
            sha256_hex(b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        );
    }
}
