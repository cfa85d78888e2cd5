//! Puts tags on a discussion and takes them off. What counts are needs, barriers and enablers; who did it stands beside, under `tagging`.

use chrono::NaiveDate;

use super::wish::{Part, Sign, Wish};
use crate::model::{Barrier, BarrierStatus, Directories, Discussion, Names, Theme, ThemeKey, ThemeKind, Word as _, known};
use crate::source::{list_of, nearest};

/// Why nothing was changed, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub why: String,
    pub hints: Vec<String>,
}

impl Refused {
    pub(super) fn new(why: impl Into<String>) -> Self {
        Self { why: why.into(), hints: Vec::new() }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl From<String> for Refused {
    fn from(why: String) -> Self {
        Self::new(why)
    }
}

/// Who changes tags, when, and what is done with a theme that is named without a sign.
#[derive(Clone, Copy, Debug)]
pub struct Manner<'a> {
    pub by: Option<&'a str>,
    pub on: NaiveDate,
    pub deed: Deed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Tags are put on and taken off.
    Tag,
    /// Tags are put on since they were suggested: who does so confirms them.
    Accept,
    /// Themes that are tagged already are confirmed.
    Confirm,
    /// Themes that are not tagged do not fit.
    Refuse,
}

/// Changes a discussion, and says in sentences what was done. Nothing is said where everything was so already.
///
/// # Errors
///
/// The first wish that cannot be fulfilled; then the discussion is half changed, and of no use.
pub fn retag(discussion: &mut Discussion, names: Names<'_>, wishes: &[Wish], manner: Manner<'_>) -> Result<Vec<String>, Refused> {
    let mut desk = Desk { discussion, names, known: Directories::of(names), manner, said: Vec::new() };
    for wish in wishes {
        desk.fulfil(wish)?;
    }
    Ok(desk.said)
}

pub(super) struct Desk<'d, 'n> {
    pub(super) discussion: &'d mut Discussion,
    names: Names<'n>,
    known: Directories,
    pub(super) manner: Manner<'d>,
    pub(super) said: Vec<String>,
}

impl Desk<'_, '_> {
    fn fulfil(&mut self, wish: &Wish) -> Result<(), Refused> {
        let theme = self.known.themes.find(&wish.name).map_err(|why| Refused::new(why).hint("`marg themes` lists them all"))?;
        match (wish.sign, self.manner.deed) {
            (Sign::On, Deed::Confirm | Deed::Refuse) | (Sign::Off, Deed::Confirm | Deed::Refuse) => {
                Err(Refused::new(format!("`{}` is either tagged anew or confirmed or refused", wish.name)).hint("name the theme without a sign before it"))
            }
            (Sign::On, _) => self.put_on(theme, wish),
            (Sign::Off, _) => self.take_off(theme, wish),
            (Sign::Named, Deed::Confirm) => self.confirm(theme).and_then(|()| self.notes(theme, wish)),
            (Sign::Named, Deed::Refuse) => self.refuse(theme).and_then(|()| self.notes(theme, wish)),
            (Sign::Named, _) if wish.parts.iter().any(|(part, _)| *part == Part::Memo) => self.notes(theme, wish),
            (Sign::Named, _) => {
                let id = &self.theme(theme).id;
                Err(Refused::new(format!("what is to be done with `{id}`?")).hint(format!("`+{id}` tags it, `-{id}` takes it off, `{id} memo=…` adds a note")))
            }
        }
    }

    pub(super) fn theme(&self, key: ThemeKey) -> &Theme {
        self.names.theme(key)
    }

    fn put_on(&mut self, theme: ThemeKey, wish: &Wish) -> Result<(), Refused> {
        let title = self.theme(theme).title.clone();
        let is_new = match self.theme(theme).kind {
            ThemeKind::Need => add(&mut self.discussion.needs, theme),
            ThemeKind::Enabler => add(&mut self.discussion.enablers, theme),
            ThemeKind::Barrier => return self.put_on_barrier(theme, wish).and_then(|()| self.notes(theme, wish)),
        };
        self.only_notes(theme, wish)?;
        if is_new {
            self.said.push(format!("Tagged: {title}."));
            self.tagged(theme)?;
        } else {
            self.said.push(format!("{title} was tagged already."));
        }
        self.notes(theme, wish)
    }

    /// A need and an enabler are no sentences: nothing but a note can be said of them.
    fn only_notes(&self, theme: ThemeKey, wish: &Wish) -> Result<(), Refused> {
        let theme = self.theme(theme);
        match wish.parts.iter().find(|(part, _)| !matches!(part, Part::Memo | Part::About)) {
            Some((part, _)) => Err(Refused::new(format!("`{}` is a {}, and `{}=` is said of barriers only", theme.id, theme.kind, part.word()))),
            None => Ok(()),
        }
    }

