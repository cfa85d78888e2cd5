//! Discussions that are tagged one by one: what a line does, on the full screen and in the line mode alike.
//!
//! It knows a workspace by [`Tagger`] alone. Every decision is written at once, so that whoever leaves loses nothing.

use super::view::{Choice, Point, Section};

/// A discussion, in words.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// `QLM-7KQ2, Thursday 12 March 2026`
    pub label: String,
    /// What was said: where it stands in the record, and the words.
    pub texts: Vec<(String, String)>,
    /// The themes that it has, in words.
    pub tags: Vec<String>,
    pub proposals: Vec<Proposal>,
}

/// A theme that the text seems to speak of.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The id of the theme.
    pub theme: String,
    pub title: String,
    /// How sure it is, and why, in words.
    pub why: String,
    /// The words that say so: in which of the texts, and what.
    pub phrase: Option<(usize, String)>,
}

/// A theme of the codebook, with what it means.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: String,
    pub title: String,
    pub kind: String,
    /// Everything it is called, in small letters.
    pub calls: String,
    pub means: Vec<String>,
}

/// What is done with the discussion at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    Accept,
    Refuse,
    /// Tags as they are typed: `+theme blocks=hostel`, `-theme`, `theme memo=…`.
    Tag,
}

/// Why nothing was done, and what to do; a line each.
pub type NotDone = Vec<String>;

/// What was done, in sentences, and whether anything changed.
pub type Put = (Vec<String>, bool);

/// The workspace behind the queue.
pub trait Tagger {
    /// Who tags, and what: for the first line of the screen.
    fn title(&self) -> String;
    /// How many discussions wait: one at least.
    fn count(&self) -> usize;
    /// One of them as it is now.
    fn look(&mut self, at: usize) -> Look;
    fn codebook(&self) -> &[Entry];
    /// The id of the theme that somebody names, by id, by a name or by a part that only one has.
    fn theme(&self, name: &str) -> Option<String>;
    /// Names that can stand behind `blocks=` and `at=`: ids, each with its name.
    fn names(&self, part: &str) -> Vec<(String, String)>;
    /// Writes it. Says in sentences what was done, and whether anything changed.
    ///
    /// # Errors
    ///
    /// Then nothing was written.
    fn put(&mut self, at: usize, doing: Doing, words: &str) -> Result<Put, NotDone>;
    /// Takes the last change back. Says to which discussion it belonged.
    ///
    /// # Errors
    ///
    /// When there is none, or the file was changed meanwhile.
    fn undo(&mut self) -> Result<usize, NotDone>;
}

/// What comes of a line.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    pub taken: bool,
    pub said: Vec<String>,
    pub refused: Vec<String>,
    /// Whether another discussion is at hand now.
    pub moved: bool,
    pub left: bool,
}

/// The queue while somebody works through it.
pub struct Review<'t> {
    pub(super) tagger: &'t mut dyn Tagger,
    at: usize,
    pub(super) look: Look,
    /// What was decided of each proposal here: accepted or refused.
    pub(super) decided: Vec<Option<bool>>,
    /// The theme that was spoken of last, for `memo`.
    last: Option<String>,
    pub(super) log: Vec<(String, String)>,
}

/// What takes a theme off. Editors and phones make longer dashes of a hyphen.
const SIGNS_OFF: [char; 3] = ['-', '−', '–'];

/// Every word that a line can begin with, and what it does.
pub(super) const WORDS: &[(&str, &str)] = &[
    ("y", "accept what is suggested first; `y 2` the second, `y all` all of them; `2` alone does the same"),
    ("n", "it does not fit; `n 2`, `n all`: it is not suggested here again"),
    ("THEME", "another theme, by id or name: Tab completes it, and shows what it means; `blocks=SERVICE at=AGENCY rule=…` may follow"),
    ("-THEME", "take a theme off"),
    ("memo TEXT", "a note on the theme that was spoken of last; `about=rule` may follow: rule, idea, wording or question"),
    ("next", "the next discussion; PageDown, `s` or `skip` do the same"),
    ("back", "the one before; PageUp does the same"),
    ("go 5", "the fifth"),
    ("undo", "take the last change back, wherever it was; Ctrl-Z does the same"),
    ("find WORDS", "themes of the codebook with these words in them, with their definitions"),
    ("text", "the discussion once more"),
    ("leave", "everything is saved already; `q` and Ctrl-C do the same"),
];

