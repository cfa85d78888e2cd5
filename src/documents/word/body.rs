//! From the events of a text to paragraphs, lists and tables.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::grid::{Column, widths};
use super::house::HouseStyle;
use super::link;
use super::xml::run_text;

/// How far a list or a quotation is moved in, in twentieths of a point.
pub(super) const STEP: usize = 397;
/// Deeper lists and quotations than this are not moved in any further: nine levels is what a list has.
const DEEPEST: usize = 8;
/// A list can begin with this number at most; a higher one is written as text.
const HIGHEST: u64 = 30_000;

/// A list of the text: its level, and the first of its numbers if it has some.
pub(super) struct List {
    pub(super) level: usize,
    pub(super) first: Option<u64>,
}

/// The text as it is written so far.
pub(super) struct Body<'a> {
    events: &'a [Event<'a>],
    at: usize,
    frame: &'a HouseStyle,
    marking: &'a str,
    /// Whether the marking stands at the head already.
    marked: bool,
    pub(super) xml: String,
    pub(super) lists: Vec<List>,
    /// The addresses that its links lead to, in the order of their numbers.
    pub(super) links: Vec<String>,
    /// The mark of a list's item that waits for its first paragraph.
    mark: Option<Mark>,
}

#[derive(Clone)]
enum Mark {
    /// By the list's number.
    Of(usize),
    Typed(String),
}

/// What a block stands in.
#[derive(Clone, Copy, Default)]
struct Within {
    quotations: usize,
    lists: usize,
}

impl Within {
    fn indent(self) -> usize {
        (self.quotations.min(DEEPEST) + self.lists.min(DEEPEST + 1)) * STEP
    }
}

/// How words look.
#[derive(Clone, Copy, Default)]
struct Look {
    bold: bool,
    italic: bool,
    strike: bool,
    code: bool,
    link: bool,
}

