//! How the numbers changed through the quarters, in sentences. Only whole quarters are compared: one that the period cuts off has fewer
//! meetings, and would always seem to fall.

use std::ops::RangeInclusive;

use super::super::numbers::{people, quarter};
use crate::analysis::QuarterOf;
use crate::release::{Count, ReportPage};

/// Fewer than this many quarters are no trend.
const QUARTERS_FOR_A_TREND: usize = 3;
/// Fewer entries than this are too few to speak of a change.
const ENTRIES_FOR_A_TREND: usize = 20;
/// A smaller change than this is no trend, as the report itself says under "How sure we are".
const PEOPLE_FOR_A_TREND: usize = 3;

/// The places of the whole quarters, where there are enough of them. Only the first and the last can be cut.
pub(super) fn compared(page: &ReportPage) -> Option<RangeInclusive<usize>> {
    let names = &page.quarters.names;
    let (first, last) = (names.iter().position(|of| of.is_whole())?, names.iter().rposition(|of| of.is_whole())?);
    (last - first + 1 >= QUARTERS_FOR_A_TREND).then_some(first..=last)
}

/// The least change that is spoken of and drawn; nothing where there is too little to speak of any.
pub(super) fn step(page: &ReportPage) -> Option<usize> {
    let enough = compared(page).is_some() && page.quarters.occurrences.shown().is_some_and(|n| n >= ENTRIES_FOR_A_TREND);
    enough.then_some(if page.rule.round_to > 1 { 2 * page.rule.round_to } else { PEOPLE_FOR_A_TREND })
}

/// The line that changed most, with its numbers in the first and the last whole quarter.
struct Moved<'a> {
    title: &'a str,
    first: usize,
    last: usize,
}

impl Moved<'_> {
    fn by(&self) -> usize {
        self.first.abs_diff(self.last)
    }

    fn way(&self) -> &'static str {
        if self.first < self.last { "rose" } else { "fell" }
    }
}

fn moved_most(page: &ReportPage) -> Option<Moved<'_>> {
    let (step, ends) = (step(page)?, compared(page)?);
    let all = page
        .quarters
        .lines
        .iter()
        .filter_map(|(_, title, counts)| Some(Moved { title, first: counts.get(*ends.start())?.shown()?, last: counts.get(*ends.end())?.shown()? }));
    all.filter(|moved| moved.by() >= step).max_by(|a, b| a.by().cmp(&b.by()).then_with(|| b.title.cmp(a.title)))
}

/// In an edition the quarters stand on a page of their own, where they were audited together with all other numbers.
const ON_THEIR_PAGE: &str = "When people first met each barrier stands on the page of figures";

pub(super) fn heading(page: &ReportPage) -> String {
    if page.published {
        return ON_THEIR_PAGE.to_owned();
    }
    match (moved_most(page), step(page)) {
        (Some(moved), _) => format!("“{}” {} from {} to {} a quarter", moved.title, moved.way(), moved.first, people(Count::Shown(moved.last))),
        (None, Some(_)) if page.quarters.lines.is_empty() => "The numbers are too small to show a change".to_owned(),
        (None, Some(_)) => "Little has changed from the first to the last quarter".to_owned(),
        (None, None) => "It is too early to speak of a change".to_owned(),
    }
}

/// The change in a sentence; or that there is too little to speak of one.
pub(super) fn told(page: &ReportPage) -> String {
    if page.published {
        return format!("{ON_THEIR_PAGE}, quarter by quarter or year by year.");
    }
    let quarters = &page.quarters;
    let Some(ends) = compared(page) else { return too_few(&quarters.names) };
    if step(page).is_none() {
        return format!("There are too few entries in these quarters to speak of a change: it takes at least {ENTRIES_FOR_A_TREND}.");
    }
    if quarters.lines.is_empty() {
        return "No barrier was met by enough people in a quarter to show their number.".to_owned();
    }
    let told = match moved_most(page) {
        Some(moved) => {
            let name = |at: usize| quarter(quarters.names[at].quarter);
            let [before, after] = [moved.first, moved.last].map(|n| people(Count::Shown(n)));
            format!("“{}” {} from {before} in {} to {after} in {}.", moved.title, moved.way(), name(*ends.start()), name(*ends.end()))
        }
        None => "No barrier changed enough between the first and the last quarter to call it a change, or the numbers are too small to say.".to_owned(),
    };
    let cut = if quarters.names.iter().all(|of| of.is_whole()) { "" } else { " Only whole quarters are compared." };
    let rounded = if page.rule.round_to > 1 { " The numbers are rounded, so that small changes cannot be seen in them." } else { "" };
    format!("{told}{cut}{rounded}")
}

/// Why there is nothing to compare, by the quarters that are there.
fn too_few(names: &[QuarterOf]) -> String {
    let whole = names.iter().filter(|of| of.is_whole()).count();
    let takes = format!("to speak of a change takes at least {QUARTERS_FOR_A_TREND}");
    match (names.len(), whole) {
        (0, _) => "No barrier was recorded, so there is nothing to compare.".to_owned(),
        (1, 1) => format!("Barriers were recorded in one quarter only: {takes}."),
        (all, whole) if all == whole => format!("Barriers were recorded in {all} quarters: {takes}."),
        (_, 0) => format!("The period covers no whole quarter in which barriers were recorded: {takes}."),
        (_, 1) => format!("The period covers one whole quarter in which barriers were recorded: {takes}."),
        (_, whole) => format!("The period covers {whole} whole quarters in which barriers were recorded: {takes}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::Quarter;

    #[test]
    fn why_nothing_is_compared_goes_by_the_quarters_that_are_there() {
        let of = |cut: &[bool]| -> String {
            let day = chrono::NaiveDate::from_ymd_opt(2025, 10, 20);
            let name = |cut: &bool| QuarterOf { quarter: Quarter { year: 2025, number: 4 }, from: None, until: day.filter(|_| *cut) };
            too_few(&cut.iter().map(name).collect::<Vec<_>>())
        };
        assert_eq!(of(&[]), "No barrier was recorded, so there is nothing to compare.");
        assert_eq!(of(&[false]), "Barriers were recorded in one quarter only: to speak of a change takes at least 3.");
        assert_eq!(of(&[false, false]), "Barriers were recorded in 2 quarters: to speak of a change takes at least 3.");
        assert!(of(&[true]).starts_with("The period covers no whole quarter") && of(&[false, true]).starts_with("The period covers one whole quarter"));
        assert!(of(&[false, false, true]).starts_with("The period covers 2 whole quarters in which"));
    }
}