impl<'t> Review<'t> {
    pub fn new(tagger: &'t mut dyn Tagger) -> Self {
        let look = tagger.look(0);
        let decided = vec![None; look.proposals.len()];
        Self { tagger, at: 0, look, decided, last: None, log: Vec::new() }
    }

    /// How many changes were made and not taken back.
    pub fn n_changes(&self) -> usize {
        self.log.len()
    }

    /// Does what a line says.
    pub fn hear(&mut self, line: &str) -> Heard {
        let line = line.trim();
        let (word, rest) = line.split_once(char::is_whitespace).map_or((line, ""), |(word, rest)| (word, rest.trim()));
        match word.to_lowercase().as_str() {
            "" => Heard { taken: true, ..Heard::default() },
            "y" | "yes" | "accept" | "ok" if self.is_choice(rest) => self.decide(true, rest),
            "n" | "no" | "refuse" if self.is_choice(rest) => self.decide(false, rest),
            _ if line.split_whitespace().all(|word| word.parse::<usize>().is_ok()) => self.decide(true, line),
            "next" | "s" | "skip" if rest.is_empty() => self.go(self.at + 1, "That was the last one. `leave` ends; everything is saved."),
            "back" | "b" if rest.is_empty() => self.go(self.at.wrapping_sub(1), "This is the first one."),
            "go" if rest.parse::<usize>().is_ok() => self.go(rest.parse::<usize>().unwrap_or(0).wrapping_sub(1), "There is no discussion of that number."),
            "undo" | "u" if rest.is_empty() => self.undo(),
            "redo" if rest.is_empty() => refused("What was taken back has to be said again."),
            "memo" | "note" => self.memo(rest),
            "find" | "theme" | "themes" => self.find(rest),
            "text" if rest.is_empty() => Heard { taken: true, said: self.in_words(), ..Heard::default() },
            "help" | "?" => Heard { taken: true, said: WORDS.iter().map(|(word, says)| format!("{word}: {says}")).collect(), ..Heard::default() },
            "leave" | "q" | "quit" | "exit" if rest.is_empty() => Heard { taken: true, left: true, ..Heard::default() },
            _ => self.other(line),
        }
    }

    fn is_choice(&self, rest: &str) -> bool {
        rest.split([' ', ',']).all(|word| word.is_empty() || word.eq_ignore_ascii_case("all") || word.parse::<usize>().is_ok())
    }

    /// Accepts or refuses proposals: the first that is open, those of these numbers, or all.
    fn decide(&mut self, accept: bool, which: &str) -> Heard {
        let open: Vec<usize> = (0..self.decided.len()).filter(|at| self.decided[*at].is_none()).collect();
        let chosen: Vec<usize> = match which.trim() {
            "" => open.iter().copied().take(1).collect(),
            all if all.eq_ignore_ascii_case("all") => open.clone(),
            numbers => numbers.split([' ', ',']).filter_map(|number| number.parse::<usize>().ok()).map(|number| number.wrapping_sub(1)).collect(),
        };
        if let Some(unknown) = chosen.iter().find(|at| **at >= self.look.proposals.len()) {
            return refused(&format!("There is no suggestion {}: {} here.", unknown.wrapping_add(1), suggestions(self.look.proposals.len())));
        }
        if chosen.is_empty() {
            return refused("Nothing is suggested here any more: type a theme, or `next`.");
        }
        let mut heard = Heard { taken: true, ..Heard::default() };
        for at in chosen {
            let theme = self.look.proposals[at].theme.clone();
            let doing = if accept { Doing::Accept } else { Doing::Refuse };
            let words = if accept { format!("+{theme}") } else { theme.clone() };
            match self.tagger.put(self.at, doing, &words) {
                Ok(said) => self.done(&mut heard, said, Some(theme), Some((at, accept))),
                Err(why) => {
                    heard.refused.extend(why);
                    heard.taken = false;
                }
            }
        }
        heard
    }

