//! The report: main points first, then what they rest on.

mod change;
mod findings;

use std::collections::BTreeMap;

use serde::Serialize;

pub(super) use self::findings::came_of;
use self::findings::outline;
use super::charts::{BarView, ChartView, ShadeView, Shades, bars, small_multiples};
use super::numbers::{counted, few, people, quarter_in_short, upper, verb};
use super::outline::Head;
use super::template::Templates;
use super::trail::{self, TrailView};
use super::view::{About, AnswersView, Fact, Few, LessonsView, Num, PageView, as_of, day, period};
use super::{Document, Made};

use crate::analysis::{ActionFigure, QuarterOf};
use crate::release::{ActionCounts, Answer, Audience, BarrierLine, Count, Released, ReportPage, Stage, StepLine, Sure};

/// The report as Markdown and as a page.
pub fn report_documents(templates: &Templates, page: &Released<ReportPage>) -> Made {
    let view = ReportView::new(templates, page);
    ["report.md", "report.html"].map(|name| Ok(Document::text(name, templates.render(name, &view)?))).into()
}

/// What the templates of the report see.
pub fn report_data(templates: &Templates, page: &Released<ReportPage>) -> serde_json::Value {
    serde_json::to_value(ReportView::new(templates, page)).unwrap_or_default()
}

#[derive(Serialize)]
struct ReportView {
    page: PageView,
    /// The sections that the report has, by their ids.
    head: BTreeMap<String, Head>,
    /// Whether it is for members, who see agencies and what stands behind the numbers.
    members: bool,
    barriers: Vec<BarrierView>,
    /// Barriers whose number is hidden, for how many people each; in order of title.
    also: Option<Also>,
    /// Whether any of them has a bar.
    drawn: bool,
    /// Whether a bar is divided, and whether one is not.
    divided: bool,
    undivided: bool,
    quarters: Vec<String>,
    /// Whether one of them is cut by the period.
    cut: bool,
    lines: Vec<LineView>,
    change: String,
    charts: Vec<ChartView>,
    grid: Option<GridView>,
    needs: Option<NeedsView>,
    answers: AnswersView,
    answers_by_agency: Few<AnswersView>,
    worked: LessonsView,
    did_not_work: LessonsView,
    questions: LessonsView,
    steps: Vec<String>,
    actions: Vec<Fact>,
    stages: Vec<StageView>,
    sure: Vec<String>,
    words: Vec<WordView>,
    trail: Option<TrailView>,
    /// What a command takes to answer for the same period; nothing where the report covers everything.
    for_period: String,
}

#[derive(Serialize)]
struct Also {
    /// Such as `1 to 4`.
    people: String,
    barriers: Vec<BarrierView>,
}

#[derive(Serialize)]
struct BarrierView {
    title: String,
    people: Num,
    live: Num,
    eased: Num,
    resolved: Num,
    bar: BarView,
    services: String,
    agencies: String,
    seen: Option<String>,
}

#[derive(Serialize)]
struct LineView {
    title: String,
    counts: Vec<Num>,
}

#[derive(Serialize)]
struct GridView {
    agencies: Vec<String>,
    rows: Vec<GridRow>,
    /// People with any barrier, at each agency.
    any: Vec<Num>,
    key: Vec<ShadeView>,
    more: Option<String>,
}

#[derive(Serialize)]
struct GridRow {
    title: String,
    cells: Vec<GridCell>,
}

#[derive(Serialize)]
struct GridCell {
    number: Num,
    shade: usize,
}

#[derive(Serialize)]
struct NeedsView {
    barrier: String,
    rows: Vec<NeedRow>,
}

#[derive(Serialize)]
struct NeedRow {
    title: String,
    people: Num,
    bar: BarView,
}

#[derive(Serialize)]
struct StageView {
    title: String,
    stage: String,
}

#[derive(Serialize)]
struct WordView {
    title: String,
    definition: String,
}

