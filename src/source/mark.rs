//! Marks in a draft: what a person may change there, and what was made from the records.
//!
//! `<!-- yours: managing_the_risk 3fa2c1d0 -->` stands before a text that is kept in a file of its own, with the fingerprint of what it
//! was; `<!-- end -->` behind it. The last line holds the fingerprint of every other line, so that a line which somebody changed can be
//! told from one that would be made otherwise today. A reader of the finished page sees none of them.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

const OPEN: &str = "<!-- yours: ";
const CLOSE: &str = "<!-- end -->";
const MADE: &str = "<!-- made: ";
const SHUT: &str = " -->";

/// A text between its marks, each a block of its own, or within a line. `name` says where it is kept: letters, digits, blanks, hyphens and
/// underscores; a text whose name is none is not marked.
pub fn mark_as_yours(name: &str, text: &str, in_line: bool) -> String {
    let text = text.trim();
    if name.trim().is_empty() || !name.chars().all(is_sign) {
        return text.to_owned();
    }
    // Within code the signs of a mark may stand as they are. They would end this one.
    let text = text.replace("<!-- ", "<! -- ");
    let gap = if in_line { "" } else { "\n\n" };
    open(name, &text) + gap + &text + gap + CLOSE
}

fn open(name: &str, text: &str) -> String {
    mark_text(name, &fingerprint(text))
}

fn is_sign(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_')
}

/// The draft without its marks, for those who only read it.
pub fn without_marks(draft: &str) -> String {
    let mut rest = draft;
    let mut plain = String::with_capacity(draft.len());
    while let Some((at, length, _)) = next_mark(rest) {
        plain.push_str(&rest[..at]);
        rest = &rest[at + length..];
    }
    plain + rest
}

/// The draft as it is handed on: each mark knows its text as it stands now, and a last line what the draft is about and all lines outside
/// of the marks. `about` is an id.
pub fn seal(draft: &str, about: &str) -> String {
    let draft = renewed(draft);
    let marked = Marked::read(&draft);
    let known = marked.outside.iter().map(|line| short(&line.text));
    let known: Vec<String> = [about.to_owned()].into_iter().chain(known).collect();
    format!("{}\n\n{MADE}{}{SHUT}\n", draft.trim_end(), known.join(" "))
}

/// Whoever arranged the draft may have put blank lines together since its texts were marked.
fn renewed(draft: &str) -> String {
    let mut rest = draft;
    let mut renewed = String::with_capacity(draft.len());
    while let Some((at, length, mark)) = next_mark(rest) {
        let behind = &rest[at + length..];
        renewed.push_str(&rest[..at]);
        match (mark, next_mark(behind)) {
            (Mark::Open(name, _), Some((end, _, Mark::Close))) => renewed.push_str(&open(name, &behind[..end])),
            _ => renewed.push_str(&rest[at..at + length]),
        }
        rest = behind;
    }
    renewed + rest
}

/// Whether two texts are the same as drafts go: blanks at the end of lines and of the text mean nothing.
pub fn fingerprint(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    let digest = Sha256::digest(lines.join("\n").as_bytes());
    digest[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn short(line: &str) -> String {
    fingerprint(line)[..6].to_owned()
}

/// A draft taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// What stands between marks, in its order.
    pub yours: Vec<Yours>,
    /// Every other line that is not empty.
    pub outside: Vec<Outside>,
    /// How often each line was made, by its fingerprint; nothing when the last line is lost.
    pub made: Option<BTreeMap<String, usize>>,
    /// The id of what the draft is about; nothing when the last line is lost.
    pub about: Option<String>,
}

/// A person's text in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Yours {
    pub name: String,
    /// The fingerprint of the text when the draft was made.
    pub was: String,
    pub text: String,
    /// Where it begins, from 1.
    pub line: usize,
}

/// A line that was made from the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    pub text: String,
    /// From 1.
    pub line: usize,
}

enum Mark<'t> {
    Open(&'t str, &'t str),
    Close,
    Made(&'t str, &'t str),
}

impl Marked {
    /// Takes a draft apart. Marks that are damaged are text.
    pub fn read(draft: &str) -> Self {
        let mut marked = Self::default();
        let (mut rest, mut line) = (draft, 1);
        let mut pending = String::new();
        let mut begun = line;
        while let Some((at, length, mark)) = next_mark(rest) {
            let (before, behind) = (&rest[..at], &rest[at + length..]);
            pending.push_str(before);
            line += before.matches('\n').count();
            rest = behind;
            match mark {
                Mark::Open(name, was) => match next_mark(behind) {
                    Some((end, close, Mark::Close)) => {
                        let text = behind[..end].trim();
                        let blank = behind[..end].len() - behind[..end].trim_start().len();
                        let starts = line + behind[..blank].matches('\n').count();
                        marked.yours.push(Yours { name: name.to_owned(), was: was.to_owned(), text: text.to_owned(), line: starts });
                        marked.pass(&mut pending, begun);
                        line += behind[..end].matches('\n').count();
                        begun = line;
                        rest = &behind[end + close..];
                    }
                    _ => pending.push_str(&mark_text(name, was)),
                },
                Mark::Close => pending.push_str(CLOSE),
                Mark::Made(about, known) => {
                    marked.about = Some(about.to_owned());
                    let counts = marked.made.get_or_insert_default();
                    known.split_whitespace().for_each(|print| *counts.entry(print.to_owned()).or_default() += 1);
                }
            }
        }
        pending.push_str(rest);
        marked.pass(&mut pending, begun);
        marked
    }