    fn done(&mut self, heard: &mut Heard, (said, changed): Put, theme: Option<String>, decided: Option<(usize, bool)>) {
        if changed {
            self.log.push((self.look.label.clone(), said.join(" ")));
        }
        heard.said.extend(said);
        self.last = theme.or(self.last.take());
        if let Some((at, accept)) = decided {
            self.decided[at] = Some(accept);
        }
        // What was suggested stays in its place, so that its number still means it.
        let proposals = std::mem::take(&mut self.look.proposals);
        self.look = Look { proposals, ..self.tagger.look(self.at) };
    }

    /// Tags as they are typed. A theme without a sign is put on, unless nothing but a note is said of it.
    fn other(&mut self, line: &str) -> Heard {
        let (name, is_off) = line.strip_prefix(SIGNS_OFF).map_or((line.strip_prefix('+').unwrap_or(line), false), |name| (name, true));
        let parts: Vec<&str> = name.split_whitespace().filter(|word| word.contains('=')).collect();
        let is_note = parts.iter().any(|part| part.starts_with("memo=")) && parts.iter().all(|part| part.starts_with("memo=") || part.starts_with("about="));
        let words = if name.len() < line.len() || is_note { line.to_owned() } else { format!("+{line}") };
        match self.tagger.put(self.at, Doing::Tag, &words) {
            Ok(put) => {
                let mut heard = Heard { taken: true, ..Heard::default() };
                let theme = self.tagger.theme(&name.split_whitespace().take_while(|word| !word.contains('=')).collect::<Vec<_>>().join(" "));
                let suggested = self.look.proposals.iter().position(|proposal| Some(&proposal.theme) == theme.as_ref());
                self.done(&mut heard, put, theme, suggested.filter(|_| !is_off && !is_note).map(|at| (at, true)));
                heard
            }
            Err(mut why) => {
                why.push("`find WORDS` looks in the codebook, `help` lists what can be said.".to_owned());
                Heard { refused: why, ..Heard::default() }
            }
        }
    }

    fn memo(&mut self, text: &str) -> Heard {
        let Some(theme) = self.last.clone() else {
            return refused("A note belongs to a theme: accept or name one first, or type `THEME memo=TEXT`.");
        };
        if text.is_empty() {
            return refused("What is to be noted? `memo TEXT`; `about=rule` may follow.");
        }
        match self.tagger.put(self.at, Doing::Tag, &format!("{theme} memo={text}")) {
            Ok(said) => {
                let mut heard = Heard { taken: true, ..Heard::default() };
                self.done(&mut heard, said, Some(theme), None);
                heard
            }
            Err(why) => Heard { refused: why, ..Heard::default() },
        }
    }

    fn go(&mut self, to: usize, otherwise: &str) -> Heard {
        if to >= self.tagger.count() {
            return Heard { taken: true, said: vec![otherwise.to_owned()], ..Heard::default() };
        }
        self.open(to);
        Heard { taken: true, moved: true, ..Heard::default() }
    }

    fn open(&mut self, at: usize) {
        (self.at, self.last) = (at, None);
        self.look = self.tagger.look(at);
        self.decided = vec![None; self.look.proposals.len()];
    }

    fn undo(&mut self) -> Heard {
        match self.tagger.undo() {
            Ok(at) => {
                let what = self.log.pop().map_or_else(|| "Taken back.".to_owned(), |(label, text)| format!("Taken back: {label}: {text}"));
                let moved = at != self.at;
                self.open(at);
                Heard { taken: true, said: vec![what], moved, ..Heard::default() }
            }
            Err(why) => Heard { refused: why, ..Heard::default() },
        }
    }

    fn find(&self, words: &str) -> Heard {
        let asked = words.to_lowercase();
        let has = |entry: &&Entry| {
            asked.split_whitespace().all(|word| entry.calls.contains(word) || entry.means.iter().any(|line| line.to_lowercase().contains(word)))
        };
        let found: Vec<&Entry> = self.tagger.codebook().iter().filter(has).take(8).collect();
        let mut said: Vec<String> = Vec::new();
        for entry in &found {
            said.push(format!("{} ({}, {})", entry.title, entry.id, entry.kind));
            said.extend(entry.means.iter().map(|line| format!("- {line}")));
        }
        if found.is_empty() {
            said.push(format!("No theme of the codebook has `{words}` in it. `marg themes add` writes a new one."));
        }
        Heard { taken: true, said, ..Heard::default() }
    }

