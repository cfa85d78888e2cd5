//! The best-practice guide on a theme, for an audience.

use chrono::NaiveDate;

use super::Released;
use super::audience::Audience;
use super::count::{Count, CountRule, parts};
use super::report::{AnswerCounts, AnswerLine, Lessons, Source, answers, lessons};
use super::text::{Lock, Withheld};
use crate::analysis::{Evidence, EvidenceSource, GuideFacts, Newest, Sight, StatementFacts};
use crate::model::{Casebook, Guide, LearningKind, Outcome, Picture, Stage, ThemeKind};

/// The guide as its audience may read it.
#[derive(Clone, Debug)]
pub struct GuidePage {
    pub group: String,
    pub contact: Option<String>,
    pub rule: CountRule,
    /// The theme's id, for the name of the file.
    pub id: String,
    pub title: String,
    pub kind: ThemeKind,
    pub stage: Option<Stage>,
    pub since: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub meetings: usize,
    /// People who met the barrier; nothing when nobody has, or the theme is no barrier.
    pub people: Option<Count>,
    pub live: Count,
    pub eased: Count,
    pub resolved: Count,
    pub definition: Option<String>,
    pub include: Option<String>,
    pub exclude: Option<String>,
    pub prose: Prose,
    /// What it keeps people from; people.
    pub services: Vec<(String, Count)>,
    pub causes: Vec<(String, Count)>,
    /// Members only: rules as agencies word them.
    pub rules: Vec<(String, Option<String>, Count)>,
    pub answers: AnswerCounts,
    /// Members only.
    pub answers_by_agency: Vec<AnswerLine>,
    pub needs: Vec<(String, Count)>,
    pub barriers: Vec<(String, Count)>,
    /// Members only: what people said.
    pub voices: Vec<VoiceLine>,
    pub lessons: Lessons,
    /// Members only: what was tried, and what came of it.
    pub tried: Vec<SupportLine>,
    /// Members only: what sessions recommended, to whom, and the reply.
    pub recommendations: Vec<(String, Option<String>, Option<String>)>,
    /// Sessions of the community of practice and workshops: kind and day. For others than members the number alone is in `n_sessions`.
    pub sessions: Vec<(String, NaiveDate)>,
    pub n_sessions: usize,
    pub statements: Vec<StatementLine>,
    /// The short version: sentences with what the picture beside each shows.
    pub short: Vec<(String, Option<Picture>)>,
    /// Who of its readers has signed it off.
    pub short_signed_off_by: Option<String>,
    /// Members only: the newest entries behind the figures.
    pub entries: Option<Newest<Sight>>,
}

/// What people wrote for the guide; Markdown. A text that is missing is a gap for a person to fill.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    pub audience: Vec<String>,
    pub made_by: Vec<String>,
    pub legal_check: Option<(Option<String>, Option<NaiveDate>)>,
    pub approved_by: Option<String>,
    pub edition: Option<String>,
    pub published_on: Option<NaiveDate>,
    pub review_date: Option<NaiveDate>,
    pub why_this_guide: Option<String>,
    pub what_people_told_us: Option<String>,
    pub what_the_law_says: Option<String>,
    pub managing_the_risk: Option<String>,
    pub questions_to_ask: Option<String>,
    pub information_sharing: Option<String>,
    pub when_to_escalate: Option<String>,
    pub example: Option<String>,
    pub contacts: Option<String>,
    pub how_it_was_made: Option<String>,
}

/// One statement of the guide.
#[derive(Clone, Debug)]
pub struct StatementLine {
    /// Members only: how it is called, by its id or its place in the list.
    pub name: Option<String>,
    pub section: String,
    pub says: String,
    pub who: Vec<String>,
    /// How many things it rests on.
    pub n_evidence: usize,
    /// Members only: what they are.
    pub evidence: Vec<SupportLine>,
}

/// Something that a statement rests on, or that was tried; for members.
#[derive(Clone, Debug)]
pub struct SupportLine {
    /// What it is, such as "worked" or "an action, done".
    pub kind: String,
    pub text: String,
    pub source: Source,
}

/// What a person said; for members.
#[derive(Clone, Debug)]
pub struct VoiceLine {
    pub says: String,
    pub source: Source,
}

