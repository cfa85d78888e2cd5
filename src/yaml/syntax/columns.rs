//! Lines that do not begin in the column where they should.

use std::cmp::Reverse;

use super::patient::{Diagnosis, Patient, Refused};
use crate::source::n_of;
use crate::yaml::codes;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Dash,
    Name,
}

/// The columns in which a line of this kind could stand, from what stands above it.
pub(super) fn places(patient: &Patient<'_>, n: usize, kind: Kind) -> Vec<usize> {
    let mut found = Vec::new();
    let mut within = usize::MAX;
    let above = if n == 0 { Vec::new() } else { patient.upwards(n - 1).take(2000).collect() };
    for at in above {
        let line = patient.line(at);
        let names = line.name.is_some().then_some((Kind::Name, line.column));
        for (this, column) in names.into_iter().chain(line.has_dash().then_some((Kind::Dash, line.indent))) {
            if column < within {
                within = column;
                if this == kind {
                    found.push(column);
                }
            }
        }
        if within == 0 {
            break;
        }
    }
    found.extend(below_opener(patient, n));
    found.sort_unstable();
    found.dedup();
    found
}

/// The column of what belongs to the line above, if that has a name and no value.
pub(super) fn below_opener(patient: &Patient<'_>, n: usize) -> Option<usize> {
    let above = patient.upwards(n.checked_sub(1)?).next()?;
    let line = patient.line(above);
    line.opens().then_some(line.column + 2)
}

/// A line that begins between the columns in which something could begin; alone, or with what belongs to it.
pub(super) fn moved(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let mut found = Vec::new();
    for n in patient.upwards(refused.line).take(3) {
        let line = patient.line(n);
        if line.name.is_none() && !line.has_dash() {
            continue;
        }
        let kind = if line.has_dash() { Kind::Dash } else { Kind::Name };
        let mut targets = places(patient, n, kind);
        if stands_well(patient, n, &targets) {
            continue;
        }
        if targets.is_empty() {
            targets.push(0);
        }
        targets.sort_by_key(|column| (column.abs_diff(line.indent), Reverse(*column)));
        for target in targets.into_iter().take(4) {
            found.push(move_to(patient, n, target, n));
            let last = belonging(patient, n);
            if last > n {
                found.push(move_to(patient, n, target, last));
            }
        }
    }
    found
}

/// An entry whose dash has lost or gained a space before it, while all that belongs to the entry stands where it should.
pub(super) fn dash_moved(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let Some(n) = patient.upwards(refused.line).take(3).find(|n| patient.line(*n).has_dash()) else { return Vec::new() };
    let entry = patient.line(n);
    let further_in: Vec<usize> = patient.below(n).take_while(|at| patient.line(*at).indent > entry.indent).collect();
    let Some(column) = further_in.first().map(|at| patient.line(*at).indent) else { return Vec::new() };
    let Some(target) = (entry.indent + column).checked_sub(entry.column) else { return Vec::new() };
    if entry.name.is_none() || !(1..=2).contains(&column.abs_diff(entry.column)) {
        return Vec::new();
    }
    let is_next = |at: &usize| patient.line(*at).has_dash() && patient.line(*at).indent <= target;
    let below: Vec<usize> = further_in.into_iter().take_while(|at| !is_next(at)).map(|at| patient.line(at).indent).collect();
    // Not if anything below goes with the dash as it stands, or with neither.
    let agreed = below.iter().all(|indent| *indent >= column && *indent != entry.column);
    let as_others = (0..patient.len()).any(|at| at != n && patient.counts(at) && patient.line(at).has_dash() && patient.line(at).indent == target);
    // People and editors make two spaces: an odd one is the slip.
    let usual = target % 2 == 0 && below.iter().filter(|indent| **indent == column).count() > 1;
    if agreed && (as_others || usual) { vec![move_to(patient, n, target, n)] } else { Vec::new() }
}

/// Whether the line begins in one of these columns, or anywhere further in than a line above that waits for it.
fn stands_well(patient: &Patient<'_>, n: usize, places: &[usize]) -> bool {
    let line = patient.line(n);
    let below = below_opener(patient, n).is_some_and(|column| line.indent + 2 > column || (line.has_dash() && line.indent + 2 == column));
    below || places.contains(&line.indent) || (places.is_empty() && line.indent == 0)
}

/// The last of the lines that stand further in than line `n` and follow it.
fn belonging(patient: &Patient<'_>, n: usize) -> usize {
    let indent = patient.line(n).indent;
    let blank = |at: usize| patient.line(at).text.trim().is_empty();
    (n + 1..patient.len()).take_while(|at| blank(*at) || patient.line(*at).indent > indent).filter(|at| !blank(*at)).last().unwrap_or(n)
}

