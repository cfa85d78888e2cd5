//! The full screen, drawn from a [`Screen`] and a size, and from nothing else.

mod agenda;
mod fold;
mod input;
mod look;
mod over;

pub(super) use fold::{graphemes, width};
pub(super) use look::Look;
pub(super) use over::page_rows;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span, Text};

use self::fold::{first, fold, one_line, points, sections};
use super::view::{Mark, Over, Point, Screen, Section, Tone};
use crate::model::{behind, behind_in_words};

/// A smaller screen cannot hold a meeting.
pub(super) const SMALLEST: (u16, u16) = (60, 16);
/// From here on there is room for what was recorded beside the rest.
const WIDE: (u16, u16) = (132, 30);
/// Below this, last time and now stand under each other.
const NARROW: u16 = 72;

/// Draws all of it.
pub(super) fn draw(frame: &mut Frame<'_>, screen: &Screen, look: Look) {
    let area = frame.area();
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        return too_small(frame, area);
    }
    if let Some(Over::Page { title, sections, from }) = &screen.over {
        return over::page(frame, title, sections, *from, look);
    }
    let rows = Rows::plan(area, screen, look);
    header(frame, rows.header, screen, look);
    body(frame, rows.body, rows.is_wide, screen, look);
    lines(frame, rows.log, log(screen, rows.log, look));
    lines(frame, rows.trouble, trouble(screen, rows.trouble.width, look));
    lines(frame, rows.reply, reply(screen, rows.reply, look));
    input::draw(frame, rows.input, &screen.input, look);
    lines(frame, rows.keys, vec![Line::styled(one_line(keys(screen), usize::from(area.width), look), Look::band())]);
    let above = Rect { height: rows.input.y.saturating_sub(rows.body.y), ..rows.body };
    if let Some(popup) = &screen.popup {
        over::popup(frame, above, popup, look);
    }
    if let Some(Over::Ask { title, points }) = &screen.over {
        over::ask(frame, above, title, points, look);
    }
}

fn too_small(frame: &mut Frame<'_>, area: Rect) {
    let (wide, high) = SMALLEST;
    let say = format!(
        "This window is too small: it has {} columns and {} rows, and needs {wide} and {high}. Make it larger, or its letters \
         smaller. Nothing is lost; with `--plain` any window will do.",
        area.width, area.height
    );
    let say = fold(&say, usize::from(area.width)).into_iter().map(Line::raw).collect();
    lines(frame, area, say);
}

/// The bands of the screen, from top to bottom.
struct Rows {
    header: Rect,
    body: Rect,
    log: Rect,
    trouble: Rect,
    reply: Rect,
    input: Rect,
    keys: Rect,
    is_wide: bool,
}

impl Rows {
    /// The line that is typed and the answer get what they need, within reason; then come the case and what was recorded.
    fn plan(area: Rect, screen: &Screen, look: Look) -> Self {
        let columns = usize::from(area.width);
        let is_wide = area.width >= WIDE.0 && area.height >= WIDE.1;
        let most = usize::from((area.height / 4).max(4));
        let input = input::rows(&screen.input, columns).min(if area.height < 24 { 2 } else { 4 });
        let trouble = trouble(screen, area.width, look).len().min(most.max(6));
        let reply = points(&screen.reply, columns, look).len().clamp(1, most);
        let log = match area.height {
            _ if is_wide => 0,
            ..24 => 1,
            24..30 => 3,
            _ => 7,
        };
        let heights = [2, 0, log, trouble as u16, reply as u16, input, 1];
        let mut constraints = heights.map(Constraint::Length);
        constraints[1] = Constraint::Fill(1);
        let bands = Layout::vertical(constraints).split(area);
        Self { header: bands[0], body: bands[1], log: bands[2], trouble: bands[3], reply: bands[4], input: bands[5], keys: bands[6], is_wide }
    }
}

