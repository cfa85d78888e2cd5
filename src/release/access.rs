//! What is held about one person, for whoever answers their request, and the copy that the person gets.
//!
//! The working copy holds everything, and marks what is about somebody else. Nothing is taken out but what a person has decided to take out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::NaiveDate;

use super::Released;
use super::audience::Audience;
use super::count::CountRule;
use super::text::{looks_like_a_name, people_of};
use crate::analysis::{Recipient, RetentionRow, RetentionState};
use crate::model::{AgencyKey, Casebook, Concerns, SaidOf, mark};

/// Somebody else in a text: where, of which kind, and why it is thought so.
#[derive(Clone, Debug)]
pub struct ThirdParty {
    pub at: Range<usize>,
    /// A word for the list of decisions.
    pub kind: &'static str,
    pub why: String,
}

/// A text that names the person and stands in nothing that is about them.
#[derive(Clone, Debug)]
pub struct Elsewhere {
    /// File and line.
    pub at: String,
    /// The field, such as `other_business`.
    pub field: String,
    pub text: String,
}

/// What the page is made of.
pub struct AccessMaterial<'a> {
    pub case: &'a str,
    pub received: NaiveDate,
    pub extended: bool,
    /// Until when the person is to be answered.
    pub due: NaiveDate,
    /// Each with its file and line.
    pub said: Vec<(SaidOf<'a>, String)>,
    pub elsewhere: Vec<Elsewhere>,
    pub recipients: Vec<Recipient>,
    pub retention: Option<RetentionRow>,
    pub forgotten: bool,
    /// How many files were read.
    pub files: usize,
    /// Finds others in a text.
    pub others: &'a dyn Fn(&str) -> Vec<ThirdParty>,
}

/// What was decided about one mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessDecision {
    pub keep: bool,
    pub reason: String,
}

/// The working copy, or the copy for the person.
#[derive(Clone, Debug)]
pub struct AccessPage {
    pub group: String,
    pub contact: Option<String>,
    pub rule: CountRule,
    pub case: String,
    /// Whether it is the copy for the person.
    pub for_person: bool,
    pub made_on: NaiveDate,
    pub received: NaiveDate,
    pub due: NaiveDate,
    pub extended: bool,
    pub forgotten: bool,
    /// By whose information it is, the group's last.
    pub sources: Vec<(String, Vec<AccessLine>)>,
    pub elsewhere: Vec<AccessLine>,
    pub recipients: Vec<RecipientLine>,
    pub kept: String,
    pub flags: Vec<FlagLine>,
    /// What was taken out of the copy: what it was, and why.
    pub removed: Vec<(String, String)>,
    pub files: usize,
}

#[derive(Clone, Debug)]
pub struct AccessLine {
    pub meeting: Option<(String, NaiveDate)>,
    pub label: String,
    pub at: String,
    pub pieces: Vec<AccessPiece>,
    /// A mark on all of it.
    pub whole: Option<(String, String)>,
}

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessPiece {
    pub text: String,
    /// Its mark: id and reason.
    pub flag: Option<(String, String)>,
}

#[derive(Clone, Debug)]
pub struct RecipientLine {
    pub agency: String,
    pub present: Vec<NaiveDate>,
    pub minutes: Vec<NaiveDate>,
    pub actions: bool,
}

/// Something about somebody else, for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlagLine {
    /// From the text and the place in the format: another text has another.
    pub id: String,
    pub at: String,
    pub kind: &'static str,
    pub why: String,
    pub label: String,
    pub words: String,
}

/// Everything about the person. With decisions, the copy for them: a mark without one counts as to be removed, since nobody said otherwise.
pub fn release_access(book: &Casebook, material: AccessMaterial<'_>, decisions: Option<&BTreeMap<String, AccessDecision>>) -> Released<AccessPage> {
    let audience = if decisions.is_some() { Audience::Person } else { Audience::Members };
    let mut writer = Writer { others: material.others, decisions, flags: Vec::new(), removed: Vec::new() };
    let mut by_source: BTreeMap<(bool, Option<AgencyKey>), Vec<AccessLine>> = BTreeMap::new();
    for (said, at) in &material.said {
        by_source.entry((said.source.is_none(), said.source)).or_default().push(writer.said(said, at));
    }
    let elsewhere = material.elsewhere.iter().filter_map(|text| writer.elsewhere(text)).collect();
    let source = |key: Option<AgencyKey>| key.map_or_else(|| "the group".to_owned(), |key| book.group.agency(key).name.clone());
    let recipient = |recipient: Recipient| RecipientLine {
        agency: book.group.agency(recipient.agency).name.clone(),
        present: recipient.present,
        minutes: recipient.minutes,
        actions: recipient.actions,
    };
    let page = AccessPage {
        group: book.group.name.clone(),
        contact: book.group.contact.clone(),
        rule: CountRule::of(Audience::Members, &book.group.publishing),
        case: material.case.to_owned(),
        for_person: decisions.is_some(),
        made_on: book.today,
        received: material.received,
        due: material.due,
        extended: material.extended,
        forgotten: material.forgotten,
        sources: by_source.into_iter().map(|((_, key), lines)| (source(key), lines)).collect(),
        elsewhere,
        recipients: material.recipients.into_iter().map(recipient).collect(),
        kept: kept(book, material.retention.as_ref(), material.forgotten),
        flags: writer.flags,
        removed: writer.removed,
        files: material.files,
    };
    Released { page, audience, withheld: Vec::new() }
}

