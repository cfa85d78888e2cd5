//! What people wrote into a document while they read it: comments, answers to them, and tracked changes, in the order of the text.
//!
//! Office Open XML, ECMA-376 part 1, sections 17.13.4 (comments) and 17.13.5 (revisions). Nothing is merged here: it is a register.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use quick_xml::events::{BytesStart, Event};

use super::scan::{attribute, scan};
use super::template::{Template, resolved};

/// What somebody did to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewKind {
    Comment,
    /// An answer to the comment before.
    Reply,
    Inserted,
    Deleted,
    /// Words put in the place of others.
    Replaced,
}

/// One entry of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewEntry {
    pub kind: ReviewKind,
    /// The heading it stands under.
    pub section: Option<String>,
    /// The paragraph it stands in, as it was before the changes.
    pub paragraph: String,
    /// The words that it is about: those commented on, or taken out; for what was put in, the words before it.
    pub quote: String,
    /// Who, as the program of the document knows them.
    pub author: String,
    pub date: Option<NaiveDate>,
    /// The words of the comment, or those put in.
    pub says: String,
    /// Whether the comment was marked as done.
    pub done: bool,
}

/// Reads the register of a .docx file, as Word and LibreOffice write it.
///
/// # Errors
///
/// Why the file cannot be read, in words.
pub fn read_review(bytes: &[u8]) -> Result<Vec<ReviewEntry>, String> {
    let document = Template::open(bytes)?;
    let main = document.main()?;
    let relations = document.relations_of(&main)?;
    let part = |kind: &str| {
        let relation = relations.iter().find(|relation| relation.kind.ends_with(&format!("/{kind}")));
        relation.map(|relation| document.text(&resolved(&main, &relation.target))).transpose()
    };
    let mut notes = part("comments")?.map(comments).transpose()?.unwrap_or_default();
    if let Some(threads) = part("commentsExtended")? {
        notes.thread(threads)?;
    }
    let tokens = tokens(document.text(&main)?)?;
    let (mut entries, placed) = register(&tokens, &notes);
    // Comments that stand at no place of the text are told all the same.
    let unplaced = notes.0.iter().filter(|(id, _)| !placed.contains(id.as_str()));
    entries.extend(unplaced.map(|(_, note)| note.entry(None, String::new(), String::new())));
    Ok(entries)
}

/// Who did something, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Who {
    author: String,
    date: Option<NaiveDate>,
}

impl Who {
    fn of(tag: &BytesStart<'_>) -> Self {
        let date = attribute(tag, "w:date").and_then(|date| date.get(..10).and_then(|day| day.parse().ok()));
        Self { author: attribute(tag, "w:author").unwrap_or_default(), date }
    }
}

#[derive(Clone, Debug, Default)]
struct Note {
    who: Who,
    says: String,
    /// The ids of its paragraphs; the last is how threads name it.
    paragraph: String,
    answers: bool,
    done: bool,
}

/// The comments of a document, by their ids.
#[derive(Default)]
struct Notes(BTreeMap<String, Note>);

