//! `.marg/register`: the facts of every meeting, so that a second run reads only the files that changed.
//!
//! It holds facts and fingerprints, no prose, and is for nobody else's eyes (folder 0700, file 0600, ignored by git). It is believed
//! only when all of this holds: its sums are right, it was written by this very program for this very folder and vocabulary, and a
//! file is as it was by size, times and identity, or by its content. Anything else is as if there were no cache, and never an error.

mod facts;
mod links;
mod store;

use std::hash::{DefaultHasher, Hasher as _};
use std::path::Path;

use chrono::NaiveDate;

use self::links::ThemeLinks;
pub(super) use self::links::{Links, all_fit, fit, names_differ};
pub(super) use self::store::{Stored, StoredFile, begin, bytes, n_files, read};
use super::stamp::Stamp;
use crate::model::{Meeting, Names, Register, RegisterWriter, Theme};
use crate::source::Out;

/// A number that stands for some bytes.
fn fingerprint(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

/// What is kept of one file.
pub(super) struct Kept {
    pub(super) path: String,
    pub(super) stamp: Stamp,
    /// Of the file's text.
    pub(super) content: u64,
    facts: Vec<u8>,
    links: Links,
}

impl Kept {
    /// What to keep of a meeting that nothing is wrong with.
    pub(super) fn of(path: &str, stamp: Stamp, text: &str, meeting: &Meeting) -> Option<Self> {
        let (facts, links) = (facts::write(meeting)?, Links::of(meeting));
        links.write(&mut Out::default())?;
        Some(Self { path: path.to_owned(), stamp, content: content(text), facts, links })
    }

    pub(super) fn facts(&self) -> &[u8] {
        &self.facts
    }

    pub(super) fn links(&self) -> &Links {
        &self.links
    }
}

/// The day of a meeting by its facts, and whether it took place.
pub(super) fn day(facts: &[u8], today: NaiveDate) -> Option<(NaiveDate, bool)> {
    facts::head(facts, today)
}

/// What stands for an id in the links.
pub(super) fn id_print(id: &str) -> u64 {
    fingerprint(id.as_bytes())
}

pub(super) fn content(text: &str) -> u64 {
    fingerprint(text.as_bytes())
}

/// For which program, folder and vocabulary facts hold.
pub(super) fn key(root: &Path, names: Names<'_>) -> u64 {
    let mut out = Out::default();
    let mut text = |text: &str| {
        out.0.extend(text.as_bytes());
        out.byte(0);
    };
    text(env!("CARGO_PKG_VERSION"));
    text(&root.to_string_lossy());
    names.group.agencies.iter().for_each(|agency| text(&agency.id));
    text("services");
    names.group.services.iter().for_each(|service| text(&service.id));
    for theme in names.themes {
        text("theme");
        text(&theme.id);
        text(theme.kind.word());
        theme.also_known_as.iter().for_each(|id| text(id));
    }
    if let Some(program) = std::env::current_exe().ok().and_then(|path| std::fs::metadata(path).ok()) {
        let stamp = Stamp::of(&program);
        out.long(stamp.size);
        out.long(stamp.written.0.cast_unsigned());
        out.int(stamp.written.1);
    }
    fingerprint(&out.0)
}

/// One number for what the themes say of the meetings' ids.
pub(super) fn theme_print(themes: &[Theme]) -> u64 {
    ThemeLinks::of(themes).print()
}

/// The register of the meetings that took place, of their names and facts, and for each of its meetings which file it was. Nothing when
/// the facts cannot be read.
pub(super) fn register<'b>(files: impl Iterator<Item = (&'b str, &'b [u8])>, names: Names<'_>, today: NaiveDate) -> Option<(Register, Vec<usize>)> {
    let mut held: Vec<(NaiveDate, &str, usize, &[u8])> = Vec::new();
    for (at, (stem, facts)) in files.enumerate() {
        let (date, counts) = facts::head(facts, today)?;
        if counts {
            held.push((date, stem, at, facts));
        }
    }
    held.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let mut writer = RegisterWriter::default();
    for (_, _, _, facts) in &held {
        facts::enter(facts, names, &mut writer)?;
    }
    Some((writer.done(), held.into_iter().map(|(_, _, at, _)| at).collect()))
}