/// The names of people at work that the fields for them hold, without what stands behind a comma. A role is no name, nor is an agency.
pub fn names_at_work(book: &Casebook) -> Vec<String> {
    let mut all: Vec<&str> = Vec::new();
    for meeting in &book.meetings {
        let read_by = meeting.confidentiality.iter().filter_map(|read| read.read_by.as_ref());
        let agreed_by = meeting.agreed.iter().filter_map(|agreed| agreed.by.as_ref());
        let tags = meeting.cases.iter().flat_map(|said| &said.tagging).flat_map(|tag| [&tag.by, &tag.confirmed_by, &tag.refused_by]).flatten();
        all.extend(people_of(meeting).chain(read_by.chain(agreed_by).chain(tags).map(String::as_str)));
    }
    let agencies: Vec<String> = book.group.agencies.iter().map(|agency| agency.name.to_lowercase()).collect();
    let is_an_agency = |name: &str| agencies.iter().any(|agency| name.to_lowercase().contains(agency.as_str()));
    let names: BTreeSet<&str> = all.into_iter().filter_map(|name| name.split(',').next()).map(str::trim).collect();
    names.into_iter().filter(|name| looks_like_a_name(name) && !is_an_agency(name)).map(str::to_owned).collect()
}

fn kept(book: &Casebook, row: Option<&RetentionRow>, forgotten: bool) -> String {
    let rule = book.group.retention;
    let years = |years: u32| if years == 1 { "1 year".to_owned() } else { format!("{years} years") };
    let gone = rule.dispose_after.map_or_else(String::new, |after| format!(", and disposed of after {}", years(after)));
    let said = format!("By the group’s rule a record is reviewed {} after closing{gone}.", years(rule.review_after));
    let now = match row {
        _ if forgotten => " The texts were taken out when the person was forgotten; what is left here is what counting needs.".to_owned(),
        Some(row) if row.state == RetentionState::Kept => format!(" This one is due on {}.", row.on.format("%-d %B %Y")),
        Some(row) => format!(" This one is {}, since {}.", row.state.label(), row.on.format("%-d %B %Y")),
        None => " This case is not closed, so the time has not begun.".to_owned(),
    };
    said + &now
}

struct Writer<'a> {
    others: &'a dyn Fn(&str) -> Vec<ThirdParty>,
    decisions: Option<&'a BTreeMap<String, AccessDecision>>,
    flags: Vec<FlagLine>,
    removed: Vec<(String, String)>,
}