/// Lets a guide out to an audience.
pub fn release_guide(book: &Casebook, facts: &GuideFacts<'_>, audience: Audience) -> Released<GuidePage> {
    let rule = CountRule::of(audience, &book.group.publishing);
    let mut lock = Lock::new(book, audience);
    let theme = facts.theme;
    let row = facts.row.as_ref();
    let [live, eased, resolved] = row.map_or([Count::Shown(0); 3], |row| parts(rule, row.people, [row.live, row.eased, row.resolved]));
    let text = |text: &Option<String>, what: &str, lock: &mut Lock| text.as_deref().and_then(|text| lock.pass(text.trim(), what));
    let page = GuidePage {
        group: facts.group.clone(),
        contact: facts.contact.clone(),
        rule,
        id: theme.id.clone(),
        title: theme.title.clone(),
        kind: theme.kind,
        stage: theme.stage,
        since: facts.report.since,
        until: facts.report.until,
        meetings: facts.report.meetings,
        people: row.map(|row| rule.count(row.people)),
        live,
        eased,
        resolved,
        definition: text(&theme.definition, "the definition", &mut lock),
        include: text(&theme.include, "when to use the theme", &mut lock),
        exclude: text(&theme.exclude, "when not to use the theme", &mut lock),
        prose: theme.guide.as_ref().map(|guide| prose(guide, audience, &mut lock)).unwrap_or_default(),
        services: people(&facts.services, rule),
        causes: people(&facts.causes.iter().filter_map(|(cause, n)| Some((lock.pass(cause, "a cause")?, *n))).collect::<Vec<_>>(), rule),
        rules: audience.members(|| facts.rules.iter().map(|(text, agency, n)| (text.clone(), agency.clone(), rule.count(*n))).collect()).unwrap_or_default(),
        answers: answers(&facts.answers, rule),
        answers_by_agency: audience
            .members(|| facts.answers_by_agency.iter().map(|row| AnswerLine { agency: row.agency.clone(), answers: answers(&row.answers, rule) }).collect())
            .unwrap_or_default(),
        needs: people(&companions(&facts.needs), rule),
        barriers: people(&companions(&facts.barriers), rule),
        voices: audience.members(|| voices(facts)).unwrap_or_default(),
        lessons: lessons(&facts.lessons, audience, &mut lock),
        tried: audience.members(|| tried(facts)).unwrap_or_default(),
        recommendations: audience
            .members(|| facts.recommendations.iter().map(|said| (said.text.clone(), said.owner.clone(), said.reply.clone())).collect())
            .unwrap_or_default(),
        sessions: audience.members(|| facts.sessions.iter().map(|held| (held.kind.clone(), held.date)).collect()).unwrap_or_default(),
        n_sessions: facts.sessions.len(),
        statements: facts.statements.iter().filter_map(|statement| statement_line(statement, audience, &mut lock)).collect(),
        short: theme
            .guide
            .iter()
            .flat_map(|guide| &guide.short)
            .filter_map(|line| Some((lock.pass(line.says.trim(), "a sentence of the short version")?, line.picture)))
            .collect(),
        short_signed_off_by: theme.guide.as_ref().and_then(|guide| text(&guide.short_signed_off_by, "`short_signed_off_by`", &mut lock)),
        entries: audience.members(|| facts.entries.clone()),
    };
    Released { page, audience, withheld: lock.withheld }
}

fn companions(companions: &[crate::analysis::Companion]) -> Vec<(String, usize)> {
    companions.iter().map(|other| (other.title.clone(), other.people)).collect()
}

/// Names with people; where numbers are hidden, those that stay hidden are left out, and the order follows what is shown.
pub(super) fn people(named: &[(String, usize)], rule: CountRule) -> Vec<(String, Count)> {
    let mut counted: Vec<(String, Count)> = named.iter().map(|(name, n)| (name.clone(), rule.count(*n))).collect();
    if rule.hide_up_to > 0 {
        counted.retain(|(_, count)| count.shown().is_some());
        counted.sort_by(|a, b| b.1.shown().cmp(&a.1.shown()).then_with(|| a.0.cmp(&b.0)));
    }
    counted
}

/// An example of fewer people tells of them.
const COMPOSITE: u32 = 3;

