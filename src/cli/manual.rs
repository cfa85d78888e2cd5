//! The manual inside the program: pages of `docs/`, as they stand, set for a terminal.

use anstyle::{AnsiColor, Style};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::layout::{Grid, GridColumn, Yields, fold_to};
use super::ui::Widths;

/// A page of the manual.
pub(super) struct Page {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    text: &'static str,
}

macro_rules! page {
    ($name:literal, $about:literal) => {
        Page { name: $name, about: $about, text: include_str!(concat!("../../docs/", $name, ".md")) }
    };
}

pub(super) const PAGES: &[Page] = &[
    page!("words", "what the words mean"),
    page!("between-meetings", "the coordinator's desk: agenda, referrals, actions, dates"),
    page!("chairing", "how a meeting is recorded while it is held, and every word that can be said"),
    page!("files", "the files of a workspace, and how they are written"),
    page!("fields", "every field of every file"),
    page!("changing-files", "how marg changes files, and what happens when two people do"),
    page!("tagging", "which themes a discussion has, and how they are suggested"),
    page!("codebook", "themes that are added, renamed, merged, split, retired or adopted"),
    page!("release-day", "whether the day of a release can be walked: how a plan is written, and what is worked out"),
    page!("communities", "communities of practice: the pack for a session, and what comes back"),
    page!("guides", "best-practice guides: making the draft, editing it, taking the edits back"),
    page!("search", "finding what was written, and what has helped before"),
    page!("figures", "what every figure means"),
    page!("findings", "what `marg check` finds"),
    page!("recording", "labels that need their context, and plainer words"),
    page!("personal-data", "what names somebody in a text, and how it is found"),
    page!("publishing", "how an edition leaves: shown, audited, signed off, recorded"),
    page!("privacy", "what leaves the group, and for whom"),
    page!("promises", "what is promised, and the test and figure that show it"),
    page!("people", "who is behind a ref: the people file, keys, sealing, forgetting, retention"),
    page!("access-requests", "everything about one person, when they ask what is held about them"),
    page!("templates", "templates of your own for the pages"),
    page!("exit-codes", "how a command ends, for scripts"),
    page!("json", "the answers for programs"),
];

/// The pages, for the end of the program's help.
pub(super) fn topics() -> String {
    let line = |page: &Page| format!("  {:<16}  {}", page.name, page.about);
    format!("Topics, for `marg help TOPIC`:\n{}", PAGES.iter().map(line).collect::<Vec<_>>().join("\n"))
}

const TITLE: Style = AnsiColor::Cyan.on_default().bold();
const HEADING: Style = Style::new().bold();

impl Page {
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        PAGES.iter().find(|page| page.name == name)
    }

    pub(super) fn text(&self, widths: Widths) -> String {
        let mut setter = Setter { widths: Widths { prose: widths.prose.min(100), table: widths.table.min(132) }, ..Setter::default() };
        for event in Parser::new_ext(self.text, Options::ENABLE_TABLES) {
            setter.event(event);
        }
        setter.page.trim_end().to_owned() + "\n"
    }
}

/// Sets a page block by block.
#[derive(Default)]
struct Setter {
    widths: Widths,
    page: String,
    /// The words of the block that is being read.
    words: String,
    /// For each list that the block is in, the number of its next item; nothing for one without numbers.
    lists: Vec<Option<u64>>,
    /// What stands before the first line of the item that was begun.
    bullet: Option<String>,
    /// Where a link leads, and where its words begin.
    link: Option<(String, usize)>,
    table: Vec<Vec<String>>,
    verbatim: bool,
}

impl Setter {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => self.words.push_str(&text),
            Event::Code(code) => self.words.push_str(&format!("`{code}`")),
            Event::SoftBreak | Event::HardBreak => self.words.push(' '),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.block();
                self.lists.push(first);
            }
            Tag::Item => {
                let number = self.lists.last_mut().and_then(Option::as_mut);
                self.bullet = Some(number.map_or_else(
                    || "- ".to_owned(),
                    |number| {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    },
                ));
            }
            Tag::CodeBlock(_) => self.verbatim = true,
            Tag::Link { dest_url, .. } => self.link = Some((dest_url.into_string(), self.words.len())),
            Tag::Table(_) => self.table.clear(),
            Tag::TableHead | Tag::TableRow => self.table.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::Paragraph => {
                self.block();
                self.gap();
            }
            TagEnd::Item => self.block(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.gap();
                }
            }
            TagEnd::CodeBlock => self.code(),
            TagEnd::Link => self.lead(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.words);
                self.table.last_mut().into_iter().for_each(|row| row.push(cell.clone()));
            }
            TagEnd::Table => self.set_table(),
            _ => {}
        }
    }

    fn gap(&mut self) {
        if !self.page.is_empty() && !self.page.ends_with("\n\n") && self.lists.is_empty() {
            self.page.push('\n');
        }
    }

    fn heading(&mut self, level: HeadingLevel) {
        let words = std::mem::take(&mut self.words);
        let style = if level <= HeadingLevel::H2 { TITLE } else { HEADING };
        self.gap();
        for line in fold_to(&words, self.widths.prose) {
            self.page.push_str(&format!("{style}{line}{style:#}\n"));
        }
        self.page.push('\n');
    }

    /// The words read so far, folded, below their bullet if they have one.
    fn block(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        let indent = "  ".repeat(self.lists.len());
        let bullet = self.bullet.take();
        let lead = bullet.as_deref().map_or_else(|| indent.clone(), |bullet| format!("{}{bullet}", "  ".repeat(self.lists.len().saturating_sub(1))));
        let hanging = " ".repeat(lead.chars().count());
        let lines = fold_to(words.trim(), self.widths.prose.saturating_sub(lead.chars().count()));
        self.page.push_str(&format!("{lead}{}\n", lines.join(&format!("\n{hanging}"))));
    }

    /// Examples stand as they are, and a little to the right.
    fn code(&mut self) {
        self.verbatim = false;
        for line in std::mem::take(&mut self.words).lines() {
            self.page.push_str(format!("    {line}").trim_end());
            self.page.push('\n');
        }
        self.gap();
    }

    /// A link to another page of the manual says how to read it here.
    fn lead(&mut self) {
        let Some((to, from)) = self.link.take() else { return };
        let page = to.split('#').next().and_then(|file| file.strip_suffix(".md")).and_then(Page::find);
        match page {
            Some(page) if self.words.get(from..).is_some_and(|words| words.trim_end_matches(".md") == page.name) => {
                self.words.truncate(from);
                self.words.push_str(&format!("`marg help {}`", page.name));
            }
            Some(page) => self.words.push_str(&format!(" (`marg help {}`)", page.name)),
            None if to.starts_with("http") => self.words.push_str(&format!(" <{to}>")),
            None => {}
        }
    }

    fn set_table(&mut self) {
        let mut rows = std::mem::take(&mut self.table).into_iter();
        let Some(headings) = rows.next() else { return };
        let column = |heading| GridColumn { heading, yields: Yields::Last, right: false };
        let grid = Grid { columns: headings.iter().map(|heading| column(heading.as_str())).collect(), rows: rows.collect() };
        self.page.push_str(&grid.text(self.widths.table.min(self.widths.prose)));
        self.gap();
    }
}