impl Writer<'_> {
    fn said(&mut self, said: &SaidOf<'_>, at: &str) -> AccessLine {
        let text = on_one_line(&said.text);
        let key = format!("{}|{}", said.meeting.id, said.place.path);
        let mut line = AccessLine {
            meeting: Some((said.meeting.id.clone(), said.meeting.date)),
            label: said.label.clone(),
            at: at.to_owned(),
            pieces: Vec::new(),
            whole: None,
        };
        let whole = match said.concerns {
            Some(Concerns::Staff) => Some(("staff", "names somebody at work, or their role")),
            Some(Concerns::Other) => Some(("other-voice", "is what somebody else says or wants")),
            None => None,
        };
        line.whole = whole.map(|(kind, why)| self.flag(&line, &key, kind, why, (&text, &text)));
        // Who is named in a field for people at work is marked with the field.
        let found = (self.others)(&text).into_iter().filter(|other| said.concerns != Some(Concerns::Staff) || other.kind != "staff");
        let found = found.collect();
        self.write(line, &key, &text, found)
    }

    /// A text elsewhere is there in the copy for the person only when somebody said so.
    fn elsewhere(&mut self, found: &Elsewhere) -> Option<AccessLine> {
        let text = on_one_line(&found.text);
        let key = format!("{}|{}", found.at.rsplit_once(':').map_or(found.at.as_str(), |(file, _)| file), found.field);
        let mut line = AccessLine { meeting: None, label: format!("Named in {}", found.field), at: found.at.clone(), pieces: Vec::new(), whole: None };
        let whole = self.flag(&line, &key, "elsewhere", "names the ref outside what is about it", (&text, &text));
        if let Some(reason) = self.reason_to_remove(&whole.0) {
            self.removed.push((format!("A text that names the ref ({})", found.field), reason));
            return None;
        }
        line.whole = Some(whole);
        let found = (self.others)(&text);
        Some(self.write(line, &key, &text, found))
    }

    /// With the pieces of its text, marked or blacked out.
    fn write(&mut self, mut line: AccessLine, key: &str, text: &str, mut found: Vec<ThirdParty>) -> AccessLine {
        found.sort_by_key(|other| (other.at.start, std::cmp::Reverse(other.at.end)));
        let mut marks: Vec<(Range<usize>, (String, String))> = Vec::new();
        for other in found {
            if marks.last().is_none_or(|(before, _)| before.end <= other.at.start) {
                let key = format!("{key}|{}", marks.len());
                let mark = self.flag(&line, &key, other.kind, &other.why, (&text[other.at.clone()], text));
                marks.push((other.at, mark));
            }
        }
        if self.decisions.is_none() {
            line.pieces = marked(text, marks);
            return line;
        }
        let about = line.meeting.as_ref().map_or_else(|| line.label.clone(), |(_, day)| format!("{}, {}", line.label, day.format("%-d %B %Y")));
        if let Some(reason) = line.whole.take().and_then(|(id, _)| self.reason_to_remove(&id)) {
            line.pieces = vec![AccessPiece { text: format!("[removed: {reason}]"), flag: None }];
            self.removed.push((about, reason));
            return line;
        }
        let out: Vec<(Range<usize>, String)> = marks.into_iter().filter_map(|(at, (id, _))| Some((at, self.reason_to_remove(&id)?))).collect();
        self.removed.extend(out.iter().map(|(_, reason)| (about.clone(), reason.clone())));
        line.pieces = if out.is_empty() { marked(text, Vec::new()) } else { blacked_out(text, &out) };
        line
    }

    /// Notes a mark. What it is known by hangs on the words and on the text they stand in, so that a changed text is decided anew.
    fn flag(&mut self, line: &AccessLine, key: &str, kind: &'static str, why: &str, (words, text): (&str, &str)) -> (String, String) {
        let base = format!("{key}|{kind}|{words}|{text}");
        // Where the same text stands twice, each has its own mark.
        let mut id = mark(&base);
        for again in 2.. {
            if self.flags.iter().all(|known| known.id != id) {
                break;
            }
            id = mark(&format!("{base}|{again}"));
        }
        let (at, label, words, why) = (line.at.clone(), line.label.clone(), words.to_owned(), why.to_owned());
        self.flags.push(FlagLine { id: id.clone(), at, kind, why: why.clone(), label, words });
        (id, why)
    }

    fn reason_to_remove(&self, id: &str) -> Option<String> {
        match self.decisions?.get(id) {
            Some(decision) if decision.keep => None,
            Some(decision) if !decision.reason.trim().is_empty() => Some(decision.reason.trim().to_owned()),
            _ => Some("about somebody else".to_owned()),
        }
    }
}

/// How a text is folded over lines says nothing about the person.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn marked(text: &str, marks: Vec<(Range<usize>, (String, String))>) -> Vec<AccessPiece> {
    let (mut pieces, mut from) = (Vec::new(), 0);
    let plain = |range: Range<usize>| (!range.is_empty()).then(|| AccessPiece { text: text[range].to_owned(), flag: None });
    for (at, flag) in marks {
        pieces.extend(plain(from..at.start));
        from = at.end;
        pieces.push(AccessPiece { text: text[at].to_owned(), flag: Some(flag) });
    }
    pieces.extend(plain(from..text.len()));
    pieces
}

/// Takes out each sentence that has a part of what is to go, and says why in its place.
fn blacked_out(text: &str, out: &[(Range<usize>, String)]) -> Vec<AccessPiece> {
    let mut pieces: Vec<String> = Vec::new();
    for sentence in sentences(text) {
        let touches = |(at, _): &&(Range<usize>, String)| at.start < sentence.end && sentence.start < at.end;
        let mut reasons: Vec<&str> = out.iter().filter(touches).map(|(_, reason)| reason.as_str()).collect();
        reasons.dedup();
        let said = if reasons.is_empty() { text[sentence].trim().to_owned() } else { format!("[removed: {}]", reasons.join("; ")) };
        if reasons.is_empty() || pieces.last() != Some(&said) {
            pieces.push(said);
        }
    }
    vec![AccessPiece { text: pieces.join(" "), flag: None }]
}

/// A sentence ends behind its full stop, or another sign that ends one, where a blank follows.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let (mut all, mut from, mut before) = (Vec::new(), 0, ' ');
    for (at, c) in text.char_indices() {
        if c == ' ' && matches!(before, '.' | '!' | '?') {
            all.push(from..at);
            from = at;
        }
        before = c;
    }
    all.push(from..text.len());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_sentence_goes_and_its_neighbours_stay() {
        let text = "He came. Mrs. Fenn was there! Then he left.";
        let out = |words: &str| {
            let start = text.find(words).unwrap();
            blacked_out(text, &[(start..start + words.len(), "another person".to_owned())])[0].text.clone()
        };
        assert_eq!(out("Mrs. Fenn"), "He came. [removed: another person] Then he left.");
        assert_eq!(out("left"), "He came. Mrs. Fenn was there! [removed: another person]");
    }
}
