//! Texts folded to a width, as a terminal will count it: by what people see, so that nothing is cut off and no column shifts.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::view::{Point, Section, Tone};
use super::look::Look;
use crate::source::printable;

/// How many columns a text takes.
pub(in crate::terminal) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { graphemes(text).iter().map(|part| part.1).sum() }
}

/// What people see as one sign each, and its width.
pub(in crate::terminal) fn graphemes(text: &str) -> Vec<(String, usize)> {
    let span = Span::raw(text);
    span.styled_graphemes(Style::new()).map(|part| (part.symbol.to_owned(), Span::raw(part.symbol).width())).collect()
}

/// A text as lines of at most that many columns. It is shown so that it cannot steer the terminal.
pub(in crate::terminal) fn fold(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let shown = printable(text).replace('\t', " ");
    shown.trim_end().split('\n').flat_map(|line| fold_line(line, columns)).collect()
}

fn fold_line(line: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut current, mut used) = (String::new(), 0);
    for word in line.split_whitespace() {
        let wide = width(word);
        if used > 0 && used + 1 + wide <= columns {
            current.push(' ');
            current.push_str(word);
            used += 1 + wide;
            continue;
        }
        if used > 0 {
            lines.push(std::mem::take(&mut current));
        }
        (current, used) = broken(word, wide, columns, &mut lines);
    }
    lines.push(current);
    lines
}

/// A word that is wider than the line is broken where signs end; its last part goes on.
fn broken(word: &str, wide: usize, columns: usize, lines: &mut Vec<String>) -> (String, usize) {
    if wide <= columns {
        return (word.to_owned(), wide);
    }
    let (mut current, mut used) = (String::new(), 0);
    for (sign, wide) in graphemes(word) {
        if used + wide > columns {
            lines.push(std::mem::take(&mut current));
            used = 0;
        }
        current.push_str(&sign);
        used += wide;
    }
    (current, used)
}

/// As much of a text as fits into a line, and a sign where more would follow.
pub(super) fn one_line(text: &str, columns: usize, look: Look) -> String {
    let shown = printable(text).replace(['\n', '\t'], " ");
    if width(&shown) <= columns {
        return shown;
    }
    let room = columns.saturating_sub(width(look.dots()));
    let (mut kept, mut used) = (String::new(), 0);
    for (sign, wide) in graphemes(&shown) {
        if used + wide > room {
            break;
        }
        kept.push_str(&sign);
        used += wide;
    }
    kept.trim_end().to_owned() + if columns >= width(look.dots()) { look.dots() } else { "" }
}

/// Points as lines, each folded under itself.
pub(super) fn points(points: &[Point], columns: usize, look: Look) -> Vec<Line<'static>> {
    points.iter().flat_map(|point| one_point(point, columns, look)).collect()
}

fn one_point(point: &Point, columns: usize, look: Look) -> Vec<Line<'static>> {
    let mark = look.mark(point.mark);
    let indent = width(mark);
    let style = look.tone(point.tone);
    let folded = fold(&point.text, columns.saturating_sub(indent));
    let begins = |at: usize| if at == 0 { mark.to_owned() } else { " ".repeat(indent) };
    folded.into_iter().enumerate().map(|(at, text)| Line::from(Span::styled(begins(at) + &text, style))).collect()
}

/// Sections in that many rows: each gets what it needs if there is room, and otherwise its share, and says how much more there is.
pub(super) fn sections(all: &[Section], columns: usize, rows: usize, look: Look) -> Vec<Line<'static>> {
    let fit = (rows / LEAST).max(1);
    if all.len() > fit {
        let rest: Vec<&str> = all[fit..].iter().map(|section| section.heading.as_str()).collect();
        let mut shown = sections(&all[..fit], columns, rows.saturating_sub(1), look);
        shown.push(Line::from(Span::styled(one_line(&format!("F2: {}", rest.join(", ")), columns, look), look.tone(Tone::Soft))));
        return shown;
    }
    let folded: Vec<Vec<Vec<Line<'static>>>> = all.iter().map(|section| section.points.iter().map(|point| one_point(point, columns, look)).collect()).collect();
    let length = |points: &Vec<Vec<Line<'static>>>| points.iter().map(Vec::len).sum::<usize>();
    let needs: Vec<usize> = folded.iter().zip(all).map(|(points, section)| length(points) + usize::from(!section.heading.is_empty())).collect();
    let shares = shared(&needs, rows);
    let mut shown = Vec::new();
    for ((section, points), share) in all.iter().zip(folded).zip(shares).filter(|(_, share)| *share > 0) {
        let count = length(&points);
        // A heading that nothing fits below says how much that is.
        let heading = if share == 1 && count > 0 { format!("{}: {}", section.heading, more(count)) } else { section.heading.clone() };
        if !section.heading.is_empty() {
            shown.push(Line::from(Span::styled(one_line(&heading, columns, look), Look::heading())));
        }
        let room = share - usize::from(!section.heading.is_empty());
        shown.extend(if section.newest_last { newest(points, room, look) } else { first(points.concat(), room, look) });
    }
    shown
}

