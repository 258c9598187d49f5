//! Standard output: colour where the terminal has it, and a reader that leaves early is no error.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use crate::args::Color;

/// Where text goes.
pub(crate) struct Terminal {
    out: AutoStream<io::Stdout>,
    err_color: bool,
}

/// A heading.
pub(crate) const HEADING: Style = Style::new().bold();
/// What is good.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// What is under way or open.
pub(crate) const OPEN: Style = AnsiColor::Yellow.on_default();
/// What is bad.
pub(crate) const BAD: Style = AnsiColor::Red.on_default();
/// What matters less.
pub(crate) const FAINT: Style = Style::new().dimmed();

impl Terminal {
    /// Open standard output and error, with colour as asked.
    pub(crate) fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::AlwaysAnsi,
            Color::Never => ColorChoice::Never,
        };
        let err = AutoStream::new(io::stderr(), choice).current_choice();
        Self { out: AutoStream::new(io::stdout(), choice), err_color: err != ColorChoice::Never }
    }

    /// Return whether standard error takes colour.
    pub(crate) const fn err_color(&self) -> bool {
        self.err_color
    }

    /// Return whether standard output takes colour.
    pub(crate) fn out_color(&self) -> bool {
        self.out.current_choice() != ColorChoice::Never
    }

    /// Write to standard output. A reader that has gone ends the program without a complaint, as
    /// `credstack … | head` means just that.
    pub(crate) fn print(&mut self, text: &str) -> io::Result<()> {
        match self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush()) {
            Err(e) if e.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
            result => result,
        }
    }

    /// Write to standard error, which nobody may be reading.
    pub(crate) fn complain(text: &str) {
        let _ = io::stderr().write_all(text.as_bytes());
    }

    /// Return how many characters fit on a line for reading: those of the terminal, at most a hundred.
    pub(crate) fn width() -> usize {
        terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)).clamp(40, 100)
    }
}

/// Return text in a style.
pub(crate) fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
