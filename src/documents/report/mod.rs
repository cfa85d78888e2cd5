//! The report: main points first, then what they rest on.

mod findings;
mod trail;

use std::collections::BTreeMap;

use serde::Serialize;

use self::findings::{change_step, outline};
use self::trail::TrailView;
use super::charts::{BarView, ChartView, ShadeView, Shades, bars, small_multiples};
use super::outline::Head;
use super::template::Templates;
use super::view::{About, AnswersView, Fact, Few, LessonsView, Num, PageView, as_of, people, period};
use super::{Document, Made};

use crate::release::{ActionCounts, Answer, Audience, BarrierLine, Count, Released, ReportPage, StepLine, Sure};

/// The report as Markdown and as a page.
pub fn report_documents(templates: &Templates, page: &Released<ReportPage>) -> Made {
    let view = ReportView::new(templates, page);
    ["report.md", "report.html"].map(|name| Ok(Document { name: name.to_owned(), text: templates.render(name, &view)? })).into()
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
    /// Whether any of them has a bar.
    drawn: bool,
    quarters: Vec<String>,
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
    people: String,
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
            warning: Some(
                "These numbers count what was written down at meetings, for people who were discussed there. They are not all the people who meet a barrier."
                    .to_owned(),
            ),
            rule: page.rule,
            facts: facts(page, audience),
        };
        Self {
            page: PageView::new(templates, about, &outline),
            head: outline.by_id(),
            members: audience.is_members(),
            drawn: page.barriers.iter().any(|line| line.people.shown().is_some()),
            barriers: barriers(page, audience),
            quarters: page.quarters.names.clone(),
            lines: lines(page, audience),
            change: findings::change(page),
            charts,
            grid: grid(page),
            needs: needs(page),
            answers: AnswersView::new(None, &page.answers, trail::answers(audience)),
            answers_by_agency: Few::of(page.answers_by_agency.iter(), |row| AnswersView::new(Some(&row.agency), &row.answers, trail::answers(audience))),
            worked: LessonsView::new(&page.lessons.worked),
            did_not_work: LessonsView::new(&page.lessons.did_not_work),
            questions: LessonsView::new(&page.lessons.questions),
            steps: page.steps.iter().map(|step| in_words(step, audience)).collect(),
            actions: page.actions.as_ref().map(|counts| actions(counts, audience)).unwrap_or_default(),
            stages: page.stages.iter().map(|line| StageView { title: line.title.clone(), stage: line.stage.word().replace('-', " ") }).collect(),
            sure: page.sure.as_ref().map(sure).unwrap_or_default(),
            words: page.words.iter().map(|(title, definition)| WordView { title: title.clone(), definition: definition.clone() }).collect(),
            trail: page.trail.as_ref().map(|trail| TrailView::new(page, trail)),
        }
    }
}

fn facts(page: &ReportPage, audience: Audience) -> Vec<Fact> {
    let meetings = trail::meetings(audience).filter(|_| page.meetings > 0);
    let mut facts = vec![Fact::new("Meetings", page.meetings.to_string()).to(meetings)];
    let known = [("People discussed", page.people), ("Discussions", page.discussions), ("New", page.new_people), ("Closed", page.closed_people)];
    facts.extend(known.into_iter().map(|(name, count)| Fact::new(name, count.to_string()).to(meetings.filter(|_| !count.is_zero()))));
    facts.extend(as_of(page.as_of, audience).map(|day| Fact::new("Figures as of", day)));
    facts
}

fn barriers(page: &ReportPage, audience: Audience) -> Vec<BarrierView> {
    let bars = bars(page.barriers.iter().map(|line| (line.people, line.live)));
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
        seen: line.seen.map(|(first, last)| if first == last { first.to_string() } else { format!("{first} to {last}") }),
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
    let Some(step) = change_step(page) else { return Vec::new() };
    let lines = page.quarters.lines.iter().map(|(_, title, counts)| (title.as_str(), counts.as_slice()));
    small_multiples(&page.quarters.names, lines, step)
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
        key: shades.key(),
        more: (!more.is_empty()).then_some(more),
    })
}

fn needs(page: &ReportPage) -> Option<NeedsView> {
    let needs = page.needs.as_ref()?;
    let bars = bars(needs.needs.iter().map(|(_, people)| (*people, Count::Shown(0))));
    let rows = needs.needs.iter().zip(bars).map(|((title, people), bar)| NeedRow { title: title.clone(), people: people.to_string(), bar });
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
    format!("{}{at}: {} still held up; {why}.", step.title, people(step.people))
}

fn actions(counts: &ActionCounts, audience: Audience) -> Vec<Fact> {
    let fact = |name, count: Count| Fact::new(name, count.to_string()).to(trail::actions(audience).filter(|_| !count.is_zero()));
    vec![
        fact("Set", counts.set),
        fact("Done", counts.done),
        fact("Done late", counts.late),
        fact("Open", counts.open),
        fact("Overdue", counts.overdue),
        fact("Not possible: circumstances changed", counts.not_possible),
        fact("Not done by the agency", counts.not_done),
        fact("Superseded", counts.superseded),
        fact("Done, and worked", counts.worked),
        fact("Done, and worked in part", counts.partly),
        fact("Done, and did not work", counts.did_not_work),
        fact("Done, too soon to say", counts.too_soon),
    ]
}

fn sure(sure: &Sure) -> Vec<String> {
    vec![
        format!("In {} of {} discussions somebody recorded what the person thinks and wants.", sure.with_views, sure.discussions),
        format!("{} discussions name no barrier. That may mean that there was none, or that nobody wrote it down.", sure.without_barrier),
        format!(
            "Of {} barrier entries {} do not say whose rule or practice it is, and {} not what it keeps the person from.",
            sure.barriers, sure.barriers_without_agency, sure.barriers_without_service
        ),
    ]
}
