//! Arguments that several commands share.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use credstack_engine::{Options, Targets};

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Where the rules are.
#[derive(Debug, Args)]
pub(crate) struct BundleArg {
    /// A bundle, or the folder of a pack
    #[arg(long, value_name = "PATH")]
    pub(crate) bundle: PathBuf,
}

/// How to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// The language of the text.
#[derive(Debug, Args)]
pub(crate) struct LanguageArg {
    /// The language of the text; names and notes stay as the rules have them, and what the program says of
    /// its files and its command line stays English
    #[arg(long, value_enum, default_value = "en", value_name = "TAG")]
    pub(crate) language: LanguageTag,
}

/// The tag of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LanguageTag {
    /// English
    En,
    /// Spanish
    Es,
}

/// How to count and how long to search.
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Count what is planned as if it were in progress
    #[arg(long)]
    pub(crate) planned: bool,
    /// The most search steps for each group of credentials that are solved together
    #[arg(long, value_name = "N", default_value_t = Options::default().steps)]
    pub(crate) steps: u64,
}

impl Search {
    /// Return the engine's options for these targets.
    pub(crate) fn options(&self, targets: Targets) -> Options {
        Options { targets, planned: self.planned, steps: self.steps, ..Options::default() }
    }
}

/// What answers.
#[derive(Debug, Args)]
pub(crate) struct Answerer {
    /// What answers: this program, or the WebAssembly module
    #[arg(long, value_enum, default_value = "native", value_name = "WHICH")]
    pub(crate) engine: Engine,
    /// The module, for --engine wasm; bindings/wasm/build makes target/wasm/credstack.wasm
    #[arg(long, value_name = "FILE", required_if_eq("engine", "wasm"))]
    pub(crate) module: Option<PathBuf>,
}

/// What answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// This program
    Native,
    /// The WebAssembly module, under wasmtime
    Wasm,
}
