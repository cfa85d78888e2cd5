//! What is held about one person: the working copy for whoever answers their request, and the copy for them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::numbers::meetings;
use super::outline::{Head, Outline, Sentence};
use super::template::Templates;
use super::view::{About, Fact, PageView, day};
use super::{Document, Made, word_edition};
use crate::release::{AccessLine, AccessPage, Released};
use crate::source::n_of;

/// The copy as Markdown, as a page, and for Word.
pub fn access_documents(templates: &Templates, page: &Released<AccessPage>) -> Made {
    let view = SarView::new(templates, page);
    let name = format!("sar-{}{}", page.case, if page.for_person { "-release" } else { "" });
    let text = templates.render("sar.md", &view);
    let html = templates.render("sar.html", &view);
    let word = text.clone().and_then(|text| word_edition(templates, "sar", &name, &text, &view.page));
    vec![text.map(|text| Document::text(format!("{name}.md"), text)), html.map(|html| Document::text(format!("{name}.html"), html)), word]
}

#[derive(Serialize)]
struct SarView {
    page: PageView,
    head: BTreeMap<String, Head>,
    for_person: bool,
    sources: Vec<SourceView>,
    elsewhere: Vec<LineView>,
    recipients: Vec<RecipientView>,
    kept: String,
    flags: Vec<FlagView>,
    exemptions: Vec<&'static str>,
    not_here: Vec<&'static str>,
    removed: Vec<RemovedView>,
}

#[derive(Serialize)]
struct SourceView {
    name: String,
    lines: Vec<LineView>,
}

#[derive(Serialize)]
struct LineView {
    date: String,
    meeting: String,
    label: String,
    at: String,
    pieces: Vec<PieceView>,
    whole: Option<MarkView>,
}

#[derive(Serialize)]
struct PieceView {
    text: String,
    mark: Option<MarkView>,
}

#[derive(Serialize)]
struct MarkView {
    id: String,
    why: String,
}

#[derive(Serialize)]
struct RecipientView {
    agency: String,
    present: String,
    minutes: String,
    actions: &'static str,
}

#[derive(Serialize)]
struct FlagView {
    id: String,
    label: String,
    words: String,
    why: String,
    at: String,
}

#[derive(Serialize)]
struct RemovedView {
    what: String,
    why: String,
}

/// Source: Data Protection Act 2018, Schedules 2 to 4, and the ICO's guidance on the right of access. A list to think through, no more.
const EXEMPTIONS: &[&str] = &[
    "Serious harm: would it be likely to cause serious harm to the physical or mental health of anybody to give this? For health data, has an appropriate health professional been asked?",
    "Crime: would it be likely to prejudice the prevention or detection of crime, or the apprehension or prosecution of offenders?",
    "Legal privilege: is there advice from a lawyer, or something made for legal proceedings?",
    "Other people: is it about somebody else too, who has not agreed, and would it be unreasonable to give it without their agreement?",
];

const NOT_HERE: &[&str] = &[
    "The people file, which says who is behind the ref.",
    "Files, mail and case records of each agency, which answers for its own.",
    "Paper, e-mail, journals of meetings that were broken off, backups and git’s history.",
    "Texts in which the person is described without the ref.",
];

impl SarView {
    fn new(templates: &Templates, released: &Released<AccessPage>) -> Self {
        let page: &AccessPage = released;
        let outline = outline(page);
        let about = About {
            kind: if page.for_person { "Your information".to_owned() } else { "Working copy for a subject access request".to_owned() },
            title: if page.for_person { format!("What is held about {}", page.case) } else { format!("Everything about {}", page.case) },
            group: &page.group,
            contact: page.contact.as_deref(),
            audience: released.audience(),
            period: None,
            as_of: Some(day(page.made_on)),
            made_on: None,
            warning: warning(page),
            rule: page.rule,
            facts: facts(page),
        };
        Self {
            page: PageView::new(templates, about, &outline),
            head: outline.by_id(),
            for_person: page.for_person,
            sources: page.sources.iter().map(|(name, lines)| SourceView { name: name.clone(), lines: lines.iter().map(line).collect() }).collect(),
            elsewhere: page.elsewhere.iter().map(line).collect(),
            recipients: page.recipients.iter().map(recipient).collect(),
            kept: page.kept.clone(),
            flags: if page.for_person { Vec::new() } else { page.flags.iter().map(flag).collect() },
            exemptions: EXEMPTIONS.to_vec(),
            not_here: NOT_HERE.to_vec(),
            removed: page.removed.iter().map(|(what, why)| RemovedView { what: what.clone(), why: why.clone() }).collect(),
        }
    }
}

