//! Rows and columns as text that fits the width. Nothing is cut and nothing is left out: what does not fit beside the rest stands
//! below it.

use textwrap::core::{Word, display_width};
use textwrap::{Options, WordSeparator, WordSplitter};

/// Texts in columns, safe to show, each a single line.
pub(super) struct Grid<'a> {
    pub(super) columns: Vec<GridColumn<'a>>,
    pub(super) rows: Vec<Vec<String>>,
}

pub(super) struct GridColumn<'a> {
    pub(super) heading: &'a str,
    pub(super) yields: Yields,
    /// Whether it holds numbers, which stand at the right.
    pub(super) right: bool,
}

/// When a column goes below its row, because there is no room for all beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Yields {
    First,
    Next,
    Last,
}

/// Between two columns.
const GAP: usize = 2;
/// The narrowest that a text may be folded to.
#[derive(Clone, Copy, PartialEq)]
enum Fold {
    /// Between words only.
    Words,
    /// Also after the hyphen of an id such as `supported-accommodation`, and after the `/` of a path.
    Parts,
}

impl Grid<'_> {
    /// The first way that can be read: all columns side by side, the lesser ones below each row, and a block of lines for each row.
    pub(super) fn text(&self, width: usize) -> String {
        // The more there is beside each other, the fewer lines a cell may take.
        for (yields, fold, most_lines) in
            [(Yields::First, Fold::Words, 3), (Yields::Next, Fold::Words, 3), (Yields::Last, Fold::Words, 4), (Yields::Last, Fold::Parts, 5)]
        {
            let (beside, below): (Vec<usize>, Vec<usize>) = (0..self.columns.len()).partition(|at| self.columns[*at].yields >= yields);
            if let Some(widths) = self.widths(&beside, width, fold)
                && self.lines(&beside, &widths) <= most_lines
            {
                return self.side_by_side(&beside, &widths, &below, width);
            }
        }
        self.blocks(width)
    }

    /// How wide each column is to be, if they fit beside each other.
    fn widths(&self, beside: &[usize], width: usize, fold: Fold) -> Option<Vec<usize>> {
        let room = width.checked_sub(GAP * beside.len().saturating_sub(1))?;
        let widest = |measure: fn(&str) -> usize, heading: fn(&str) -> usize| -> Vec<usize> {
            let column = |at: &usize| self.rows.iter().map(|row| measure(&row[*at])).max().unwrap_or(0).max(heading(self.columns[*at].heading));
            beside.iter().map(column).collect()
        };
        let natural = widest(display_width, display_width);
        if natural.iter().sum::<usize>() <= room {
            return Some(natural);
        }
        let mut widths = widest(if fold == Fold::Words { words } else { parts }, words);
        let mut spare = room.checked_sub(widths.iter().sum())?;
        // What is left goes, column by column, to whoever is folded the most.
        while spare > 0 {
            let neediest = (0..widths.len()).filter(|n| widths[*n] < natural[*n]).max_by_key(|n| natural[*n] * 1000 / widths[*n].max(1));
            let Some(neediest) = neediest else { break };
            widths[neediest] += 1;
            spare -= 1;
        }
        Some(widths)
    }

    /// The lines of the fullest cell.
    fn lines(&self, beside: &[usize], widths: &[usize]) -> usize {
        let lines = |text: &str, width: usize| if display_width(text) <= width { 1 } else { fold_to(text, width).len() };
        self.rows.iter().flat_map(|row| beside.iter().zip(widths).map(|(at, width)| lines(&row[*at], *width))).max().unwrap_or(1)
    }

    fn side_by_side(&self, beside: &[usize], widths: &[usize], below: &[usize], width: usize) -> String {
        let headings: Vec<&str> = beside.iter().map(|at| self.columns[*at].heading).collect();
        let mut text = String::new();
        self.line(&mut text, beside, widths, &headings);
        for row in &self.rows {
            let cells: Vec<&str> = beside.iter().map(|at| row[*at].as_str()).collect();
            self.line(&mut text, beside, widths, &cells);
            let below = below.iter().filter(|at| !row[**at].is_empty()).map(|at| format!("{} {}", self.columns[*at].heading, row[*at]));
            for line in together(below, width.saturating_sub(2)) {
                text.push_str(&format!("  {line}\n"));
            }
        }
        text
    }

    /// One row, over as many lines as its fullest cell needs.
    fn line(&self, text: &mut String, beside: &[usize], widths: &[usize], cells: &[&str]) {
        let folded: Vec<Vec<String>> = cells.iter().zip(widths).map(|(cell, width)| fold_to(cell, *width)).collect();
        let height = folded.iter().map(Vec::len).max().unwrap_or(0);
        for n in 0..height {
            let mut line = String::new();
            for (place, lines) in folded.iter().enumerate() {
                let part = lines.get(n).map_or("", String::as_str);
                let padding = " ".repeat(widths[place].saturating_sub(display_width(part)));
                let (before, after) = if self.columns[beside[place]].right { (padding.as_str(), "") } else { ("", padding.as_str()) };
                line.push_str(&format!("{}{before}{part}{after}", if place > 0 { "  " } else { "" }));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }

    /// A block of lines for each row, `Heading: value`.
    fn blocks(&self, width: usize) -> String {
        let mut blocks = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut block = String::new();
            for (column, value) in self.columns.iter().zip(row).filter(|(_, value)| !value.is_empty()) {
                // What goes on in the next line is indented, by the same two signs that the first line is spared.
                let lines = fold_to(&format!("{}: {value}", column.heading), width.saturating_sub(2));
                block.push_str(&format!("{}\n", lines.join("\n  ")));
            }
            blocks.push(block);
        }
        blocks.join("\n")
    }
}

