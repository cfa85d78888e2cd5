//! Everything that people wrote in a file, text by text: with the place where it stands, and whom and what it is about.

use std::collections::BTreeSet;

use crate::model::{AgencyKey, AgendaSubject, Discussion, EntryKind, Meeting, Session, Theme, ThemeKey};
use crate::source::Place;

/// What sort of text it is, by the word that `in:` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    Update,
    View,
    Referral,
    Decision,
    Action,
    /// What became of an earlier action.
    Report,
    Learning,
    Barrier,
    Memo,
    /// Why a case was closed, or something was left open.
    Closing,
    /// The agenda and the rest of a meeting.
    Meeting,
    /// A community-of-practice session or a workshop.
    Session,
    Theme,
    Guide,
}

impl What {
    pub const ALL: &'static [Self] = &[
        Self::Update,
        Self::View,
        Self::Referral,
        Self::Decision,
        Self::Action,
        Self::Report,
        Self::Learning,
        Self::Barrier,
        Self::Memo,
        Self::Closing,
        Self::Meeting,
        Self::Session,
        Self::Theme,
        Self::Guide,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Update => "update",
            Self::View => "view",
            Self::Referral => "referral",
            Self::Decision => "decision",
            Self::Action => "action",
            Self::Report => "report",
            Self::Learning => "learning",
            Self::Barrier => "barrier",
            Self::Memo => "memo",
            Self::Closing => "closing",
            Self::Meeting => "meeting",
            Self::Session => "session",
            Self::Theme => "theme",
            Self::Guide => "guide",
        }
    }
}

/// One text.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    pub what: What,
    /// The field it stands in, as files call it.
    pub field: &'static str,
    pub place: Place,
    pub text: &'a str,
    /// The discussion it belongs to, by its place among those of the meeting.
    pub discussion: Option<usize>,
    /// What it says something of, where that can have an id.
    pub entry: Option<EntryKind>,
    /// The themes of what it belongs to.
    pub themes: Vec<ThemeKey>,
    /// The agencies that it concerns.
    pub agencies: Vec<AgencyKey>,
}

/// All that was written of a meeting, in a fixed order.
pub fn texts_of_meeting(meeting: &Meeting) -> Vec<Text<'_>> {
    let mut texts = Vec::new();
    let top = meeting.place();
    let mut add = |what, field, place: Place, text| {
        if let Some(text) = text {
            texts.push(Text { what, field, place, text, discussion: None, entry: None, themes: Vec::new(), agencies: Vec::new() });
        }
    };
    for item in &meeting.agenda {
        let place = top.field("agenda").entry(item.nth);
        if let AgendaSubject::Item(item) = &item.subject {
            add(What::Meeting, "item", place.field("item"), Some(item));
        }
        add(What::Meeting, "note", place.field("note"), item.note.as_deref());
        add(What::Meeting, "deferred", place.field("deferred"), item.deferred.as_deref());
    }
    for report in &meeting.previous_actions {
        add(What::Report, "note", top.field("previous_actions").entry(report.nth).field("note"), report.note.as_deref());
    }
    add(What::Meeting, "other_business", top.field("other_business"), meeting.other_business.as_deref());
    for (n, discussion) in meeting.cases.iter().enumerate() {
        of_discussion(meeting, n, discussion, &mut texts);
    }
    if let Some(session) = &meeting.session {
        of_session(&top.field("session"), session, &mut texts);
    }
    texts
}

fn of_discussion<'a>(meeting: &'a Meeting, n: usize, discussion: &'a Discussion, texts: &mut Vec<Text<'a>>) {
    let themes = themes_of(discussion);
    let everybody = agencies_of(discussion);
    let mut add = |what: What, field: &'static str, place: Place, text: &'a str, entry: Option<EntryKind>| {
        let agencies = own_agencies(what, entry, discussion).unwrap_or_else(|| everybody.clone());
        texts.push(Text { what, field, place, text, discussion: Some(n), entry, themes: themes.clone(), agencies });
    };
    for passage in meeting.passages(discussion) {
        let what = match (passage.field, passage.entry) {
            ("update", _) => What::Update,
            ("says" | "wants", _) => What::View,
            ("reason" | "tried" | "offer", _) => What::Referral,
            (_, Some(EntryKind::Learning(_))) => What::Learning,
            (_, Some(EntryKind::Barrier(_))) => What::Barrier,
            _ => What::Decision,
        };
        add(what, passage.field, passage.place, passage.text, passage.entry);
    }
    let at = meeting.case_place(discussion);
    for (n, action) in discussion.actions.iter().enumerate() {
        add(What::Action, "what", at.field("actions").entry(action.nth).field("what"), &action.what, Some(EntryKind::Action(n)));
    }
    for tagging in &discussion.tagging {
        if let Some(memo) = &tagging.memo {
            add(What::Memo, "memo", at.field("tagging").entry(tagging.nth).field("memo"), memo, None);
        }
    }
    if let Some(referral) = &discussion.referral {
        let place = at.field("referral");
        if let Some(basis) = &referral.legal_basis {
            add(What::Referral, "legal_basis", place.field("legal_basis"), basis, None);
        }
        for (n, open) in referral.left_open.iter().enumerate() {
            add(What::Closing, "left_open", place.field("left_open").entry(n), open, None);
        }
    }
    if let Some(reason) = discussion.closed.as_ref().filter(|reason| !reason.is_empty()) {
        add(What::Closing, "reason", at.field("closed").field("reason"), reason, None);
    }
    for (n, open) in discussion.left_open.iter().enumerate() {
        add(What::Closing, "left_open", at.field("left_open").entry(n), open, None);
    }
}

