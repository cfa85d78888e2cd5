//! What the report found, in sentences: its headings and its main points. How it changed is told in `change`.

use super::super::numbers::{Alike, and, few, first_alike, listed, n_of, part_of, people, times, upper, verb};
use super::super::outline::{Outline, Sentence};
use super::super::view::as_of;
use super::{change, stage};
use crate::release::{ActionCounts, AnswerCounts, Audience, Count, ReportPage};

/// The sections in their order, each with the main point that it makes.
pub(super) fn outline(page: &ReportPage, audience: Audience) -> Outline {
    let mut outline = Outline::default();
    if page.meetings == 0 {
        outline.point(Sentence::of("No meeting of this period has discussed a case, so there is nothing to report yet."));
        return outline;
    }
    often(page, &mut outline);
    outline.section("change", change::heading(page));
    where_it_is_met(page, &mut outline);
    come_with_it(page, &mut outline);
    asked(page, &mut outline);
    lessons(page, audience, &mut outline);
    next(page, &mut outline);
    if let Some(actions) = page.actions.as_ref().filter(|actions| !actions.set.is_zero()) {
        done(actions, as_of(page.as_of, audience).as_deref(), &mut outline);
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
        Some(n) if first.people.shown() == Some(n) => ", still live for all of them by the last record".to_owned(),
        Some(n) if n > 0 => format!(", still live for {n} of them by the last record"),
        _ => String::new(),
    };
    let Some((alike, met)) = named_alike(page.barriers.iter().map(|line| (line.title.as_str(), line.people)), "barriers") else { return };
    outline.section("often", format!("{} {} met most often", upper(&alike.text), alike.verb("is", "are")));
    let sentence = if alike.named {
        Sentence::of(alike.verb("The barrier met most often is ", "The barriers met most often are ")).strong(alike.text.clone()).and(": ")
    } else {
        Sentence::of("").strong(upper(&alike.text)).and(" are met most often: ")
    };
    let each = alike.verb("", " each");
    // Of several barriers each has its own, which stand in the table.
    let still = alike.verb(still.as_str(), "");
    outline.point(sentence.strong(format!("{}{each}", people(met))).and(format!(" of {}{still}.", few(page.people))));
}

/// Titles in quotation marks that come first alike.
fn named_alike<'a>(titles: impl Iterator<Item = (&'a str, Count)>, many: &str) -> Option<(Alike, Count)> {
    let quoted: Vec<(String, Count)> = titles.map(|(title, count)| (format!("“{title}”"), count)).collect();
    first_alike(quoted.iter().map(|(title, count)| (title.as_str(), *count)), many)
}

fn come_with_it(page: &ReportPage, outline: &mut Outline) {
    let Some(needs) = &page.needs else { return };
    let Some((alike, count)) = named_alike(needs.needs.iter().map(|(need, count)| (need.as_str(), *count)), "needs") else { return };
    outline.section("needs", format!("{} {} with “{}” most often", upper(&alike.text), alike.verb("comes", "come"), needs.barrier));
    let met = Sentence::of("Of ").strong(people(needs.people)).and(format!(" who met “{}”, ", needs.barrier)).strong(few(count));
    outline.point(met.and(alike.verb(" lived with ", " lived with each of ")).strong(alike.text).and("."));
}

/// Where the number of those done is hidden, the others tell nothing that a sentence could say.
fn done(actions: &ActionCounts, day: Option<&str>, outline: &mut Outline) {
    if actions.done.shown().is_none() {
        outline.section("actions", "What became of the actions");
        return;
    }
    let done = upper(&part_of(actions.done, actions.set, ("action", "actions"), ("was done", "were done")));
    outline.section("actions", done.clone());
    outline.point(Sentence::default().strong(done).and(became(actions, day)).and("."));
}

