//! What somebody changed in a draft of a guide, told apart: texts that are kept in the theme's file, and lines that are made from the
//! records. The first are taken; the second are shown beside what they were, since they would be made anew. Nothing is dropped in silence.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::source::{Marked, Outside, Yours, fingerprint};

/// What a changed draft comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The new texts with the names of their marks, in the order of the draft. An empty one was taken out.
    pub texts: Vec<(String, String)>,
    /// What was not taken, in the order of the draft.
    pub conflicts: Vec<Conflict>,
}

/// Something in a draft that cannot be taken by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Where it stands in the changed draft, from 1; nothing for what is missing there.
    pub line: Option<usize>,
    pub why: Clash,
    /// As the changed draft has it.
    pub yours: String,
    /// As it would be made now.
    pub theirs: String,
}

/// Why something was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    /// The line is made from the records.
    Made,
    /// A line that is made from the records was taken out.
    Removed,
    /// The text, by its name, has changed in the theme's file as well since the draft was made.
    BothChanged(String),
    /// The marks of the text are damaged or gone.
    MarksLost(String),
    /// The text stands in the draft twice.
    Twice(String),
    /// The theme's file has no such text any more.
    Unknown(String),
    /// A step of the guide, without which nothing stands there.
    Emptied(String),
    /// Somebody changed the text in the theme's file at the same moment.
    JustNow(String),
}

/// Compares a changed draft with one that is made now. `raw` gives a text as its file has it, and whether it is Markdown; nothing when
/// nobody has written it yet.
pub fn take_draft(now: &str, edited: &str, raw: impl Fn(&str) -> Option<(String, bool)>) -> Taken {
    let edited = edited.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let (now, edited) = (Marked::read(now), Marked::read(&edited));
    let mut taken = Taken::default();
    let mut seen = BTreeSet::new();
    for yours in &edited.yours {
        let again = !seen.insert(yours.name.as_str());
        match read(yours, now.find(&yours.name), again, raw(&yours.name)) {
            _ if runs_on(yours, &edited) => taken.conflicts.push(clash(yours, now.find(&yours.name), Clash::MarksLost)),
            Ok(Some(text)) => taken.texts.push((yours.name.clone(), text)),
            Ok(None) => {}
            Err(conflict) => taken.conflicts.push(conflict),
        }
    }
    let lost = now.yours.iter().filter(|yours| !seen.contains(yours.name.as_str()) && !yours.text.is_empty());
    taken.conflicts.extend(lost.map(|lost| Conflict { line: None, why: Clash::MarksLost(lost.name.clone()), yours: String::new(), theirs: lost.text.clone() }));
    taken.conflicts.extend(outside(&now, &edited));
    taken.conflicts.sort_by_key(|conflict| conflict.line.unwrap_or(usize::MAX));
    taken
}

/// Whether a text goes on into a section of the draft, since the mark at its end is gone: a text has no heading of that level.
fn runs_on(yours: &Yours, edited: &Marked) -> bool {
    yours.text.lines().any(|line| line.starts_with("## ") && edited.knows(line))
}

fn clash(yours: &Yours, now: Option<&Yours>, why: fn(String) -> Clash) -> Conflict {
    let theirs = now.map(|now| now.text.clone()).unwrap_or_default();
    Conflict { line: Some(yours.line), why: why(yours.name.clone()), yours: yours.text.clone(), theirs }
}

/// What became of one text: the new one, nothing when it was left as it was, or why it is not taken.
fn read(yours: &Yours, now: Option<&Yours>, again: bool, raw: Option<(String, bool)>) -> Result<Option<String>, Conflict> {
    let print = fingerprint(&yours.text);
    let Some(theirs) = now else { return Err(clash(yours, now, Clash::Unknown)) };
    if print == yours.was || (!again && fingerprint(&theirs.text) == print) {
        return Ok(None);
    }
    if raw.as_ref().is_some_and(|(raw, is_markdown)| is_said(raw, *is_markdown, &theirs.text, &yours.text)) {
        return Ok(None);
    }
    if again {
        return Err(clash(yours, now, Clash::Twice));
    }
    if fingerprint(&theirs.text) != yours.was {
        return Err(clash(yours, now, Clash::BothChanged));
    }
    match raw {
        None => Ok(Some(without_gap(&yours.text, &theirs.text)).filter(|text| !text.is_empty())),
        Some((raw, true)) => Ok(Some(merged(&raw, &theirs.text, &yours.text))),
        Some((_, false)) if yours.text.is_empty() => Err(clash(yours, now, Clash::Emptied)),
        Some((_, false)) => Ok(Some(plain(&yours.text))),
    }
}