/// A section in fewer rows than these tells too little.
const LEAST: usize = 3;

fn more(lines: usize) -> String {
    format!("{lines} more line{} (F2)", if lines == 1 { "" } else { "s" })
}

fn more_line(lines: usize, look: Look) -> Line<'static> {
    Line::from(Span::styled(more(lines), look.tone(Tone::Soft)))
}

/// The lines if they fit, and otherwise the first, with a line that says how many more there are and how to see them.
pub(super) fn first(mut lines: Vec<Line<'static>>, room: usize, look: Look) -> Vec<Line<'static>> {
    if lines.len() > room {
        let kept = room.saturating_sub(1);
        let hidden = lines.len() - kept;
        lines.truncate(kept);
        lines.push(more_line(hidden, look));
        lines.truncate(room);
    }
    lines
}

/// The same of what is newest, which stands last: whole points, unless the very last is larger than the room.
pub(super) fn newest(points: Vec<Vec<Line<'static>>>, room: usize, look: Look) -> Vec<Line<'static>> {
    let count: usize = points.iter().map(Vec::len).sum();
    if count <= room {
        return points.concat();
    }
    let mut kept: Vec<Vec<Line<'static>>> = Vec::new();
    let mut left = room.saturating_sub(1);
    for point in points.into_iter().rev() {
        if point.len() > left {
            if kept.is_empty() {
                let begin = point.into_iter().take(left);
                return begin.chain([more_line(count - left, look)]).take(room).collect();
            }
            break;
        }
        left -= point.len();
        kept.push(point);
    }
    let hidden = count - kept.iter().map(Vec::len).sum::<usize>();
    std::iter::once(more_line(hidden, look)).chain(kept.into_iter().rev().flatten()).collect()
}

/// Rows for each of those who need some: none gets more than it needs, and who needs little gets all of it.
fn shared(needs: &[usize], rows: usize) -> Vec<usize> {
    let mut shares = vec![0; needs.len()];
    let mut left = rows;
    loop {
        let hungry: Vec<usize> = (0..needs.len()).filter(|at| shares[*at] < needs[*at]).collect();
        if hungry.is_empty() || left == 0 {
            return shares;
        }
        let each = (left / hungry.len()).max(1);
        for at in hungry {
            let more = each.min(needs[at] - shares[at]).min(left);
            shares[at] += more;
            left -= more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOK: Look = Look { signs: true, colour: false };

    #[test]
    fn lines_hold_no_more_than_they_can_and_no_word_is_lost() {
        assert_eq!(fold("the landlord will not take him", 12), ["the landlord", "will not", "take him"]);
        assert_eq!(fold("a\n\nb", 12), ["a", "", "b"]);
        assert_eq!(fold("Llanfairpwllgwyngyll", 8), ["Llanfair", "pwllgwyn", "gyll"]);
        assert_eq!(fold("住居を失う", 4), ["住居", "を失", "う"]);
        assert_eq!(fold("👩🏽 ok", 2), ["👩🏽", "ok"]);
    }

    #[test]
    fn what_steers_a_terminal_is_shown_and_not_done() {
        assert_eq!(fold("a\u{1b}[2Jb\u{202e}c", 40), ["a⟨U+001B⟩[2Jb⟨U+202E⟩c"]);
        assert_eq!(one_line("a\rb\nc", 40, LOOK), "a⟨U+000D⟩b c");
    }

    #[test]
    fn who_needs_little_gets_all_of_it() {
        assert_eq!(shared(&[2, 9, 3], 10), [2, 5, 3]);
        assert_eq!(shared(&[5, 5], 20), [5, 5]);
        assert_eq!(shared(&[5, 5, 5], 2), [1, 1, 0]);
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let many = || (1..=5).map(|n| Line::from(n.to_string())).collect::<Vec<_>>();
        let text = |lines: Vec<Line<'static>>| lines.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(text(first(many(), 3, LOOK)), ["1", "2", "3 more lines (F2)"]);
        assert_eq!(text(first(many(), 5, LOOK)).len(), 5);
        let points = || vec![many()[..2].to_vec(), many()[2..3].to_vec(), many()[3..].to_vec()];
        assert_eq!(text(newest(points(), 4, LOOK)), ["2 more lines (F2)", "3", "4", "5"]);
        assert_eq!(text(newest(points(), 3, LOOK)), ["3 more lines (F2)", "4", "5"]);
        assert_eq!(text(newest(points(), 2, LOOK)), ["4", "4 more lines (F2)"]);
    }
}
