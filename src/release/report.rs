//! The report on a period, for an audience.

use chrono::NaiveDate;

use super::Released;
use super::audience::Audience;
use super::count::{Count, CountRule, parts};
use super::guide::people;
use super::text::Lock;
use crate::analysis::{Answers, BarrierRow, Grid, Lesson, NextStep, Overview, QuarterOf, Trail, in_sentence};
use crate::model::{Answer, Casebook, LearningKind, Period, Stage};

/// The report as its audience may read it.
#[derive(Clone, Debug)]
pub struct ReportPage {
    pub group: String,
    pub contact: Option<String>,
    pub since: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// The last day that the figures know of.
    pub as_of: Option<NaiveDate>,
    /// The period as it was asked for.
    pub asked: Period,
    pub rule: CountRule,
    /// Meetings are no people: their number is shown to everybody.
    pub meetings: usize,
    pub people: Count,
    pub discussions: Count,
    pub new_people: Count,
    pub closed_people: Count,
    pub barriers: Vec<BarrierLine>,
    pub quarters: QuarterCounts,
    /// Members only: barriers by agency.
    pub grid: Option<Grid>,
    /// What comes with the first of the barriers.
    pub needs: Option<NeedsLine>,
    pub answers: AnswerCounts,
    /// Members only.
    pub answers_by_agency: Vec<AnswerLine>,
    /// Members and board.
    pub actions: Option<ActionCounts>,
    pub lessons: Lessons,
    pub steps: Vec<StepLine>,
    /// Whether the steps can be ranked: not where a number that is hidden could be greater than one that is shown.
    pub ranked: bool,
    pub stages: Vec<StageLine>,
    /// Members and board.
    pub sure: Option<Sure>,
    pub words: Vec<(String, String)>,
    /// Whether it is part of an edition, whose tables stand on a page of their own.
    pub published: bool,
    /// Members only: what the figures rest on.
    pub trail: Option<Trail>,
}

/// The needs of the people in whose way a barrier stood.
#[derive(Clone, Debug)]
pub struct NeedsLine {
    /// The barrier's id and title.
    pub id: String,
    pub barrier: String,
    pub people: Count,
    pub needs: Vec<(String, Count)>,
}

/// One barrier of the report.
#[derive(Clone, Debug)]
pub struct BarrierLine {
    /// The theme's id.
    pub id: String,
    pub title: String,
    /// People.
    pub people: Count,
    pub live: Count,
    pub eased: Count,
    pub resolved: Count,
    /// What it keeps people from, as it stands in a sentence.
    pub services: Vec<String>,
    /// Members only: whose it is, and when it was seen.
    pub agencies: Vec<String>,
    pub seen: Option<(NaiveDate, NaiveDate)>,
}

/// The most frequent barriers through the quarters; people.
#[derive(Clone, Debug)]
pub struct QuarterCounts {
    pub names: Vec<QuarterOf>,
    /// Id and title of each barrier.
    pub lines: Vec<(String, String, Vec<Count>)>,
    /// People with any barrier. One person may stand in several lines, so this is no sum of them.
    pub any: Vec<Count>,
    /// Barrier entries in the whole quarters: enough of them, or it is too early to speak of a change.
    pub occurrences: Count,
}

/// What came of asking.
#[derive(Clone, Copy, Debug)]
pub struct AnswerCounts {
    pub asked: Count,
    pub flexed_once: Count,
    pub changed_for_all: Count,
    pub refused: Count,
    pub no_reply: Count,
    /// Asked, and no answer on record.
    pub waiting: Count,
}

#[derive(Clone, Debug)]
pub struct AnswerLine {
    pub agency: String,
    pub answers: AnswerCounts,
}

/// What became of actions.
#[derive(Clone, Copy, Debug)]
pub struct ActionCounts {
    pub set: Count,
    pub done: Count,
    pub late: Count,
    pub open: Count,
    pub overdue: Count,
    pub not_possible: Count,
    pub not_done: Count,
    pub superseded: Count,
    pub worked: Count,
    pub partly: Count,
    pub did_not_work: Count,
    pub too_soon: Count,
}

