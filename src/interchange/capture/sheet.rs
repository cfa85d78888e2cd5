//! The sheet itself: as rows for a spreadsheet, and as a text with tables for Word.

use chrono::{NaiveDate, NaiveTime};

use super::super::sheet::guarded;
use super::{Cycle, Topic};

/// What is known of a session before it is held.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The theme's id, and its title.
    pub theme: String,
    pub title: String,
    pub date: Option<NaiveDate>,
    pub starts: Option<NaiveTime>,
    pub ends: Option<NaiveTime>,
    pub venue: Option<String>,
    pub facilitator: Option<String>,
    pub lead: Option<String>,
    /// Agencies that may come, by their names.
    pub agencies: Vec<String>,
}

/// The columns of the sheet for a spreadsheet.
pub(super) const COLUMNS: [&str; 4] = ["What", "What was said", "Who", "Reply, or a story"];

/// The headings of the tables for Word, by which they are known again; each with what its columns hold.
pub(super) const ABOUT: [&str; 2] = ["About the session", "Write here"];
pub(super) const CAME: [&str; 3] = ["Who came: agency", "Role, not a name", "present, apology, observer, sent information"];
pub(super) const QUESTIONS: [&str; 1] = ["Questions that were asked"];
pub(super) const ISSUES: [&str; 1] = ["What is still stuck"];
pub(super) const PRACTICE: [&str; 1] = ["What already works"];
pub(super) const RECOMMENDATIONS: [&str; 3] = ["What we ask", "Of which agency", "What it answered"];
pub(super) const VALUE: [&str; 3] = ["What it was worth", "What can be counted or seen", "A story"];
pub(super) const NOTES: [&str; 1] = ["Anything else"];

/// What stands around the tables, so that it is not taken for something that was written.
pub(super) const TITLE: &str = "Capture sheet";
pub(super) const INTRO: [&str; 3] = [
    "Write what was said, in the words it was said in, and not who said it. No names, and nothing by which somebody could be recognised.",
    "Leave empty what you do not need; add rows where there are too few. Each thing has a row of its own.",
    "When it is filled in, marg cop record reads it.",
];
pub const MARKING: &str = "For the people at this session. Give it to the facilitator before you leave.";

/// So many rows are there to be filled.
const ROWS: usize = 5;

fn about(sheet: &Sheet) -> Vec<(Topic, String)> {
    let time = |time: Option<NaiveTime>| time.map(|time| time.format("%H:%M").to_string()).unwrap_or_default();
    let own = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        (Topic::Theme, sheet.theme.clone()),
        (Topic::Day, sheet.date.map(|day| day.to_string()).unwrap_or_default()),
        (Topic::Starts, time(sheet.starts)),
        (Topic::Ends, time(sheet.ends)),
        (Topic::Venue, own(&sheet.venue)),
        (Topic::Facilitator, own(&sheet.facilitator)),
        (Topic::Lead, own(&sheet.lead)),
        (Topic::MinuteTaker, String::new()),
        (Topic::Statement, String::new()),
        (Topic::People, String::new()),
        (Topic::WithExperience, String::new()),
        (Topic::Story, String::new()),
        (Topic::StoryConsent, String::new()),
        (Topic::NextSession, String::new()),
    ]
}

/// The sheet as CSV, which a spreadsheet opens: with the mark that tells Excel that it is UTF-8.
pub fn sheet_csv(sheet: &Sheet) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut put = |cells: [&str; 4]| {
        // Writing to memory cannot fail, and every record has the same length.
        let _ = writer.write_record(cells.map(|cell| guarded(cell).into_owned()));
    };
    put(COLUMNS);
    for (topic, text) in about(sheet) {
        put([topic.word(), &text, "", ""]);
    }
    sheet.agencies.iter().for_each(|agency| put([Topic::Came.word(), "", agency, ""]));
    for topic in [Topic::Question, Topic::Issue, Topic::Practice, Topic::Recommendation] {
        (0..ROWS).for_each(|_| put([topic.word(), "", "", ""]));
    }
    Cycle::ALL.iter().for_each(|cycle| put([Topic::Value(*cycle).word(), "", "", ""]));
    put([Topic::Note.word(), "", "", ""]);
    let rows = String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default();
    format!("\u{feff}{rows}")
}

/// The sheet as a text in Markdown, whose tables are those of the document for Word.
pub fn sheet_markdown(sheet: &Sheet) -> String {
    let mut text = format!("# {TITLE}: {}\n\n{}\n", escape(&sheet.title), INTRO.map(|line| format!("{line}\n\n")).concat());
    let mut table = |head: &[&str], rows: &[Vec<String>]| {
        // A hard blank says that the cell is to be filled in.
        let cell = |cell: &String| if cell.is_empty() { "&nbsp;".to_owned() } else { cell.clone() };
        let line = |cells: &[String]| format!("| {} |\n", cells.iter().map(cell).collect::<Vec<_>>().join(" | "));
        let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
        text += &line(&head);
        text += &line(&vec![":---".to_owned(); head.len()]);
        rows.iter().for_each(|row| text += &line(row));
        text += "\n";
    };
    let empty = |columns: usize| vec![vec![String::new(); columns]; ROWS];
    let rows: Vec<Vec<String>> = about(sheet).into_iter().map(|(topic, text)| vec![topic.word().to_owned(), escape(&text)]).collect();
    table(&ABOUT, &rows);
    [&QUESTIONS, &ISSUES, &PRACTICE].into_iter().for_each(|head| table(head, &empty(1)));
    table(&RECOMMENDATIONS, &empty(3));
    let rows: Vec<Vec<String>> =
        Cycle::ALL.iter().map(|cycle| vec![format!("{} – {}", cycle.word(), cycle.explained()), String::new(), String::new()]).collect();
    table(&VALUE, &rows);
    table(&NOTES, &vec![vec![String::new()]; 3]);
    let rows: Vec<Vec<String>> = sheet.agencies.iter().map(|agency| vec![escape(agency), String::new(), String::new()]).collect();
    table(&CAME, &rows);
    text
}

/// What would be a sign in Markdown, as itself.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