fn comments(text: &str) -> Result<Notes, String> {
    let mut notes = BTreeMap::new();
    let mut now: Option<(String, Note)> = None;
    let mut words = Words::default();
    scan(text, |event, _| {
        words.event(event);
        match event {
            Event::Start(tag) if tag.local_name().as_ref() == "comment" => {
                words.text.clear();
                now = Some((attribute(tag, "w:id").unwrap_or_default(), Note { who: Who::of(tag), ..Note::default() }));
            }
            Event::Start(tag) if tag.local_name().as_ref() == "p" => {
                if let (Some((_, note)), Some(id)) = (&mut now, attribute(tag, "w14:paraId")) {
                    note.paragraph = id;
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == "p" => words.text.push('\n'),
            Event::End(tag) if tag.local_name().as_ref() == "comment" => {
                if let Some((id, note)) = now.take() {
                    notes.insert(id, Note { says: words.text.trim().to_owned(), ..note });
                }
            }
            _ => {}
        }
    })?;
    Ok(Notes(notes))
}

impl Notes {
    /// Which comments answer others, and which are done.
    fn thread(&mut self, text: &str) -> Result<(), String> {
        scan(text, |event, _| {
            if let Event::Empty(tag) | Event::Start(tag) = event
                && tag.local_name().as_ref() == "commentEx"
                && let Some(id) = attribute(tag, "w15:paraId")
                && let Some(note) = self.0.values_mut().find(|note| note.paragraph == id)
            {
                note.answers = attribute(tag, "w15:paraIdParent").is_some();
                note.done = matches!(attribute(tag, "w15:done").as_deref(), Some("1" | "true"));
            }
        })
    }
}

impl Note {
    fn entry(&self, section: Option<String>, paragraph: String, quote: String) -> ReviewEntry {
        let kind = if self.answers { ReviewKind::Reply } else { ReviewKind::Comment };
        let (author, date) = (self.who.author.clone(), self.who.date);
        ReviewEntry { kind, section, paragraph, quote, author, date, says: self.says.clone(), done: self.done }
    }
}

/// Words between tags, with line ends and tabs.
#[derive(Default)]
struct Words {
    inside: bool,
    text: String,
}

impl Words {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) if matches!(tag.local_name().as_ref(), "t" | "delText") => self.inside = true,
            Event::End(tag) if matches!(tag.local_name().as_ref(), "t" | "delText") => self.inside = false,
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "tab" => self.text.push('\t'),
                "br" | "cr" => self.text.push('\n'),
                "noBreakHyphen" => self.text.push('-'),
                _ => {}
            },
            Event::Text(words) if self.inside => self.text.push_str(words),
            Event::GeneralRef(name) if self.inside => self.text.push_str(&quick_xml::escape::unescape(&format!("&{};", &**name)).unwrap_or_default()),
            _ => {}
        }
    }
}

/// The text as a flat row.
enum Token {
    /// A paragraph begins; whether it is a heading.
    Paragraph(bool),
    /// Words, and who put them in (`true`) or took them out.
    Words(String, Option<(bool, Who)>),
    Begin(String),
    End(String),
    /// Where a comment is anchored.
    Anchor(String),
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut words = Words::default();
    let mut revision: Option<(bool, Who)> = None;
    // What stands in properties says how something looks, or that a paragraph's end was changed.
    let mut properties = 0_usize;
    scan(text, |event, _| {
        words.event(event);
        let tag = match event {
            Event::Start(tag) | Event::Empty(tag) => tag,
            Event::End(tag) => {
                match tag.local_name().as_ref() {
                    "pPr" | "rPr" | "trPr" | "tcPr" | "sectPr" | "tblPr" => properties = properties.saturating_sub(1),
                    "ins" | "del" | "moveFrom" | "moveTo" if properties == 0 => revision = None,
                    "r" if !words.text.is_empty() => tokens.push(Token::Words(std::mem::take(&mut words.text), revision.clone())),
                    _ => {}
                }
                return;
            }
            _ => return,
        };
        let (name, opens) = (tag.local_name(), matches!(event, Event::Start(_)));
        let id = || attribute(tag, "w:id").unwrap_or_default();
        match name.as_ref() {
            "pPr" | "rPr" | "trPr" | "tcPr" | "sectPr" | "tblPr" if opens => properties += 1,
            "p" => tokens.push(Token::Paragraph(false)),
            "pStyle" => {
                let style = attribute(tag, "w:val").unwrap_or_default().to_lowercase();
                let is_heading = ["heading", "title", "berschrift"].iter().any(|name| style.contains(name));
                if let Some(Token::Paragraph(heading)) = tokens.last_mut() {
                    *heading = is_heading;
                }
            }
            "ins" | "moveTo" if properties == 0 && opens => revision = Some((true, Who::of(tag))),
            "del" | "moveFrom" if properties == 0 && opens => revision = Some((false, Who::of(tag))),
            "commentRangeStart" => tokens.push(Token::Begin(id())),
            "commentRangeEnd" => tokens.push(Token::End(id())),
            "commentReference" => tokens.push(Token::Anchor(id())),
            _ => {}
        }
    })?;
    Ok(tokens)
}

