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
    /// As the environment says: no colour where somebody asked for none, plain signs where the language is not written in UTF-8.
    pub(in crate::terminal) fn of(variable: impl Fn(&str) -> Option<String>, ascii: bool) -> Self {
        let said = |name: &str| variable(name).filter(|value| !value.is_empty());
        let language = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(said);
        let is_utf8 = |language: String| language.to_ascii_lowercase().replace('-', "").contains("utf8");
        let signs = cfg!(windows) || language.is_some_and(is_utf8);
        Self { signs: signs && !ascii, colour: said("NO_COLOR").is_none() && said("TERM").is_none_or(|term| term != "dumb") }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_environment_says_how_it_wants_it() {
        let look = |set: &[(&str, &str)], ascii| Look::of(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()), ascii);
        assert_eq!(look(&[("LANG", "en_GB.UTF-8")], false), Look { signs: true, colour: true });
        assert_eq!(look(&[("LANG", "en_GB.UTF-8")], true), Look { signs: false, colour: true });
        assert_eq!(look(&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "C"), ("NO_COLOR", "1")], false), Look { signs: false, colour: false });
        assert_eq!(look(&[("LC_ALL", ""), ("LANG", "C.utf8"), ("TERM", "dumb")], false), Look { signs: true, colour: false });
    }
}