    fn put_on_barrier(&mut self, theme: ThemeKey, wish: &Wish) -> Result<(), Refused> {
        let mut wanted = Barrier { status: BarrierStatus::Live, ..blank(theme) };
        for (part, value) in &wish.parts {
            self.part(&mut wanted, *part, value)?;
        }
        let title = self.theme(theme).title.clone();
        let Some(at) = self.same_barrier(theme, &wanted)? else {
            self.said.push(format!("Tagged: {}.", self.sentence(&wanted)));
            self.discussion.barriers.push(Barrier { nth: self.discussion.barriers.len(), ..wanted });
            return self.tagged(theme);
        };
        let before = self.discussion.barriers[at].clone();
        let mut barrier = before.clone();
        for (part, value) in &wish.parts {
            self.part(&mut barrier, *part, value)?;
        }
        let changed: Vec<&str> = wish.parts.iter().map(|(part, _)| *part).filter(|part| differs(&before, &barrier, *part)).map(Part::word).collect();
        match changed.as_slice() {
            [] => self.said.push(format!("{title} was tagged already.")),
            changed => self.said.push(format!("Changed of {title}: {}.", list_of(changed, "and"))),
        }
        self.discussion.barriers[at] = barrier;
        Ok(())
    }

    /// The entry that is meant: of this theme, and not at another agency or about another service than was said.
    fn same_barrier(&self, theme: ThemeKey, wanted: &Barrier) -> Result<Option<usize>, Refused> {
        let fits = |barrier: &Barrier| {
            barrier.theme == theme
                && (wanted.blocks.is_none() || barrier.blocks.is_none() || barrier.blocks == wanted.blocks)
                && (wanted.at.is_none() || barrier.at.is_none() || barrier.at == wanted.at)
        };
        let found: Vec<usize> = (0..self.discussion.barriers.len()).filter(|at| fits(&self.discussion.barriers[*at])).collect();
        let same = |at: &&usize| (self.discussion.barriers[**at].blocks, self.discussion.barriers[**at].at) == (wanted.blocks, wanted.at);
        match found.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(*one)),
            many => many.iter().find(same).map(|at| Some(*at)).ok_or_else(|| {
                let all: Vec<String> = many.iter().map(|at| format!("“{}”", self.sentence(&self.discussion.barriers[*at]))).collect();
                Refused::new(format!("`{}` stands here {} times: {}", self.theme(theme).id, many.len(), list_of(&all, "and")))
                    .hint("say which is meant, by `blocks=SERVICE` or `at=AGENCY`")
            }),
        }
    }

    fn part(&self, barrier: &mut Barrier, part: Part, value: &str) -> Result<(), Refused> {
        let text = || Some(value.to_owned()).filter(|text| !text.is_empty());
        let unknown = |why| Refused::new(why).hint("marg.yaml lists them all");
        match part {
            Part::Blocks => barrier.blocks = if value.is_empty() { None } else { Some(self.known.services.find(value).map_err(unknown)?) },
            Part::At => barrier.at = if value.is_empty() { None } else { Some(self.known.agencies.find(value).map_err(unknown)?) },
            Part::Rule => barrier.rule = text(),
            Part::Evidence => barrier.evidence = text(),
            Part::Cause => barrier.cause = self.listed("causes", "cause", known::CAUSES, value)?,
            Part::Scope => barrier.scope = self.listed("scopes", "scope", known::SCOPES, value)?,
            Part::Status => barrier.status = BarrierStatus::parse(value).ok_or_else(|| none_of("status", value, BarrierStatus::WORDS.iter().copied()))?,
            Part::Memo | Part::About => {}
        }
        Ok(())
    }

    /// A word of a list that the group may have added to.
    pub(super) fn listed(&self, list: &str, what: &str, known: &[&str], value: &str) -> Result<Option<String>, Refused> {
        let words = known.iter().copied().chain(self.names.group.own_words(list).iter().map(String::as_str));
        let found = words.clone().find(|word| word.eq_ignore_ascii_case(value));
        if value.is_empty() { Ok(None) } else { found.map(|word| Some(word.to_owned())).ok_or_else(|| none_of(what, value, words)) }
    }

    fn take_off(&mut self, theme: ThemeKey, wish: &Wish) -> Result<(), Refused> {
        let title = self.theme(theme).title.clone();
        let kind = self.theme(theme).kind;
        match kind {
            ThemeKind::Need if remove(&mut self.discussion.needs, theme) => self.only_notes(theme, wish)?,
            ThemeKind::Enabler if remove(&mut self.discussion.enablers, theme) => self.only_notes(theme, wish)?,
            ThemeKind::Barrier if self.discussion.barriers.iter().any(|barrier| barrier.theme == theme) => self.take_off_barrier(theme, wish)?,
            _ => return Err(Refused::new(format!("{} is not tagged with `{}`", self.discussion.case, self.theme(theme).id))),
        }
        self.said.push(format!("Taken off: {title}."));
        if !self.is_tagged(theme) {
            self.forget_tagger(theme);
        }
        self.notes(theme, wish)
    }

    fn take_off_barrier(&mut self, theme: ThemeKey, wish: &Wish) -> Result<(), Refused> {
        let mut wanted = blank(theme);
        for (part, value) in wish.parts.iter().filter(|(part, _)| matches!(part, Part::Blocks | Part::At)) {
            self.part(&mut wanted, *part, value)?;
        }
        let nowhere = || Refused::new(format!("{} has no such barrier", self.discussion.case)).hint("`marg case REF` shows those there are");
        let at = self.same_barrier(theme, &wanted)?.ok_or_else(nowhere)?;
        if let Some(id) = &self.discussion.barriers[at].id
            && let Some(guide) = self.rests_on(id)
        {
            let why = format!("the barrier `{id}` is the evidence of a statement in the guide `{}`, and would be missing there", guide.id);
            return Err(Refused::new(why).hint(format!("take `{id}` out of the statement's `evidence` in themes/{}.yaml first", guide.id)));
        }
        self.discussion.barriers.remove(at);
        Ok(())
    }

    /// The theme in whose guide a statement names an id.
    fn rests_on(&self, id: &str) -> Option<&Theme> {
        let names_it = |theme: &&Theme| theme.guide.iter().flat_map(|guide| &guide.statements).any(|statement| statement.evidence.iter().any(|of| of == id));
        self.names.themes.iter().find(names_it)
    }

    pub(super) fn is_tagged(&self, theme: ThemeKey) -> bool {
        let of = &*self.discussion;
        of.needs.contains(&theme) || of.enablers.contains(&theme) || of.barriers.iter().any(|barrier| barrier.theme == theme)
    }

    /// A barrier as it is told: what it is, what it keeps from, and where.
    fn sentence(&self, barrier: &Barrier) -> String {
        let blocks = barrier.blocks.map_or(String::new(), |key| format!(", keeps from {}", self.names.group.service(key).name));
        let at = barrier.at.map_or(String::new(), |key| format!(", at {}", self.names.group.agency(key).name));
        format!("{}{blocks}{at}", self.theme(barrier.theme).title)
    }
}