/// Lines outside of the marks that are not as they were made, and those that are gone.
fn outside(now: &Marked, edited: &Marked) -> Vec<Conflict> {
    let lines_of_texts =
        |marked: &Marked| marked.yours.iter().flat_map(|yours| yours.text.lines().map(|line| line.trim_end().to_owned())).collect::<BTreeSet<_>>();
    // Where the marks are gone, the texts themselves are not new.
    let texts = lines_of_texts(now);
    let made_now: BTreeSet<&str> = now.outside.iter().map(|line| line.text.as_str()).collect();
    let is_made = |line: &Outside| {
        let is_known = if edited.made.is_some() { edited.knows(&line.text) } else { made_now.contains(line.text.as_str()) };
        is_known || made_now.contains(line.text.as_str()) || texts.contains(&line.text)
    };
    let mut here: BTreeMap<&str, usize> = BTreeMap::new();
    edited.outside.iter().for_each(|line| *here.entry(line.text.as_str()).or_default() += 1);
    let gone = now.outside.iter().filter(|line| edited.made.is_none() || edited.knows(&line.text)).filter(|line| {
        let left = here.get_mut(line.text.as_str()).filter(|left| **left > 0);
        left.map(|left| *left -= 1).is_none()
    });
    let mut gone: Vec<&str> = gone.map(|line| line.text.as_str()).collect();
    let mut conflicts = Vec::new();
    for line in edited.outside.iter().filter(|line| !is_made(line)) {
        let theirs = likest(&line.text, &gone).map(|at| gone.remove(at)).unwrap_or_default().to_owned();
        conflicts.push(Conflict { line: Some(line.line), why: Clash::Made, yours: line.text.clone(), theirs });
    }
    conflicts.extend(gone.into_iter().map(|line| Conflict { line: None, why: Clash::Removed, yours: String::new(), theirs: line.to_owned() }));
    conflicts
}

/// The line that a changed one most likely was.
fn likest(line: &str, gone: &[&str]) -> Option<usize> {
    let shorten = |text: &str| text.chars().take(400).collect::<String>();
    let short = shorten(line);
    let like = |text: &str| strsim::normalized_damerau_levenshtein(&short, &shorten(text));
    let scored = gone.iter().enumerate().map(|(at, text)| (at, like(text))).filter(|(_, like)| *like > 0.5);
    scored.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(at, _)| at)
}

/// Whether the file says what the draft says already, be it arranged otherwise: as after the draft was taken in.
fn is_said(raw: &str, is_markdown: bool, made: &str, edited: &str) -> bool {
    if !is_markdown {
        return plain(edited) == raw.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let (raw_blocks, made_blocks, new_blocks) = (blocks(raw.trim()), blocks(made), blocks(edited));
    let alike = |at: usize, block: &&str| raw_blocks.get(at) == Some(block) || made_blocks.get(at) == Some(block);
    raw_blocks.len() == new_blocks.len() && made_blocks.len() == new_blocks.len() && new_blocks.iter().enumerate().all(|(at, block)| alike(at, block))
}

/// The text as its file has it, with the blocks that were changed in the draft. What the draft only arranges otherwise (a heading's
/// level, the way a list is written) stays as the person has written it.
fn merged(raw: &str, made: &str, edited: &str) -> String {
    let (raw_blocks, made_blocks, new_blocks) = (blocks(raw), blocks(made), blocks(edited));
    // Notes at the foot have other names in a draft than in the file: half of each would tear them apart.
    if raw.trim() == made.trim() || raw_blocks.len() != made_blocks.len() || edited.contains("[^") {
        return with_own_notes(edited.trim());
    }
    let deeper = highest_heading(made).saturating_sub(highest_heading(raw));
    let mut text: Vec<String> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &made_blocks, &new_blocks) {
        match op {
            DiffOp::Equal { old_index, len, .. } => text.extend(raw_blocks[old_index..old_index + len].iter().map(|block| (*block).to_owned())),
            DiffOp::Insert { new_index, new_len, .. } | DiffOp::Replace { new_index, new_len, .. } => {
                text.extend(new_blocks[new_index..new_index + new_len].iter().map(|block| raised(block, deeper)));
            }
            DiffOp::Delete { .. } => {}
        }
    }
    text.join("\n\n")
}

