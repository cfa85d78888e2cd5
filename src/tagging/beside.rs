//! What stands beside the tags: who put them there, who confirmed or refused them, and what they noted.

use super::change::{Deed, Desk, Refused};
use super::wish::{Part, Wish};
use crate::model::{Tagging, ThemeKey, known};

/// Something that an entry may say of who did what.
type Who = fn(&mut Tagging) -> &mut Option<String>;

const BY: Who = |entry| &mut entry.by;
const CONFIRMED: Who = |entry| &mut entry.confirmed_by;
const REFUSED: Who = |entry| &mut entry.refused_by;

impl Desk<'_, '_> {
    /// A tag was put on: by whom, if that is known. Whoever had refused it is overruled.
    pub(super) fn tagged(&mut self, theme: ThemeKey) -> Result<(), Refused> {
        for entry in self.discussion.tagging.iter_mut().filter(|entry| entry.theme == theme) {
            if let Some(who) = entry.refused_by.take() {
                self.said.push(format!("{who} had refused it, which is taken back."));
            }
        }
        self.drop_what_says_nothing();
        if self.manner.by.is_some() {
            self.sign(theme, if self.manner.deed == Deed::Accept { CONFIRMED } else { BY })?;
        }
        Ok(())
    }

    pub(super) fn confirm(&mut self, theme: ThemeKey) -> Result<(), Refused> {
        let (id, title) = (self.theme(theme).id.clone(), self.theme(theme).title.clone());
        if !self.is_tagged(theme) {
            return Err(
                Refused::new(format!("{} is not tagged with `{id}`, so that nothing can be confirmed", self.discussion.case)).hint(format!("`+{id}` tags it"))
            );
        }
        let by = self.who()?;
        let mut of_theme = self.discussion.tagging.iter().filter(|entry| entry.theme == theme);
        if of_theme.any(|entry| entry.by.as_ref() == Some(&by)) {
            return Err(Refused::new(format!("{by} tagged `{id}`, and cannot confirm it as well")).hint("somebody else confirms what one has tagged"));
        }
        self.sign(theme, CONFIRMED)?;
        self.said.push(format!("Confirmed by {by}: {title}."));
        Ok(())
    }

    pub(super) fn refuse(&mut self, theme: ThemeKey) -> Result<(), Refused> {
        let (id, title) = (self.theme(theme).id.clone(), self.theme(theme).title.clone());
        if self.is_tagged(theme) {
            return Err(Refused::new(format!("{} is tagged with `{id}`, and what is tagged counts", self.discussion.case))
                .hint(format!("`-{id}` takes it off; then it can be refused, so that it is not suggested again")));
        }
        let by = self.who()?;
        self.sign(theme, REFUSED)?;
        self.said.push(format!("Refused by {by}: {title}."));
        Ok(())
    }

    /// The note that comes with a theme. It never takes the place of somebody else's.
    pub(super) fn notes(&mut self, theme: ThemeKey, wish: &Wish) -> Result<(), Refused> {
        let said = |part: Part| wish.parts.iter().rfind(|(of, _)| *of == part).map(|(_, text)| text.as_str()).filter(|text| !text.is_empty());
        let about = said(Part::About).map(|about| self.listed("memos", "kind of note", known::MEMOS, about)).transpose()?.flatten();
        let Some(memo) = said(Part::Memo) else {
            return match about {
                Some(_) => Err(Refused::new("`about=` says what a note is, and there is none").hint("write the note as well: `memo=…`")),
                None => Ok(()),
            };
        };
        let by = self.manner.by.map(str::to_owned);
        let is_free = |entry: &Tagging| entry.memo.is_none() && (by.is_none() || speaks(entry, by.as_deref()) || is_nobodys(entry));
        let entry = self.entry(theme, is_free);
        (entry.memo, entry.about) = (Some(memo.to_owned()), about);
        if is_nobodys(entry) {
            entry.by = by;
        }
        self.said.push(format!("Noted on {}.", self.theme(theme).title));
        Ok(())
    }

    /// A tag was taken off: nobody has put it on any more. What was noted stays.
    pub(super) fn forget_tagger(&mut self, theme: ThemeKey) {
        for entry in self.discussion.tagging.iter_mut().filter(|entry| entry.theme == theme && entry.refused_by.is_none() && entry.memo.is_none()) {
            (entry.by, entry.on, entry.confirmed_by) = (None, None, None);
        }
        self.drop_what_says_nothing();
    }

    fn who(&self) -> Result<String, Refused> {
        let missing = || Refused::new("nobody has said who confirms or refuses").hint("say who you are, by a role or initials: `--by NAME`");
        self.manner.by.map(str::to_owned).ok_or_else(missing)
    }

    /// Writes who it was and the day into an entry of the theme: their own, or one that names nobody.
    fn sign(&mut self, theme: ThemeKey, who: Who) -> Result<(), Refused> {
        let (by, on) = (self.who()?, self.manner.on);
        let entry = self.entry(theme, |entry| match who(&mut entry.clone()) {
            Some(there) => *there == by,
            // Who confirms stands beside who tagged.
            None => entry.refused_by.is_none(),
        });
        *who(entry) = Some(by);
        entry.on.get_or_insert(on);
        Ok(())
    }

    /// The first entry of a theme that fits, or a new one.
    fn entry(&mut self, theme: ThemeKey, fits: impl Fn(&Tagging) -> bool) -> &mut Tagging {
        let entries = &mut self.discussion.tagging;
        let at = entries.iter().position(|entry| entry.theme == theme && fits(entry)).unwrap_or_else(|| {
            let nth = entries.len();
            entries.push(Tagging { nth, theme, by: None, on: None, confirmed_by: None, refused_by: None, memo: None, about: None });
            nth
        });
        &mut entries[at]
    }

    fn drop_what_says_nothing(&mut self) {
        self.discussion.tagging.retain(|entry| !is_nobodys(entry) || entry.memo.is_some());
    }
}

fn is_nobodys(entry: &Tagging) -> bool {
    entry.by.is_none() && entry.confirmed_by.is_none() && entry.refused_by.is_none()
}

fn speaks(entry: &Tagging, who: Option<&str>) -> bool {
    [&entry.by, &entry.confirmed_by, &entry.refused_by].into_iter().any(|name| name.is_some() && name.as_deref() == who)
}