impl ReportView {
    fn new(templates: &Templates, released: &Released<ReportPage>) -> Self {
        let page: &ReportPage = released;
        let audience = released.audience();
        let charts = charts(page);
        let outline = outline(page, audience);
        let about = About {
            kind: "Barriers report".to_owned(),
            title: "What keeps getting in the way".to_owned(),
            group: &page.group,
            contact: page.contact.as_deref(),
            audience,
            period: period(page.since, page.until, audience),
            as_of: as_of(page.as_of, audience),
            made_on: None,
            warning: Some(
                "These numbers count what was written down at meetings, for people who were discussed there. They are not all the people who meet a barrier."
                    .to_owned(),
            ),
            rule: page.rule,
            facts: facts(page, audience),
        };
        let (shown, hidden): (Vec<BarrierView>, Vec<BarrierView>) = barriers(page, audience).into_iter().partition(|row| row.bar.all.is_some());
        Self {
            page: PageView::new(templates, about, &outline),
            head: outline.by_id(),
            members: audience.is_members(),
            drawn: page.barriers.iter().any(|line| line.people.shown().is_some()),
            divided: shown.iter().any(|row| row.bar.part.is_some() || row.bar.rest.is_some()),
            undivided: shown.iter().any(|row| row.bar.plain.is_some()),
            barriers: shown,
            also: (!hidden.is_empty()).then(|| Also { people: also_people(page), barriers: hidden }),
            quarters: quarters(page, audience),
            cut: page.quarters.names.iter().any(|of| !of.is_whole()),
            lines: lines(page, audience),
            change: change::told(page),
            charts,
            grid: grid(page),
            needs: needs(page, audience),
            answers: AnswersView::new(None, &page.answers, trail::answers(audience)),
            answers_by_agency: Few::of(page.answers_by_agency.iter(), |row| AnswersView::new(Some(&row.agency), &row.answers, trail::answers(audience))),
            worked: LessonsView::new(&page.lessons.worked),
            did_not_work: LessonsView::new(&page.lessons.did_not_work),
            questions: LessonsView::new(&page.lessons.questions),
            steps: page.steps.iter().map(|step| in_words(step, audience)).collect(),
            actions: page.actions.as_ref().map(|counts| actions(counts, audience)).unwrap_or_default(),
            stages: page.stages.iter().map(|line| StageView { title: line.title.clone(), stage: stage(line.stage).to_owned() }).collect(),
            sure: page.sure.as_ref().map(sure).unwrap_or_default(),
            words: words(page),
            trail: page.trail.as_ref().map(|trail| TrailView::new(page, trail)),
            for_period: for_period(page),
        }
    }
}

/// How many people met each of the barriers whose number is hidden: in an edition, some are hidden for the sake of others.
fn also_people(page: &ReportPage) -> String {
    if page.published { "a number of".to_owned() } else { format!("1 to {}", page.rule.hide_up_to) }
}

fn for_period(page: &ReportPage) -> String {
    let ends = [("since", page.asked.since), ("until", page.asked.until)];
    ends.into_iter().filter_map(|(name, day)| day.map(|day| format!(" --{name} {day}"))).collect()
}

fn facts(page: &ReportPage, audience: Audience) -> Vec<Fact> {
    let meetings = trail::meetings(audience).filter(|_| page.meetings > 0);
    let mut facts = vec![Fact::new("Meetings", page.meetings.to_string()).to(meetings)];
    let known = [
        ("People discussed", page.people),
        ("Times a case was discussed", page.discussions),
        ("New cases", page.new_people),
        ("Cases closed", page.closed_people),
    ];
    facts.extend(known.into_iter().map(|(name, count)| Fact::new(name, count.to_string()).to(meetings.filter(|_| !count.is_zero()))));
    let set = audience.is_members().then(|| trail::figure(ActionFigure::Set).1);
    facts.extend(page.actions.as_ref().map(|counts| Fact::new("Actions agreed", counts.set.to_string()).to(set.filter(|_| !counts.set.is_zero()))));
    facts.extend(as_of(page.as_of, audience).map(|day| Fact::new("Figures as of", day)));
    facts
}