fn move_to(patient: &Patient<'_>, n: usize, target: usize, last: usize) -> Diagnosis {
    let line = patient.line(n);
    let (off, side) = if line.indent < target { (target - line.indent, "left") } else { (line.indent - target, "right") };
    let message = match off {
        1 => format!("this line begins one space too far to the {side}"),
        _ => format!("this line begins {off} spaces too far to the {side}"),
    };
    let needs = match (target, line.indent) {
        (0, _) => "it needs no space before it".to_owned(),
        (_, has) => format!("it needs {} before it, and has {has}", n_of(target, "space", "spaces")),
    };
    let hint = if last > n { format!("{needs}; move the lines that belong to it by as much") } else { needs };
    let diagnosis = Diagnosis::new(&codes::NOT_YAML, n, line.indent..line.text.trim_end().len(), message).hint(hint);
    (n..=last).fold(diagnosis, |diagnosis, at| {
        let text = patient.line(at).text;
        let has = patient.line(at).indent;
        let spaces = if line.indent < target { has + off } else { has.saturating_sub(off) };
        diagnosis.repair(at, if text.trim().is_empty() { text.to_owned() } else { format!("{}{}", " ".repeat(spaces), text.trim_start_matches(' ')) })
    })
}

/// Text under a `|` that does not stand further in than the name above it, or not as far as its first line.
pub(super) fn block_text(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let Some(first) = patient.upwards(refused.line).take(40).filter(|n| !patient.begins_something(*n)).last_in_row(refused.line) else { return Vec::new() };
    let Some(opener) = (0..first).rev().find(|n| !patient.line(*n).says_nothing() && !patient.in_text(*n)) else { return Vec::new() };
    let head = patient.line(opener);
    if !head.opens_block_text() {
        return Vec::new();
    }
    let inside = (opener + 1..first).find(|n| patient.in_text(*n) && !patient.line(*n).text.trim().is_empty());
    let column = if head.name.is_some() { head.column } else { head.indent };
    let target = inside.map_or(column + 2, |n| patient.line(n).indent);
    let line = patient.line(first);
    let of = head.name.map_or_else(|| "this text".to_owned(), |name| format!("the text of `{name}`"));
    let message = match inside {
        None => format!("{of} begins here, and does not stand further in than the line above"),
        Some(_) => format!("this line belongs to {of}, and does not stand as far in as the lines before it"),
    };
    let hint = format!("put spaces before each line of the text: it needs {target}, and this line has {}", line.indent);
    let last =
        (first..patient.len()).take_while(|n| !patient.counts(*n) || !patient.begins_something(*n)).filter(|n| patient.counts(*n)).last().unwrap_or(first);
    let diagnosis = Diagnosis::new(&codes::NOT_YAML, first, line.indent..line.text.trim_end().len(), message).hint(hint);
    let repaired = (first..=last).filter(|n| !patient.line(*n).text.trim().is_empty());
    vec![repaired.fold(diagnosis, |diagnosis, n| {
        let line = patient.line(n);
        diagnosis.repair(n, format!("{}{}", " ".repeat(target.max(line.indent)), line.text.trim_start_matches(' ')))
    })]
}

/// The first of the lines that stand together at `end`, for lines that come from below.
trait LastInRow {
    fn last_in_row(self, end: usize) -> Option<usize>;
}

impl<I: Iterator<Item = usize>> LastInRow for I {
    fn last_in_row(self, end: usize) -> Option<usize> {
        let mut first = None;
        for n in self {
            if first.unwrap_or(end) > n + 3 {
                break;
            }
            first = Some(n);
        }
        first
    }
}

/// A line that is neither a name with a value nor an entry: text that should stand further in, or a remark.
pub(super) fn stray(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let lines = patient.upwards(refused.line).take(3).filter(|n| patient.line(*n).name.is_none() && !patient.line(*n).has_dash());
    let found = lines.map(|n| {
        let line = patient.line(n);
        let further = n.checked_sub(1).and_then(|above| patient.upwards(above).next()).map(|above| patient.line(above).column + 2);
        let goes_on = further.map_or(String::new(), |column| format!("if it goes on with the text above, put {column} spaces before it; "));
        let hint = format!("{goes_on}if it is a remark, begin it with `# `; if it is a field, a colon is missing: `name: value`");
        let remark = format!("{}# {}", &line.text[..line.indent], line.text.trim_start());
        Diagnosis::new(&codes::NOT_YAML, n, line.indent..line.text.trim_end().len(), "this line is neither `name: value` nor an entry that begins with a dash")
            .hint(hint)
            .repair(n, remark)
    });
    found.collect()
}
