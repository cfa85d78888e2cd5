//! Changes of lists, in the text.

use super::page::{Cut, Page};
use super::quote::Within;
use super::render::{Hand, Records, in_braces};
use super::splice::{lines, put, quotes_of, remove_lines};
use super::value::Value;
use crate::yaml::tree::{self, Node, Style};

fn items_of(node: &Node) -> Option<&[Node]> {
    if let tree::Value::List(items) = &node.value { Some(items) } else { None }
}

/// Changes the n-th entry, which is a single value.
pub(super) fn set(page: &Page<'_>, list: &Node, n: usize, value: &Value, hand: Hand) -> Option<Vec<Cut>> {
    let Some(items) = items_of(list) else {
        // One text where a list of texts may stand.
        let text = in_braces(value);
        return (list.style != Style::Block).then(|| vec![Cut::new(list.span.start, list.span.end, text)]);
    };
    let old = items.get(n)?;
    if list.style == Style::Braces {
        let new = value.text().map_or_else(|| in_braces(value), |text| hand.on_a_line(text, Within::Braces, quotes_of(old)));
        return Some(vec![Cut::new(old.span.start, old.span.end, new)]);
    }
    let (dash, _) = place(page, items, n)?;
    let indent = page.column(dash);
    let written = hand.value(value, indent, 2);
    Some(put(page, dash + 1, old, (written.inline, written.below)))
}

/// Adds an entry before the n-th.
pub(super) fn insert(page: &Page<'_>, list: &Node, n: usize, value: &Value, hand: Hand) -> Option<Vec<Cut>> {
    let Some(items) = items_of(list) else { return beside_one_text(list, n, value) };
    let (first, before) = (items.first()?, n.checked_sub(1).and_then(|before| items.get(before)));
    if list.style == Style::Braces {
        let new = in_braces(value);
        return Some(vec![match before {
            Some(before) => Cut::new(before.span.end, before.span.end, format!("{}{new}", divider(page, items))),
            None => Cut::new(first.span.start, first.span.start, format!("{new}, ")),
        }]);
    }
    let dash = page.dash(first, 0)?;
    let (eol, indent) = (page.eol, page.column(dash));
    let on_lines = items.iter().all(|item| item.style == Style::Lines);
    let entry = lines(page, &hand.entry(value, indent, if on_lines { Records::Never } else { Records::Short }));
    let blanks = " ".repeat(indent);
    Some(vec![match before {
        Some(before) => {
            let end = page.line_end(page.end_of(before));
            Cut::new(end, end, format!("{eol}{blanks}{entry}"))
        }
        None => Cut::new(dash, dash, format!("{entry}{eol}{blanks}")),
    }])
}

/// What stands between two entries in brackets: a comma and a blank, or a new line where all have one.
fn divider(page: &Page<'_>, items: &[Node]) -> String {
    let between = items.windows(2).map(|pair| &page.text[pair[0].span.end..pair[1].span.start]).next_back();
    between.filter(|between| between.starts_with(',') && between[1..].trim().is_empty() && between.len() > 1).unwrap_or(", ").to_owned()
}

/// One text where a list of texts may stand becomes a list.
fn beside_one_text(list: &Node, n: usize, value: &Value) -> Option<Vec<Cut>> {
    let text = list.text().filter(|_| list.style != Style::Block)?;
    let mut texts = vec![Value::Text(text.to_owned())];
    texts.insert(n.min(1), value.clone());
    Some(vec![Cut::new(list.span.start, list.span.end, in_braces(&Value::List(texts)))])
}

/// Takes the n-th entry away. A list that would be empty goes with its field.
pub(super) fn remove(page: &Page<'_>, list: &Node, n: usize, hand: Hand) -> Option<Vec<Cut>> {
    let items = items_of(list)?;
    let entry = items.get(n)?;
    if list.style == Style::Braces {
        return Some(vec![match (items.get(n + 1), n.checked_sub(1).map(|before| &items[before])) {
            (Some(next), _) => Cut::new(entry.span.start, next.span.start, ""),
            (None, Some(before)) => Cut::new(before.span.end, entry.span.end, ""),
            (None, None) => return None,
        }]);
    }
    let (start, end) = place(page, items, n)?;
    Some(vec![remove_lines(page, page.line_start(start), end, hand)])
}

/// Puts the entries into another order; what stands between them stays where it is.
pub(super) fn reorder(page: &Page<'_>, list: &Node, order: &[usize]) -> Option<Vec<Cut>> {
    let items = items_of(list)?;
    let places: Vec<(usize, usize)> = match list.style {
        Style::Braces => items.iter().map(|item| (item.span.start, item.span.end)).collect(),
        _ => (0..items.len()).map(|n| place(page, items, n)).collect::<Option<_>>()?,
    };
    if order.len() != places.len() {
        return None;
    }
    let cut = |(to, from): (&(usize, usize), &usize)| places.get(*from).map(|(start, end)| Cut::new(to.0, to.1, &page.text[*start..*end]));
    places.iter().zip(order).map(cut).collect()
}

/// From its dash to the end of its last line.
fn place(page: &Page<'_>, items: &[Node], n: usize) -> Option<(usize, usize)> {
    let entry = items.get(n)?;
    let not_before = n.checked_sub(1).map_or(0, |before| page.end_of(&items[before]));
    Some((page.dash(entry, not_before)?, page.line_end(page.end_of(entry))))
}