fn barriers(page: &ReportPage, audience: Audience) -> Vec<BarrierView> {
    // A bar is divided where it is known how: what is left of it would else stand for a number that is hidden.
    let known = |line: &BarrierLine| [line.live, line.eased, line.resolved].iter().all(|count| count.shown().is_some());
    let bars = bars(page.barriers.iter().map(|line| (line.people, if known(line) { line.live } else { Count::Hidden })));
    page.barriers.iter().zip(bars).map(|(line, bar)| barrier(line, bar, audience)).collect()
}

fn barrier(line: &BarrierLine, bar: BarView, audience: Audience) -> BarrierView {
    let anchor = audience.is_members().then(|| trail::of_barrier(&line.id));
    let number = |count| Num::new(count, anchor.as_deref());
    BarrierView {
        title: line.title.clone(),
        people: number(line.people),
        live: number(line.live),
        eased: number(line.eased),
        resolved: number(line.resolved),
        bar,
        services: a_few(&line.services, "; "),
        agencies: a_few(&line.agencies, "; "),
        seen: line.seen.map(|(first, last)| if first == last { day(first) } else { format!("{} to {}", day(first), day(last)) }),
    }
}

/// The first of many names, and how many there are beside them.
fn a_few(names: &[String], between: &str) -> String {
    const A_FEW: usize = 6;
    let named = names.iter().take(A_FEW).map(String::as_str).collect::<Vec<_>>().join(between);
    if names.len() > A_FEW { format!("{named} and {} more", names.len() - A_FEW) } else { named }
}

fn lines(page: &ReportPage, audience: Audience) -> Vec<LineView> {
    let quarters = &page.quarters;
    let numbers = |counts: &[Count], to: Option<&str>| counts.iter().map(|count| Num::new(*count, to)).collect();
    let line = |(id, title, counts): &(String, String, Vec<Count>)| {
        let anchor = audience.is_members().then(|| trail::of_barrier(id));
        LineView { title: title.clone(), counts: numbers(counts, anchor.as_deref()) }
    };
    let mut lines: Vec<LineView> = quarters.lines.iter().map(line).collect();
    if !lines.is_empty() {
        lines.push(LineView { title: "People with any barrier".to_owned(), counts: numbers(&quarters.any, trail::meetings(audience)) });
    }
    lines
}

fn charts(page: &ReportPage) -> Vec<ChartView> {
    let (Some(step), Some(whole)) = (change::step(page), change::compared(page)) else { return Vec::new() };
    let names: Vec<String> = page.quarters.names[whole.clone()].iter().map(|of| quarter_in_short(of.quarter)).collect();
    let lines = page.quarters.lines.iter().map(|(_, title, counts)| (title.as_str(), &counts[whole.clone()]));
    small_multiples(&names, lines, step)
}

fn quarters(page: &ReportPage, audience: Audience) -> Vec<String> {
    page.quarters.names.iter().map(|of| quarter_name(*of, audience)).collect()
}

/// A quarter, and which of its days count where these are not all; for others than members without the day, which can tell who was there.
fn quarter_name(of: QuarterOf, audience: Audience) -> String {
    let name = quarter_in_short(of.quarter);
    let day = |word: &str, date: Option<chrono::NaiveDate>| date.map(|date| format!(" {word} {}", date.format("%-d %B")));
    match (day("from", of.from), day("until", of.until)) {
        (None, None) => name,
        _ if !audience.is_members() => format!("{name}, in part"),
        (from, until) => format!("{name},{}{}", from.unwrap_or_default(), until.unwrap_or_default()),
    }
}