/// The newest learning points of each kind, newest first, and how many there are beside them.
#[derive(Clone, Debug)]
pub struct Lessons {
    pub worked: LessonList,
    pub did_not_work: LessonList,
    pub questions: LessonList,
}

#[derive(Clone, Debug)]
pub struct LessonList {
    pub lines: Vec<LessonLine>,
    /// All of the kind that the audience may read, with those in `lines`. They are no people: their number is shown to everybody.
    pub all: usize,
    pub more: usize,
}

/// A learning point.
#[derive(Clone, Debug)]
pub struct LessonLine {
    pub kind: LearningKind,
    pub text: String,
    pub themes: Vec<String>,
    /// Members only: where it comes from.
    pub source: Option<Source>,
}

/// Where something comes from, for members.
#[derive(Clone, Debug)]
pub struct Source {
    pub id: Option<String>,
    pub case: String,
    pub date: NaiveDate,
}

/// A barrier that somebody could move next.
#[derive(Clone, Debug)]
pub struct StepLine {
    pub title: String,
    /// Members only.
    pub agency: Option<String>,
    /// People whose case is open.
    pub people: Count,
    /// Members only: people whose case was closed while it was live.
    pub closed: usize,
    pub asked: bool,
    pub answer: Option<Answer>,
}

/// A theme on its way to a guide.
#[derive(Clone, Debug)]
pub struct StageLine {
    pub title: String,
    pub stage: Stage,
}

/// What the figures rest on.
#[derive(Clone, Copy, Debug)]
pub struct Sure {
    pub discussions: Count,
    pub with_views: Count,
    pub without_barrier: Count,
    pub barriers: Count,
    pub barriers_without_agency: Count,
    pub barriers_without_service: Count,
}

/// Lets a report out to an audience.
pub fn release_report(book: &Casebook, facts: &Overview<'_>, trail: &Trail, audience: Audience) -> Released<ReportPage> {
    let rule = CountRule::of(audience, &book.group.publishing);
    let mut lock = Lock::new(book, audience);
    let count = |n| rule.count(n);
    let barriers = barrier_lines(facts, audience, rule);
    let members_or_board = audience != Audience::Public;
    let page = ReportPage {
        group: facts.group.clone(),
        contact: facts.contact.clone(),
        since: facts.barriers.since,
        until: facts.barriers.until,
        as_of: facts.as_of,
        asked: facts.asked,
        rule,
        meetings: facts.barriers.meetings,
        people: count(facts.barriers.people),
        discussions: count(facts.discussions),
        new_people: count(facts.new_people),
        closed_people: count(facts.closed_people),
        needs: barriers.first().and_then(|line| needs(facts, line, rule)),
        barriers,
        quarters: quarters(facts, rule),
        grid: audience.members(|| facts.grid.clone()),
        answers: answers(&facts.answers, rule),
        answers_by_agency: audience
            .members(|| facts.answers_by_agency.iter().map(|row| AnswerLine { agency: row.agency.clone(), answers: answers(&row.answers, rule) }).collect())
            .unwrap_or_default(),
        actions: members_or_board.then(|| actions(facts, rule)),
        lessons: lessons(&facts.lessons, audience, &mut lock),
        steps: steps(facts, audience, rule),
        ranked: ranked(facts, rule),
        stages: facts.stages.iter().map(|(_, title, stage)| StageLine { title: title.clone(), stage: *stage }).collect(),
        sure: members_or_board.then(|| sure(facts, rule)),
        words: facts.words.iter().filter_map(|(title, definition)| Some((title.clone(), lock.pass(definition, "a definition")?))).collect(),
        published: false,
        trail: audience.members(|| trail.clone()),
    };
    Released { page, audience, withheld: lock.withheld }
}

