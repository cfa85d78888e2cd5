//! What there is to take part in, held against one case: whom it asks for, whom it welcomes, and whom it cannot take.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::model::{BarrierStatus, Casebook, Ledger, Opportunity, ThemeKey};

/// Whether an opportunity fits a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    Fits,
    /// It is for people with something that is not recorded of this case.
    AsksForOthers,
    Excludes,
}

impl Fit {
    pub fn word(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::AsksForOthers => "asks for something else",
            Self::Excludes => "excludes",
        }
    }
}

/// An opportunity and one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched<'a> {
    pub opportunity: &'a Opportunity,
    pub fit: Fit,
    /// Whether it takes people with what others refuse this person for.
    pub welcomes: bool,
    /// Why, in words.
    pub why: Vec<String>,
    /// The last offer of this kind by this agency to the person: the day, and the answer if there is one.
    pub offered: Option<(NaiveDate, Option<String>)>,
}

/// All opportunities for a case: those that fit first, and of these those that welcome what others refuse. Nothing for a case that no meeting
/// knows.
pub fn opportunities_for<'a>(ledger: &Ledger<'a>, case: &str) -> Option<Vec<Matched<'a>>> {
    let book = ledger.book;
    let story = ledger.case(case)?;
    let mut has: BTreeSet<ThemeKey> = story.discussions.iter().flat_map(|(_, said)| &said.needs).copied().collect();
    has.extend(story.barriers().iter().filter(|thread| thread.status() != BarrierStatus::Resolved).map(|thread| thread.theme));
    let offers = || story.discussions.iter().rev().flat_map(|(meeting, said)| said.offers.iter().map(move |offer| (meeting.date, offer)));
    let matched = book.group.opportunities.iter().map(|opportunity| {
        let (fit, welcomes, why) = fit(book, opportunity, &has);
        let by = opportunity.by.as_deref().and_then(|id| book.group.find_agency(id));
        let same = offers().find(|(_, offer)| offer.kind == opportunity.kind && offer.by == by && by.is_some());
        Matched { opportunity, fit, welcomes, why, offered: same.map(|(date, offer)| (date, offer.accepted.clone())) }
    });
    let mut matched: Vec<Matched<'a>> = matched.collect();
    matched.sort_by(|a, b| (a.fit, !a.welcomes, &a.opportunity.what).cmp(&(b.fit, !b.welcomes, &b.opportunity.what)));
    Some(matched)
}

/// Whether it fits, whether it welcomes what others refuse, and why. What it cannot take comes before all else.
fn fit(book: &Casebook, opportunity: &Opportunity, has: &BTreeSet<ThemeKey>) -> (Fit, bool, Vec<String>) {
    let key = |id: &String| book.themes.iter().position(|theme| theme.id == *id).map(|at| ThemeKey(at as u32));
    let title = |key: ThemeKey| book.theme(key).title.clone();
    let of = |ids: &[String]| ids.iter().filter_map(key).filter(|key| has.contains(key)).map(title).collect::<Vec<_>>();
    let excluded = of(&opportunity.excludes);
    if !excluded.is_empty() {
        return (Fit::Excludes, false, excluded.into_iter().map(|title| format!("cannot take people with: {title}")).collect());
    }
    let asked = of(&opportunity.asks);
    if !opportunity.asks.is_empty() && asked.is_empty() {
        let wanted: Vec<String> = opportunity.asks.iter().map(|id| key(id).map_or_else(|| id.clone(), title)).collect();
        return (Fit::AsksForOthers, false, vec![format!("is for people with: {}", wanted.join("; "))]);
    }
    let welcomed = of(&opportunity.welcomes);
    let welcomes = !welcomed.is_empty();
    let mut why: Vec<String> = welcomed.into_iter().map(|title| format!("takes people with: {title}")).collect();
    why.extend(asked.into_iter().map(|title| format!("is for people with: {title}")));
    if why.is_empty() {
        why.push("is for anybody".to_owned());
    }
    (Fit::Fits, welcomes, why)
}