impl<'a> Body<'a> {
    /// Writes a text. Its marking is brought to the head where the sheet does not say it, or where the text does not say it itself.
    pub(super) fn write(events: &'a [Event<'a>], frame: &'a HouseStyle, marking: &'a str, first: bool) -> Self {
        let mut body = Self { events, at: 0, frame, marking, marked: first, xml: String::new(), lists: Vec::new(), links: Vec::new(), mark: None };
        body.blocks(Within::default());
        if first || !body.marked {
            let written = std::mem::take(&mut body.xml);
            let words = body.run(marking, Look::default());
            body.paragraph("Marg Marking", Within::default(), "", &words);
            body.xml += &written;
        }
        body
    }

    fn next(&mut self) -> Option<&'a Event<'a>> {
        let event = self.events.get(self.at)?;
        self.at += 1;
        Some(event)
    }

    /// The blocks up to the end of what holds them.
    fn blocks(&mut self, within: Within) {
        while let Some(event) = self.next() {
            match event {
                Event::End(_) => return,
                Event::Start(Tag::Paragraph) => self.words_of(within),
                Event::Start(Tag::Heading { level, .. }) => {
                    let words = self.words(Look::default());
                    self.paragraph(&format!("heading {}", *level as usize), within, "", &words);
                }
                Event::Start(Tag::BlockQuote(_)) => self.blocks(Within { quotations: within.quotations + 1, ..within }),
                Event::Start(Tag::CodeBlock(_)) => self.code(within),
                Event::Start(Tag::List(first)) => self.list(*first, within),
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    let words = self.run(&format!("[{label}]"), Look { bold: true, ..Look::default() });
                    self.paragraph(text_style(within), within, "<w:keepNext/>", &words);
                    self.blocks(Within { lists: within.lists + 1, ..within });
                }
                Event::Start(Tag::Table(columns)) => self.table(columns, within),
                Event::Rule => self.paragraph("Marg Rule", within, "", ""),
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) => self.loose_words(within),
                Event::Start(_) => self.blocks(within),
                _ => self.loose_words(within),
            }
        }
    }

    /// The words of a list's item stand there without a paragraph; what ended them is looked at again.
    fn loose_words(&mut self, within: Within) {
        self.at -= 1;
        self.words_of(within);
        self.at -= 1;
    }

    fn words_of(&mut self, within: Within) {
        let begin = self.at;
        let words = self.words(Look::default());
        if plain(&self.events[begin..self.at]) == self.marking {
            if !self.marked {
                self.paragraph("Marg Marking", within, "", &words);
            }
            self.marked = true;
        } else if !words.is_empty() {
            self.paragraph(text_style(within), within, "", &words);
        }
    }

    /// A paragraph; `more` are properties that come right after its style.
    fn paragraph(&mut self, style: &str, within: Within, more: &str, words: &str) {
        let id = self.frame.styles.id(style);
        let left = within.indent();
        let (number, typed) = match self.mark.take() {
            Some(Mark::Of(nth)) => {
                let level = within.lists.clamp(1, DEEPEST + 1) - 1;
                (format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{}\"/></w:numPr>", self.frame.numbering.number(nth)), None)
            }
            Some(Mark::Typed(mark)) => (String::new(), Some(self.run(&mark, Look::default()))),
            // The headings of a text have their numbers in their words: a template's own would be a second.
            None if style.starts_with("heading") && self.frame.numbers_headings => ("<w:numPr><w:numId w:val=\"0\"/></w:numPr>".to_owned(), None),
            None => (String::new(), None),
        };
        let is_item = typed.is_some() || number.contains("ilvl");
        let indent = match left {
            0 if number.is_empty() => String::new(),
            _ if is_item => format!("<w:ind w:left=\"{left}\" w:hanging=\"{STEP}\"/>"),
            _ => format!("<w:ind w:left=\"{left}\" w:firstLine=\"0\"/>"),
        };
        let typed = typed.unwrap_or_default();
        self.xml += &format!("<w:p><w:pPr><w:pStyle w:val=\"{id}\"/>{more}{number}{indent}</w:pPr>{typed}{words}</w:p>");
    }

    /// A mark that nothing has taken yet stands on a line of its own.
    fn let_go_of_mark(&mut self, within: Within) {
        if self.mark.is_some() {
            self.paragraph("List Paragraph", within, "", "");
        }
    }

    fn code(&mut self, within: Within) {
        let mut code = String::new();
        while let Some(Event::Text(text)) = self.next() {
            code += text;
        }
        let words = format!("<w:r>{}</w:r>", run_text(code.trim_end_matches('\n')));
        self.paragraph("Marg Code", within, "", &words);
    }

    fn list(&mut self, first: Option<u64>, within: Within) {
        // An item that begins with a list has its own mark first.
        self.let_go_of_mark(within);
        let inside = Within { lists: within.lists + 1, ..within };
        let is_high = |first: u64| first > HIGHEST;
        let nth = self.lists.len();
        if !first.is_some_and(is_high) {
            self.lists.push(List { level: within.lists.min(DEEPEST), first });
        }
        let mut number = first.unwrap_or_default();
        while let Some(Event::Start(Tag::Item)) = self.next() {
            self.mark = Some(if first.is_some_and(is_high) { Mark::Typed(format!("{number}. ")) } else { Mark::Of(nth) });
            self.blocks(inside);
            self.let_go_of_mark(inside);
            number = number.saturating_add(1);
        }
    }

    /// Words up to the end of what holds them, or to a block.
    fn words(&mut self, look: Look) -> String {
        let mut runs = String::new();
        while let Some(event) = self.next() {
            runs += &match event {
                Event::Text(text) => self.run(text, look),
                Event::Code(text) => self.run(text, Look { code: true, ..look }),
                Event::SoftBreak => self.run(" ", look),
                Event::HardBreak => self.run("\n", look),
                Event::TaskListMarker(done) => self.run(if *done { "Done: " } else { "To do: " }, Look { bold: true, ..look }),
                Event::FootnoteReference(label) => self.run(&format!("[{label}]"), look),
                Event::Start(Tag::Emphasis) => self.words(Look { italic: true, ..look }),
                Event::Start(Tag::Strong) => self.words(Look { bold: true, ..look }),
                Event::Start(Tag::Strikethrough) => self.words(Look { strike: true, ..look }),
                Event::Start(Tag::Link { dest_url, .. }) => self.link(dest_url, look),
                Event::Start(_) | Event::End(_) | Event::Rule => break,
                _ => String::new(),
            };
        }
        runs
    }

    /// A link; its address is shown as text where it cannot be one.
    fn link(&mut self, url: &str, look: Look) -> String {
        let Some(address) = link::address(url) else {
            let begin = self.at;
            let words = self.words(look);
            let is_shown = plain(&self.events[begin..self.at]).contains(url);
            return if is_shown { words } else { words + &self.run(&format!(" ({url})"), look) };
        };
        let words = self.words(Look { link: true, ..look });
        let nth = self.links.iter().position(|known| *known == address).unwrap_or_else(|| {
            self.links.push(address);
            self.links.len() - 1
        });
        format!("<w:hyperlink r:id=\"margLink{}\">{words}</w:hyperlink>", nth + 1)
    }

    fn run(&self, text: &str, look: Look) -> String {
        if text.is_empty() {
            return String::new();
        }
        let style = match (look.link, look.code) {
            (true, _) => format!("<w:rStyle w:val=\"{}\"/>", self.frame.styles.id("Hyperlink")),
            (false, true) => format!("<w:rStyle w:val=\"{}\"/>", self.frame.styles.id("Marg Code Words")),
            (false, false) => String::new(),
        };
        let on = |on: bool, xml: &'static str| if on { xml } else { "" };
        let looks = [on(look.bold, "<w:b/><w:bCs/>"), on(look.italic, "<w:i/><w:iCs/>"), on(look.strike, "<w:strike/>")].concat();
        let properties = if style.is_empty() && looks.is_empty() { String::new() } else { format!("<w:rPr>{style}{looks}</w:rPr>") };
        format!("<w:r>{properties}{}</w:r>", run_text(text))
    }

    fn table(&mut self, alignments: &[Alignment], within: Within) {
        self.let_go_of_mark(within);
        let mut columns = vec![Column::default(); alignments.len()];
        let mut rows: Vec<Vec<String>> = vec![Vec::new()];
        while let Some(event) = self.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let begin = self.at;
                    let words = self.words(Look::default());
                    let row = rows.last_mut().map_or(0, |row| {
                        row.push(if words.is_empty() { "<w:r><w:t>–</w:t></w:r>".to_owned() } else { words });
                        row.len()
                    });
                    if let Some(column) = columns.get_mut(row.saturating_sub(1)) {
                        column.leave_room(plain(&self.events[begin..self.at]) == TO_FILL);
                        column.hold(&plain(&self.events[begin..self.at]), rows.len() == 1);
                    }
                }
                Event::End(TagEnd::TableHead | TagEnd::TableRow) => rows.push(Vec::new()),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        rows.retain(|row| !row.is_empty());
        self.write_table(&rows, alignments, &columns, within);
    }

    fn write_table(&mut self, rows: &[Vec<String>], alignments: &[Alignment], columns: &[Column], within: Within) {
        let width = self.frame.width.saturating_sub(within.indent()).max(columns.len());
        let widths = widths(columns, width);
        let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let styles = &self.frame.styles;
        self.xml += &format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{}\"/><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblInd w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
            styles.id("Marg Table"),
            within.indent()
        );
        for (nth, row) in rows.iter().enumerate() {
            let head = if nth == 0 { "<w:tblHeader/>" } else { "" };
            let height = if row.iter().any(|words| words.contains(&format!(">{TO_FILL}<"))) { "<w:trHeight w:val=\"540\" w:hRule=\"atLeast\"/>" } else { "" };
            self.xml += &format!("<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>");
            for ((words, alignment), width) in row.iter().zip(alignments).zip(&widths) {
                let side = match alignment {
                    Alignment::Right => "<w:jc w:val=\"right\"/>",
                    Alignment::Center => "<w:jc w:val=\"center\"/>",
                    Alignment::Left | Alignment::None => "",
                };
                let keep = if nth == 0 { "<w:keepNext/>" } else { "" };
                self.xml += &format!(
                    "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{}\"/>{keep}{side}</w:pPr>{words}</w:p></w:tc>",
                    styles.id("Marg Cell")
                );
            }
            self.xml += "</w:tr>";
        }
        // Two tables without a paragraph between them would be one.
        self.xml += &format!("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr></w:p>", styles.id("Marg After Table"));
    }
}

/// What stands in a cell that is to be filled in by hand: its row has room for a line of handwriting.
const TO_FILL: &str = "\u{a0}";

fn text_style(within: Within) -> &'static str {
    match within {
        Within { quotations: 1.., .. } => "Quote",
        Within { lists: 1.., .. } => "List Paragraph",
        Within { .. } => "Normal",
    }
}

/// The words of events, without what they look like.
fn plain(events: &[Event<'_>]) -> String {
    let mut words = String::new();
    for event in events {
        match event {
            Event::Text(text) | Event::Code(text) => words += text,
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}
