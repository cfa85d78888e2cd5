//! The agenda as a list that always shows where the meeting is.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::fold::{fold, one_line, width};
use super::look::Look;
use crate::terminal::view::{Screen, Stop, StopState, Tone};

/// From here on a line has room for times as well.
const ROOMY: usize = 32;

pub(super) fn lines(screen: &Screen, area: Rect, look: Look) -> Vec<Line<'static>> {
    let (columns, rows) = (usize::from(area.width).saturating_sub(1), usize::from(area.height));
    let stops: Vec<Vec<Line<'static>>> = screen.agenda.iter().enumerate().map(|(at, stop)| stop_lines(at, stop, columns, look)).collect();
    if rows == 0 || stops.is_empty() {
        return Vec::new();
    }
    let current = screen.current.min(stops.len() - 1);
    let window = window(&stops.iter().map(Vec::len).collect::<Vec<_>>(), current, rows);
    let more = |count: usize, way: &str| (count > 0).then(|| Line::styled(format!("  {count} more {way}"), look.tone(Tone::Soft)));
    let (above, below) = (more(window.start, "above"), more(stops.len() - window.end, "below"));
    above.into_iter().chain(stops.into_iter().take(window.end).skip(window.start).flatten()).chain(below).take(rows).collect()
}

/// The items that fit: one that is over is shown for every two to come, and a row is kept for what is left out at either end.
fn window(heights: &[usize], current: usize, rows: usize) -> std::ops::Range<usize> {
    let fits = |from: usize, to: usize| {
        let marks = usize::from(from > 0) + usize::from(to < heights.len());
        heights[from..to].iter().sum::<usize>() + marks <= rows
    };
    let (mut from, mut to) = (current, current + 1);
    loop {
        let before = from;
        let behind = to;
        for _ in 0..2 {
            if to < heights.len() && fits(from, to + 1) {
                to += 1;
            }
        }
        if from > 0 && fits(from - 1, to) {
            from -= 1;
        }
        // The last that is missing takes no more room than the row that says so.
        if (before, behind) == (from, to) {
            return from..to;
        }
    }
}

fn stop_lines(at: usize, stop: &Stop, columns: usize, look: Look) -> Vec<Line<'static>> {
    let state = if columns >= ROOMY { stop.in_words() } else { stop.in_a_word() };
    let begin = format!("{} {:>2} ", look.stop(stop.state), at + 1);
    let room = columns.saturating_sub(width(&begin) + width(&state) + 1);
    let label = if stop.state == StopState::Now { fold(&stop.label, room) } else { vec![one_line(&stop.label, room, look)] };
    let style = look.tone(match stop.state {
        StopState::Now => Tone::Strong,
        StopState::Done | StopState::Deferred => Tone::Soft,
        StopState::Next | StopState::ToCome => Tone::Plain,
    });
    let line = |(nth, text): (usize, String)| {
        let gap = " ".repeat(room.saturating_sub(width(&text)) + 1);
        let line = if nth == 0 { format!("{begin}{text}{gap}{state}") } else { format!("{}{text}", " ".repeat(width(&begin))) };
        Line::styled(line, style)
    };
    label.into_iter().enumerate().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_current_item_is_always_in_the_window() {
        for rows in 3..30 {
            for current in 0..20 {
                let window = window(&[1; 20], current, rows);
                let marks = usize::from(window.start > 0) + usize::from(window.end < 20);
                assert!(window.contains(&current) && window.len() + marks <= rows, "{current} of 20 in {rows}: {window:?}");
            }
        }
        assert_eq!(window(&[1; 20], 0, 30), 0..20);
    }
}
