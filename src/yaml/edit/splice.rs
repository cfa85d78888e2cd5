//! One change, made in the text: only the lines that must change do.

use super::lists;
use super::merge::{Change, Edit};
use super::page::{Cut, Page, is_nothing, parent_and_step, spliced, walk};
use super::quote::{Quotes, Within, block_lines, block_sign, folded_lines, is_block};
use super::render::{Hand, in_braces};
use super::value::Value;
use crate::source::Step;
use crate::yaml::tree::{self, Node, Style};

/// The text with the change made; nothing where its layout does not allow it. Whether the change is right is for the caller to see.
pub(super) fn splice(page: &Page<'_>, edit: &Edit, hand: Hand) -> Option<String> {
    let cuts = cuts(page, edit, hand)?;
    let at_end = cuts.iter().any(|cut| cut.span.end == page.text.len());
    let new = spliced(page.text, cuts);
    // Without an end of line, some readers would take the last line of a block for unfinished.
    let ends_open = at_end && !new.ends_with('\n') && ends_in_block(edit);
    Some(if ends_open { new + page.eol } else { new })
}

/// The text with several values set that stand there already, each in its place.
pub(super) fn splice_all(page: &Page<'_>, edits: &[&Edit], hand: Hand) -> Option<String> {
    let all: Option<Vec<Vec<Cut>>> = edits.iter().map(|edit| cuts(page, edit, hand)).collect();
    let mut all: Vec<Cut> = all?.into_iter().flatten().collect();
    all.sort_by_key(|cut| cut.span.start);
    all.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start).then(|| spliced(page.text, all))
}

fn cuts(page: &Page<'_>, edit: &Edit, hand: Hand) -> Option<Vec<Cut>> {
    Some(match &edit.change {
        Change::Set { value, behind } => {
            let (parent, step) = parent_and_step(&edit.path)?;
            let parent = walk(&page.root, parent)?;
            match step {
                Step::Field(name) => set_field(page, parent, name, value, behind, hand)?,
                Step::Entry(n) => lists::set(page, parent, n, value, hand)?,
            }
        }
        Change::Remove => {
            let (parent, step) = parent_and_step(&edit.path)?;
            let Step::Field(name) = step else { return None };
            remove_field(page, walk(&page.root, parent)?, name, hand)?
        }
        Change::Insert { at, value } => lists::insert(page, walk(&page.root, edit.path.steps())?, *at, value, hand)?,
        Change::RemoveEntry(n) => lists::remove(page, walk(&page.root, edit.path.steps())?, *n, hand)?,
        Change::Reorder(order) => lists::reorder(page, walk(&page.root, edit.path.steps())?, order)?,
    })
}

fn ends_in_block(edit: &Edit) -> bool {
    fn last_text(value: &Value) -> Option<&str> {
        match value {
            Value::Text(text) => Some(text),
            Value::Bare(_) => None,
            Value::List(items) => last_text(items.last()?),
            Value::Fields(_) => last_text(value.fields().last()?.1),
        }
    }
    let (Change::Set { value, .. } | Change::Insert { value, .. }) = &edit.change else { return false };
    last_text(value).is_some_and(|text| text.ends_with('\n'))
}

fn set_field(page: &Page<'_>, parent: &Node, name: &'static str, value: &Value, behind: &[&'static str], hand: Hand) -> Option<Vec<Cut>> {
    match (parent.get(name), parent.style) {
        (Some((key, old)), Style::Braces) => Some(vec![set_in_braces(page, key, old, value, hand)]),
        (Some((key, old)), _) => set_on_lines(page, key, old, value, hand),
        (None, Style::Braces) => add_in_braces(page, parent, name, value, behind),
        (None, _) => add_on_lines(page, parent, name, value, behind, hand),
    }
}

/// The quotes that a value has now.
pub(super) fn quotes_of(node: &Node) -> Quotes {
    match node.style {
        Style::Single => Quotes::Single,
        Style::Double => Quotes::Double,
        Style::Plain | Style::Block | Style::Braces | Style::Lines => Quotes::None,
    }
}

fn set_in_braces(page: &Page<'_>, key: &Node, old: &Node, value: &Value, hand: Hand) -> Cut {
    let new = match value {
        Value::Text(text) => hand.on_a_line(text, Within::Braces, quotes_of(old)),
        other => in_braces(other),
    };
    match (is_nothing(old), page.colon(key)) {
        (false, _) => Cut::new(old.span.start, old.span.end, new),
        (true, Some(colon)) => Cut::new(colon + 1, colon + 1, format!(" {new}")),
        (true, None) => Cut::new(key.span.end, key.span.end, format!(": {new}")),
    }
}

/// A value behind a name on a line of its own: what stands behind it, such as a remark, stays on the line.
fn set_on_lines(page: &Page<'_>, key: &Node, old: &Node, value: &Value, hand: Hand) -> Option<Vec<Cut>> {
    let colon = page.colon(key)?;
    let indent = page.column(key.span.start);
    let written = match value {
        Value::Text(text) if old.style == Style::Block && is_block(text) && !hand.careful => {
            let indent = block_indent(page, old, indent);
            let folded = folded_before(page, old).and_then(|was| folded_lines(text, &was, indent));
            match folded {
                Some(lines) => (block_sign(text).replace('|', ">"), Some(lines)),
                None => (block_sign(text).to_owned(), Some(block_lines(text, indent))),
            }
        }
        Value::Text(text) if matches!(old.style, Style::Single | Style::Double) && !text.contains('\n') => {
            (hand.on_a_line(text, Within::Line, quotes_of(old)), None)
        }
        _ => {
            let written = hand.value(value, indent, colon + 1 - key.span.start);
            (written.inline, written.below)
        }
    };
    Some(put(page, colon + 1, old, written))
}

/// The lines of a block behind `>`; nothing for another.
fn folded_before<'t>(page: &Page<'t>, block: &Node) -> Option<Vec<&'t str>> {
    let sign = page.block_sign(block)?;
    let (said, end) = (&page.text[sign.start..sign.end], page.end_of(block));
    let lines = page.text.get(page.line_end(sign.end)..end).filter(|_| matches!(said, ">" | ">-"))?;
    Some(lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect())
}