    /// Where we are: `3 of 20: QLM-7KQ2, Thursday 12 March 2026`.
    pub fn place(&self) -> String {
        format!("{} of {}: {}", self.at + 1, self.tagger.count(), self.look.label)
    }

    /// The discussion at hand, a line each, for the line mode.
    pub fn in_words(&self) -> Vec<String> {
        let mut lines = vec![self.place()];
        lines.extend(self.texts().into_iter().map(|(field, text)| format!("{field}: {text}")));
        let tags = if self.look.tags.is_empty() { "nothing yet".to_owned() } else { self.look.tags.join("; ") };
        lines.push(format!("Tagged: {tags}"));
        lines.extend(self.proposals().into_iter().map(|(_, text)| text));
        lines
    }

    /// The texts, with the words that suggest something marked by the number of the suggestion.
    pub(super) fn texts(&self) -> Vec<(String, String)> {
        let mut texts = self.look.texts.clone();
        for (nth, proposal) in self.look.proposals.iter().enumerate() {
            let Some((at, phrase)) = &proposal.phrase else { continue };
            if let Some((_, text)) = texts.get_mut(*at)
                && let Some(found) = text.find(phrase.as_str())
            {
                text.replace_range(found..found + phrase.len(), &format!("[{}: {phrase}]", nth + 1));
            }
        }
        texts.into_iter().map(|(field, text)| (field, text.split_whitespace().collect::<Vec<_>>().join(" "))).collect()
    }

    pub(super) fn proposals(&self) -> Vec<(Option<bool>, String)> {
        let line = |(nth, proposal): (usize, &Proposal)| {
            let decided = self.decided.get(nth).copied().flatten();
            let state = match decided {
                Some(true) => "accepted",
                Some(false) => "refused",
                None => &proposal.why,
            };
            (decided, format!("{}. {}? {state}", nth + 1, proposal.title))
        };
        self.look.proposals.iter().enumerate().map(line).collect()
    }

    /// The words that the suggestion which is decided next rests on, with a little of what stands around them.
    pub(super) fn rests_on(&self) -> Option<Section> {
        const AROUND: usize = 40;
        let open = self.decided.iter().position(Option::is_none)?;
        let (at, phrase) = self.look.proposals[open].phrase.as_ref()?;
        let text = self.look.texts.get(*at)?.1.split_whitespace().collect::<Vec<_>>().join(" ");
        let phrase = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
        let found = text.find(&phrase)?;
        let (before, behind) = (&text[..found], &text[found + phrase.len()..]);
        let from = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
        let to = behind.char_indices().nth(AROUND).map_or(behind.len(), |(at, _)| at);
        let (more, on) = (if from > 0 { "… " } else { "" }, if to < behind.len() { " …" } else { "" });
        let excerpt = format!("{more}{}[{}: {phrase}]{}{on}", before[from..].trim_start(), open + 1, behind[..to].trim_end());
        Some(Section::new(format!("What {} rests on", open + 1), vec![Point::plain(excerpt)]))
    }

    /// What the suggestion that is decided next means.
    pub(super) fn meaning(&self) -> Option<Section> {
        let open = self.decided.iter().position(Option::is_none)?;
        let entry = self.tagger.codebook().iter().find(|entry| entry.id == self.look.proposals[open].theme)?;
        Some(Section::new(format!("What {} means", open + 1), entry.means.iter().map(Point::plain).collect()))
    }

