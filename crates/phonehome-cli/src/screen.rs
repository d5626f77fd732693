//! What is known of the terminal: its width, whether it shows colour. Colour never says anything that words do not.

use std::io::{IsTerminal, stdout};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use phonehome::Advice;

/// Columns where nothing is known of the terminal.
const USUAL_WIDTH: u16 = 100;
/// Fewer columns than this are not used even on a narrower terminal.
const LEAST_WIDTH: u16 = 40;

/// Standard output as text for people sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Screen {
    /// Columns to stay within.
    pub(crate) width: usize,
    /// Whether somebody watches.
    pub(crate) is_terminal: bool,
    colour: bool,
}

/// Headings and other text that stands out.
pub(crate) const BOLD: Style = Style::new().bold();
/// Text that stands back.
pub(crate) const DIM: Style = Style::new().dimmed();
/// Text that warns.
pub(crate) const ALARM: Style = AnsiColor::Red.on_default().bold();
/// Text that asks for a second look.
pub(crate) const CAUTION: Style = AnsiColor::Yellow.on_default();

/// The colour of a piece of advice.
pub(crate) const fn advice_style(advice: Advice) -> Style {
    match advice {
        Advice::Block => ALARM,
        Advice::SafeToBlock => AnsiColor::Green.on_default(),
        Advice::CostsSomething => CAUTION,
        Advice::Leave => AnsiColor::Blue.on_default(),
        Advice::YourCall => AnsiColor::Magenta.on_default(),
        Advice::Untested => DIM,
    }
}

impl Screen {
    /// Looks at standard output, and at NO_COLOR and CLICOLOR_FORCE.
    pub(crate) fn new(width: Option<u16>) -> Self {
        let terminal = || terminal_size::terminal_size_of(stdout()).map(|(columns, _)| columns.0.max(LEAST_WIDTH));
        Self {
            width: usize::from(width.or_else(terminal).unwrap_or(USUAL_WIDTH)),
            is_terminal: stdout().is_terminal(),
            colour: AutoStream::choice(&stdout()) != ColorChoice::Never,
        }
    }

    /// The text in a style, where colour is shown.
    pub(crate) fn paint(&self, style: Style, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
