//! From raw structs to the model. Everything that is wrong is pushed, nothing is thrown, and nothing later checks again.
//!
//! A file is checked alone, against the [`Vocabulary`] of `marg.yaml` and the themes, so that all files can be checked at once.
//! What only shows when all are there (an id used twice, an action that nobody set) is the affair of [`check_together`].

mod desk;
mod discussion;
mod group;
mod meeting;
mod plan;
mod second;
mod theme;
mod together;

use std::collections::{HashMap, HashSet};

pub use group::check_group;
pub use meeting::check_meeting;
pub use plan::check_plan;
pub use second::check_second_tags;
pub use theme::check_theme;
pub use together::{check_together, ids_in, rests_on_others, themes_fit};

use crate::model::{AgencyKey, Group, ServiceKey, Theme, ThemeKey, ThemeKind};
use crate::source::Finding;

/// One file after its check: its part of the model, if enough of it could be understood, and what is wrong.
pub struct CheckedFile<T> {
    pub value: Option<T>,
    pub findings: Vec<Finding>,
}

/// The names that meetings may use.
#[derive(Default)]
pub struct Vocabulary {
    agencies: HashMap<String, AgencyKey>,
    services: HashMap<String, ServiceKey>,
    themes: HashMap<String, (ThemeKey, ThemeKind)>,
    /// Ids of themes whose file is itself wrong: they exist, so a meeting that names them is not to blame.
    broken_themes: HashSet<String>,
    /// Whether the folder of themes could not be opened; then nothing can be said about themes.
    themes_unread: bool,
    /// Whether `marg.yaml` could be read; if not, nothing can be said about agencies and services.
    group_known: bool,
}

impl Vocabulary {
    /// `themes` in the order of the casebook; `broken` the ids of theme files that could not be read.
    pub fn new(group: Option<&Group>, themes: &[Theme], broken: impl IntoIterator<Item = String>) -> Self {
        let mut names = Self { group_known: group.is_some(), broken_themes: broken.into_iter().collect(), ..Self::default() };
        if let Some(group) = group {
            names.agencies = group.agencies.iter().zip(0..).map(|(agency, at)| (agency.id.clone(), AgencyKey(at))).collect();
            names.services = group.services.iter().zip(0..).map(|(service, at)| (service.id.clone(), ServiceKey(at))).collect();
        }
        for (theme, at) in themes.iter().zip(0..) {
            for id in theme.also_known_as.iter().chain([&theme.id]) {
                names.themes.insert(id.clone(), (ThemeKey(at), theme.kind));
            }
        }
        names
    }

    #[must_use]
    pub fn with_themes_unread(self, themes_unread: bool) -> Self {
        Self { themes_unread, ..self }
    }
}
