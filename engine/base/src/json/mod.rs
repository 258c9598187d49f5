//! JSON from and to bytes, for the types of the engine.
//!
//! What a type is in JSON it says once, in attributes for serde. Serde's derives are compiled once for
//! every kind of reader and writer that a type is used with, and what they call is compiled into each. So
//! there is one reader and one writer here, whose work is done by functions that know no type, and
//! the WebAssembly module has no others in it. For reading, [`FromJson`] is derived from the same
//! attributes, because serde's `Deserialize` compiles the work into every type. Both also
//! hold what the engine asks of JSON: numbers are kept as their digits, never as binary fractions, and
//! what should be an object with fields is not read from a list.
//!
//! Everything that reads and writes with `serde_json` gives and takes the same JSON; tests hold the two to it.
//!
//! Bytes are canonical if they are those that [`write()`] gives. [`read_canonical`] finds that out while it
//! reads: `lexer` sees blanks and escapes that would not be written, `reader` the order of fields and those that
//! are left out, `standard` the order of keys, and a type with several spellings tells it by itself.

mod error;
mod lexer;
mod raw;
mod reader;
mod sort;
mod standard;
mod write;

pub use credstack_derive::FromJson;
pub use error::JsonError;
pub use raw::{WRITTEN, raw};
pub use reader::{FromJson, Reader, Slots, read, read_canonical};
pub use sort::sort_by_json;
pub use write::{Unwritable, write};