/// Puts a theme behind the others, if it is not there.
fn add(themes: &mut Vec<ThemeKey>, theme: ThemeKey) -> bool {
    let is_new = !themes.contains(&theme);
    if is_new {
        themes.push(theme);
    }
    is_new
}

/// Whether there was something to take away.
fn remove(themes: &mut Vec<ThemeKey>, theme: ThemeKey) -> bool {
    let before = themes.len();
    themes.retain(|there| *there != theme);
    themes.len() < before
}

fn blank(theme: ThemeKey) -> Barrier {
    Barrier {
        nth: 0,
        id: None,
        theme,
        blocks: None,
        at: None,
        rule: None,
        cause: None,
        scope: None,
        evidence: None,
        status: BarrierStatus::Live,
        asked: None,
        answer: None,
    }
}

fn differs(before: &Barrier, after: &Barrier, part: Part) -> bool {
    match part {
        Part::Blocks => before.blocks != after.blocks,
        Part::At => before.at != after.at,
        Part::Rule => before.rule != after.rule,
        Part::Cause => before.cause != after.cause,
        Part::Scope => before.scope != after.scope,
        Part::Status => before.status != after.status,
        Part::Evidence => before.evidence != after.evidence,
        Part::Memo | Part::About => false,
    }
}

/// What is said to a word that is on no list.
pub(super) fn none_of<'w>(what: &str, typed: &str, words: impl Iterator<Item = &'w str> + Clone) -> Refused {
    let all: Vec<String> = words.clone().map(|word| format!("`{word}`")).collect();
    let near = nearest(typed, words).map_or(String::new(), |near| format!("did you mean `{near}`? "));
    Refused::new(format!("`{typed}` is no {what}")).hint(format!("{near}it is one of {}", list_of(&all, "or")))
}