    /// Whether a line is as it was made.
    pub fn knows(&self, line: &str) -> bool {
        self.made.as_ref().is_some_and(|made| made.contains_key(&short(line)))
    }

    pub fn find(&self, name: &str) -> Option<&Yours> {
        self.yours.iter().find(|yours| yours.name == name)
    }

    fn pass(&mut self, pending: &mut String, begun: usize) {
        let lines = pending.lines().enumerate().filter(|(_, text)| !text.trim().is_empty());
        self.outside.extend(lines.map(|(n, text)| Outside { text: text.trim_end().to_owned(), line: begun + n }));
        pending.clear();
    }
}

fn mark_text(name: &str, was: &str) -> String {
    format!("{OPEN}{name} {was}{SHUT}")
}

/// The next whole mark: where it begins, how long it is, and which.
fn next_mark(text: &str) -> Option<(usize, usize, Mark<'_>)> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find("<!-- ")?;
        let rest = &text[at..];
        if rest.starts_with(CLOSE) {
            return Some((at, CLOSE.len(), Mark::Close));
        }
        let inside =
            |open: &str| rest.strip_prefix(open).and_then(|rest| rest.split_once(SHUT)).map(|(inside, _)| inside).filter(|inside| !inside.contains('\n'));
        if let Some(inside) = inside(OPEN)
            && let Some((name, was)) = inside.rsplit_once(' ')
            && !name.trim().is_empty()
            && name.chars().all(is_sign)
            && is_print(was, 8)
        {
            return Some((at, OPEN.len() + inside.len() + SHUT.len(), Mark::Open(name, was)));
        }
        if let Some(inside) = inside(MADE) {
            let (about, known) = inside.split_once(' ').unwrap_or((inside, ""));
            // A word that somebody wrote into it is not to vanish there.
            if about.chars().all(is_sign) && known.split(' ').all(|print| is_print(print, 6)) {
                return Some((at, MADE.len() + inside.len() + SHUT.len(), Mark::Made(about, known)));
            }
        }
        from = at + 1;
    }
}

fn is_print(print: &str, length: usize) -> bool {
    print.len() == length && print.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> String {
        let text = mark_as_yours("managing_the_risk", "Ask first.\n\nThen visit.", false);
        let step = mark_as_yours("statement b8t4", "Ask the fire service.", true);
        seal(&format!("# What to do\n\nSeen in 7 people.\n\n{text}\n\n1. **hostel:** {step}\n   - Learning point (TST-1)\n"), "fire")
    }

    #[test]
    fn a_draft_is_taken_apart_with_the_lines_of_its_parts() {
        let draft = draft();
        let marked = Marked::read(&draft);
        let yours: Vec<(&str, &str)> = marked.yours.iter().map(|yours| (yours.name.as_str(), yours.text.as_str())).collect();
        assert_eq!(yours, [("managing_the_risk", "Ask first.\n\nThen visit."), ("statement b8t4", "Ask the fire service.")]);
        for yours in &marked.yours {
            assert!(draft.lines().nth(yours.line - 1).unwrap().contains(yours.text.lines().next().unwrap()), "{}", yours.line);
            assert_eq!(yours.was, fingerprint(&yours.text));
        }
        for outside in &marked.outside {
            assert!(draft.lines().nth(outside.line - 1).unwrap().contains(outside.text.trim()), "{outside:?}");
            assert!(marked.knows(&outside.text), "{outside:?}");
        }
        assert!(!marked.knows("Seen in 8 people."));
    }

    #[test]
    fn who_only_reads_sees_no_mark() {
        let plain = without_marks(&draft());
        assert!(!plain.contains("<!--"), "{plain}");
        assert!(plain.contains("1. **hostel:** Ask the fire service.\n"), "{plain}");
    }

    #[test]
    fn a_mark_that_is_damaged_is_text() {
        for (whole, damaged) in [("yours: managing_the_risk", "yours managing_the_risk"), ("<!-- end -->", "<!-- ende -->"), ("<!-- made: ", "<!-- maid: ")] {
            let draft = draft().replacen(whole, damaged, 1);
            let marked = Marked::read(&draft);
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let all: Vec<String> =
                marked.yours.iter().flat_map(|yours| words(&yours.text)).chain(marked.outside.iter().flat_map(|line| words(&line.text))).collect();
            assert!(["Ask", "visit.", "people.", "service."].iter().all(|word| all.contains(&(*word).to_owned())), "{damaged}: {all:?}");
        }
    }
}
