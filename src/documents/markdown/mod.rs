//! Texts that people write in Markdown, made fit for a page: nothing in them runs, loads or is lost.
//!
//! The events of the parser are filtered before anything is written from them, so there is no second parser that could see it
//! otherwise: raw HTML becomes text, links keep a few schemes, pictures become their description, headings move below those of the
//! page. From the same events `html` writes the page and `text` the text edition.

mod escape;
mod html;
mod text;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

pub(super) use escape::escape_markdown;
pub(super) use html::{Numbers, to_html};
pub(super) use text::to_markdown;

const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH).union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_TASKLISTS);

/// A text that is nested deeper than this wants to do harm, and is shown as it was typed.
const DEEPEST: usize = 24;

/// The events of a document whose texts have been made safe one by one: they may be nested as deeply as that, and stand in lists and
/// quotations of the document.
pub(super) fn document_events(text: &str) -> Vec<Event<'_>> {
    events_down_to(text, 1, 2 * DEEPEST)
}

/// The events of a text with everything taken out that could run, load or hide: what is left is words and their arrangement.
fn safe_events(text: &str, top: usize) -> Vec<Event<'_>> {
    events_down_to(text, top, DEEPEST)
}

fn events_down_to(text: &str, top: usize, deepest: usize) -> Vec<Event<'_>> {
    let mut parser = Parser::new_ext(text, OPTIONS);
    let mut filter = Filter { top, ..Filter::default() };
    let mut events = Vec::new();
    let mut depth = 0_usize;
    for event in parser.by_ref() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth > deepest {
            return paragraph(text.into()).to_vec();
        }
        filter.pass(event, &mut events);
    }
    // A definition that no link uses would vanish from the page.
    let unused = parser.reference_definitions().iter().filter(|(label, _)| !filter.used.contains(&label.to_lowercase()));
    let mut lost: Vec<_> = unused.map(|(_, definition)| definition.span.clone()).collect();
    lost.sort_by_key(|span| span.start);
    events.extend(lost.into_iter().flat_map(|span| paragraph(text[span].trim().into())));
    events
}

fn paragraph(text: CowStr<'_>) -> [Event<'_>; 3] {
    [Event::Start(Tag::Paragraph), Event::Text(text), Event::End(TagEnd::Paragraph)]
}

#[derive(Default)]
struct Filter {
    /// The level of the text's highest headings.
    top: usize,
    /// The headings above the present one, by the levels that the text gives them.
    above: Vec<HeadingLevel>,
    /// For each open link, whether it stays one, and what is written after its words.
    links: Vec<(bool, String)>,
    /// What is written after each open picture.
    pictures: Vec<String>,
    /// Labels of the definitions that links use.
    used: Vec<String>,
}

impl Filter {
    fn pass<'a>(&mut self, event: Event<'a>, events: &mut Vec<Event<'a>>) {
        match event {
            Event::Html(raw) | Event::InlineHtml(raw) => events.push(Event::Text(raw)),
            Event::Start(Tag::HtmlBlock) => events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => events.push(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Heading { level, .. }) => {
                let level = self.below(level);
                events.push(Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }));
            }
            Event::End(TagEnd::Heading(_)) => events.push(Event::End(TagEnd::Heading(self.level()))),
            Event::Start(Tag::BlockQuote(_)) => events.push(Event::Start(Tag::BlockQuote(None))),
            Event::Start(Tag::CodeBlock(kind)) => {
                events.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)));
                if let CodeBlockKind::Fenced(info) = kind
                    && !info.is_empty()
                {
                    events.push(Event::Text(format!("{info}\n").into()));
                }
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => self.link(link_type, dest_url, &title, &id, events),
            Event::End(TagEnd::Link) => {
                let (keep, after) = self.links.pop().unwrap_or_default();
                events.extend(keep.then_some(Event::End(TagEnd::Link)));
                events.extend((!after.is_empty()).then(|| Event::Text(after.into())));
            }
            // The description follows as text.
            Event::Start(Tag::Image { dest_url, title, id, .. }) => {
                self.used.push(id.to_lowercase());
                self.pictures.push(in_brackets(&dest_url) + &in_brackets(&title) + "]");
                events.push(Event::Text("[picture: ".into()));
            }
            Event::End(TagEnd::Image) => events.push(Event::Text(self.pictures.pop().unwrap_or_default().into())),
            other => events.push(other),
        }
    }

    /// A link stays if it is harmless; otherwise its address is shown as text, and so is a title in any case.
    fn link<'a>(&mut self, link_type: LinkType, url: CowStr<'a>, title: &str, id: &CowStr<'a>, events: &mut Vec<Event<'a>>) {
        self.used.push(id.to_lowercase());
        let is_own_text = matches!(link_type, LinkType::Autolink | LinkType::Email);
        let keep = if link_type == LinkType::Email { is_harmless(&format!("mailto:{url}")) } else { is_harmless(&url) };
        let after = if keep || is_own_text { in_brackets(title) } else { in_brackets(&url) + &in_brackets(title) };
        self.links.push((keep, after));
        if keep {
            events.push(Event::Start(Tag::Link { link_type, dest_url: url, title: CowStr::Borrowed(""), id: CowStr::Borrowed("") }));
        }
    }

    /// Where a heading goes: one level below the heading that holds it, so that none is skipped.
    fn below(&mut self, level: HeadingLevel) -> HeadingLevel {
        while self.above.last().is_some_and(|above| *above >= level) {
            self.above.pop();
        }
        self.above.push(level);
        self.level()
    }

    fn level(&self) -> HeadingLevel {
        HeadingLevel::try_from((self.top + self.above.len()).saturating_sub(1).clamp(1, 6)).unwrap_or(HeadingLevel::H6)
    }
}

fn in_brackets(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" ({text})") }
}

/// Whether a link leads to where it says, by a way that cannot run anything.
fn is_harmless(url: &str) -> bool {
    let steers =
        |c: char| c == '\\' || c.is_control() || c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    let lower = url.to_ascii_lowercase();
    let web = ["http://", "https://"].iter().find_map(|scheme| lower.strip_prefix(scheme));
    let host_alone = |rest: &str| !rest.split(['/', '?', '#']).next().unwrap_or_default().contains('@');
    !url.chars().any(steers) && (web.is_some_and(host_alone) || lower.starts_with("mailto:") || lower.starts_with("tel:") || lower.starts_with('#'))
}

#[cfg(test)]
mod tests;