    /// What could be meant where the cursor is: what it replaces, and the candidates.
    pub(super) fn candidates(&self, line: &str, cursor: usize) -> Option<(std::ops::Range<usize>, Vec<Choice>)> {
        let before = line.get(..cursor)?;
        let from = before.rfind(' ').map_or(0, |at| at + 1);
        for part in ["blocks", "at"] {
            if let Some(typed) = before[from..].strip_prefix(part).and_then(|rest| rest.strip_prefix('=')) {
                let typed = typed.to_lowercase();
                let has = |(id, name): &(String, String)| begins(id, &typed) || begins(&name.to_lowercase(), &typed);
                let choice = |(id, name): (String, String)| Choice { insert: format!("{id} "), label: id, detail: name };
                let found = self.tagger.names(part).into_iter().filter(has).map(choice).take(12).collect();
                return Some((cursor - typed.len()..cursor, found));
            }
        }
        if before.contains('=') || before.starts_with("memo ") || before.starts_with("note ") {
            return None;
        }
        let sign = before.len() - before.trim_start_matches('+').trim_start_matches(SIGNS_OFF).len();
        let typed = before[sign..].to_lowercase();
        if typed.trim().len() < 2 {
            return None;
        }
        let choice =
            |entry: &Entry| Choice { insert: format!("{} ", entry.id), label: format!("{} ({})", entry.title, entry.kind), detail: entry.means.join(" ") };
        let found = self.tagger.codebook().iter().filter(|entry| fits(entry, &typed)).map(choice).take(12).collect();
        Some((sign..cursor, found))
    }

    /// What Tab completes to in the line mode: from where, and what.
    pub(super) fn complete(&self, line: &str, cursor: usize) -> (usize, Vec<(String, String)>) {
        let found = self.candidates(line, cursor);
        found.map_or((cursor, Vec::new()), |(range, found)| (range.start, found.into_iter().map(|choice| (choice.insert, choice.label)).collect()))
    }
}

/// Whether each of the words begins a word of what a theme is called.
fn fits(entry: &Entry, typed: &str) -> bool {
    typed.split_whitespace().all(|word| begins(&entry.calls, word)) && !typed.trim().is_empty()
}

fn begins(calls: &str, word: &str) -> bool {
    calls.split([' ', '-', '/']).any(|part| part.starts_with(word)) || calls.split(' ').any(|part| part.starts_with(word))
}

fn suggestions(n: usize) -> String {
    match n {
        0 => "there is none".to_owned(),
        1 => "there is one".to_owned(),
        n => format!("there are {n}"),
    }
}

