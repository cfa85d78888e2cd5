//! What a copy is made of: entries with their lines, what names the ref elsewhere, and others in a text.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Casebook, RefFinder, SaidOf, said_of};
use crate::personal::{Finder, Kind, Names};
use crate::release::{Elsewhere, ThirdParty, names_at_work};
use crate::source::{FileId, line_col, line_range};
use crate::workspace::Loaded;
use crate::yaml::{locate, scalars};

/// Finds others in a text.
pub(super) type Others = dyn Fn(&str) -> Vec<ThirdParty>;

/// An entry and where it stands.
pub(super) struct Said<'a> {
    pub(super) entry: SaidOf<'a>,
    /// File and line.
    pub(super) at: String,
    start: usize,
}

/// Everything about the ref; each file is read once more, for its lines.
pub(super) fn said<'a>(loaded: &'a Loaded, case: &str) -> Vec<Said<'a>> {
    let entries = said_of(&loaded.casebook, case);
    let mut places: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
    for (n, entry) in entries.iter().enumerate() {
        places.entry(entry.place.file).or_default().push(n);
    }
    let mut found: Vec<(String, usize)> = vec![(String::new(), 0); entries.len()];
    for (file, numbers) in places {
        let text = loaded.files.text(file).unwrap_or_default();
        let spans = locate(&text, numbers.iter().map(|n| Some(&entries[*n].place.path)));
        for (n, span) in numbers.into_iter().zip(spans) {
            let start = span.map_or(0, |span| span.start);
            found[n] = (place(loaded, file, &text, start), start);
        }
    }
    entries.into_iter().zip(found).map(|(entry, (at, start))| Said { entry, at, start }).collect()
}

fn place(loaded: &Loaded, file: FileId, text: &str, start: usize) -> String {
    format!("{}:{}", loaded.files.path(file), line_col(text, start).line)
}

/// Every value and every remark of any file that names the ref and is no entry about it.
pub(super) fn elsewhere(loaded: &Loaded, case: &str, said: &[Said<'_>]) -> Vec<Elsewhere> {
    let finder = RefFinder::new([case]);
    let own: BTreeSet<(FileId, usize)> = said.iter().map(|said| (said.entry.place.file, said.start)).collect();
    let mut all = Vec::new();
    for file in (0..loaded.files.len() as u32).map(FileId) {
        let Some(text) = loaded.files.text(file) else { continue };
        let mut named: Vec<(usize, String, String)> = Vec::new();
        let values = scalars(&text).unwrap_or_default();
        for value in &values {
            let is_the_ref_itself = matches!(value.field.as_str(), "cases.ref" | "agenda.case") && value.text.trim() == case;
            if !is_the_ref_itself && !own.contains(&(file, value.span.start)) && !finder.find(&value.text).is_empty() {
                named.push((value.span.start, value.field.clone(), value.text.clone()));
            }
        }
        for found in finder.find(&text) {
            if !values.iter().any(|value| value.span.start <= found.start && found.end <= value.span.end) {
                named.push((found.start, "a remark".to_owned(), text[line_range(&text, found.start)].trim().to_owned()));
            }
        }
        named.sort();
        named.dedup_by(|one, other| one.1 == "a remark" && one.2 == other.2);
        let line = |(start, field, words): (usize, String, String)| Elsewhere { at: place(loaded, file, &text, start), field, text: words };
        all.extend(named.into_iter().map(line));
    }
    all
}

/// Other refs, names of people at work, and what is somebody's by the rules of `marg check`.
pub(super) fn others(book: &Casebook, case: &str) -> impl Fn(&str) -> Vec<ThirdParty> + 'static {
    let refs = RefFinder::new(super::refs(book).filter(|other| *other != case));
    let finder = Finder::new(Names::of(names_at_work(book)), &[]);
    move |text: &str| {
        let other_cases = refs.find(text).into_iter().map(|at| ThirdParty { at, kind: "other-case", why: "names another case".to_owned() });
        let personal = finder.find(text).into_iter().map(|found| match found.kind {
            Kind::KnownName => ThirdParty { at: found.at, kind: "staff", why: "names somebody at work".to_owned() },
            kind => ThirdParty { at: found.at, kind: kind.id(), why: format!("is {}", kind.words()) },
        });
        other_cases.chain(personal).collect()
    }
}
