//! A registrar's service in small: it holds the module to the sha-256 that it was tested with, opens the
//! rules once, and says of learners' records what they complete.
//!
//! `cargo run -p credstack-host --example registrar -- MODULE SHA256 BUNDLE RECORD DATE`

use std::error::Error;
use std::process::ExitCode;

use credstack_host::{Catalog, Host, HostError, Settings};
use serde_json::{Value, json};

/// The rules of a pack, under a module that must have this sha-256. Threads can share them.
fn open(module: &[u8], sha256: &str, bundle: &[u8]) -> Result<Catalog, HostError> {
    let settings = Settings { sha256: Some(sha256.to_owned()), ..Settings::default() };
    let catalog = Host::new(module, settings)?.open(bundle)?;
    Ok(catalog)
}

/// A sentence for each credential that the record declares, in English.
fn completed(catalog: &Catalog, record: &[u8], day: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let answer = catalog.determine(record, &json!({ "as_of": day }).to_string())?;
    let answer: Value = serde_json::from_slice(&answer)?;
    let targets = answer["targets"].as_array().ok_or("the answer has no targets")?;
    let summaries: Vec<&Value> = targets.iter().map(|target| &target["summary"]).collect();
    let sentences = catalog.say("en", &serde_json::to_vec(&summaries)?)?;
    let statuses = targets.iter().map(|target| target["status"].as_str().unwrap_or_default());
    Ok(statuses.zip(sentences).map(|(status, sentence)| format!("{status}: {sentence}")).collect())
}

fn run(arguments: &[String]) -> Result<Vec<String>, Box<dyn Error>> {
    let [module, sha256, bundle, record, day] = arguments else {
        return Err("usage: registrar MODULE SHA256 BUNDLE RECORD DATE".into());
    };
    let catalog = open(&std::fs::read(module)?, sha256, &std::fs::read(bundle)?)?;
    completed(&catalog, &std::fs::read(record)?, day)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(sentences) => {
            sentences.iter().for_each(|sentence| println!("{sentence}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            // A fault is about what came in, so whoever sent it is told; all else is for the service's log.
            match error.downcast_ref::<HostError>() {
                Some(HostError::Fault(fault)) => eprintln!("{}: {}", fault.code, fault.message),
                _ => eprintln!("no answer: {error}"),
            }
            ExitCode::FAILURE
        }
    }
}
