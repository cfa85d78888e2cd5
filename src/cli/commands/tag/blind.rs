//! A second person who tags without seeing what was tagged or is suggested. What they find is kept apart from the record.

use std::collections::BTreeMap;

use super::review::{Places, codebook, label, names_for, texts};
use crate::cli::error::CommandError;
use crate::model::{Directories, Discussion, Meeting, SecondTags};
use crate::source::n_of;
use crate::terminal::{CodebookEntry, Doing, NotDone, Put, ReviewLook, Tagger};
use crate::workspace::{self, Loaded};

/// The queue of a second person.
pub(super) struct Blind<'l> {
    loaded: &'l Loaded,
    name: String,
    places: Places,
    known: Directories,
    entries: Vec<CodebookEntry>,
    /// What they found, by the place in the queue: ids of themes. Nothing where they have not looked.
    found: BTreeMap<usize, Vec<String>>,
    back: Vec<(usize, Option<Vec<String>>)>,
}

impl<'l> Blind<'l> {
    pub(super) fn new(loaded: &'l Loaded, second: &[SecondTags], name: &str, places: Places) -> Result<Self, CommandError> {
        let is_plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ')) && !name.starts_with([' ', '-']);
        if !is_plain {
            return Err(CommandError::usage(format!("`{name}` cannot be the name of a folder")).hint("letters, digits, blanks and hyphens, such as KIM"));
        }
        let book = &loaded.casebook;
        let own: Vec<&SecondTags> = second.iter().filter(|tags| tags.tagger == name).collect();
        let mut found = BTreeMap::new();
        for (at, (meeting, nth)) in places.iter().enumerate() {
            let looks = own.iter().filter(|tags| tags.meeting.0 as usize == *meeting).flat_map(|tags| &tags.looks);
            if let Some(look) = looks.rev().find(|look| look.discussion == *nth) {
                found.insert(at, look.themes.iter().map(|key| book.theme(*key).id.clone()).collect());
            }
        }
        let entries = codebook(book.names());
        Ok(Self { loaded, name: name.to_owned(), places, known: Directories::of(book.names()), entries, found, back: Vec::new() })
    }

    fn meeting(&self, at: usize) -> &'l Meeting {
        &self.loaded.casebook.meetings[self.places[at].0]
    }

    fn discussion(&self, at: usize) -> &'l Discussion {
        &self.meeting(at).cases[self.places[at].1]
    }

    /// The themes as they will be, and what was done.
    fn changed(&self, at: usize, words: &str) -> Result<(Vec<String>, Vec<String>), NotDone> {
        let book = &self.loaded.casebook;
        let mut themes = self.found.get(&at).cloned().unwrap_or_default();
        if words.trim_start_matches('+').eq_ignore_ascii_case("none") {
            return Ok((Vec::new(), vec!["No theme fits.".to_owned()]));
        }
        let (is_off, name) = words.strip_prefix(['-', '−', '–']).map_or((false, words.trim_start_matches('+')), |name| (true, name));
        if name.contains('=') {
            return Err(vec!["A second look says which themes fit, and nothing else of them.".to_owned()]);
        }
        let key = self.known.themes.find(name.trim()).map_err(|why| vec![why])?;
        let (id, title) = (book.theme(key).id.clone(), book.theme(key).title.clone());
        match (is_off, themes.iter().position(|theme| *theme == id)) {
            (true, Some(there)) => drop(themes.remove(there)),
            (true, None) => return Err(vec![format!("You have not tagged {title}.")]),
            (false, Some(_)) => return Ok((themes, vec![format!("{title} was tagged already.")])),
            (false, None) => themes.push(id),
        }
        Ok((themes, vec![format!("{}: {title}.", if is_off { "Taken off" } else { "Tagged" })]))
    }

    fn write(&self, at: usize, themes: Option<&[String]>) -> Result<(), NotDone> {
        let (meeting, case) = (&self.meeting(at).id, &self.discussion(at).case);
        workspace::look_again(self.loaded.files.root(), &self.name, meeting, case.as_str(), themes).map(drop).map_err(|error| {
            let hints = error.hints();
            std::iter::once(error.to_string()).chain(hints).collect()
        })
    }
}

impl Tagger for Blind<'_> {
    fn title(&self) -> String {
        format!("A second look by {}: {}", self.name, n_of(self.places.len(), "discussion", "discussions"))
    }

    fn count(&self) -> usize {
        self.places.len()
    }

    /// The rule and the evidence of a barrier would tell that it was tagged; so would its own words.
    fn look(&mut self, at: usize) -> ReviewLook {
        let (meeting, discussion) = (self.meeting(at), self.discussion(at));
        let untagged = Discussion { barriers: Vec::new(), ..discussion.clone() };
        let of_record = |key: &String| self.loaded.casebook.names().find_theme(key).map_or(key.clone(), |key| self.loaded.casebook.theme(key).title.clone());
        let tags = match self.found.get(&at) {
            Some(themes) if themes.is_empty() => vec!["No theme fits.".to_owned()],
            Some(themes) => themes.iter().map(of_record).collect(),
            None => Vec::new(),
        };
        ReviewLook { label: label(meeting, discussion), texts: texts(meeting, &untagged), tags, proposals: Vec::new() }
    }

    fn codebook(&self) -> &[CodebookEntry] {
        &self.entries
    }

    fn theme(&self, name: &str) -> Option<String> {
        let key = self.known.themes.find(name).ok()?;
        Some(self.loaded.casebook.theme(key).id.clone())
    }

    fn names(&self, part: &str) -> Vec<(String, String)> {
        names_for(&self.loaded.casebook, part)
    }

    fn put(&mut self, at: usize, _: Doing, words: &str) -> Result<Put, NotDone> {
        let (themes, said) = self.changed(at, words)?;
        if self.found.get(&at) == Some(&themes) {
            return Ok((said, false));
        }
        self.write(at, Some(&themes))?;
        let before = self.found.insert(at, themes);
        self.back.push((at, before));
        Ok((said, true))
    }

    fn undo(&mut self) -> Result<usize, NotDone> {
        let (at, before) = self.back.pop().ok_or_else(|| vec!["Nothing was changed yet that could be taken back.".to_owned()])?;
        if let Err(why) = self.write(at, before.as_deref()) {
            self.back.push((at, before));
            return Err(why);
        }
        match before {
            Some(before) => drop(self.found.insert(at, before)),
            None => drop(self.found.remove(&at)),
        }
        Ok(at)
    }
}
