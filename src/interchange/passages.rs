//! A discussion as one text, and which passages of it speak of which theme.

use std::collections::BTreeSet;

use super::entry::one_line;
use crate::model::{Casebook, Discussion, Meeting, Theme, ThemeKey};

/// A text of lines, with its passages in characters (Unicode code points), the end not included.
pub(super) struct Told {
    pub(super) text: String,
    pub(super) passages: BTreeSet<(usize, usize, ThemeKey)>,
}

/// Puts lines together. Each is one paragraph without breaks: other programs do not agree on how a break counts.
#[derive(Default)]
struct Lines {
    text: String,
    length: usize,
    passages: BTreeSet<(usize, usize, ThemeKey)>,
}

impl Lines {
    fn say(&mut self, label: &str, said: &str, themes: &[ThemeKey]) {
        for paragraph in paragraphs(said).iter().map(|paragraph| one_line(paragraph)).filter(|paragraph| !paragraph.is_empty()) {
            let line = if label.is_empty() { paragraph } else { format!("{label}: {paragraph}") };
            let end = self.length + line.chars().count();
            self.passages.extend(themes.iter().map(|theme| (self.length, end, *theme)));
            self.text.push_str(&line);
            self.text.push('\n');
            self.length = end + 1;
        }
    }
}

/// A text at its blank lines; the ends of other lines are where somebody's editor put them.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines() {
        match paragraphs.last_mut() {
            Some(open) if !line.trim().is_empty() && !line.starts_with("- ") => open.push_str(&format!(" {line}")),
            _ => paragraphs.push(line.to_owned()),
        }
    }
    paragraphs
}

/// What a discussion says. A barrier is coded where its rule and evidence stand, the themes of a learning point at that point, any theme at
/// its phrases; and where none of these is known, the whole text.
pub(super) fn told(book: &Casebook, meeting: &Meeting, discussion: &Discussion) -> Told {
    let mut lines = Lines::default();
    lines.say("", &format!("{} at {}", discussion.case, meeting.id), &[]);
    lines.say("", discussion.update.as_deref().unwrap_or_default(), &[]);
    for view in &discussion.views {
        let whose = view.whose.as_deref().unwrap_or("person");
        lines.say(whose, view.says.as_deref().unwrap_or_default(), &[]);
        view.wants.iter().for_each(|want| lines.say(&format!("{whose} wants"), want, &[]));
    }
    for barrier in &discussion.barriers {
        lines.say("Rule", barrier.rule.as_deref().unwrap_or_default(), &[barrier.theme]);
        lines.say("Evidence", barrier.evidence.as_deref().unwrap_or_default(), &[barrier.theme]);
    }
    discussion.decisions.iter().for_each(|decision| lines.say("Decision", &decision.text, &[]));
    discussion.learning.iter().for_each(|point| lines.say("Learning", &point.text, &point.themes));

    let tagged = discussion.needs.iter().chain(&discussion.enablers).copied().chain(discussion.barriers.iter().map(|barrier| barrier.theme));
    let letters: Vec<char> = lines.text.chars().map(lower).collect();
    let whole = (0, lines.length.saturating_sub(1));
    for theme in tagged.collect::<BTreeSet<_>>() {
        lines.passages.extend(phrases(&letters, book.theme(theme)).into_iter().map(|(start, end)| (start, end, theme)));
        if !lines.passages.iter().any(|passage| passage.2 == theme) {
            lines.passages.insert((whole.0, whole.1, theme));
        }
    }
    Told { text: lines.text, passages: lines.passages }
}

/// One letter for one, so that places stay what they are.
fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    lower.next().filter(|_| lower.next().is_none()).unwrap_or(c)
}

/// Where the phrases of a theme stand as whole words.
fn phrases(letters: &[char], theme: &Theme) -> Vec<(usize, usize)> {
    let is_word = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphanumeric());
    let mut found = Vec::new();
    for phrase in &theme.indicators {
        let phrase: Vec<char> = one_line(phrase).chars().map(lower).collect();
        // A phrase of a letter or two would stand in every line.
        if phrase.len() < 3 {
            continue;
        }
        let stands = letters.windows(phrase.len()).enumerate().filter(|(_, window)| *window == phrase);
        let whole = stands.map(|(at, _)| (at, at + phrase.len())).filter(|(start, end)| !is_word(start.checked_sub(1)) && !is_word(Some(*end)));
        found.extend(whole);
    }
    found
}
