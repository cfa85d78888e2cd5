//! How themes are used: on how many discussions, and beside which others.

use rustc_hash::FxHashMap;

use crate::model::{Casebook, Discussion, ThemeKey};

/// Counted over the discussions at meetings that were held.
pub(super) struct Usage {
    pub(super) discussions: usize,
    /// By theme: discussions that it stands on.
    by_theme: Vec<usize>,
    /// Discussions that two themes stand on, the lower key first.
    together: FxHashMap<(ThemeKey, ThemeKey), usize>,
}

/// Every theme that stands on a discussion: needs, barriers, what helped, and what was learned.
pub(super) fn themes_of(case: &Discussion) -> impl Iterator<Item = ThemeKey> {
    let learned = case.learning.iter().flat_map(|point| &point.themes);
    case.needs.iter().chain(case.barriers.iter().map(|barrier| &barrier.theme)).chain(&case.enablers).chain(learned).copied()
}

impl Usage {
    pub(super) fn of(book: &Casebook) -> Self {
        let mut usage = Self { discussions: 0, by_theme: vec![0; book.themes.len()], together: FxHashMap::default() };
        let mut themes = Vec::new();
        for case in book.held_meetings().flat_map(|(_, meeting)| &meeting.cases) {
            usage.discussions += 1;
            themes.clear();
            themes.extend(themes_of(case));
            themes.sort_unstable();
            themes.dedup();
            for (n, theme) in themes.iter().enumerate() {
                usage.by_theme[theme.0 as usize] += 1;
                themes[n + 1..].iter().for_each(|other| *usage.together.entry((*theme, *other)).or_default() += 1);
            }
        }
        usage
    }

    /// Discussions that a theme stands on.
    pub(super) fn of_theme(&self, theme: ThemeKey) -> usize {
        self.by_theme[theme.0 as usize]
    }

    /// Discussions that both stand on.
    pub(super) fn of_both(&self, a: ThemeKey, b: ThemeKey) -> usize {
        self.together.get(&(a.min(b), a.max(b))).copied().unwrap_or_default()
    }

    /// Themes that stand on some discussion.
    pub(super) fn in_use(&self) -> usize {
        self.by_theme.iter().filter(|uses| **uses > 0).count()
    }

    /// How many other themes stand beside a theme somewhere.
    pub(super) fn beside(&self, theme: ThemeKey) -> usize {
        (0..self.by_theme.len() as u32).map(ThemeKey).filter(|other| *other != theme && self.of_both(theme, *other) > 0).count()
    }
}