/// In a draft the names of notes carry the number of their text.
fn with_own_notes(text: &str) -> String {
    let mut parts = text.split("[^");
    let mut own = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let number = part.split_once('-').filter(|(number, _)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
        own += "[^";
        own += number.map_or(part, |(_, name)| name);
    }
    own
}

/// A text that was written over what asked for it, or beside that. Nothing, when words of the question were taken out and none put in.
fn without_gap(text: &str, gap: &str) -> String {
    let asks = |line: &&str| !line.trim().is_empty() && gap.lines().any(|asked| asked.trim_end() == line.trim_end());
    let lead = gap.split_once(":** ").map(|(lead, _)| format!("{lead}:** "));
    let mut words = gap.split_whitespace();
    if text.split_whitespace().all(|word| words.any(|asked| asked == word)) {
        return String::new();
    }
    let mut quoted = false;
    let lines = text.lines().filter(|line| !asks(line)).map(|line| {
        let bare = lead.as_deref().and_then(|lead| line.strip_prefix(lead));
        quoted = bare.is_some() || (quoted && line.starts_with("> "));
        bare.unwrap_or(if quoted { &line[2..] } else { line })
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The blocks of a Markdown text, each as it is written.
fn blocks(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (event, span) in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS).into_offset_iter() {
        match event {
            Event::Start(_) => {
                if depth == 0 {
                    spans.push(span);
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ if depth == 0 => spans.push(span),
            _ => {}
        }
    }
    // What stands between blocks, such as the address of a link, belongs to the block before it.
    let ends: Vec<usize> = spans.iter().skip(1).map(|span| span.start).chain([text.len()]).collect();
    let starts = spans.iter().enumerate().map(|(n, span)| if n == 0 { 0 } else { span.start });
    starts.zip(ends).map(|(start, end)| text[start..end].trim_end().trim_start_matches('\n')).filter(|block| !block.is_empty()).collect()
}

/// The level of the highest heading of a text; 0 when it has none.
fn highest_heading(text: &str) -> usize {
    let level = |event| if let Event::Start(Tag::Heading { level, .. }) = event { Some(level) } else { None };
    Parser::new(text).filter_map(level).min().map_or(0, |level: HeadingLevel| level as usize)
}

/// A heading at the level that the file gives it.
fn raised(block: &str, by: usize) -> String {
    let signs = block.len() - block.trim_start_matches('#').len();
    if signs == 0 || signs > 6 || by == 0 { block.to_owned() } else { "#".repeat(signs.saturating_sub(by).max(1)) + &block[signs..] }
}

/// A plain text that was written as Markdown.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        match c {
            '\\' if signs.peek().is_some_and(char::is_ascii_punctuation) => plain.extend(signs.next()),
            c => plain.push(c),
        }
    }
    plain.replace("&lt;", "<").replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{mark_as_yours, seal};

    const RISK: &str = "Manage the risk\nof this room.\n\n* Ask first.\n* Then visit.\n";

    /// The draft as it is made from a text, a step and a number of people; a list is arranged otherwise than it was written.
    fn draft(risk: &str, people: usize) -> String {
        let arranged = risk.trim().replace("* ", "- ");
        let law = mark_as_yours("what_the_law_says", "> **To be written:** by somebody who may.", false);
        let step = mark_as_yours("statement b8t4", "Ask the fire\\_service.", true);
        seal(
            &format!(
                "# What to do\n\nSeen in {people} people.\n\n## Risk\n\n{}\n\n{law}\n\n1. **hostel:** {step}\n",
                mark_as_yours("managing_the_risk", &arranged, false)
            ),
            "fire",
        )
    }

    fn taken_from(risk: &str, edited: &str) -> Taken {
        let raw = move |name: &str| match name {
            "managing_the_risk" => Some((risk.to_owned(), true)),
            "statement b8t4" => Some(("Ask the fire_service.".to_owned(), false)),
            _ => None,
        };
        take_draft(&draft(risk, 7), edited, raw)
    }

    fn text<'t>(taken: &'t Taken, name: &str) -> &'t str {
        &taken.texts.iter().find(|(known, _)| known == name).unwrap().1
    }

    #[test]
    fn a_draft_that_nobody_changed_changes_nothing() {
        assert_eq!(taken_from(RISK, &draft(RISK, 7)), Taken::default());
        let windows = format!("\u{feff}{}", draft(RISK, 7).replace('\n', "\r\n"));
        assert_eq!(taken_from(RISK, &windows), Taken::default());
    }

    #[test]
    fn a_changed_block_is_taken_and_the_others_stay_as_they_were_written() {
        let taken = taken_from(RISK, &draft(RISK, 7).replace("of this room", "of this person"));
        assert_eq!(text(&taken, "managing_the_risk"), "Manage the risk\nof this person.\n\n* Ask first.\n* Then visit.");
        assert_eq!(taken.conflicts, []);
    }

    #[test]
    fn a_gap_that_is_filled_becomes_a_text_and_a_step_is_plain() {
        let edited = draft(RISK, 7).replace("by somebody who may.", "by somebody who may.\n\nAsk *in writing*.").replace("fire\\_service", "fire\\_brigade");
        let taken = taken_from(RISK, &edited);
        assert_eq!(text(&taken, "what_the_law_says"), "Ask *in writing*.");
        assert_eq!(text(&taken, "statement b8t4"), "Ask the fire_brigade.");
        assert_eq!(taken.conflicts, []);
    }

    #[test]
    fn what_is_made_from_records_is_shown_beside_what_it_was() {
        let taken = taken_from(RISK, &draft(RISK, 7).replace("Seen in 7 people.", "Seen in nearly 8 people."));
        let conflict = Conflict { line: Some(3), why: Clash::Made, yours: "Seen in nearly 8 people.".into(), theirs: "Seen in 7 people.".into() };
        assert_eq!((taken.conflicts, taken.texts.len()), (vec![conflict], 0));
        let taken = taken_from(RISK, &draft(RISK, 7).replace("Seen in 7 people.\n", ""));
        assert_eq!((taken.conflicts[0].why.clone(), taken.conflicts[0].theirs.as_str()), (Clash::Removed, "Seen in 7 people."));
    }

    #[test]
    fn an_older_draft_is_no_change_to_what_was_recorded_since() {
        let taken = taken_from(RISK, &draft(RISK, 6).replace("of this room", "of this person"));
        assert_eq!((taken.conflicts.len(), taken.texts.len()), (0, 1));
    }

    #[test]
    fn what_both_have_changed_is_shown_and_not_taken() {
        let edited = draft(RISK, 7).replace("of this room", "of this person");
        let taken = taken_from(&RISK.replace("visit", "ring"), &edited);
        assert!(taken.texts.is_empty());
        assert!(matches!(&taken.conflicts[..], [Conflict { why: Clash::BothChanged(name), .. }] if name == "managing_the_risk"), "{:?}", taken.conflicts);
    }

    #[test]
    fn lost_and_doubled_marks_are_said() {
        let edited = draft(RISK, 7);
        let mark = &edited[edited.find("<!-- yours: managing").unwrap()..];
        let mark = &mark[..mark.find(" -->").unwrap() + 4];
        let taken = taken_from(RISK, &edited.replace(mark, "").replace("of this room", "of that person"));
        assert!(taken.conflicts.iter().any(|conflict| matches!(&conflict.why, Clash::MarksLost(name) if name == "managing_the_risk")), "{taken:?}");
        assert!(taken.conflicts.iter().any(|conflict| conflict.yours.contains("that person")), "{taken:?}");
        let step = edited.lines().find(|line| line.contains("statement b8t4")).unwrap();
        let taken = taken_from(RISK, &edited.replace(step, &format!("{step}\n{}", step.replace("service", "brigade"))));
        assert!(matches!(&taken.conflicts[0].why, Clash::Twice(_)), "{taken:?}");
    }
}
