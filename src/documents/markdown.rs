//! Texts that people write in Markdown, made fit for a page: nothing in them runs, loads or is lost.
//!
//! The events of the parser are filtered before they become HTML, so there is no second parser that could see it otherwise: raw HTML
//! becomes text, links keep a few schemes, pictures become their description, headings move below those of the page.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// Markdown as HTML.
pub(super) fn to_html(text: &str) -> String {
    let mut page = String::with_capacity(text.len() * 2);
    html::push_html(&mut page, safe_events(text));
    page
}

fn safe_events(text: &str) -> impl Iterator<Item = Event<'_>> {
    // What each open link became: a link, or nothing but its text.
    let mut links: Vec<bool> = Vec::new();
    Parser::new_ext(text, OPTIONS).filter_map(move |event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Heading { level, .. }) => Some(Event::Start(Tag::Heading { level: below(level), id: None, classes: Vec::new(), attrs: Vec::new() })),
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(below(level)))),
        Event::Start(Tag::Table(columns)) => Some(Event::Start(Tag::Table(vec![pulldown_cmark::Alignment::None; columns.len()]))),
        Event::Start(Tag::CodeBlock(_)) => Some(Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Indented))),
        Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
            let keep = is_harmless(&dest_url);
            links.push(keep);
            keep.then_some(Event::Start(Tag::Link { link_type, dest_url, title: CowStr::Borrowed(""), id }))
        }
        Event::End(TagEnd::Link) => links.pop().unwrap_or(false).then_some(Event::End(TagEnd::Link)),
        // The description follows as text.
        Event::Start(Tag::Image { .. }) => Some(Event::Text("[picture: ".into())),
        Event::End(TagEnd::Image) => Some(Event::Text("]".into())),
        other => Some(other),
    })
}

fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

/// Whether a link leads to where it says, by a way that cannot run anything.
fn is_harmless(url: &str) -> bool {
    let clean =
        !url.chars().any(|c| c.is_control() || c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    let lower = url.to_ascii_lowercase();
    let web = ["http://", "https://"].iter().find_map(|scheme| lower.strip_prefix(scheme));
    let host_alone = |rest: &str| !rest.split(['/', '?', '#']).next().unwrap_or_default().contains('@');
    clean && (web.is_some_and(host_alone) || lower.starts_with("mailto:") || lower.starts_with("tel:") || lower.starts_with('#'))
}

/// Markdown inside Markdown: as it was written, but raw HTML becomes text, and headings move below those of the page.
pub(super) fn to_markdown(text: &str) -> String {
    let mut changed = String::with_capacity(text.len() + 16);
    let mut done = 0;
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        if range.start < done {
            continue;
        }
        match event {
            Event::Html(_) | Event::InlineHtml(_) => {
                changed.push_str(&text[done..range.start]);
                changed.push_str(&text[range.clone()].replace('<', "&lt;"));
                done = range.end;
            }
            Event::Start(Tag::Heading { .. }) if text[range.start..].starts_with('#') => {
                changed.push_str(&text[done..range.start]);
                changed.push_str("##");
                done = range.start;
            }
            // A picture would be loaded from somewhere; a link that is not harmless would run something.
            Event::Start(Tag::Image { .. }) => {
                changed.push_str(&text[done..range.start]);
                changed.push_str(&escape_markdown(&text[range.clone()]));
                done = range.end;
            }
            Event::Start(Tag::Link { dest_url, .. }) if !is_harmless(&dest_url) => {
                changed.push_str(&text[done..range.start]);
                changed.push_str(&escape_markdown(&text[range.clone()]));
                done = range.end;
            }
            _ => {}
        }
    }
    changed.push_str(&text[done..]);
    changed
}

/// A plain text inside Markdown, on one line, so that nothing in it means anything but itself.
pub(super) fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for (n, word) in text.split_whitespace().enumerate() {
        if n > 0 {
            escaped.push(' ');
        }
        let starts_block = n == 0 && (word.starts_with(['#', '-', '+', '=', '~']) || is_ordinal(word));
        for (at, c) in word.char_indices() {
            match c {
                '<' => escaped.push_str("&lt;"),
                '&' => escaped.push_str("&amp;"),
                '\\' | '`' | '*' | '_' | '[' | ']' | '>' | '|' => escaped.extend(['\\', c]),
                '#' | '-' | '+' | '=' | '~' if starts_block && at == 0 => escaped.extend(['\\', c]),
                '.' | ')' if starts_block && at + 1 == word.len() => escaped.extend(['\\', c]),
                c => escaped.push(c),
            }
        }
    }
    escaped
}

fn is_ordinal(word: &str) -> bool {
    word.strip_suffix(['.', ')']).is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_runs_and_nothing_is_lost() {
        let page = to_html("<script>alert(1)</script>\n\n<name> wrote A < B, [x](javascript:alert(1)) and ![t](http://tracker.example/p.png)\n\n# Big");
        assert!(!page.contains("<script") && !page.contains("javascript:") && !page.contains("<img"), "{page}");
        for kept in ["&lt;script&gt;alert(1)", "&lt;name&gt; wrote A &lt; B", "x and [picture: t]", "<h3>Big</h3>"] {
            assert!(page.contains(kept), "{kept} in {page}");
        }
    }

    #[test]
    fn links_keep_a_few_schemes() {
        assert!(is_harmless("https://example.org/a") && is_harmless("mailto:a@example.org") && is_harmless("#part"));
        for bad in ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//example.org", "http://me@example.org/", "java\tscript:x", "file:///etc"] {
            assert!(!is_harmless(bad), "{bad}");
        }
    }

    #[test]
    fn a_plain_text_means_itself_in_markdown() {
        for text in ["# not a heading", "1. not a list", "a | b * c _d_ [e](f) <g> & `h`", "- no\nlist", "+x", "=== y", "~~z~~"] {
            let page = to_html(&escape_markdown(text));
            let flat = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            assert_eq!(page.trim(), format!("<p>{flat}</p>"), "{text}");
        }
    }

    #[test]
    fn markdown_in_markdown_keeps_its_words_but_no_html() {
        assert_eq!(to_markdown("![t](http://tracker.example/p.png)"), "!\\[t\\](http://tracker.example/p.png)");
        assert_eq!(to_markdown("# A\n\n- **b** <b>x</b>\n"), "### A\n\n- **b** &lt;b>x&lt;/b>\n");
    }
}
