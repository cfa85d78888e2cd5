//! What a codebook from elsewhere brings, beside the one that is there. What is there is never written over.

use std::collections::HashSet;

use super::entry::Entry;
use super::guid;
use crate::model::{Theme, ThemeKind};

/// How an entry stands to the codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    New,
    /// All that it says is there already.
    Same,
    /// The fields in which it says something else.
    Differs(Vec<&'static str>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    pub entry: Entry,
    /// The id of the theme that is there, or that it would become.
    pub id: String,
    pub standing: Standing,
}

/// Compares entries with themes. An entry is a theme's by its id, or an earlier id, or else by its title.
pub fn compare(entries: Vec<Entry>, themes: &[Theme]) -> Vec<Compared> {
    let mut taken: HashSet<String> = themes.iter().flat_map(|theme| theme.also_known_as.iter().chain([&theme.id])).cloned().collect();
    let wanted: HashSet<String> = entries.iter().filter_map(|entry| entry.id.clone()).collect();
    let mut compared = Vec::with_capacity(entries.len());
    for mut entry in entries {
        if let Some(theme) = find(&entry, themes) {
            let differs = differences(&entry, &Entry::of(theme));
            let standing = if differs.is_empty() { Standing::Same } else { Standing::Differs(differs) };
            compared.push(Compared { id: theme.id.clone(), entry, standing });
            continue;
        }
        let id = free_id(&entry, &taken, &wanted);
        taken.insert(id.clone());
        // An earlier id must not stand for two themes.
        entry.also_known_as.retain(|earlier| !wanted.contains(earlier) && taken.insert(earlier.clone()));
        compared.push(Compared { id, entry, standing: Standing::New });
    }
    compared
}

fn find<'a>(entry: &Entry, themes: &'a [Theme]) -> Option<&'a Theme> {
    match &entry.id {
        Some(id) => themes.iter().find(|theme| theme.id == *id).or_else(|| themes.iter().find(|theme| theme.also_known_as.contains(id))),
        None => {
            let title = entry.title.to_lowercase();
            themes.iter().find(|theme| Entry::of(theme).title.to_lowercase() == title)
        }
    }
}

/// The fields of which the entry says something else than the theme.
fn differences(entry: &Entry, theirs: &Entry) -> Vec<&'static str> {
    let texts = [
        ("title", Some(&entry.title), Some(&theirs.title)),
        ("parent", entry.parent.as_ref(), theirs.parent.as_ref()),
        ("definition", entry.definition.as_ref(), theirs.definition.as_ref()),
        ("include", entry.include.as_ref(), theirs.include.as_ref()),
        ("exclude", entry.exclude.as_ref(), theirs.exclude.as_ref()),
        ("example", entry.example.as_ref(), theirs.example.as_ref()),
    ];
    let mut differs: Vec<&'static str> = texts.into_iter().filter(|(_, own, there)| own.is_some() && own != there).map(|(name, ..)| name).collect();
    let lists = [("indicators", &entry.indicators, &theirs.indicators), ("also_known_as", &entry.also_known_as, &theirs.also_known_as)];
    differs.extend(lists.into_iter().filter(|(_, own, there)| !own.is_empty() && own != there).map(|(name, ..)| name));
    differs.extend((entry.kind.is_some() && entry.kind != theirs.kind).then_some("kind"));
    differs.extend((entry.stage.is_some() && entry.stage != theirs.stage).then_some("stage"));
    differs
}

/// The entry's own id if it is free, or one from its title.
fn free_id(entry: &Entry, taken: &HashSet<String>, wanted: &HashSet<String>) -> String {
    if let Some(id) = entry.id.as_ref().filter(|id| can_be_id(id) && !taken.contains(*id)) {
        return id.clone();
    }
    let title = id_from(&entry.title);
    let base = if title.is_empty() { format!("theme-{}", &guid(&entry.title).simple().to_string()[..8]) } else { title };
    let is_free = |id: &String| !taken.contains(id) && !wanted.contains(id);
    let numbered = (2..).map(|n| format!("{base}-{n}"));
    [base.clone()].into_iter().chain(numbered).find(is_free).unwrap_or(base)
}

/// Letters, digits and hyphens; accents are left off.
fn id_from(title: &str) -> String {
    let mut id = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        match plain_letter(c) {
            Some(letters) => id.push_str(letters.encode_utf8(&mut [0; 4])),
            None if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            None => {}
        }
    }
    let short: String = id.chars().take(60).collect();
    short.trim_matches('-').to_owned()
}

/// The letter below the accent, for the letters of Western Europe.
fn plain_letter(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' | '0'..='9' => c,
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        _ => return None,
    })
}

/// Whether a file of the workspace can be called so.
pub(super) fn can_be_id(id: &str) -> bool {
    let bytes = id.as_bytes();
    id.len() <= 100
        && bytes.first().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// The kind that a heading in other programs is the name of.
pub(super) fn kind_of_heading(name: &str) -> Option<ThemeKind> {
    match name.trim().to_lowercase().as_str() {
        "barrier" | "barriers" => Some(ThemeKind::Barrier),
        "need" | "needs" => Some(ThemeKind::Need),
        "enabler" | "enablers" => Some(ThemeKind::Enabler),
        _ => None,
    }
}
