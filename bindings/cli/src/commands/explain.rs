//! `credstack explain`: says in words what a determination holds, or what a code means.

use std::path::PathBuf;

use clap::Args;
use credstack_engine::model::{CredentialId, LearnerId};

use crate::args::LanguageArg;
use crate::failure::Failure;
use crate::terminal::Terminal;
use crate::tree::Tree;
use crate::{answers, code, pack};

/// Say in words what a determination holds, or what a code of `credstack check` means
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack explain ada.determination.json
  credstack explain ada.determination.json --target ms-cs --path completion.0.2
  credstack explain results/determinations.jsonl --learner ada --target ms-cs
  credstack explain unknown-word")]
pub(crate) struct ExplainArgs {
    /// A determination, or the determinations.jsonl of a batch; or a code, where no file has that name
    pub(crate) determination: PathBuf,
    /// Which learner, where the file has several
    #[arg(long, value_name = "ID")]
    pub(crate) learner: Option<LearnerId>,
    /// Only this credential
    #[arg(long, value_name = "ID")]
    pub(crate) target: Option<CredentialId>,
    /// Only this requirement, by its place in the tree, such as completion.0.2
    #[arg(long, value_name = "PLACE", requires = "target")]
    pub(crate) path: Option<String>,
    /// The bundle or pack, for the titles of courses
    #[arg(long, value_name = "PATH")]
    pub(crate) bundle: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) language: LanguageArg,
}

/// Print a determination, one of its credentials, or one requirement of a credential.
pub(crate) fn run(args: &ExplainArgs, terminal: &mut Terminal) -> Result<bool, Failure> {
    if let Some(name) = code::asked(&args.determination) {
        return code::explain(name, args.language.language, terminal);
    }
    let bundle = args.bundle.as_ref().map(|path| pack::bundle(path, terminal)).transpose()?;
    let (determination, _) =
        answers::one(&args.determination, &answers::answers(&args.determination)?, args.learner.as_ref())?;
    let tree = Tree {
        catalog: bundle.as_ref().map(credstack_engine::Bundle::catalog),
        width: Terminal::width(),
        words: args.language.language.words(),
    };
    let Some(id) = &args.target else {
        terminal.print(&tree.determination(&determination))?;
        return Ok(true);
    };
    let target = determination.targets.iter().find(|target| target.credential == *id).ok_or_else(|| {
        let known: Vec<&str> = determination.targets.iter().map(|t| t.credential.as_str()).collect();
        Failure::of(&args.determination, format!("there is no answer for `{id}`"))
            .with_help(format!("it answers for: {}", known.join(", ")))
    })?;
    let mut text = String::new();
    match &args.path {
        None => tree.target(&mut text, target),
        Some(path) => {
            let trees = [Some(&target.completion), target.admission_tree.as_ref(), target.conferral_tree.as_ref()];
            let nodes = trees.into_iter().flatten().flat_map(|root| root.walk());
            let node = nodes.clone().find(|node| node.path == *path).ok_or_else(|| {
                let known: Vec<&str> = nodes.map(|node| node.path.as_str()).take(40).collect();
                Failure::of(&args.determination, format!("`{id}` has no requirement `{path}`"))
                    .with_help(format!("it has: {}", known.join(", ")))
            })?;
            text = tree.requirement(target, node);
        }
    }
    terminal.print(&text)?;
    Ok(true)
}