/// What meeting it is and who is there; and below it the clocks.
fn header(frame: &mut Frame<'_>, area: Rect, screen: &Screen, look: Look) {
    let columns = usize::from(area.width);
    let who = if screen.attendance.is_empty() { String::new() } else { one_line(&format!(" {} ", screen.attendance), columns / 2, look) };
    let what = one_line(&format!(" {}", screen.meeting), columns.saturating_sub(width(&who) + 1), look);
    let gap = " ".repeat(columns.saturating_sub(width(&what) + width(&who)));
    let late = behind(screen.agenda.iter().map(|stop| (stop.state.progress(), stop.time)));
    let paused = if screen.paused { "PAUSED" } else { "" };
    let (item, whole) = clocks(screen, late, columns.saturating_sub(width(paused) + 2));
    let room = columns.saturating_sub(width(&item) + width(&whole) + width(paused));
    let tone = |is_over| look.tone(if is_over { Tone::Alert } else { Tone::Strong });
    let clocks = Line::from(vec![
        Span::styled(item, tone(screen.item.is_over())),
        Span::raw(" ".repeat(room / 2)),
        Span::styled(paused, look.tone(Tone::Alert)),
        Span::raw(" ".repeat(room - room / 2)),
        Span::styled(whole, tone(late >= 60 || screen.whole.is_over())),
    ]);
    lines(frame, area, vec![Line::styled(format!("{what}{gap}{who}"), Look::band()), clocks]);
}

/// What the clocks of the item and of the meeting say, as fully as there is room for.
fn clocks(screen: &Screen, late: i64, room: usize) -> (String, String) {
    if let Some((left, right)) = &screen.headline {
        let end = if width(left) + width(right) < room { right.clone() } else { String::new() };
        return (left.chars().take(room.saturating_sub(width(&end) + 1)).collect(), end);
    }
    let (at, of) = (screen.current + 1, screen.agenda.len());
    let (left, late) = (screen.whole.left(), behind_in_words(late));
    let forms = [
        (format!(" Item {at} of {of}: {}", screen.item.left_of()), format!("Meeting: {left}, {late} ")),
        (format!(" Item {at} of {of}: {}", screen.item.left()), format!("Meeting: {left}, {late} ")),
        (format!(" {at} of {of}: {}", screen.item.left()), format!("meeting {left} ")),
    ];
    let [.., short] = forms.clone();
    forms.into_iter().find(|(item, whole)| width(item) + width(whole) < room).unwrap_or(short)
}

/// The agenda, last time, and now.
fn body(frame: &mut Frame<'_>, area: Rect, is_wide: bool, screen: &Screen, look: Look) {
    let agenda = if screen.agenda.is_empty() && !is_wide {
        0
    } else if is_wide {
        (area.width / 4).clamp(36, 56)
    } else {
        (area.width * 3 / 10).clamp(24, 34)
    };
    let [left, bar, right] = Layout::horizontal([Constraint::Length(agenda), Constraint::Length(agenda.min(1)), Constraint::Fill(1)]).areas(area);
    if agenda > 0 {
        upright(frame, bar, look);
    }
    if is_wide {
        let list = (screen.agenda.len() + 4).min(usize::from(left.height) * 3 / 5) as u16;
        let [list, log_area] = Layout::vertical([Constraint::Length(list), Constraint::Fill(1)]).areas(left);
        lines(frame, list, agenda::lines(screen, list, look));
        lines(frame, log_area, log(screen, log_area, look));
    } else {
        lines(frame, left, agenda::lines(screen, left, look));
    }
    let title = if screen.table.title.is_empty() { Vec::new() } else { fold(&screen.table.title, usize::from(right.width)) };
    let [title_area, table] = Layout::vertical([Constraint::Length((title.len() as u16).min(3)), Constraint::Fill(1)]).areas(right);
    lines(frame, title_area, title.into_iter().map(|line| Line::styled(line, look.tone(Tone::Strong))).collect());
    let flow = |frame: &mut Frame<'_>, area: Rect, all: &[Section]| {
        lines(frame, area, sections(all, usize::from(area.width), usize::from(area.height), look));
    };
    if area.width < NARROW {
        let all: Vec<Section> = screen.table.now.iter().chain(&screen.table.before).cloned().collect();
        return flow(frame, table, &all);
    }
    if screen.table.before.is_empty() {
        return flow(frame, table, &screen.table.now);
    }
    // While little is recorded, last time has the larger part: this is when it is read.
    let little = table.width * 3 / 8;
    let fits = points_of(&screen.table.now, little, look) <= usize::from(table.height);
    let now = if fits { little } else { table.width / 2 };
    let [before, bar, now] = Layout::horizontal([Constraint::Fill(1), Constraint::Length(1), Constraint::Length(now)]).areas(table);
    upright(frame, bar, look);
    flow(frame, before, &screen.table.before);
    flow(frame, now, &screen.table.now);
}

