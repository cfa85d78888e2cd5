//! A text as part of a page. Tables, footnotes and task lists are written here rather than by the parser's own writer: its tables
//! have no caption and no scope, its footnotes take ids that two texts on one page would share, its task lists have inputs that
//! nothing names.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use pulldown_cmark::{CowStr, Event, Tag, TagEnd, html};

use super::safe_events;

/// Numbers for what must be named once on a page: its texts, and the tables in them.
#[derive(Default)]
pub(in crate::documents) struct Numbers {
    texts: AtomicUsize,
    tables: AtomicUsize,
}

impl Numbers {
    /// Begins to count anew: a page begins.
    pub(in crate::documents) fn begin(&self) {
        self.texts.store(0, Ordering::Relaxed);
        self.tables.store(0, Ordering::Relaxed);
    }

    fn next(number: &AtomicUsize) -> usize {
        number.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// Markdown as HTML; its highest headings have the level `top`.
pub(in crate::documents) fn to_html(text: &str, top: usize, numbers: &Numbers) -> String {
    let events = safe_events(text, top);
    let labels = events.iter().filter_map(|event| match event {
        Event::Start(Tag::FootnoteDefinition(label)) => Some(label.to_string()),
        _ => None,
    });
    let notes = labels.zip(1..).map(|(label, number)| (label, (number, false))).collect();
    let mut writer = Writer { text: Numbers::next(&numbers.texts), numbers, notes, in_head: false, cell: 0 };
    let written: Vec<Event<'_>> = events.iter().enumerate().map(|(at, event)| writer.write(event, &events[at..])).collect();
    let mut page = String::with_capacity(text.len() * 2);
    html::push_html(&mut page, written.into_iter());
    page
}

struct Writer<'a> {
    /// The number of this text on its page.
    text: usize,
    numbers: &'a Numbers,
    /// Number of each footnote by its label, and whether its text was written already.
    notes: BTreeMap<String, (usize, bool)>,
    in_head: bool,
    /// What the present cell of a table holds so far.
    cell: usize,
}

impl Writer<'_> {
    fn write<'e>(&mut self, event: &Event<'e>, rest: &[Event<'_>]) -> Event<'e> {
        if !matches!(event, Event::Start(Tag::TableCell) | Event::End(TagEnd::TableCell)) {
            self.cell += 1;
        }
        let written = match event {
            Event::Start(Tag::Table(_)) => self.table(rest),
            Event::End(TagEnd::Table) => "</tbody></table></div>\n".to_owned(),
            Event::Start(Tag::TableHead) => {
                self.in_head = true;
                "<thead><tr>".to_owned()
            }
            Event::End(TagEnd::TableHead) => {
                self.in_head = false;
                "</tr></thead>\n<tbody>".to_owned()
            }
            Event::Start(Tag::TableRow) => "<tr>".to_owned(),
            Event::End(TagEnd::TableRow) => "</tr>\n".to_owned(),
            Event::Start(Tag::TableCell) => {
                self.cell = 0;
                if self.in_head { "<th scope=\"col\">" } else { "<td>" }.to_owned()
            }
            Event::End(TagEnd::TableCell) => {
                let empty = if self.cell == 0 { "–" } else { "" };
                format!("{empty}</{}>", if self.in_head { "th" } else { "td" })
            }
            Event::TaskListMarker(done) => format!("<strong>{}</strong> ", if *done { "Done:" } else { "To do:" }),
            Event::FootnoteReference(label) => self.reference(label),
            Event::Start(Tag::FootnoteDefinition(label)) => self.definition(label),
            Event::End(TagEnd::FootnoteDefinition) => "</div>\n".to_owned(),
            other => return other.clone(),
        };
        Event::Html(CowStr::from(written))
    }

    /// The beginning of a table, whose name is made of the heads of its columns.
    fn table(&self, rest: &[Event<'_>]) -> String {
        let head = rest.iter().take_while(|event| !matches!(event, Event::End(TagEnd::TableHead)));
        let mut names: Vec<String> = Vec::new();
        for event in head {
            match (event, names.last_mut()) {
                (Event::Start(Tag::TableCell), _) => names.push(String::new()),
                (Event::Text(text) | Event::Code(text), Some(name)) => name.push_str(text),
                _ => {}
            }
        }
        names.retain(|name| !name.is_empty());
        let number = Numbers::next(&self.numbers.tables);
        let name = if names.is_empty() { format!("Table {number}") } else { format!("Table {number}: {}", names.join(", ")) };
        let caption = escaped(&name);
        format!(
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"table-{number}\"><table><caption id=\"table-{number}\">{caption}</caption>"
        )
    }

    /// A note that is nowhere in the text leads nowhere.
    fn reference(&self, label: &str) -> String {
        match self.notes.get(label) {
            Some((number, _)) => format!("<a href=\"#note-{}-{number}\">{}</a>", self.text, shown(label)),
            None => shown(label),
        }
    }

    /// Of two notes with one label, the first is the one that the text leads to.
    fn definition(&mut self, label: &str) -> String {
        let (number, written) = self.notes.entry(label.to_owned()).or_default();
        let id = if *written { String::new() } else { format!(" id=\"note-{}-{number}\"", self.text) };
        *written = true;
        format!("<div class=\"footnote\"{id}><strong>{}</strong>", shown(label))
    }
}

fn shown(label: &str) -> String {
    escaped(&format!("[{label}]"))
}

/// The engine's escape, for the few words that are written here.
fn escaped(text: &str) -> String {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = tera::escape_html(text, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