fn barrier_lines(facts: &Overview<'_>, audience: Audience, rule: CountRule) -> Vec<BarrierLine> {
    let name = |names: &std::collections::BTreeMap<String, String>, id: &String| names.get(id).unwrap_or(id).clone();
    let parts_of = |row: &BarrierRow| parts(rule, row.people, [row.live, row.eased, row.resolved]);
    let line = |row: &BarrierRow| BarrierLine {
        id: row.id.clone(),
        title: row.title.clone(),
        people: rule.count(row.people),
        live: parts_of(row)[0],
        eased: parts_of(row)[1],
        resolved: parts_of(row)[2],
        services: row.services.iter().map(|id| in_sentence(&name(&facts.service_names, id))).collect(),
        agencies: audience.members(|| row.agencies.iter().map(|id| name(&facts.agency_names, id)).collect()).unwrap_or_default(),
        seen: audience.members(|| (row.first_seen, row.last_seen)),
    };
    let mut lines: Vec<BarrierLine> = facts.barriers.rows.iter().map(line).collect();
    // By what is shown, not by what is true: the order of rows must not tell hidden or rounded numbers apart.
    lines.sort_by(|a, b| b.people.shown().cmp(&a.people.shown()).then_with(|| a.title.cmp(&b.title)));
    lines
}

fn quarters(facts: &Overview<'_>, rule: CountRule) -> QuarterCounts {
    let counts = |people: &[usize]| people.iter().map(|n| rule.count(*n)).collect();
    let mut lines: Vec<(String, String, Vec<Count>)> =
        facts.quarters.lines.iter().map(|line| (line.id.clone(), line.title.clone(), counts(&line.people))).collect();
    if rule.hide_up_to > 0 {
        // A line of nothing but hidden numbers says nothing, and the order of the others must not say more than they do.
        lines.retain(|(_, _, counts)| counts.iter().any(|count| count.shown().is_some_and(|n| n > 0)));
        lines.sort_by(|a, b| a.1.cmp(&b.1));
    }
    QuarterCounts { names: facts.quarters.quarters.clone(), lines, any: counts(&facts.quarters.any), occurrences: rule.count(facts.quarters.occurrences) }
}

pub(super) fn answers(answers: &Answers, rule: CountRule) -> AnswerCounts {
    let all = [answers.flexed_once, answers.changed_for_all, answers.refused, answers.no_reply, answers.waiting];
    let [flexed_once, changed_for_all, refused, no_reply, waiting] = parts(rule, answers.asked, all);
    AnswerCounts { asked: rule.count(answers.asked), flexed_once, changed_for_all, refused, no_reply, waiting }
}

fn actions(facts: &Overview<'_>, rule: CountRule) -> ActionCounts {
    let tally = &facts.actions;
    let [done, open, not_possible, not_done, superseded] =
        parts(rule, tally.set, [tally.done, tally.open, tally.not_possible, tally.not_done, tally.superseded]);
    // A part of a part that is hidden would tell the least that this can be.
    let within = |whole: Count, of: usize, n: usize| match whole {
        Count::Hidden if n > 0 => Count::Hidden,
        _ => parts(rule, of, [n, of.saturating_sub(n)])[0],
    };
    let said = tally.worked + tally.partly + tally.did_not_work + tally.too_soon;
    let outcomes = [tally.worked, tally.partly, tally.did_not_work, tally.too_soon, tally.done.saturating_sub(said)];
    let [worked, partly, did_not_work, too_soon, _] = match done {
        Count::Hidden => outcomes.map(|n| if n > 0 { Count::Hidden } else { Count::Shown(0) }),
        Count::Shown(_) => parts(rule, tally.done, outcomes),
    };
    ActionCounts {
        set: rule.count(tally.set),
        done,
        late: within(done, tally.done, tally.late),
        open,
        overdue: within(open, tally.open, tally.overdue),
        not_possible,
        not_done,
        superseded,
        worked,
        partly,
        did_not_work,
        too_soon,
    }
}

/// Which barrier is the first is decided by what is shown, and so is the order of its needs.
fn needs(facts: &Overview<'_>, first: &BarrierLine, rule: CountRule) -> Option<NeedsLine> {
    first.people.shown()?;
    let all: Vec<(String, usize)> = facts.needs.get(&first.id)?.iter().map(|need| (need.title.clone(), need.people)).collect();
    let needs: Vec<(String, Count)> = people(&all, rule).into_iter().take(NEEDS).collect();
    (!needs.is_empty()).then(|| NeedsLine { id: first.id.clone(), barrier: first.title.clone(), people: first.people, needs })
}

