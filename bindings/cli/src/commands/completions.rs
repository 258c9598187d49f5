//! `credstack completions`: prints completions for a shell.

use clap::Args;

use crate::failure::Failure;
use crate::terminal::Terminal;

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack completions bash > ~/.local/share/bash-completion/completions/credstack
  credstack completions zsh > ~/.zfunc/_credstack
  credstack completions fish > ~/.config/fish/completions/credstack.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// Print the completions of a command line.
pub(crate) fn run(
    args: &CompletionsArgs,
    mut command_line: clap::Command,
    terminal: &mut Terminal,
) -> Result<bool, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command_line, "credstack", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))?;
    Ok(true)
}
