//! The engine's WebAssembly module under wasmtime, for registrars' systems.
//!
//! The host knows the module by its sha-256 and by its C ABI, and nothing else of the engine: what a
//! credential means is decided in the module, which is the same file that browsers load. It runs
//! without WASI, so it reaches no files, no clock and no network, and within a memory ceiling and a
//! number of instructions for each call.
//!
//! ```no_run
//! use credstack_host::{Host, Settings};
//!
//! let module = std::fs::read("credstack.wasm")?;
//! let host = Host::new(&module, Settings::default())?;
//! let catalog = host.open(&std::fs::read("boulder.bundle")?)?;
//! let record = std::fs::read("ada.json")?;
//! let answer = catalog.determine(&record, r#"{"as_of": "2026-06-01", "targets": "all"}"#)?;
//! println!("{}", String::from_utf8_lossy(&answer));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Host`] and [`Catalog`] are cheap to clone and can be shared between threads: each call takes an
//! idle instance of the module, or makes one, and gives it back. An instance that trapped is dropped.
//!
//! [`OldAnswer`] reads an answer from before and computes it again, to see whether the bytes are the same.

mod about;
mod cache;
mod catalog;
mod error;
mod hash;
mod host;
mod instance;
mod loaded;
mod replay;
mod settings;

pub use about::About;
pub use catalog::Catalog;
pub use error::{HostError, ModuleFault};
pub use host::Host;
pub use replay::{AnswerKind, Input, OldAnswer, OtherInput, Verdict};
pub use settings::Settings;