/// How many needs are named beside a barrier.
const NEEDS: usize = 8;
/// How many learning points of a kind a page can hold.
const LESSONS: usize = 12;

/// Members read every learning point; others those that a person has said may be read. They come oldest first.
pub(super) fn lessons(lessons: &[Lesson<'_>], audience: Audience, lock: &mut Lock) -> Lessons {
    let mut may_be_read = |lesson: &&Lesson<'_>| audience.is_members() || (lesson.shareable && lock.pass(lesson.text.trim(), "a learning point").is_some());
    let read: Vec<&Lesson<'_>> = lessons.iter().filter(|lesson| may_be_read(lesson)).collect();
    let list = |kind| {
        let of_kind: Vec<&Lesson<'_>> = read.iter().filter(|lesson| lesson.kind == kind).copied().collect();
        LessonList {
            lines: of_kind.iter().rev().take(LESSONS).map(|lesson| lesson_line(lesson, audience)).collect(),
            all: of_kind.len(),
            more: of_kind.len().saturating_sub(LESSONS),
        }
    };
    Lessons { worked: list(LearningKind::Worked), did_not_work: list(LearningKind::DidNotWork), questions: list(LearningKind::Question) }
}

fn lesson_line(lesson: &Lesson<'_>, audience: Audience) -> LessonLine {
    LessonLine {
        kind: lesson.kind,
        text: lesson.text.trim().to_owned(),
        themes: lesson.themes.iter().map(|title| (*title).to_owned()).collect(),
        source: audience.members(|| Source { id: lesson.id.map(str::to_owned), case: lesson.case.to_owned(), date: lesson.date }),
    }
}

/// Members see a step for each agency. For others it is one for each barrier, with no word of what an agency answered.
fn steps(facts: &Overview<'_>, audience: Audience, rule: CountRule) -> Vec<StepLine> {
    if audience.is_members() {
        let line = |step: &NextStep| StepLine {
            title: step.title.clone(),
            agency: step.agency.clone(),
            people: rule.count(step.people),
            closed: step.closed,
            asked: step.asked,
            answer: step.answer,
        };
        return facts.next_steps.iter().map(line).collect();
    }
    let open = facts.barriers.rows.iter().map(|row| (row, held_up(facts, row, rule))).filter(|(_, people)| people.shown().is_some_and(|n| n > 0));
    let mut lines: Vec<StepLine> = open
        .map(|(row, people)| StepLine { title: row.title.clone(), agency: None, people, closed: 0, asked: row.asked > rule.hide_up_to, answer: None })
        .collect();
    lines.sort_by(|a, b| b.people.shown().cmp(&a.people.shown()).then_with(|| a.title.cmp(&b.title)));
    lines
}

/// People with an open case whom a barrier still holds up, where that is to be shown.
fn held_up(facts: &Overview<'_>, row: &BarrierRow, rule: CountRule) -> Count {
    if parts(rule, row.people, [row.live, row.eased, row.resolved])[0] == Count::Hidden {
        return Count::Hidden;
    }
    // Open and closed cases are parts of a number that the page shows: neither may tell the other.
    parts(rule, row.live, facts.held_up.get(&row.id).copied().unwrap_or_default())[0]
}

/// A barrier that too few people met to show their number holds up fewer than any that is shown.
fn ranked(facts: &Overview<'_>, rule: CountRule) -> bool {
    facts.barriers.rows.iter().all(|row| rule.count(row.people) == Count::Hidden || held_up(facts, row, rule) != Count::Hidden)
}

fn sure(facts: &Overview<'_>, rule: CountRule) -> Sure {
    let sure = &facts.sureness;
    Sure {
        discussions: rule.count(sure.discussions),
        with_views: rule.count(sure.with_views),
        without_barrier: rule.count(sure.without_barrier),
        barriers: rule.count(sure.barriers),
        barriers_without_agency: rule.count(sure.barriers_without_agency),
        barriers_without_service: rule.count(sure.barriers_without_service),
    }
}