/// How many rows sections take in so many columns.
fn points_of(all: &[Section], columns: u16, look: Look) -> usize {
    all.iter().map(|section| points(&section.points, usize::from(columns), look).len() + 1).sum()
}

/// What has been recorded, the newest last.
fn log(screen: &Screen, area: Rect, look: Look) -> Vec<Line<'static>> {
    let (columns, room) = (usize::from(area.width), usize::from(area.height));
    if room == 0 {
        return Vec::new();
    }
    let heading = format!("Recorded: {}", screen.log.len());
    let rule = look.rule().repeat(columns.saturating_sub(width(&heading) + 1));
    let mut shown = vec![Line::styled(format!("{heading} {rule}"), look.tone(Tone::Strong))];
    // An entry takes a line at least, so that older ones than these are not to be seen.
    let from = screen.log.len().saturating_sub(room - 1);
    let entries = screen.log[from..].iter().map(|entry| format!("{}: {}", entry.at, entry.text));
    if room <= SHORT_LOG {
        shown.extend(entries.map(|entry| Line::raw(one_line(&entry, columns, look))));
    } else {
        let entries: Vec<Point> = entries.map(|entry| Point::new(Mark::None, Tone::Plain, entry)).collect();
        let mut folded = points(&entries, columns, look);
        let extra = folded.len().saturating_sub(room - 1);
        shown.extend(folded.drain(extra..));
    }
    shown
}

/// In so few rows, each entry is a line, and F2 shows the whole of it.
const SHORT_LOG: usize = 4;

fn trouble(screen: &Screen, columns: u16, look: Look) -> Vec<Line<'static>> {
    let Some(trouble) = &screen.trouble else { return Vec::new() };
    let rule = || Line::styled(look.rule().repeat(usize::from(columns)), look.tone(Tone::Alert));
    let mut lines = vec![rule()];
    lines.extend(points(&[Point::new(Mark::Alert, Tone::Alert, trouble)], usize::from(columns), look));
    lines.push(rule());
    lines
}

fn reply(screen: &Screen, area: Rect, look: Look) -> Vec<Line<'static>> {
    let columns = usize::from(area.width);
    first(points(&screen.reply, columns, look), usize::from(area.height), look)
}

fn keys(screen: &Screen) -> &'static str {
    match (&screen.over, &screen.popup) {
        (Some(Over::Ask { .. }), _) => " y yes  n no",
        (None, Some(_)) => " Tab accept  Up/Down choose  Esc close  Enter record the line as it stands",
        _ => " F1 help  F2 all  PgDn next  PgUp back  Tab complete  Ctrl-Z undo  Ctrl-C leave",
    }
}

fn upright(frame: &mut Frame<'_>, area: Rect, look: Look) {
    let bars = (0..area.height).map(|_| Line::styled(look.bar(), look.tone(Tone::Soft))).collect();
    lines(frame, area, bars);
}

fn lines(frame: &mut Frame<'_>, area: Rect, lines: Vec<Line<'static>>) {
    frame.render_widget(Text::from(lines), area);
}

#[cfg(test)]
mod tests;
