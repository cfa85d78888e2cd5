//! Signs and colours.
//!
//! Of the sixteen colours of a terminal, red and magenta are the ones that can be read on a light and on a dark ground alike; the rest
//! is bold, dim and reversed. What they say is said in words and signs too, so that nothing is lost without them.

use ratatui::style::{Color, Modifier, Style};

use super::super::view::{Mark, StopState, Tone};

/// How the terminal wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::terminal) struct Look {
    /// Signs beyond ASCII.
    pub(in crate::terminal) signs: bool,
    pub(in crate::terminal) colour: bool,
}

impl Look {
    pub(super) fn mark(self, mark: Mark) -> &'static str {
        let (sign, plain) = match mark {
            Mark::None => ("", ""),
            Mark::Bullet => ("• ", "- "),
            Mark::Quote => ("“ ", "\" "),
            Mark::Recorded => ("✓ ", "+ "),
            Mark::Question => ("? ", "? "),
            Mark::Alert => ("! ", "! "),
        };
        if self.signs { sign } else { plain }
    }

    pub(super) fn stop(self, state: StopState) -> &'static str {
        let (sign, plain) = match state {
            StopState::Done => ("✓", "x"),
            StopState::Now => ("▶", ">"),
            StopState::Next | StopState::ToCome => (" ", " "),
            StopState::Deferred => ("→", "~"),
        };
        if self.signs { sign } else { plain }
    }

    pub(super) fn rule(self) -> &'static str {
        if self.signs { "─" } else { "-" }
    }

    pub(super) fn bar(self) -> &'static str {
        if self.signs { "│" } else { "|" }
    }

    pub(super) fn dots(self) -> &'static str {
        if self.signs { "…" } else { "..." }
    }

    pub(super) fn tone(self, tone: Tone) -> Style {
        let style = Style::new();
        match tone {
            Tone::Plain => style,
            Tone::Strong => style.add_modifier(Modifier::BOLD),
            Tone::Soft => style.add_modifier(Modifier::DIM),
            Tone::Question => self.coloured(style.add_modifier(Modifier::BOLD), Color::Magenta),
            Tone::Alert => self.coloured(style.add_modifier(Modifier::BOLD), Color::Red),
        }
    }

    pub(super) fn heading() -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    pub(super) fn band() -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    fn coloured(self, style: Style, colour: Color) -> Style {
        if self.colour { style.fg(colour) } else { style }
    }
}
