//! A text as part of the text edition: Markdown inside Markdown.
//!
//! It is written anew from its events, block by block. So a code fence that was never closed ends with its text, underlined headings
//! move like the others, and labels of notes and links cannot meet those of another text.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::escape::escape_words;
use super::safe_events;

/// Markdown as Markdown; its highest headings have the level `top`. `number` is that of the text in its document.
pub(in crate::documents) fn to_markdown(text: &str, top: usize, number: usize) -> String {
    let events = safe_events(text, top);
    let mut reader = Reader { events: &events, at: 0, number };
    let blocks = reader.blocks();
    blocks.join("\n\n")
}

struct Reader<'a> {
    events: &'a [Event<'a>],
    at: usize,
    number: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a Event<'a>> {
        let event = self.events.get(self.at)?;
        self.at += 1;
        Some(event)
    }

    /// The blocks up to the end of what holds them, each without a line end.
    fn blocks(&mut self) -> Vec<String> {
        let mut blocks = Vec::new();
        while let Some(event) = self.next() {
            match event {
                Event::End(_) => break,
                Event::Start(Tag::Paragraph) => blocks.push(self.words(true)),
                Event::Start(Tag::Heading { level, .. }) => blocks.push(format!("{} {}", "#".repeat(*level as usize), self.words(false).replace('\n', " "))),
                Event::Start(Tag::BlockQuote(_)) => blocks.push(indented(&self.blocks().join("\n\n"), "> ", "> ")),
                Event::Start(Tag::CodeBlock(_)) => blocks.push(self.code()),
                Event::Start(Tag::List(first)) => blocks.push(self.list(*first)),
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    let mark = format!("[^{}]: ", self.label(label));
                    blocks.push(indented(&self.blocks().join("\n\n"), &mark, "    "));
                }
                Event::Start(Tag::Table(columns)) => blocks.push(self.table(columns.len())),
                Event::Rule => blocks.push("* * *".to_owned()),
                // The words of a list's item stand there without a paragraph.
                _ => {
                    self.at -= 1;
                    blocks.push(self.words(true));
                    // What ended them is looked at again: the end of the item, or a block inside it.
                    self.at -= 1;
                }
            }
        }
        blocks.retain(|block| !block.is_empty());
        blocks
    }

    /// Words up to the end of what holds them, or to a block.
    fn words(&mut self, at_start: bool) -> String {
        let mut words = String::new();
        while let Some(event) = self.next() {
            match event {
                Event::Text(text) => {
                    let fresh = words.ends_with('\n') || (words.is_empty() && at_start);
                    words += &escape_words(text, fresh);
                }
                Event::Code(code) => words += &code_words(code),
                Event::SoftBreak => words.push('\n'),
                Event::HardBreak => words += "\\\n",
                Event::TaskListMarker(done) => words += if *done { "[x] " } else { "[ ] " },
                Event::FootnoteReference(label) => words += &format!("[^{}]", self.label(label)),
                Event::Start(Tag::Emphasis) => words += &format!("*{}*", self.words(false)),
                Event::Start(Tag::Strong) => words += &format!("**{}**", self.words(false)),
                Event::Start(Tag::Strikethrough) => words += &format!("~~{}~~", self.words(false)),
                Event::Start(Tag::Link { dest_url, link_type, .. }) => {
                    let inside = self.words(false);
                    // What was typed as `<desk@…>` has its scheme from the parser's writer alone.
                    let scheme = if *link_type == LinkType::Email { "mailto:" } else { "" };
                    let url = dest_url.replace('<', "%3C").replace('>', "%3E").replace('\\', "%5C");
                    words += &format!("[{inside}](<{scheme}{url}>)");
                }
                Event::Start(_) | Event::End(_) | Event::Rule => break,
                _ => {}
            }
        }
        words.trim_end_matches('\n').to_owned()
    }

    fn code(&mut self) -> String {
        let mut code = String::new();
        while let Some(Event::Text(text)) = self.next() {
            code += text;
        }
        let fence = "`".repeat(longest_run(&code).max(2) + 1);
        format!("{fence}\n{}\n{fence}", code.trim_end_matches('\n'))
    }

    fn list(&mut self, first: Option<u64>) -> String {
        let mut items = Vec::new();
        while let Some(Event::Start(Tag::Item)) = self.next() {
            let mark = first.map_or_else(|| "- ".to_owned(), |first| format!("{}. ", first.saturating_add(items.len() as u64)));
            let blocks = self.blocks();
            items.push(indented(&blocks.join("\n\n"), &mark, &" ".repeat(mark.len())));
        }
        items.join("\n")
    }

    fn table(&mut self, columns: usize) -> String {
        let mut rows: Vec<String> = Vec::new();
        let mut row = String::from("|");
        while let Some(event) = self.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let cell = self.words(false).replace('\n', " ");
                    row += &format!(" {} |", if cell.is_empty() { "–" } else { &cell });
                }
                Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                    rows.push(std::mem::replace(&mut row, String::from("|")));
                    if rows.len() == 1 {
                        rows.push(format!("|{}", " --- |".repeat(columns)));
                    }
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        rows.join("\n")
    }

    fn label(&self, label: &str) -> String {
        format!("{}-{}", self.number, label.replace(['[', ']', '\\'], ""))
    }
}

/// The lines of a text with something before them.
fn indented(text: &str, first: &str, rest: &str) -> String {
    let lines: Vec<String> = text.lines().enumerate().map(|(n, line)| format!("{}{line}", if n == 0 { first } else { rest }).trim_end().to_owned()).collect();
    if lines.is_empty() { first.trim_end().to_owned() } else { lines.join("\n") }
}

/// Code within a line, in marks that it does not hold itself.
fn code_words(code: &str) -> String {
    let marks = "`".repeat(longest_run(code) + 1);
    let blank = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{marks}{blank}{code}{blank}{marks}")
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
