//! What the report found, in sentences: its headings and its main points.

use super::super::outline::{Outline, Sentence};
use super::super::view::{people, times};
use crate::release::{Audience, Count, ReportPage};

/// Fewer than this many quarters are no trend.
const QUARTERS_FOR_A_TREND: usize = 3;
/// Fewer entries than this are too few to speak of a change.
const ENTRIES_FOR_A_TREND: usize = 20;

/// The sections in their order, each with the main point that it makes.
pub(super) fn outline(page: &ReportPage, audience: Audience) -> Outline {
    let mut outline = Outline::default();
    if page.meetings == 0 {
        outline.point(Sentence::of("No meeting of this period has discussed a case, so there is nothing to report yet."));
        return outline;
    }
    often(page, &mut outline);
    outline.section("change", change_heading(page));
    where_it_is_met(page, &mut outline);
    if let Some(needs) = &page.needs
        && let Some((need, count)) = needs.needs.first()
    {
        outline.section("needs", format!("{need} comes with it most often"));
        outline.point(
            Sentence::of("Of ")
                .strong(people(needs.people))
                .and(" who met it, ")
                .strong(count.to_string())
                .and(" lived with ")
                .strong(format!("“{need}”"))
                .and("."),
        );
    }
    asked(page, &mut outline);
    lessons(page, audience, &mut outline);
    next(page, &mut outline);
    if let Some(actions) = page.actions.as_ref().filter(|actions| !actions.set.is_zero()) {
        outline.section("actions", format!("{} of {} actions were done", actions.done, actions.set));
        let late = Sentence::of("Of ").strong(format!("{} actions", actions.set)).and(" ").strong(format!("{} were done", actions.done));
        let late = late.and(format!(", {} of them late; {} are open, ", actions.late, actions.open));
        outline.point(late.strong(format!("{} of these overdue", actions.overdue)).and("."));
    }
    outline.section("sure", "How sure we are");
    outline.section("words", "Words we use");
    if page.trail.is_some() {
        outline.section("from", "Where the numbers come from");
    }
    outline
}

fn often(page: &ReportPage, outline: &mut Outline) {
    let Some(first) = page.barriers.first() else {
        outline.section("often", "No barrier was recorded");
        outline.point(Sentence::of("The meetings recorded ").strong("no barrier").and("."));
        return;
    };
    if first.people.shown().is_none() {
        outline.section("often", "What gets in the way");
        outline.point(Sentence::of("Barriers were recorded, for too few people to show a number."));
        return;
    }
    let still = match first.live.shown().filter(|_| page.rule.round_to == 1) {
        Some(n) if first.people.shown() == Some(n) => ", all of them still".to_owned(),
        Some(n) if n > 0 => format!(", {n} of them still"),
        _ => String::new(),
    };
    outline.section("often", format!("“{}” is met most often", first.title));
    let sentence = Sentence::of("The barrier met most often is ").strong(format!("“{}”", first.title)).and(": ");
    outline.point(sentence.strong(people(first.people)).and(format!(" of {}{still}.", page.people)));
}

/// The least change that is spoken of and drawn; nothing where there is too little to speak of any.
pub(super) fn change_step(page: &ReportPage) -> Option<usize> {
    let enough = page.quarters.names.len() >= QUARTERS_FOR_A_TREND && page.occurrences.shown().is_some_and(|n| n >= ENTRIES_FOR_A_TREND);
    enough.then_some(2 * page.rule.round_to)
}

/// The line that changed most between the first and the last quarter: title, first and last number.
fn moved_most(page: &ReportPage) -> Option<(&str, usize, usize)> {
    let step = change_step(page)?;
    let moved = |(_, title, counts): &'_ (String, String, Vec<Count>)| {
        let (first, last) = (counts.first()?.shown()?, counts.last()?.shown()?);
        (first.abs_diff(last) >= step).then_some((first.abs_diff(last), title.clone(), first, last))
    };
    let most = page.quarters.lines.iter().filter_map(moved).max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)))?;
    let title = page.quarters.lines.iter().find(|line| line.1 == most.1)?.1.as_str();
    Some((title, most.2, most.3))
}

