//! Agencies, services and themes as people name them: by id, by name, by another name, or by a part that only one of them has.

use super::group::{AgencyKey, ServiceKey};
use super::register::Names;
use super::theme::ThemeKey;
use super::words::ThemeKind;
use crate::source::{list_of, nearest, word_ends};

/// Something that can be named, with everything it is called.
pub struct Named<K> {
    pub key: K,
    pub id: String,
    pub title: String,
    /// Its id, its name and its other names, as they are compared.
    calls: Vec<String>,
}

/// All of one kind.
pub struct Directory<K> {
    /// What one of them is called: `agency`.
    what: &'static str,
    pub all: Vec<Named<K>>,
}

/// Why a name means nothing, or too much; in words.
pub type Unknown = String;

/// No name is longer.
const MOST_WORDS: usize = 12;

/// As names are compared: small letters, and only words.
pub fn plain_words(text: &str) -> String {
    let words: Vec<String> =
        text.to_lowercase().split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.join(" ")
}

impl<K: Copy + PartialEq> Directory<K> {
    fn new(what: &'static str, entries: impl Iterator<Item = (K, String, String, Vec<String>)>) -> Self {
        let named = |(key, id, title, others): (K, String, String, Vec<String>)| {
            let calls = [&id, &title].into_iter().chain(&others).map(|name| plain_words(name)).collect();
            Named { key, id, title, calls }
        };
        Self { what, all: entries.map(named).collect() }
    }

    /// The one that some words mean, all of them.
    pub fn find(&self, text: &str) -> Result<K, Unknown> {
        let asked = plain_words(text);
        if let Some(named) = self.exact(&asked) {
            return Ok(named.key);
        }
        match self.having(&asked).as_slice() {
            [one] => Ok(one.key),
            [] => Err(self.unknown(text)),
            many => Err(self.ambiguous(text, many)),
        }
    }

    /// The one at the beginning of a text, the longest name there is, and what stands behind it.
    pub fn leading<'t>(&self, text: &'t str) -> Result<(K, &'t str), Unknown> {
        let ends: Vec<usize> = word_ends(text).take(MOST_WORDS).collect();
        let found = |end: &usize, key| Ok((key, text[*end..].trim_start_matches([',', ';', ':', '.']).trim_start()));
        for end in ends.iter().rev() {
            if let Some(named) = self.exact(&plain_words(&text[..*end])) {
                return found(end, named.key);
            }
        }
        for end in ends.iter().rev() {
            match self.having(&plain_words(&text[..*end])).as_slice() {
                [] => {}
                [one] => return found(end, one.key),
                many => return Err(self.ambiguous(&text[..*end], many)),
            }
        }
        Err(self.unknown(ends.first().map_or("", |end| &text[..*end])))
    }

    /// As [`Self::leading`], where what stands behind a name begins in one of a few ways. A word that could be part of the name or begin
    /// what follows begins what follows: in `arson blocks a hostel bed` nobody means `arson blocks`.
    pub fn leading_before<'t>(&self, text: &'t str, goes_on: impl Fn(&str) -> bool) -> Result<(K, &'t str), Unknown> {
        let found = self.leading(text)?;
        if found.1.is_empty() || goes_on(found.1) {
            return Ok(found);
        }
        let shorter = word_ends(text).take(MOST_WORDS).map(|end| (&text[..end], text[end..].trim_start_matches([',', ';', ':']).trim_start()));
        let shorter = shorter.filter(|(_, rest)| goes_on(rest)).find_map(|(name, rest)| Some((self.find(name).ok().filter(|key| *key == found.0)?, rest)));
        Ok(shorter.unwrap_or(found))
    }

    fn exact(&self, asked: &str) -> Option<&Named<K>> {
        self.all.iter().find(|named| named.calls.iter().any(|call| call == asked))
    }

    /// Those in one of whose names each of the words begins a word.
    fn having(&self, asked: &str) -> Vec<&Named<K>> {
        let words: Vec<&str> = asked.split(' ').collect();
        if words.iter().map(|word| word.len()).max().unwrap_or(0) < 3 {
            return Vec::new();
        }
        let begins = |call: &String| words.iter().all(|word| call.split(' ').any(|part| part.starts_with(word)));
        self.all.iter().filter(|named| named.calls.iter().any(begins)).collect()
    }

    fn unknown(&self, text: &str) -> Unknown {
        let text = text.trim();
        let known = self.all.iter().flat_map(|named| [named.id.as_str(), named.title.as_str()]);
        let near = nearest(text, known).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        if text.is_empty() { format!("which {} is meant?", self.what) } else { format!("there is no {} `{}`{near}", self.what, shortened(text)) }
    }

    fn ambiguous(&self, text: &str, many: &[&Named<K>]) -> Unknown {
        let ids: Vec<String> = many.iter().take(6).map(|named| format!("`{}`", named.id)).collect();
        let more = if many.len() > 6 { format!(" and {} more", many.len() - 6) } else { String::new() };
        format!("`{}` could be {}{more}: say which {}", text.trim(), list_of(&ids, "or"), self.what)
    }
}

