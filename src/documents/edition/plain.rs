//! A page as lines of plain text: what a reader of it reads, and nothing else.

/// Elements that end a line. All others stand within one.
const LINES: [&str; 17] =
    ["p", "li", "h1", "h2", "h3", "h4", "tr", "caption", "dd", "figcaption", "title", "div", "ul", "ol", "table", "section", "blockquote"];
/// Elements whose text nobody reads.
const UNREAD: [&str; 2] = ["style", "svg"];

/// The lines of a page that the program made. Cells of a row are parted by a bar.
pub fn plain_lines(html: &str) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    let (mut rest, mut unread) = (html, None::<&str>);
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        if unread.is_none() {
            line.push_str(text);
        }
        let Some(end) = tag.find('>') else { break };
        let name = tag[1..end].trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let closes = tag.starts_with("</");
        match (unread, UNREAD.iter().find(|unread| **unread == name)) {
            (None, Some(name)) if !closes && !tag[..=end].ends_with("/>") => unread = Some(name),
            (Some(open), _) if closes && open == name => unread = None,
            _ => {}
        }
        // A term and what is said of it stand in one line.
        if name == "dd" && !closes {
            line.push_str(": ");
        } else if LINES.contains(&name) || name == "br" {
            finish(&mut lines, &mut line);
        } else if matches!(name, "td" | "th") && !closes && !line.trim().is_empty() {
            line.push_str(" | ");
        }
        rest = &tag[end + 1..];
    }
    finish(&mut lines, &mut line);
    lines
}

fn finish(lines: &mut Vec<String>, line: &mut String) {
    let said = unescaped(&std::mem::take(line)).split_whitespace().collect::<Vec<_>>().join(" ");
    let said = said.trim_end_matches(" |").trim();
    if !said.is_empty() {
        lines.push(said.to_owned());
    }
}

fn unescaped(text: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&#x2F;", "/"), ("&nbsp;", " "), ("&amp;", "&")];
    named.iter().fold(text.to_owned(), |text, (name, sign)| text.replace(name, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_what_is_read_on_it() {
        let html = "<style>p{}</style><h1>A &amp; B</h1><table><caption>C</caption><tr><th>x</th><td>1</td><td class=\"n\">[c]</td></tr></table><p>so <b>it</b>\n is<svg><rect/></svg></p><dl><div><dt>Live</dt><dd>[c]</dd></div></dl>";
        assert_eq!(plain_lines(html), ["A & B", "C", "x | 1 | [c]", "so it is", "Live: [c]"]);
    }
}