/// What became of actions, after how many were done.
fn became(actions: &ActionCounts, day: Option<&str>) -> String {
    let late = if actions.late.is_zero() { String::new() } else { format!(", {} of them late", few(actions.late)) };
    let on = if day.is_some_and(|day| day.starts_with(|c: char| c.is_ascii_digit())) { "on" } else { "by" };
    let day = day.map_or(String::new(), |day| format!(" {on} {day}"));
    let overdue =
        if actions.overdue.is_zero() { String::new() } else { format!(" ({} {} overdue{day})", few(actions.overdue), verb(actions.overdue, "was", "were")) };
    let open = (!actions.open.is_zero()).then(|| format!("{} {} open{overdue}", few(actions.open), verb(actions.open, "is", "are")));
    let rest = listed(&[
        (actions.not_possible, "was not possible", "were not possible"),
        (actions.not_done, "was not done", "were not done"),
        (actions.superseded, "was superseded", "were superseded"),
    ]);
    let rest: Vec<String> = [open, rest].into_iter().flatten().collect();
    if rest.is_empty() { late } else { format!("{late}; {}", rest.join(", ")) }
}

fn where_it_is_met(page: &ReportPage, outline: &mut Outline) {
    let Some(grid) = page.grid.as_ref().filter(|grid| grid.agencies.len() > 1 && grid.rows.len() > 1) else { return };
    let all = grid.agencies.iter().map(|(agency, count)| (agency.as_str(), Count::Shown(*count)));
    let Some((alike, count)) = first_alike(all, "agencies") else { return };
    let each = alike.verb("", " each");
    // More than at any other is not most of all: few groups have such an agency.
    let begin = alike.verb("More people met a barrier at ", "The agencies at which people met a barrier most often are ");
    let end = alike.verb(" than at any other agency", "");
    outline.section("where", format!("{begin}{}{end}", alike.text));
    outline.point(Sentence::of(begin).strong(alike.text).and(format!("{end}: ")).strong(format!("{}{each}", people(count))).and("."));
}

fn asked(page: &ReportPage, outline: &mut Outline) {
    let answers = &page.answers;
    let came = came_of(answers);
    if answers.asked.is_zero() && !came.is_empty() {
        outline.section("asked", "Answers were recorded, but not who was asked");
        outline.point(Sentence::of("No record says that somebody was asked to move a barrier, yet there are ").strong("answers").and(format!("{came}.")));
        return;
    }
    if answers.asked.is_zero() {
        outline.section("asked", "Nobody has been asked to move a barrier yet");
        outline.point(Sentence::of("Nobody has been asked").and(" to move a barrier yet."));
        return;
    }
    let changed = if answers.changed_for_all.is_zero() { "none".to_owned() } else { few(answers.changed_for_all) };
    if page.published {
        // An edition counts people, each once for each barrier.
        outline.section("asked", format!("Somebody was asked for {}; {changed} changed a rule for all", people(answers.asked)));
        let sentence = Sentence::of("Somebody was asked to move a barrier for ").strong(people(answers.asked));
        outline.point(sentence.and(format!(", each counted once for each barrier{came}.")));
        return;
    }
    outline.section("asked", format!("Asking was recorded {}; {changed} changed a rule for all", times(answers.asked)));
    let sentence = Sentence::of("Somebody was asked to move a barrier ").strong(times(answers.asked));
    outline.point(sentence.and(format!("{came}.")));
}

/// What came of asking, with those still waiting, so that the answers add up to how often somebody was asked.
pub(in super::super) fn came_of(answers: &AnswerCounts) -> String {
    let came = listed(&[
        (answers.flexed_once, "flexed once", "flexed once"),
        (answers.changed_for_all, "changed for all", "changed for all"),
        (answers.refused, "refused", "refused"),
        (answers.no_reply, "with no reply", "with no reply"),
        (answers.waiting, "still waiting", "still waiting"),
    ]);
    came.map_or(String::new(), |came| format!(": {came}"))
}