/// Enough of a text to know it again.
pub fn shortened(text: &str) -> String {
    const AT_MOST: usize = 60;
    if text.chars().count() <= AT_MOST { text.to_owned() } else { text.chars().take(AT_MOST - 1).chain(['…']).collect() }
}

/// All that can be named at a meeting.
pub struct Directories {
    pub agencies: Directory<AgencyKey>,
    pub services: Directory<ServiceKey>,
    pub themes: Directory<ThemeKey>,
    /// Themes that are barriers, needs and enablers.
    pub barriers: Directory<ThemeKey>,
    pub needs: Directory<ThemeKey>,
}

impl Directories {
    pub fn of(names: Names<'_>) -> Self {
        let group = names.group;
        let agencies = group.agencies.iter().enumerate().map(|(at, agency)| (AgencyKey(at as u32), agency.id.clone(), agency.name.clone(), Vec::new()));
        let services = group.services.iter().enumerate().map(|(at, service)| (ServiceKey(at as u32), service.id.clone(), service.name.clone(), Vec::new()));
        let themes = |what, kind: Option<ThemeKind>| {
            let offered = names.themes.iter().enumerate().filter(|(_, theme)| theme.retired.is_none());
            let of_kind = offered.filter(move |(_, theme)| kind.is_none_or(|kind| theme.kind == kind));
            Directory::new(what, of_kind.map(|(at, theme)| (ThemeKey(at as u32), theme.id.clone(), theme.title.clone(), theme.also_known_as.clone())))
        };
        Self {
            agencies: Directory::new("agency", agencies),
            services: Directory::new("service", services),
            themes: themes("theme", None),
            barriers: themes("barrier", Some(ThemeKind::Barrier)),
            needs: themes("need", Some(ThemeKind::Need)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Agency, Group};

    fn agencies() -> Directory<AgencyKey> {
        let agency = |(id, name): (&str, &str)| Agency {
            id: id.to_owned(),
            name: name.to_owned(),
            contact: None,
            escalate_to: None,
            exclusions: Vec::new(),
            checked_on: None,
        };
        let known = [("housing-options", "Housing options"), ("northfield-housing", "Northfield Housing"), ("police", "Neighbourhood policing")];
        let group = Group { agencies: known.into_iter().map(agency).collect(), ..Group::default() };
        Directories::of(Names { group: &group, themes: &[] }).agencies
    }

    #[test]
    fn a_name_is_an_id_a_name_or_a_part_that_only_one_has() {
        let agencies = agencies();
        for said in ["northfield-housing", "Northfield Housing", "northfield", "NORTH"] {
            assert_eq!(agencies.find(said), Ok(AgencyKey(1)), "{said}");
        }
        assert_eq!(agencies.find("housing").unwrap_err(), "`housing` could be `housing-options` or `northfield-housing`: say which agency");
        assert_eq!(agencies.find("nortfield-housing").unwrap_err(), "there is no agency `nortfield-housing`; did you mean `northfield-housing`?");
        assert_eq!(agencies.find("").unwrap_err(), "which agency is meant?");
    }

    #[test]
    fn a_word_that_begins_what_follows_is_no_part_of_the_name() {
        let themes = [(ThemeKey(0), "arson-blocks-housing".to_owned(), "Arson or fire-setting history blocks housing".to_owned(), Vec::new())];
        let themes = Directory::new("theme", themes.into_iter());
        let goes_on = |rest: &str| rest.starts_with("blocks");
        for name in ["arson", "arson history", "fire-setting", "arson-blocks-housing"] {
            let text = format!("{name} blocks a hostel bed");
            assert_eq!(themes.leading_before(&text, goes_on), Ok((ThemeKey(0), "blocks a hostel bed")), "{name}");
        }
        assert_eq!(themes.leading_before("arson blocks housing", goes_on), Ok((ThemeKey(0), "")));
    }

    #[test]
    fn a_name_at_the_beginning_ends_where_it_ends() {
        let agencies = agencies();
        assert_eq!(agencies.leading("housing options ring them").unwrap(), (AgencyKey(0), "ring them"));
        assert_eq!(agencies.leading("police: ring").unwrap(), (AgencyKey(2), "ring"));
        assert!(agencies.leading("housing ring").is_err());
    }
}
