//! The minutes of a meeting: a draft until they are agreed, and before the meeting its agenda.

mod outline;
mod parts;

use std::collections::BTreeMap;

use serde::Serialize;

use self::outline::{anchor, case_title, facts, kind, outline, warning};
use self::parts::{
    AgencyTasks, AgendaView, AttendanceGroup, ItemView, PreviousGroup, SessionView, TO_ASK, TellingView, agenda, attendance, by_agency, items, paragraphs,
    previous, read, session, telling, to_ask,
};
use super::discussion::DiscussionView;
use super::outline::Head;
use super::template::Templates;
use super::view::{About, PageView, day};
use super::{Document, Made, word_edition};
use crate::release::{MeetingStatus, MinutesPage, Released};

/// The minutes as Markdown, as a page, and as a document for Word, which is the Markdown edition in another form.
pub fn minutes_documents(templates: &Templates, page: &Released<MinutesPage>) -> Made {
    let view = MinutesView::new(templates, page);
    let only = page.only.as_ref().map_or(String::new(), |only| format!("-for-{}", only.id));
    let name = format!("minutes-{}{only}", page.meeting);
    let text = templates.render("minutes.md", &view);
    let html = templates.render("minutes.html", &view);
    let word = text.clone().and_then(|text| word_edition(templates, "minutes", &name, &text, &view.page));
    vec![text.map(|text| Document::text(format!("{name}.md"), text)), html.map(|html| Document::text(format!("{name}.html"), html)), word]
}

/// What the templates of minutes see.
pub fn minutes_data(templates: &Templates, page: &Released<MinutesPage>) -> serde_json::Value {
    serde_json::to_value(MinutesView::new(templates, page)).unwrap_or_default()
}

#[derive(Serialize)]
struct MinutesView {
    page: PageView,
    head: BTreeMap<String, Head>,
    /// Whether the meeting is still to come.
    planned: bool,
    agenda: Vec<AgendaView>,
    attendance: Vec<AttendanceGroup>,
    missing: Vec<String>,
    /// Required agencies that sent information instead of coming.
    informed: Vec<String>,
    /// Agencies without which the meeting cannot decide.
    required: Vec<String>,
    /// Its paragraphs.
    statement: Vec<String>,
    read: String,
    /// What became of the items of the agenda.
    items: Vec<ItemView>,
    previous: Vec<PreviousGroup>,
    to_ask: Vec<AgencyTasks>,
    more_to_ask: Option<usize>,
    cases: Vec<CaseView>,
    session: Option<SessionView>,
    other_business: Option<String>,
    next_meeting: String,
    /// For each case, who tells the person what was decided.
    telling: Vec<TellingView>,
    /// Actions set here, by who undertook them.
    by_agency: Vec<AgencyTasks>,
}

#[derive(Serialize)]
struct CaseView {
    number: usize,
    title: String,
    said: DiscussionView,
}

impl MinutesView {
    fn new(templates: &Templates, released: &Released<MinutesPage>) -> Self {
        let page: &MinutesPage = released;
        let outline = outline(page);
        let head = outline.by_id();
        let about = About {
            kind: kind(page),
            title: title(page),
            group: &page.group,
            contact: page.contact.as_deref(),
            audience: released.audience(),
            period: None,
            as_of: Some(day(page.date)),
            made_on: (page.status == MeetingStatus::Planned).then(|| day(page.made_on)),
            warning: warning(page),
            rule: page.rule,
            facts: facts(page),
        };
        let case = |said: &crate::release::DiscussionPage| {
            let title = case_title(said);
            let said = DiscussionView::new(said, anchor(&said.case));
            CaseView { number: head.get(&said.anchor).map_or(0, |head| head.number), title, said }
        };
        Self {
            page: PageView::new(templates, about, &outline),
            planned: page.status == MeetingStatus::Planned,
            agenda: page.agenda.iter().map(agenda).collect(),
            attendance: attendance(&page.attendance),
            missing: page.missing.clone(),
            informed: page.informed.clone(),
            required: page.required.clone(),
            statement: paragraphs(page.statement.as_deref()),
            read: read(page),
            items: items(page),
            previous: previous(&page.previous),
            to_ask: to_ask(page),
            more_to_ask: Some(page.to_ask.len().saturating_sub(TO_ASK)).filter(|more| *more > 0),
            cases: page.cases.iter().map(case).collect(),
            session: page.session.as_ref().map(session),
            other_business: page.other_business.clone().filter(|text| !text.trim().is_empty()),
            next_meeting: page.next_meeting.map_or_else(|| "No day is set yet.".to_owned(), |date| format!("{}.", day(date))),
            telling: telling(page),
            by_agency: by_agency(page),
            head,
        }
    }
}

fn title(page: &MinutesPage) -> String {
    let what = if page.status == MeetingStatus::Planned { "Agenda" } else { "Minutes" };
    let only = page.only.as_ref().map_or(String::new(), |only| format!(", for {}", only.name));
    format!("{what} of {}{only}", day(page.date))
}
