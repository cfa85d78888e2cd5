//! What lies over the rest: what could be meant, a question, a page of text.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear};

use super::fold::{first, fold, one_line, points};
use super::lines;
use super::look::Look;
use crate::terminal::view::{Point, Popup, Section, Tone};

/// Candidates that are listed at once, where there is room.
const LISTED: usize = 7;

/// The candidates, and under them what the chosen one means, so that it is read before it is accepted.
pub(super) fn popup(frame: &mut Frame<'_>, above: Rect, popup: &Popup, look: Look) {
    let columns = usize::from(above.width).saturating_sub(4);
    let rows = usize::from(above.height).saturating_sub(2);
    let Some(choice) = popup.candidates.get(popup.chosen) else { return };
    let mut detail: Vec<Line<'static>> = fold(&choice.detail, columns).into_iter().filter(|line| !line.is_empty()).map(Line::raw).collect();
    // The definition comes first: two candidates around the chosen one are enough to choose by.
    let listed = LISTED.min(popup.candidates.len()).min(rows.saturating_sub(detail.len()).max(3));
    let from = (popup.chosen + 1).saturating_sub(listed.div_ceil(2).max(1)).min(popup.candidates.len() - listed);
    detail.truncate(rows.saturating_sub(listed));
    let mut shown: Vec<Line<'static>> = Vec::new();
    for (at, candidate) in popup.candidates.iter().enumerate().skip(from).take(listed) {
        let is_chosen = at == popup.chosen;
        let text = one_line(&format!("{} {}", if is_chosen { ">" } else { " " }, candidate.label), columns, look);
        shown.push(Line::styled(text, if is_chosen { Look::band() } else { look.tone(Tone::Plain) }));
    }
    shown.extend(detail);
    let title = format!(" {} of {} ", popup.chosen + 1, popup.candidates.len());
    boxed(frame, above, title, shown, look);
}

pub(super) fn ask(frame: &mut Frame<'_>, above: Rect, title: &str, said: &[Point], look: Look) {
    let columns = usize::from(above.width).saturating_sub(4);
    let said = points(said, columns, look);
    let said = first(said, usize::from(above.height).saturating_sub(2), look);
    boxed(frame, above, format!(" {} ", one_line(title, columns.saturating_sub(2), look)), said, look);
}

/// A box at the foot of an area.
fn boxed(frame: &mut Frame<'_>, above: Rect, title: String, shown: Vec<Line<'static>>, look: Look) {
    let height = (shown.len() as u16 + 2).min(above.height);
    let area = Rect { y: above.bottom() - height, height, ..above };
    let block = Block::bordered().title(Span::styled(title, look.tone(Tone::Strong)));
    let block = if look.signs { block } else { block.border_set(PLAIN_BORDER) };
    let inside = block.inner(area);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    frame.render_widget(Clear, area);
    frame.render_widget(block, area);
    lines(frame, inside, shown);
}

const PLAIN_BORDER: ratatui::symbols::border::Set<'static> = ratatui::symbols::border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// All lines of a page.
pub(super) fn page_lines(sections: &[Section], columns: usize, look: Look) -> Vec<Line<'static>> {
    let mut all = Vec::new();
    for section in sections.iter().filter(|section| !section.points.is_empty()) {
        if !all.is_empty() {
            all.push(Line::default());
        }
        if !section.heading.is_empty() {
            all.extend(fold(&section.heading, columns).into_iter().map(|line| Line::from(Span::styled(line, Look::heading()))));
        }
        all.extend(points(&section.points, columns, look));
    }
    all
}

/// The widest line of a page that is still easy to read.
const WIDEST: usize = 110;

/// How many columns and rows a page has on a screen.
fn page_size(width: u16, height: u16) -> (usize, usize) {
    (usize::from(width).saturating_sub(2).min(WIDEST), usize::from(height).saturating_sub(2))
}

/// How many rows a page has in all, and how many of them a screen shows.
pub(in crate::terminal) fn page_rows(sections: &[Section], (width, height): (u16, u16)) -> (usize, usize) {
    let (columns, rows) = page_size(width, height);
    // Signs differ in how they look, and not in how wide they are by more than the text has room for.
    (page_lines(sections, columns, Look { signs: true, colour: false }).len(), rows)
}

/// A text that fills the screen.
pub(super) fn page(frame: &mut Frame<'_>, title: &str, sections: &[Section], from: usize, look: Look) {
    let area = frame.area();
    let (columns, rows) = page_size(area.width, area.height);
    let all = page_lines(sections, columns, look);
    let (count, last) = (all.len(), all.len().saturating_sub(rows));
    let from = from.min(last);
    let across = usize::from(area.width);
    let band = |text: &str| {
        let text = one_line(text, across, look);
        let gap = " ".repeat(across.saturating_sub(super::width(&text)));
        Line::styled(text + &gap, Look::band())
    };
    lines(frame, Rect { height: 1, ..area }, vec![band(&format!(" {title}"))]);
    let shown = all.into_iter().skip(from).take(rows).collect();
    lines(frame, Rect { x: area.x + 1, y: area.y + 1, width: columns as u16, height: rows as u16 }, shown);
    let where_we_are = format!(" Lines {} to {} of {count}   Up/Down PgUp/PgDn move   Esc or Enter closes it", from + 1, (from + rows).min(count));
    lines(frame, Rect { y: area.bottom() - 1, height: 1, ..area }, vec![band(&where_we_are)]);
}