/// Every theme that the discussion was tagged with, in whatever way.
pub(super) fn themes_of(discussion: &Discussion) -> Vec<ThemeKey> {
    let barriers = discussion.barriers.iter().map(|barrier| barrier.theme);
    let learning = discussion.learning.iter().flat_map(|point| point.themes.iter().copied());
    let addressed = discussion.actions.iter().filter_map(|action| action.addresses);
    let tagged = discussion.needs.iter().chain(&discussion.enablers).copied();
    tagged.chain(barriers).chain(learning).chain(addressed).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Every agency that has a part in the discussion.
fn agencies_of(discussion: &Discussion) -> Vec<AgencyKey> {
    let referral = discussion.referral.iter().flat_map(|referral| [referral.agency, referral.asked_by]);
    let views = discussion.views.iter().map(|view| view.obtained_by);
    let barriers = discussion.barriers.iter().flat_map(|barrier| [barrier.at, barrier.asked.as_ref().and_then(|asked| asked.of)]);
    let actions = discussion.actions.iter().map(|action| action.owner);
    let all = [discussion.lead_agency].into_iter().chain(referral).chain(views).chain(barriers).chain(actions);
    all.flatten().collect::<BTreeSet<_>>().into_iter().collect()
}

/// The agencies of what says itself whose it is.
fn own_agencies(what: What, entry: Option<EntryKind>, discussion: &Discussion) -> Option<Vec<AgencyKey>> {
    let own: Vec<Option<AgencyKey>> = match (what, entry) {
        (_, Some(EntryKind::Barrier(n))) => {
            let barrier = &discussion.barriers[n];
            vec![barrier.at, barrier.asked.as_ref().and_then(|asked| asked.of)]
        }
        (_, Some(EntryKind::Action(n))) => vec![discussion.actions[n].owner],
        (What::Referral, _) => discussion.referral.iter().flat_map(|referral| [referral.agency, referral.asked_by]).collect(),
        _ => return None,
    };
    Some(own.into_iter().flatten().collect::<BTreeSet<_>>().into_iter().collect())
}

fn of_session<'a>(at: &Place, session: &'a Session, texts: &mut Vec<Text<'a>>) {
    let mut add = |field, place: Place, text: Option<&'a String>, agency: Option<AgencyKey>| {
        let (themes, agencies) = (vec![session.theme], agency.into_iter().collect());
        texts.extend(text.map(|text| Text { what: What::Session, field, place, text, discussion: None, entry: None, themes, agencies }));
    };
    add("story", at.field("story"), session.story.as_ref(), None);
    add("story_consent", at.field("story_consent"), session.story_consent.as_ref(), None);
    for (field, list) in [("questions", &session.questions), ("issues", &session.issues), ("positive_practice", &session.positive_practice)] {
        list.iter().enumerate().for_each(|(n, text)| add(field, at.field(field).entry(n), Some(text), None));
    }
    for (n, recommendation) in session.recommendations.iter().enumerate() {
        let place = at.field("recommendations").entry(n);
        add("text", place.field("text"), Some(&recommendation.text), recommendation.owner);
        add("reply", place.field("reply"), recommendation.reply.as_ref(), recommendation.owner);
    }
    for (n, value) in session.value.iter().enumerate() {
        let place = at.field("value").entry(n);
        add("indicator", place.field("indicator"), value.indicator.as_ref(), None);
        add("story", place.field("story"), value.story.as_ref(), None);
    }
}

/// All that was written of a theme and of its guide, in a fixed order.
pub fn texts_of_theme(theme: &Theme, key: ThemeKey) -> Vec<Text<'_>> {
    let mut texts = Vec::new();
    let top = theme.place();
    let mut add = |what, field, place: Place, text| {
        if let Some(text) = text {
            texts.push(Text { what, field, place, text, discussion: None, entry: None, themes: vec![key], agencies: Vec::new() });
        }
    };
    add(What::Theme, "title", top.field("title"), Some(&theme.title));
    let said = [("definition", &theme.definition), ("include", &theme.include), ("exclude", &theme.exclude), ("example", &theme.example)];
    said.into_iter().for_each(|(field, text)| add(What::Theme, field, top.field(field), text.as_deref()));
    theme.indicators.iter().enumerate().for_each(|(n, phrase)| add(What::Theme, "indicators", top.field("indicators").entry(n), Some(phrase)));
    if let Some(retired) = &theme.retired {
        add(What::Theme, "why", top.field("retired").field("why"), retired.why.as_deref());
    }
    if let Some(guide) = &theme.guide {
        let at = top.field("guide");
        for (field, text) in guide.texts() {
            add(What::Guide, field, at.field(field), text);
        }
        for (n, line) in guide.short.iter().enumerate() {
            add(What::Guide, "says", at.field("short").entry(n).field("says"), Some(&line.says));
        }
        for statement in &guide.statements {
            add(What::Guide, "says", at.field("statements").entry(statement.nth).field("says"), Some(&statement.says));
        }
    }
    texts
}