fn lessons(page: &ReportPage, audience: Audience, outline: &mut Outline) {
    let (worked, not, questions) = (page.lessons.worked.all, page.lessons.did_not_work.all, page.lessons.questions.all);
    let members = audience.is_members();
    match (worked + not, questions) {
        (0, 0) => return outline.section("worked", if members { "No learning was recorded" } else { "No learning was marked as shareable" }),
        (0, _) => return outline.section("worked", "There are questions, but nothing yet that worked or did not"),
        _ => outline.section("worked", format!("What worked ({worked}) and what did not ({not})")),
    }
    outline.point(if members {
        let sentence = Sentence::of("The meetings wrote down ").strong(format!("{} that worked", n_of(worked, "thing", "things")));
        sentence.and(" and ").strong(format!("{not} that did not")).and(".")
    } else {
        let sentence = Sentence::default().strong(n_of(worked, "learning point", "learning points")).and(" on what worked may be shared, and ");
        sentence.strong(not.to_string()).and(" on what did not.")
    });
}

fn next(page: &ReportPage, outline: &mut Outline) {
    let agencies = page.steps.iter().filter(|step| Some(step.people) == page.steps.first().map(|first| first.people)).filter_map(|step| step.agency.as_deref());
    let mut agencies: Vec<&str> = agencies.collect();
    agencies.sort_unstable();
    agencies.dedup();
    outline.section("next", if (1..=3).contains(&agencies.len()) { format!("Ask {} next", and(&agencies)) } else { "What to do next".to_owned() });
    match (next_to_be_moved(page), furthest_on(page)) {
        (Some(moved), Some(furthest)) => outline.point(moved.and(format!(" {furthest}"))),
        (Some(moved), None) => outline.point(moved),
        (None, Some(furthest)) => outline.point(Sentence::of(furthest)),
        (None, None) => {}
    }
}

/// What comes first; nothing where a number that is hidden could be greater.
fn next_to_be_moved(page: &ReportPage) -> Option<Sentence> {
    let named: Vec<(String, Count)> = page.steps.iter().map(|step| (at(&step.title, step.agency.as_deref()), step.people)).collect();
    let (alike, held) = first_alike(named.iter().map(|(step, count)| (step.as_str(), *count)), "barriers").filter(|_| page.ranked)?;
    let sentence = Sentence::of("Next to be moved: ").strong(alike.text.clone()).and(alike.verb(", which still holds up ", ", which still hold up "));
    let each = alike.verb("", " each");
    Some(sentence.strong(format!("{} with an open case{each}", people(held))).and("."))
}

fn furthest_on(page: &ReportPage) -> Option<String> {
    let first = page.stages.first()?.stage;
    let furthest: Vec<String> = page.stages.iter().take_while(|line| line.stage == first).map(|line| format!("“{}”", line.title)).collect();
    let names = if furthest.len() > 3 { "Several barriers".to_owned() } else { and(&furthest.iter().map(String::as_str).collect::<Vec<_>>()) };
    Some(format!("{names} {} furthest on: {}.", if furthest.len() == 1 { "is" } else { "are" }, stage(first)))
}

/// A barrier, and at whom.
fn at(title: &str, agency: Option<&str>) -> String {
    agency.map_or_else(|| format!("“{title}”"), |agency| format!("“{title}” at {agency}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_actions_adds_up_and_goes_with_its_numbers() {
        let counts = |n: usize| {
            let [count, none] = [n, 0].map(Count::Shown);
            ActionCounts {
                set: Count::Shown(9),
                done: none,
                late: none,
                open: count,
                overdue: count,
                not_possible: count,
                not_done: count,
                superseded: none,
                worked: none,
                partly: none,
                did_not_work: none,
                too_soon: none,
            }
        };
        assert_eq!(became(&counts(0), Some("12 March 2026")), "");
        assert_eq!(became(&counts(1), Some("12 March 2026")), "; 1 is open (1 was overdue on 12 March 2026), 1 was not possible, 1 was not done");
        assert_eq!(became(&counts(2), Some("March 2026")), "; 2 are open (2 were overdue by March 2026), 2 were not possible, 2 were not done");
    }

    #[test]
    fn answers_and_those_who_wait_add_up() {
        let [asked, two, none, one] = [3, 2, 0, 1].map(Count::Shown);
        let answers = AnswerCounts { asked, flexed_once: two, changed_for_all: none, refused: none, no_reply: none, waiting: one };
        assert_eq!(came_of(&answers), ": 2 flexed once, 1 still waiting");
    }
}
