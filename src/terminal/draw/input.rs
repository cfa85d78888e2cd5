//! The line that is being typed, over as many rows as it needs.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::fold::graphemes;
use super::look::Look;
use crate::source::printable;
use crate::terminal::view::{InputLine, Tone};

const PROMPT: &str = "> ";

/// How many rows it needs.
pub(super) fn rows(input: &InputLine, columns: usize) -> u16 {
    let (lines, row, _) = laid_out(input, columns);
    u16::try_from(lines.len().max(row + 1)).unwrap_or(u16::MAX)
}

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, input: &InputLine, look: Look) {
    let (lines, row, column) = laid_out(input, usize::from(area.width));
    let first = (row + 1).saturating_sub(usize::from(area.height));
    let shown = lines.into_iter().skip(first).take(usize::from(area.height)).map(|line| Line::styled(line, look.tone(Tone::Strong)));
    super::lines(frame, area, shown.collect());
    frame.set_cursor_position((area.x + column as u16, area.y + (row - first) as u16));
}

/// Its lines, and where in them the cursor is.
fn laid_out(input: &InputLine, columns: usize) -> (Vec<String>, usize, usize) {
    let columns = columns.max(8);
    let (lines, _) = broken(&input.text, columns);
    let before = input.text.get(..input.cursor).unwrap_or(&input.text);
    let (until, used) = broken(before, columns);
    let (row, column) = (until.len() - 1, used + PROMPT.len());
    if column < columns { (lines, row, column) } else { (lines, row + 1, PROMPT.len()) }
}

/// The text broken where signs end, each line behind the prompt or as far in as it is; and how many columns the last takes without that.
fn broken(text: &str, columns: usize) -> (Vec<String>, usize) {
    let room = columns - PROMPT.len();
    let mut lines = vec![PROMPT.to_owned()];
    let mut used = 0;
    for (sign, wide) in graphemes(&printable(text).replace(['\n', '\t'], " ")) {
        if used + wide > room {
            lines.push(" ".repeat(PROMPT.len()));
            used = 0;
        }
        if let Some(last) = lines.last_mut() {
            last.push_str(&sign);
        }
        used += wide;
    }
    (lines, used)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_where_the_next_sign_will_stand() {
        let at = |text: &str, cursor| {
            let (lines, row, column) = laid_out(&InputLine { text: text.to_owned(), cursor }, 12);
            (lines.len(), row, column)
        };
        assert_eq!(at("", 0), (1, 0, 2));
        assert_eq!(at("abc", 3), (1, 0, 5));
        assert_eq!(at("0123456789", 10), (1, 1, 2), "the next sign comes into the next row");
        assert_eq!(at("0123456789ab", 12), (2, 1, 4));
        assert_eq!(at("住居", "住".len()), (1, 0, 4));
        assert_eq!(at("a\u{202e}b", 1), (1, 0, 3));
    }
}