fn grid(page: &ReportPage) -> Option<GridView> {
    let grid = page.grid.as_ref().filter(|grid| grid.agencies.len() > 1 && grid.rows.len() > 1)?;
    let shades = Shades::up_to(grid.rows.iter().flat_map(|(_, _, people)| people).max().copied().unwrap_or(0));
    let cell = |id: &str, people: usize| GridCell { number: Num::new(Count::Shown(people), Some(&trail::of_barrier(id))), shade: shades.of(people) };
    let row = |(id, title, people): &(String, String, Vec<usize>)| GridRow { title: title.clone(), cells: people.iter().map(|n| cell(id, *n)).collect() };
    let more = [(grid.more_barriers, "barriers"), (grid.more_agencies, "agencies")].into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}"));
    let more = more.collect::<Vec<_>>().join(" and ");
    Some(GridView {
        agencies: grid.agencies.iter().map(|(name, _)| name.clone()).collect(),
        rows: grid.rows.iter().map(row).collect(),
        any: grid.agencies.iter().map(|(_, people)| Num::new(Count::Shown(*people), Some("behind-meetings"))).collect(),
        key: shades.key(),
        more: (!more.is_empty()).then_some(more),
    })
}

fn needs(page: &ReportPage, audience: Audience) -> Option<NeedsView> {
    let needs = page.needs.as_ref()?;
    let bars = bars(needs.needs.iter().map(|(_, people)| (*people, Count::Shown(0))));
    let to = audience.is_members().then(|| trail::of_barrier(&needs.id));
    let rows = needs.needs.iter().zip(bars).map(|((title, people), bar)| NeedRow { title: title.clone(), people: Num::new(*people, to.as_deref()), bar });
    Some(NeedsView { barrier: needs.barrier.clone(), rows: rows.collect() })
}

fn in_words(step: &StepLine, audience: Audience) -> String {
    let at = step.agency.as_ref().map_or(String::new(), |agency| format!(" at {agency}"));
    let why = match (step.answer, step.asked) {
        (Some(Answer::Refused), _) => "the answer was no: take it further up",
        (Some(Answer::NoReply), _) => "there was no reply: ask again, and say by when",
        (Some(Answer::FlexedOnce | Answer::ChangedForAll), _) => "the answer helped some: ask for the others",
        (None, true) if audience.is_members() => "somebody was asked, and no answer is recorded: ask for it",
        (None, true) => "some have been asked: ask for what came of it",
        (None, false) if audience.is_members() => "nobody has been asked to move it: ask",
        (None, false) => "ask who could move it",
    };
    let closed = if step.closed > 0 { format!(", and {} more whose case was closed", step.closed) } else { String::new() };
    format!("{}{at}: {} with an open case still held up{closed}; {why}.", step.title, people(step.people))
}

/// A stage as the end of a sentence: `is furthest on: a draft guide exists`.
pub(super) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Emerging => "it has been named",
        Stage::CommunityOfPractice => "a community of practice works on it",
        Stage::Workshop => "a workshop has worked on it",
        Stage::GuideDraft => "a draft guide exists",
        Stage::Published => "a guide is published",
        Stage::ReviewDue => "its guide is due to be read again",
    }
}

/// The words that the page uses: of the barriers, those whose number it shows.
fn words(page: &ReportPage) -> Vec<WordView> {
    let shown = |title: &String| page.barriers.iter().any(|line| line.title == *title && line.people.shown().is_some());
    let any = page.barriers.iter().any(|line| line.people.shown().is_some());
    let fixed = [
        (true, "Barrier", "Something the system does, or fails to do, that keeps a person from a service. It belongs to somebody who could change it."),
        (any, "Live, eased, resolved", "The barrier stands as before; it stands less in the way; it is gone for this person."),
        (
            !page.answers.flexed_once.is_zero() || !page.answers.changed_for_all.is_zero() || !page.answers.asked.is_zero(),
            "Flexed once, changed for all",
            "An agency made an exception for one person; or changed its rule or practice for everybody.",
        ),
    ];
    let fixed =
        fixed.into_iter().filter(|(used, ..)| *used).map(|(_, title, definition)| WordView { title: title.to_owned(), definition: definition.to_owned() });
    let defined =
        page.words.iter().filter(|(title, _)| shown(title)).map(|(title, definition)| WordView { title: title.clone(), definition: definition.clone() });
    fixed.chain(defined).collect()
}

