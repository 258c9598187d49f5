//! The engine as one WebAssembly module.
//!
//! The module has two faces over the same functions ([`calls`]): [`abi`], functions over numbers
//! and bytes that any host of a WebAssembly runtime can call, and [`classes`], from which
//! wasm-bindgen writes JavaScript. Both take and return bytes of JSON, so that the module asks
//! nothing of its host but the two functions that wasm-bindgen always imports, and the same file
//! runs in browsers, in Node and in registrars' systems.

pub mod abi;
pub mod calls;
pub mod classes;
pub mod fault;
pub mod question;