fn refused(why: &str) -> Heard {
    Heard { refused: vec![why.to_owned()], ..Heard::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps what was written, and fails for a theme that is called `bad`.
    #[derive(Default)]
    struct Desk {
        written: Vec<(usize, Doing, String)>,
        book: Vec<Entry>,
    }

    impl Tagger for Desk {
        fn title(&self) -> String {
            "Tagging by KIM".to_owned()
        }

        fn count(&self) -> usize {
            2
        }

        fn look(&mut self, at: usize) -> Look {
            let proposal = |theme: &str, phrase: &str| Proposal {
                theme: theme.to_owned(),
                title: theme.to_uppercase(),
                why: "likely".to_owned(),
                phrase: Some((0, phrase.to_owned())),
            };
            let texts = vec![("Update".to_owned(), "Declined for the fire; no phone.".to_owned())];
            let proposals = if at == 0 { vec![proposal("arson", "for the fire"), proposal("phone", "no phone")] } else { Vec::new() };
            Look { label: format!("TST-{at}"), texts, tags: Vec::new(), proposals }
        }

        fn codebook(&self) -> &[Entry] {
            &self.book
        }

        fn theme(&self, name: &str) -> Option<String> {
            self.book.iter().find(|entry| fits(entry, name)).map(|entry| entry.id.clone())
        }

        fn names(&self, _: &str) -> Vec<(String, String)> {
            vec![("hostel-bed".to_owned(), "A hostel bed".to_owned())]
        }

        fn put(&mut self, at: usize, doing: Doing, words: &str) -> Result<Put, NotDone> {
            if words.contains("bad") {
                return Err(vec!["there is no theme `bad`".to_owned()]);
            }
            self.written.push((at, doing, words.to_owned()));
            Ok((vec![format!("Done: {words}.")], true))
        }

        fn undo(&mut self) -> Result<usize, NotDone> {
            self.written.pop().map(|(at, ..)| at).ok_or_else(|| vec!["Nothing was changed yet.".to_owned()])
        }
    }

    fn desk() -> Desk {
        let entry = |id: &str, title: &str| Entry {
            id: id.to_owned(),
            title: title.to_owned(),
            kind: "barrier".to_owned(),
            calls: format!("{id} {title}").to_lowercase(),
            means: vec![format!("What {id} is.")],
        };
        Desk { written: Vec::new(), book: vec![entry("arson", "Fire history blocks housing"), entry("phone", "No phone")] }
    }

    fn after(lines: &[&str]) -> Vec<(usize, Doing, String)> {
        let mut desk = desk();
        let mut review = Review::new(&mut desk);
        for line in lines {
            let heard = review.hear(line);
            assert!(heard.taken, "{line}: {:?}", heard.refused);
        }
        desk.written
    }

    #[test]
    fn suggestions_are_accepted_and_refused_in_their_order_or_by_number() {
        let accepted = |theme: &str| (0, Doing::Accept, format!("+{theme}"));
        let refused = |theme: &str| (0, Doing::Refuse, theme.to_owned());
        assert_eq!(after(&["y", "n"]), [accepted("arson"), refused("phone")]);
        assert_eq!(after(&["2", "n 1"]), [accepted("phone"), refused("arson")]);
        assert_eq!(after(&["y all"]), [accepted("arson"), accepted("phone")]);
        assert_eq!(after(&["1 2"]), [accepted("arson"), accepted("phone")]);
    }

    #[test]
    fn a_theme_by_its_name_tags_and_a_memo_follows_it() {
        let tagged = |at: usize, words: &str| (at, Doing::Tag, words.to_owned());
        assert_eq!(after(&["fire history", "memo Is a bin one?"]), [tagged(0, "+fire history"), tagged(0, "arson memo=Is a bin one?")]);
        assert_eq!(after(&["next", "-phone"]), [tagged(1, "-phone")]);
        assert_eq!(after(&["phone blocks=hostel", "undo", "next", "phone"]), [tagged(1, "+phone")]);
        assert_eq!(after(&["arson memo=x about=rule"]), [tagged(0, "arson memo=x about=rule")]);
        assert_eq!(after(&["arson at=north memo=x"]), [tagged(0, "+arson at=north memo=x")]);
    }

    #[test]
    fn what_cannot_be_done_is_said_and_nothing_is_lost() {
        let mut desk = desk();
        let mut review = Review::new(&mut desk);
        for (line, why) in [
            ("bad", "there is no theme `bad`"),
            ("y 7", "There is no suggestion 7: there are 2 here."),
            ("memo x", "A note belongs to a theme"),
            ("undo", "Nothing was changed yet."),
            ("y 0", "There is no suggestion 0"),
        ] {
            let heard = review.hear(line);
            assert!(!heard.taken && heard.refused.join(" ").contains(why), "{line}: {heard:?}");
        }
        assert!(!review.hear("back").moved && review.hear("next").moved && review.hear("q").left);
    }

    #[test]
    fn names_are_completed_where_they_belong() {
        let mut desk = desk();
        let review = Review::new(&mut desk);
        let offered = |line: &str| {
            let found = review.candidates(line, line.len());
            found.map(|(range, found)| (range, found.into_iter().map(|choice| choice.insert).collect::<Vec<_>>()))
        };
        assert_eq!(offered("fire hi"), Some((0..7, vec!["arson ".to_owned()])));
        assert_eq!(offered("-ph"), Some((1..3, vec!["phone ".to_owned()])));
        assert_eq!(offered("arson blocks=hos"), Some((13..16, vec!["hostel-bed ".to_owned()])));
        assert_eq!(offered("memo fi"), None);
    }

    #[test]
    fn the_words_that_suggest_are_marked_with_the_number() {
        let mut desk = desk();
        let review = Review::new(&mut desk);
        assert_eq!(review.in_words()[1], "Update: Declined [1: for the fire]; [2: no phone].");
        assert_eq!(review.rests_on().unwrap().points[0].text, "Declined [1: for the fire]; no phone.");
    }
}
