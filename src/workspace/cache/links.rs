//! What files say of each other, as fingerprints of ids: enough to see that nothing is amiss, not enough to say what is.
//!
//! Whether an id is used twice, or an action is reported that nobody set, only shows when all meetings are there. When a few files
//! have changed since everything was in order, it is enough to hold these few against the rest. Whatever looks amiss is left to the
//! full check, which says what it is; so a fingerprint that two ids share by chance costs time and nothing else.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use super::fingerprint;
use crate::model::{EntryKind, Meeting, Theme, entries_of};
use crate::source::{In, Out};
use crate::yaml;

/// The ids of one meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Links {
    /// Of actions and of the promises to tell the person.
    tasks: Vec<u64>,
    /// Of learning points and barriers.
    others: Vec<u64>,
    /// Of the actions it reports on.
    told: Vec<u64>,
}

impl Links {
    pub(super) fn of(meeting: &Meeting) -> Self {
        let mut links = Self { told: meeting.previous_actions.iter().map(|report| fingerprint(report.id.as_bytes())).collect(), ..Self::default() };
        for (id, entry) in entries_of(std::slice::from_ref(meeting)) {
            let list = if matches!(entry.kind, EntryKind::Action(_) | EntryKind::Feedback) { &mut links.tasks } else { &mut links.others };
            list.push(fingerprint(id.as_bytes()));
        }
        links
    }

    pub(super) fn write(&self, out: &mut Out) -> Option<()> {
        for list in [&self.tasks, &self.others, &self.told] {
            out.short(u16::try_from(list.len()).ok()?);
            list.iter().for_each(|id| out.long(*id));
        }
        Some(())
    }

    pub(super) fn read(input: &mut In<'_>) -> Option<Self> {
        let mut list = || (0..input.short()?).map(|_| input.long()).collect::<Option<Vec<u64>>>();
        Some(Self { tasks: list()?, others: list()?, told: list()? })
    }

    pub(crate) fn tasks(&self) -> impl Iterator<Item = u64> + '_ {
        self.tasks.iter().copied()
    }

    pub(crate) fn told(&self) -> impl Iterator<Item = u64> + '_ {
        self.told.iter().copied()
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = u64> + '_ {
        self.tasks.iter().chain(&self.others).copied()
    }
}

/// What the themes say of the meetings' ids: those of their statements, which must be their own, and the evidence they name.
pub(super) struct ThemeLinks {
    statements: Vec<u64>,
    evidence: Vec<u64>,
}

impl ThemeLinks {
    pub(super) fn of(themes: &[Theme]) -> Self {
        let statements = || themes.iter().filter_map(|theme| theme.guide.as_ref()).flat_map(|guide| &guide.statements);
        Self {
            statements: statements().filter_map(|statement| statement.id.as_deref()).map(|id| fingerprint(id.as_bytes())).collect(),
            evidence: statements().flat_map(|statement| &statement.evidence).filter(|id| !id.is_empty()).map(|id| fingerprint(id.as_bytes())).collect(),
        }
    }

    /// One number for all of it.
    pub(super) fn print(&self) -> u64 {
        let mut out = Out::default();
        self.statements.iter().for_each(|id| out.long(*id));
        out.long(0);
        self.evidence.iter().for_each(|id| out.long(*id));
        fingerprint(&out.0)
    }
}

/// Whether all meetings and themes fit each other.
pub(crate) fn all_fit(themes: &[Theme], meetings: &[Meeting]) -> bool {
    let links: Vec<Links> = meetings.iter().map(Links::of).collect();
    yaml::themes_fit(themes) && fit(themes, &links.iter().collect::<Vec<_>>(), &[], &[])
}

/// Whether the changed files fit the kept ones, which fit each other as long as nothing they rely on was `removed`.
pub(crate) fn fit(themes: &[Theme], changed: &[&Links], kept: &[Links], removed: &[Links]) -> bool {
    let themes = ThemeLinks::of(themes);
    let mut fresh: Ids = themes.statements.iter().copied().collect();
    if fresh.len() != themes.statements.len() || changed.iter().flat_map(|links| links.ids()).any(|id| !fresh.insert(id)) {
        return false;
    }
    if kept.iter().flat_map(Links::ids).any(|id| fresh.contains(&id)) {
        return false;
    }
    let still: Ids = changed.iter().flat_map(|links| links.tasks.iter().copied()).collect();
    let gone: Ids = removed.iter().flat_map(|links| links.tasks.iter().copied()).filter(|id| !still.contains(id)).collect();
    if !gone.is_empty() && kept.iter().flat_map(|links| &links.told).any(|id| gone.contains(id)) {
        return false;
    }
    let mut tasks: Ids = changed.iter().flat_map(|links| &links.told).filter(|id| !still.contains(id)).copied().collect();
    let mut evidence: Ids = themes.evidence.iter().copied().collect();
    strike_out(&mut evidence, changed.iter().flat_map(|links| links.ids()));
    strike_out(&mut evidence, kept.iter().flat_map(Links::ids));
    strike_out(&mut tasks, kept.iter().flat_map(|links| links.tasks.iter().copied()));
    tasks.is_empty() && evidence.is_empty()
}

/// Takes out what there is, so that what is missing is left.
fn strike_out(wanted: &mut Ids, there: impl Iterator<Item = u64>) {
    for id in there {
        if wanted.is_empty() {
            return;
        }
        wanted.remove(&id);
    }
}

/// Sets of numbers that are as good as random already.
type Ids = HashSet<u64, BuildHasherDefault<AsItIs>>;

#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.0 = self.0.rotate_left(8) ^ u64::from(*b));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

/// Whether every file has a name of its own: the name of a meeting's file is its id.
pub(crate) fn names_differ<'p>(mut stems: impl Iterator<Item = &'p str>) -> bool {
    let mut seen = HashSet::new();
    stems.all(|stem| seen.insert(stem))
}