/// Pieces with a dot between them, as many on a line as fit.
fn together(pieces: impl Iterator<Item = String>, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if display_width(line) + 3 + display_width(&piece) <= width => line.push_str(&format!(" · {piece}")),
            _ => lines.extend(fold_to(&piece, width)),
        }
    }
    lines
}

/// The longest word.
fn words(text: &str) -> usize {
    text.split_whitespace().map(display_width).max().unwrap_or(0)
}

/// The longest part that cannot be folded.
fn parts(text: &str) -> usize {
    between_parts(text).map(|part| display_width(part.word)).max().unwrap_or(0)
}

/// The lines of a text of this width: folded between words, and inside a word only if it is wider than that.
pub(super) fn fold_to(text: &str, width: usize) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    let options = Options::new(width.max(1)).word_splitter(WordSplitter::NoHyphenation);
    let separator = if words(text) <= width { WordSeparator::AsciiSpace } else { WordSeparator::Custom(|text| Box::new(between_parts(text))) };
    textwrap::wrap(text, options.word_separator(separator)).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// Words, and the parts of ids and paths. A date, a ref or a number stays whole.
fn between_parts(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (part, after) = rest.split_at(end_of_part(rest));
        rest = after;
        Some(Word::from(part))
    })
}

/// Where the first part of a text ends, with the spaces after it.
fn end_of_part(text: &str) -> usize {
    let letter = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let mut before = None;
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let next = signs.peek().map(|(_, next)| *next);
        let ends = match sign {
            ' ' => next != Some(' '),
            '-' => letter(before) && letter(next),
            '/' => next.is_some_and(|next| next != ' '),
            _ => false,
        };
        if ends {
            return at + sign.len_utf8();
        }
        before = Some(sign);
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid<'static> {
        let column = |heading, yields, right| GridColumn { heading, yields, right };
        Grid {
            columns: vec![column("Service", Yields::Last, false), column("People", Yields::Last, true), column("Last seen", Yields::First, false)],
            rows: vec![
                vec!["supported-accommodation".to_owned(), "7".to_owned(), "2026-03-12".to_owned()],
                vec!["gp".to_owned(), "12".to_owned(), String::new()],
            ],
        }
    }

    #[test]
    fn what_does_not_fit_beside_stands_below_and_then_in_blocks() {
        assert_eq!(
            grid().text(80),
            "Service                  People  Last seen\nsupported-accommodation       7  2026-03-12\ngp                           12\n"
        );
        assert_eq!(
            grid().text(32),
            "Service                  People\nsupported-accommodation       7\n  Last seen 2026-03-12\ngp                           12\n"
        );
        assert_eq!(grid().text(23), "Service          People\nsupported-            7\naccommodation\n  Last seen 2026-03-12\ngp                   12\n");
        assert_eq!(grid().text(16), "Service:\n  supported-\n  accommodation\nPeople: 7\nLast seen:\n  2026-03-12\n\nService: gp\nPeople: 12\n");
    }

    #[test]
    fn every_sign_is_there_at_every_width_and_no_line_is_too_long() {
        let signs = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let wanted: usize = grid().rows.iter().flatten().map(|cell| signs(cell)).sum();
        for width in 16..120 {
            let text = grid().text(width);
            assert!(text.lines().all(|line| display_width(line) <= width), "{width}:\n{text}");
            assert!(signs(&text) >= wanted, "{width}:\n{text}");
            for whole in ["2026-03-12", "12", "7", "gp"] {
                assert!(text.contains(whole), "{whole} at {width}:\n{text}");
            }
        }
    }

    #[test]
    fn dates_and_refs_stay_whole_and_ids_and_paths_need_not() {
        let of = |text: &str| between_parts(text).map(|part| part.word.to_owned()).collect::<Vec<_>>();
        assert_eq!(of("on 2026-03-12 QLM-FT29"), ["on", "2026-03-12", "QLM-FT29"]);
        assert_eq!(of("gp-registration meetings/2026-03-12-marg.yaml:85"), ["gp-", "registration", "meetings/", "2026-03-12-marg.yaml:85"]);
    }
}