fn outline(page: &AccessPage) -> Outline {
    let mut outline = Outline::default();
    let all: usize = page.sources.iter().map(|(_, lines)| lines.len()).sum();
    let of = n_of(page.sources.len(), "source", "sources");
    outline.section("held", format!("{} from {of}", n_of(all, "entry", "entries")));
    if !page.for_person || !page.elsewhere.is_empty() {
        let named = n_of(page.elsewhere.len(), "text elsewhere", "texts elsewhere");
        outline.section("elsewhere", if page.elsewhere.is_empty() { "Named nowhere else".to_owned() } else { format!("Named in {named}") });
    }
    outline.section("recipients", format!("Heard or held by {}", n_of(page.recipients.len(), "agency", "agencies")));
    outline.section("kept", "How long it is kept");
    if page.for_person {
        outline.section("removed", format!("{} taken out", n_of(page.removed.len(), "passage was", "passages were")));
        return outline;
    }
    outline.section("flags", format!("{} for a decision", n_of(page.flags.len(), "mark", "marks")));
    outline.section("exemptions", "Exemptions to consider");
    outline.section("not-here", "What this copy does not hold");
    outline.point(Sentence::of("The answer is due on ").strong(day(page.due)).and("."));
    let marks = n_of(page.flags.len(), "mark waits", "marks wait");
    outline.point(Sentence::default().strong(marks).and(" for a decision. Nothing was taken out."));
    outline
}

fn warning(page: &AccessPage) -> Option<String> {
    if page.for_person {
        return None;
    }
    let gone = if page.forgotten { " This person was forgotten: the texts about them were taken out, and what counting needs is left." } else { "" };
    Some(format!(
        "This is a working copy, and not for the person: it holds what may be about others, marked ⚑. marg finds names, numbers and refs by rules and misses people who are only described, so read every line.{gone}"
    ))
}

fn facts(page: &AccessPage) -> Vec<Fact> {
    let mut facts = vec![Fact::new("Request received", day(page.received))];
    if page.for_person {
        return facts;
    }
    let how = if page.extended { "one month and the two further months of an extension" } else { "one calendar month" };
    facts.push(Fact::new("Answer due", format!("{} ({how})", day(page.due))));
    let days = page.sources.iter().flat_map(|(_, lines)| lines).filter_map(|line| line.meeting.as_ref());
    let mut ids: Vec<&str> = days.map(|(id, _)| id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    facts.push(Fact::new("Found in", meetings(ids.len())));
    facts.push(Fact::new("Searched", format!("{}, on {}", n_of(page.files, "file", "files"), day(page.made_on))));
    facts
}

fn line(line: &AccessLine) -> LineView {
    let mark = |(id, why): &(String, String)| MarkView { id: id.clone(), why: why.clone() };
    LineView {
        date: line.meeting.as_ref().map_or_else(String::new, |(_, date)| day(*date)),
        meeting: line.meeting.as_ref().map_or_else(String::new, |(id, _)| id.clone()),
        label: line.label.clone(),
        at: line.at.clone(),
        pieces: line.pieces.iter().map(|piece| PieceView { text: piece.text.clone(), mark: piece.flag.as_ref().map(mark) }).collect(),
        whole: line.whole.as_ref().map(mark),
    }
}

fn recipient(line: &crate::release::RecipientLine) -> RecipientView {
    let days = |days: &[chrono::NaiveDate]| if days.is_empty() { "no".to_owned() } else { days.iter().map(|date| day(*date)).collect::<Vec<_>>().join("; ") };
    RecipientView { agency: line.agency.clone(), present: days(&line.present), minutes: days(&line.minutes), actions: if line.actions { "yes" } else { "no" } }
}

fn flag(line: &crate::release::FlagLine) -> FlagView {
    FlagView { id: line.id.clone(), label: line.label.clone(), words: line.words.clone(), why: line.why.clone(), at: line.at.clone() }
}