/// How far in the lines of a block stand.
fn block_indent(page: &Page<'_>, block: &Node, indent: usize) -> usize {
    let first = &page.text[page.line_start(block.span.start)..];
    let at = first.len() - first.trim_start_matches(' ').len();
    if at > indent { at } else { indent + 2 }
}

/// Puts `inline` behind a colon or dash, and `below` under that line, in the place of what stood there.
pub(super) fn put(page: &Page<'_>, behind: usize, old: &Node, (inline, below): (String, Option<String>)) -> Vec<Cut> {
    // What of the old value stands on the line of its name, and where it ends below.
    let sign = if old.style == Style::Block { page.block_sign(old) } else { Some(old.span) };
    let on_line = sign.filter(|sign| !is_nothing(old) && old.style != Style::Lines && sign.start <= page.line_end(behind));
    let end = if is_nothing(old) || on_line == Some(old.span) { None } else { Some(page.end_of(old)) };
    let to = on_line.map_or(behind, |sign| sign.end);
    let first = match on_line.filter(|sign| sign.start > behind && !inline.is_empty()) {
        Some(sign) => Cut::new(sign.start, to, inline),
        None if inline.is_empty() => Cut::new(behind, to, ""),
        None => Cut::new(behind, to, format!(" {inline}")),
    };
    let mut cuts = vec![first];
    let line_end = page.line_end(to);
    let old_end = end.map_or(line_end, |end| page.line_end(end));
    let new = below.map_or(String::new(), |below| format!("{}{}", page.eol, lines(page, &below)));
    if old_end > line_end || !new.is_empty() {
        cuts.push(Cut::new(line_end, old_end.max(line_end), new));
    }
    cuts
}

/// Lines with the file's own ends.
pub(super) fn lines(page: &Page<'_>, text: &str) -> String {
    if page.eol == "\n" { text.to_owned() } else { text.replace('\n', page.eol) }
}

fn fields_of(node: &Node) -> Option<&[(Node, Node)]> {
    if let tree::Value::Mapping(fields) = &node.value { Some(fields) } else { None }
}

/// The nearest field before this one, in the order of the format, that is there.
fn predecessor<'n>(parent: &'n Node, behind: &[&'static str]) -> Option<(&'n Node, &'n Node)> {
    behind.iter().rev().find_map(|name| parent.get(name))
}

fn add_in_braces(page: &Page<'_>, parent: &Node, name: &str, value: &Value, behind: &[&'static str]) -> Option<Vec<Cut>> {
    let field = format!("{name}: {}", in_braces(value));
    let fields = fields_of(parent)?;
    Some(vec![match (predecessor(parent, behind), fields.first()) {
        (_, None) => Cut::new(parent.span.start, parent.span.end, format!("{{ {field} }}")),
        (Some((key, value)), _) => {
            let end = page.end_of_field(key, value);
            Cut::new(end, end, format!(", {field}"))
        }
        (None, Some((first, _))) => Cut::new(first.span.start, first.span.start, format!("{field}, ")),
    }])
}