/// The register, and which comments were placed.
fn register<'t>(tokens: &'t [Token], notes: &Notes) -> (Vec<ReviewEntry>, BTreeSet<&'t str>) {
    let mut entries = Vec::new();
    let mut section: Option<String> = None;
    let mut placed = BTreeSet::new();
    let mut open: BTreeMap<&str, String> = BTreeMap::new();
    let starts: Vec<usize> = tokens.iter().enumerate().filter(|(_, token)| matches!(token, Token::Paragraph(_))).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
    for (start, end) in starts.iter().copied().zip(ends) {
        let paragraph = &tokens[start..end];
        let text_with = |inserted: bool| {
            let words = paragraph.iter().filter_map(|token| match token {
                Token::Words(words, revision) if revision.as_ref().is_none_or(|(put_in, _)| *put_in == inserted) => Some(words.as_str()),
                _ => None,
            });
            words.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let was = text_with(false);
        let mut will = String::new();
        // Whether the last entry is a change that ends here.
        let mut touches = false;
        for token in &paragraph[1..] {
            match token {
                Token::Words(words, revision) => {
                    open.values_mut().for_each(|quote| quote.push_str(words));
                    if let Some((inserted, who)) = revision {
                        change(&mut entries, touches, *inserted, who, words, &will, (&section, &was));
                    }
                    touches = revision.is_some();
                    if revision.as_ref().is_none_or(|(inserted, _)| *inserted) {
                        will.push_str(words);
                    }
                }
                Token::Begin(id) => drop(open.insert(id, String::new())),
                Token::End(id) | Token::Anchor(id) => {
                    let quote = open.remove(id.as_str());
                    if let Some(note) = notes.0.get(id)
                        && placed.insert(id.as_str())
                    {
                        entries.push(note.entry(section.clone(), was.clone(), quote.unwrap_or_default().trim().to_owned()));
                        touches = false;
                    }
                }
                Token::Paragraph(_) => {}
            }
        }
        open.values_mut().for_each(|quote| quote.push('\n'));
        if matches!(paragraph[0], Token::Paragraph(true)) && !will.trim().is_empty() {
            section = Some(will.trim().to_owned());
        }
    }
    (entries, placed)
}

/// Adds a change, or joins it with the one it touches: words taken out beside words put in by the same person are one replacement.
fn change(entries: &mut Vec<ReviewEntry>, touches: bool, inserted: bool, who: &Who, words: &str, before: &str, (section, paragraph): (&Option<String>, &str)) {
    use ReviewKind::{Deleted, Inserted, Replaced};
    if let Some(last) = entries.last_mut().filter(|last| touches && last.author == who.author) {
        match (last.kind, inserted) {
            (Inserted | Replaced, true) => last.says.push_str(words),
            (Deleted | Replaced, false) => last.quote.push_str(words),
            (Deleted, true) => (last.kind, last.says) = (Replaced, words.to_owned()),
            (Inserted, false) => (last.kind, last.quote) = (Replaced, words.to_owned()),
            (ReviewKind::Comment | ReviewKind::Reply, _) => {}
        }
        return;
    }
    // Words that were put in are found by those before them.
    let start = before.char_indices().rev().nth(39).map_or(0, |(at, _)| at);
    let (kind, quote, says) =
        if inserted { (Inserted, before[start..].trim().to_owned(), words.to_owned()) } else { (Deleted, words.to_owned(), String::new()) };
    let (author, date) = (who.author.clone(), who.date);
    entries.push(ReviewEntry { kind, section: section.clone(), paragraph: paragraph.to_owned(), quote, author, date, says, done: false });
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;

    const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

    fn docx(body: &str, comments: &str, threads: &str) -> Vec<u8> {
        const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let relation = |id: &str, kind: &str, target: &str| format!(r#"<Relationship Id="{id}" Type="{kind}" Target="{target}"/>"#);
        let relations = |all: &str| format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#);
        let w = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="w14" xmlns:w15="w15""#;
        let beside = relation("a", &format!("{OFFICE}/comments"), "comments.xml")
            + &relation("b", "http://schemas.microsoft.com/office/2011/relationships/commentsExtended", "commentsExtended.xml");
        let parts = [
            ("[Content_Types].xml", TYPES.to_owned()),
            ("_rels/.rels", relations(&relation("a", &format!("{OFFICE}/officeDocument"), "word/document.xml"))),
            ("word/_rels/document.xml.rels", relations(&beside)),
            ("word/document.xml", format!("<w:document {w}><w:body>{body}</w:body></w:document>")),
            ("word/comments.xml", format!("<w:comments {w}>{comments}</w:comments>")),
            ("word/commentsExtended.xml", format!("<w15:commentsEx {w}>{threads}</w15:commentsEx>")),
        ];
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn run(text: &str) -> String {
        format!(r#"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#)
    }

    fn deleted(text: &str) -> String {
        format!(r#"<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>"#)
    }

    fn by(name: &str, what: &str, runs: &str) -> String {
        format!(r#"<w:{what} w:id="9" w:author="{name}" w:date="2026-03-12T10:00:00Z">{runs}</w:{what}>"#)
    }

    #[test]
    fn comments_and_their_answers_are_read_with_the_words_they_are_about() {
        let body = format!(
            r#"<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr>{}</w:p><w:p>{}<w:commentRangeStart w:id="1"/><w:commentRangeStart w:id="2"/>{}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r><w:commentRangeEnd w:id="2"/>{}</w:p>"#,
            run("Managing the risk"),
            run("Ask the "),
            run("fire service"),
            run(" first.")
        );
        let comment = |id: u8, who: &str, paragraph: &str, says: &str| {
            format!(r#"<w:comment w:id="{id}" w:author="{who}" w:date="2026-03-12T10:00:00Z"><w:p w14:paraId="{paragraph}">{}</w:p></w:comment>"#, run(says))
        };
        let comments = comment(1, "Kim", "AA", "Which team &amp; when?") + &comment(2, "Lee", "BB", "Prevention.") + &comment(3, "Ash", "CC", "Nowhere.");
        let threads = r#"<w15:commentEx w15:paraId="AA" w15:done="1"/><w15:commentEx w15:paraId="BB" w15:paraIdParent="AA" w15:done="0"/>"#;
        let read = read_review(&docx(&body, &comments, threads)).unwrap();
        let told: Vec<(ReviewKind, &str, &str, &str, bool)> =
            read.iter().map(|entry| (entry.kind, entry.author.as_str(), entry.quote.as_str(), entry.says.as_str(), entry.done)).collect();
        assert_eq!(
            told,
            [
                (ReviewKind::Comment, "Kim", "fire service", "Which team & when?", true),
                (ReviewKind::Reply, "Lee", "fire service", "Prevention.", false),
                (ReviewKind::Comment, "Ash", "", "Nowhere.", false),
            ]
        );
        assert_eq!((read[0].section.as_deref(), read[0].paragraph.as_str()), (Some("Managing the risk"), "Ask the fire service first."));
        assert_eq!(read[0].date, NaiveDate::from_ymd_opt(2026, 3, 12));
    }

    #[test]
    fn changes_are_told_as_what_was_there_and_what_is_proposed() {
        let body = format!(
            "<w:p><w:pPr><w:rPr>{}</w:rPr></w:pPr>{}{}{}{}{}{}{}</w:p>",
            r#"<w:ins w:id="1" w:author="Kim"/>"#,
            run("Ask the "),
            by("Kim", "del", &deleted("fire ")) + &by("Kim", "del", &deleted("service")),
            by("Kim", "ins", &run("prevention team")),
            by("Lee", "ins", &run(", all of it,")),
            run(" first"),
            by("Lee", "del", &deleted(", always")),
            run("."),
        );
        let read = read_review(&docx(&body, "", "")).unwrap();
        let told: Vec<(ReviewKind, &str, &str, &str)> =
            read.iter().map(|entry| (entry.kind, entry.author.as_str(), entry.quote.as_str(), entry.says.as_str())).collect();
        assert_eq!(
            told,
            [
                (ReviewKind::Replaced, "Kim", "fire service", "prevention team"),
                (ReviewKind::Inserted, "Lee", "Ask the prevention team", ", all of it,"),
                (ReviewKind::Deleted, "Lee", ", always", ""),
            ]
        );
        assert!(read.iter().all(|entry| entry.paragraph == "Ask the fire service first, always."), "{read:?}");
    }

    #[test]
    fn what_is_no_document_is_refused_in_words() {
        assert_eq!(read_review(b"no zip").unwrap_err(), "it is not a document of Word, or it is damaged");
    }
}