fn actions(counts: &ActionCounts, audience: Audience) -> Vec<Fact> {
    let of = |figure| match figure {
        ActionFigure::Set => counts.set,
        ActionFigure::Done => counts.done,
        ActionFigure::Late => counts.late,
        ActionFigure::Open => counts.open,
        ActionFigure::Overdue => counts.overdue,
        ActionFigure::NotPossible => counts.not_possible,
        ActionFigure::NotDone => counts.not_done,
        ActionFigure::Superseded => counts.superseded,
        ActionFigure::Worked => counts.worked,
        ActionFigure::Partly => counts.partly,
        ActionFigure::DidNotWork => counts.did_not_work,
        ActionFigure::TooSoon => counts.too_soon,
    };
    let fact = |figure| {
        let (name, anchor) = trail::figure(figure);
        Fact::new(name, of(figure).to_string()).to((audience.is_members() && !of(figure).is_zero()).then_some(anchor))
    };
    ActionFigure::ALL.map(fact).into()
}

fn sure(sure: &Sure) -> Vec<String> {
    let without = match sure.without_barrier {
        none if none.is_zero() => "Every discussion names a barrier.".to_owned(),
        some => format!(
            "{} {} no barrier. That may mean that there was none, or that nobody wrote it down.",
            upper(&counted(some, "discussion", "discussions")),
            verb(some, "names", "name")
        ),
    };
    let whose = entries_say(sure.barriers_without_agency, "whose rule it is");
    let from = entries_say(sure.barriers_without_service, "what it keeps the person from");
    let said = match (sure.barriers_without_agency.is_zero(), sure.barriers_without_service.is_zero()) {
        _ if sure.barriers.is_zero() => None,
        (true, true) => Some("Every barrier entry says whose rule it is and what it keeps the person from.".to_owned()),
        _ => Some(format!("{whose} {from}")),
    };
    let views = format!(
        "In {} of {} somebody recorded what the person thinks and wants.",
        few(sure.with_views),
        counted(sure.discussions, "discussion", "discussions")
    );
    [Some(views), Some(without), said].into_iter().flatten().collect()
}

/// How many barrier entries do not say something.
fn entries_say(without: Count, what: &str) -> String {
    if without.is_zero() {
        return format!("Every barrier entry says {what}.");
    }
    format!("{} {} not say {what}.", upper(&counted(without, "barrier entry", "barrier entries")), verb(without, "does", "do"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_about_what_is_missing_go_with_their_numbers() {
        let say = |n| entries_say(Count::Shown(n), "whose rule it is");
        assert_eq!(say(0), "Every barrier entry says whose rule it is.");
        assert_eq!(say(1), "1 barrier entry does not say whose rule it is.");
        assert_eq!(say(2), "2 barrier entries do not say whose rule it is.");
        let of = |n: usize| {
            let [all, none] = [3, 0].map(Count::Shown);
            let said = Sure {
                discussions: all,
                with_views: none,
                without_barrier: Count::Shown(n),
                barriers: all,
                barriers_without_agency: none,
                barriers_without_service: none,
            };
            sure(&said)[1..].join(" ")
        };
        assert_eq!(of(0), "Every discussion names a barrier. Every barrier entry says whose rule it is and what it keeps the person from.");
        assert!(of(1).starts_with("1 discussion names no barrier.") && of(2).starts_with("2 discussions name no barrier."));
    }
}