fn change_heading(page: &ReportPage) -> String {
    match (moved_most(page), change_step(page)) {
        (Some((title, first, last)), _) => format!("“{title}” {} from {first} to {last} people a quarter", way(first, last)),
        (None, Some(_)) if page.quarters.lines.is_empty() => "The numbers are too small to show a change".to_owned(),
        (None, Some(_)) => "Little has changed from quarter to quarter".to_owned(),
        (None, None) => "It is too early to speak of a change".to_owned(),
    }
}

fn way(first: usize, last: usize) -> &'static str {
    if first < last { "rose" } else { "fell" }
}

/// The change in a sentence; or that there is too little to speak of one.
pub(super) fn change(page: &ReportPage) -> String {
    let quarters = &page.quarters;
    if quarters.names.len() < QUARTERS_FOR_A_TREND {
        return "The period is too short to speak of a change: it takes at least three quarters.".to_owned();
    }
    if change_step(page).is_none() {
        return format!("There are too few entries to speak of a change: it takes at least {ENTRIES_FOR_A_TREND}.");
    }
    if quarters.lines.is_empty() {
        return "No barrier was met by enough people in a quarter to show their number.".to_owned();
    }
    let rounded = if page.rule.round_to > 1 { " The numbers are rounded, so that small changes cannot be seen in them." } else { "" };
    let told = match moved_most(page) {
        Some((title, first, last)) => {
            let ends = (&quarters.names[0], &quarters.names[quarters.names.len() - 1]);
            format!("“{title}” {} from {first} to {last} people between {} and {}.", way(first, last), ends.0, ends.1)
        }
        None => "No barrier changed enough between the first and the last quarter to call it a change, or the numbers are too small to say.".to_owned(),
    };
    told + rounded
}

fn where_it_is_met(page: &ReportPage, outline: &mut Outline) {
    let Some(grid) = page.grid.as_ref().filter(|grid| grid.agencies.len() > 1 && grid.rows.len() > 1) else { return };
    let (agency, count) = &grid.agencies[0];
    outline.section("where", format!("{agency} is where most people meet one"));
    outline.point(Sentence::of("Most people met a barrier at ").strong(agency.clone()).and(": ").strong(people(Count::Shown(*count))).and("."));
}

fn asked(page: &ReportPage, outline: &mut Outline) {
    let answers = &page.answers;
    if answers.asked.is_zero() {
        outline.section("asked", "Nobody has been asked to move a barrier yet");
        outline.point(Sentence::of("Nobody has been asked").and(" to move a barrier yet."));
        return;
    }
    outline.section("asked", format!("Asking was recorded {}; {} changed a rule for all", times(answers.asked), answers.changed_for_all));
    let sentence = Sentence::of("Somebody was asked to move a barrier ").strong(times(answers.asked));
    outline.point(sentence.and(format!(
        ": {} flexed once, {} changed for all, {} refused, {} gave no reply.",
        answers.flexed_once, answers.changed_for_all, answers.refused, answers.no_reply
    )));
}

fn lessons(page: &ReportPage, audience: Audience, outline: &mut Outline) {
    let (worked, not) = (page.lessons.worked.all, page.lessons.did_not_work.all);
    if worked.is_zero() && not.is_zero() {
        outline.section("worked", if audience.is_members() { "No learning was recorded" } else { "No learning was marked as shareable" });
        return;
    }
    outline.section("worked", format!("What worked ({worked}) and what did not ({not})"));
    let sentence = Sentence::of("The meetings wrote down ").strong(format!("{worked} things that worked"));
    outline.point(sentence.and(" and ").strong(format!("{not} that did not")).and("."));
}

fn next(page: &ReportPage, outline: &mut Outline) {
    let Some(first) = page.steps.first() else {
        outline.section("next", "What to do next");
        return;
    };
    match &first.agency {
        Some(agency) => outline.section("next", format!("Ask {agency} next")),
        None => outline.section("next", "What to do next"),
    }
    let at = first.agency.as_ref().map_or(String::new(), |agency| format!(" at {agency}"));
    let sentence = Sentence::of("Next to be moved: ").strong(format!("“{}”{at}", first.title)).and(", which still holds up ");
    let sentence = sentence.strong(people(first.people)).and(".");
    outline.point(match page.stages.first() {
        Some(stage) => sentence.and(format!(" “{}” has come furthest on its way to a guide: {}.", stage.title, stage.stage.word().replace('-', " "))),
        None => sentence,
    });
}