fn prose(guide: &Guide, audience: Audience, lock: &mut Lock) -> Prose {
    let is_composite = guide.example_people.is_some_and(|people| people >= COMPOSITE);
    let may_leave = audience.is_members() || is_composite;
    if !may_leave && guide.example.is_some() {
        lock.withheld.push(Withheld { what: "`example`".to_owned(), why: "`example_people` does not say that it is put together from three people or more" });
    }
    let mut text = |text: &Option<String>, what: &str| text.as_deref().filter(|text| !text.trim().is_empty()).and_then(|text| lock.pass(text.trim(), what));
    Prose {
        why_this_guide: text(&guide.why_this_guide, "`why_this_guide`"),
        what_people_told_us: text(&guide.what_people_told_us, "`what_people_told_us`"),
        what_the_law_says: text(&guide.what_the_law_says, "`what_the_law_says`"),
        managing_the_risk: text(&guide.managing_the_risk, "`managing_the_risk`"),
        questions_to_ask: text(&guide.questions_to_ask, "`questions_to_ask`"),
        information_sharing: text(&guide.information_sharing, "`information_sharing`"),
        when_to_escalate: text(&guide.when_to_escalate, "`when_to_escalate`"),
        example: text(&guide.example.clone().filter(|_| may_leave), "`example`"),
        contacts: text(&guide.contacts, "`contacts`"),
        how_it_was_made: text(&guide.how_it_was_made, "`how_it_was_made`"),
        approved_by: text(&guide.approved_by, "`approved_by`"),
        edition: text(&guide.edition, "`edition`"),
        audience: guide.audience.iter().filter_map(|who| text(&Some(who.clone()), "`audience`")).collect(),
        made_by: guide.made_by.iter().filter_map(|who| text(&Some(who.clone()), "`made_by`")).collect(),
        legal_check: guide.legal_check.as_ref().map(|check| (text(&check.by, "`legal_check`"), check.on)),
        published_on: guide.published_on,
        review_date: guide.review_date,
    }
}

fn statement_line(statement: &StatementFacts, audience: Audience, lock: &mut Lock) -> Option<StatementLine> {
    Some(StatementLine {
        name: audience.members(|| statement.name.clone()),
        section: statement.section.clone(),
        says: lock.pass(&statement.says, "a statement")?,
        who: statement.who.iter().filter_map(|who| lock.pass(who, "whom a statement speaks to")).collect(),
        n_evidence: statement.evidence.len(),
        evidence: audience.members(|| statement.evidence.iter().map(support).collect()).unwrap_or_default(),
    })
}

fn support(evidence: &Evidence) -> SupportLine {
    let kind = match evidence.source {
        EvidenceSource::Learning(LearningKind::Worked) => "worked",
        EvidenceSource::Learning(LearningKind::DidNotWork) => "did not work",
        EvidenceSource::Learning(LearningKind::Question) => "question",
        EvidenceSource::Action => "action",
        EvidenceSource::Barrier => "barrier",
    };
    let source = Source { id: Some(evidence.id.clone()), case: evidence.case.clone(), date: evidence.date };
    SupportLine { kind: kind.to_owned(), text: evidence.text.clone(), source }
}

fn voices(facts: &GuideFacts<'_>) -> Vec<VoiceLine> {
    let line =
        |(says, case, date): &(String, String, NaiveDate)| VoiceLine { says: says.clone(), source: Source { id: None, case: case.clone(), date: *date } };
    facts.voices.iter().map(line).collect()
}

fn tried(facts: &GuideFacts<'_>) -> Vec<SupportLine> {
    let lines = facts.actions.iter().map(|action| SupportLine {
        kind: match action.outcome {
            Some(outcome) => format!("{}, {}", in_words(action.status.word()), outcome_words(outcome)),
            None => in_words(action.status.word()),
        },
        text: action.what.clone(),
        source: Source { id: action.id.clone(), case: action.case.clone(), date: action.set_on },
    });
    lines.collect()
}

fn in_words(word: &str) -> String {
    word.replace('-', " ")
}

fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Worked => "and it worked",
        Outcome::Partly => "and it worked in part",
        Outcome::DidNotWork => "and it did not work",
        Outcome::TooSoon => "too soon to say",
    }
}