fn add_on_lines(page: &Page<'_>, parent: &Node, name: &str, value: &Value, behind: &[&'static str], hand: Hand) -> Option<Vec<Cut>> {
    let (first, _) = fields_of(parent)?.first()?;
    let indent = page.column(first.span.start);
    let written = hand.field(name, value, indent);
    let field = lines(page, &written);
    let (eol, blanks) = (page.eol, " ".repeat(indent));
    Some(vec![match predecessor(parent, behind) {
        Some((key, value)) => {
            let end = page.line_end(page.end_of_field(key, value));
            // A block of the meeting has a blank line above it and below, where blocks have that in this file.
            let airy = indent == 0 && written.contains('\n') && has_air(page, parent);
            let above = if airy { eol } else { "" };
            let next = &page.text[page.next_line(end)..];
            let below = if airy && !next.is_empty() && !next.starts_with(['\n', '\r']) { eol } else { "" };
            Cut::new(end, end, format!("{eol}{above}{blanks}{field}{below}"))
        }
        None => Cut::new(first.span.start, first.span.start, format!("{field}{eol}{blanks}")),
    }])
}

/// Whether the file leaves a blank line between any two of its fields.
fn has_air(page: &Page<'_>, root: &Node) -> bool {
    let mut fields = fields_of(root).unwrap_or(&[]).iter().skip(1);
    fields.any(|(key, _)| {
        let above = page.text[..page.line_start(key.span.start)].trim_end_matches(' ');
        above.ends_with("\n\n") || above.ends_with("\n\r\n")
    })
}

fn remove_field(page: &Page<'_>, parent: &Node, name: &str, hand: Hand) -> Option<Vec<Cut>> {
    let fields = fields_of(parent)?;
    let Some(at) = fields.iter().position(|(key, _)| key.text() == Some(name)) else { return Some(Vec::new()) };
    let (key, value) = &fields[at];
    let next = fields.get(at + 1).map(|(key, _)| key.span.start);
    if parent.style == Style::Braces {
        return Some(vec![match (next, at.checked_sub(1).map(|before| &fields[before])) {
            (Some(next), _) => Cut::new(key.span.start, next, ""),
            (None, Some((before, its))) => Cut::new(page.end_of_field(before, its), page.end_of_field(key, value), ""),
            (None, None) => Cut::new(parent.span.start, parent.span.end, "{}"),
        }]);
    }
    let end = page.line_end(page.end_of_field(key, value));
    match next {
        None if at == 0 => Some(empty(page, parent, end)),
        _ if page.is_first(key.span.start) => Some(vec![remove_lines(page, page.line_start(key.span.start), end, hand)]),
        Some(next) => {
            let blanks = " ".repeat(page.column(key.span.start));
            let kept: String = page.remarks_between(key.span.start, next).iter().map(|remark| format!("{remark}{}{blanks}", page.eol)).collect();
            Some(vec![Cut::new(key.span.start, next, kept)])
        }
        None => None,
    }
}

/// A group of fields without any.
fn empty(page: &Page<'_>, node: &Node, end: usize) -> Vec<Cut> {
    let start = node.span.start;
    if page.is_first(start) {
        // Below its name: the braces go up to it.
        let above = page.text[..page.line_start(start)].trim_end().len();
        return vec![Cut::new(above, end, " {}")];
    }
    vec![Cut::new(start, end, "{}")]
}

/// The end of the remarks below that stand further in than what goes: they would become part of a block text above.
fn with_remarks_below(page: &Page<'_>, start: usize, mut end: usize) -> usize {
    let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let own = blanks(&page.text[start..]);
    let mut at = page.next_line(end);
    while at < page.text.len() {
        let line = &page.text[at..page.line_end(at)];
        let is_remark = line.trim_start().starts_with('#') && blanks(line) > own;
        if !is_remark && !line.trim().is_empty() {
            break;
        }
        end = if is_remark { page.line_end(at) } else { end };
        at = page.next_line(at);
    }
    end
}

/// Takes lines away, but not the remarks in them.
pub(super) fn remove_lines(page: &Page<'_>, start: usize, end: usize, hand: Hand) -> Cut {
    let end = if hand.careful { with_remarks_below(page, start, end) } else { end };
    let line = &page.text[start..end];
    let blanks = &line[..line.len() - line.trim_start_matches(' ').len()];
    let remarks = page.remarks_between(start, end);
    if !remarks.is_empty() {
        let kept: Vec<String> = remarks.iter().map(|remark| format!("{blanks}{remark}")).collect();
        return Cut::new(start, end, kept.join(page.eol));
    }
    // The last line of a file that does not end its lines takes the end of the line above with it.
    let next = page.next_line(end);
    if next == page.text.len() && !page.text.ends_with('\n') {
        let above = page.text[..start].strip_suffix('\n').map_or(start, |text| text.strip_suffix('\r').unwrap_or(text).len());
        return Cut::new(above, end, "");
    }
    Cut::new(start, next, "")
}
