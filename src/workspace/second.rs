//! What second people tagged: the folder `tagging/`, read only when somebody asks for it.

use std::collections::{BTreeMap, HashSet};

use std::path::Path;

use super::list::{list, stem};
use super::load::Loaded;
use super::lock::Lock;
use super::{AmendError, SaveError, save, text};
use crate::model::SecondTags;
use crate::source::{At, FileId, Finding, Place};
use crate::yaml::{self, CheckedFile, Vocabulary, codes};

/// Where they lie, a folder a person.
const FOLDER: &str = "tagging";

/// Reads them, and everything that is wrong with them. Their files come after those that were read already.
pub fn read_second_tags(loaded: &mut Loaded) -> (Vec<SecondTags>, Vec<Finding>) {
    let listed = list(&loaded.files.root, FOLDER);
    let first = loaded.files.len();
    loaded.files.paths.extend(listed.iter().map(|listed| listed.path.clone()));
    let loaded = &*loaded;
    let book = &loaded.casebook;
    let unread: HashSet<&str> = unsound(loaded, first).collect();
    let broken = unread.iter().filter(|id| !book.themes.iter().any(|theme| theme.id == **id)).map(|id| (*id).to_owned());
    let names = Vocabulary::new(Some(&book.group), &book.themes, broken);
    let (mut tags, mut findings) = (Vec::new(), Vec::new());
    for (n, listed) in listed.iter().enumerate() {
        let file = FileId((first + n) as u32);
        let read = listed.finding(file).map_or_else(|| text::read(file, &loaded.files.on_disk(file)), |finding| Err(Box::new(finding)));
        let taken = match (read, tagger(&listed.path)) {
            (Err(finding), _) => CheckedFile { value: None, findings: vec![*finding] },
            (Ok(_), None) => {
                let finding = Finding::new(&codes::NO_TAGGER, At::File(file), "this file lies in nobody's folder");
                CheckedFile {
                    value: None,
                    findings: vec![finding.hint(format!("move it into the folder of whoever tagged: `{FOLDER}/NAME/{}.yaml`", stem(&listed.path)))],
                }
            }
            (Ok(text), Some(tagger)) => match yaml::read_second_tags(file, &text) {
                (Some(raw), findings) => yaml::check_second_tags(file, tagger, raw, findings, &names, book, &unread),
                (None, findings) => CheckedFile { value: None, findings },
            },
        };
        tags.extend(taken.value);
        findings.extend(taken.findings);
    }
    findings.extend(tagged_twice(loaded, &tags));
    findings.sort_by_key(|finding| finding.at.file());
    (tags, findings)
}

/// Writes what one person found in a case when they looked at it without the record: themes, by their ids; nothing takes the look back.
/// Says where.
///
/// # Errors
///
/// When somebody else changes files just now, the file cannot be read, or the disk refuses; then it is as it was.
pub fn look_again(root: &Path, tagger: &str, meeting: &str, case: &str, themes: Option<&[String]>) -> Result<String, AmendError> {
    let path = format!("{FOLDER}/{tagger}/{meeting}.yaml");
    let _lock = Lock::for_changes(root)?;
    let place = root.join(&path);
    let is_link = [root.join(FOLDER), root.join(FOLDER).join(tagger), place.clone()].iter().any(|part| part.is_symlink());
    if is_link || tagger.contains(['/', '\\']) || tagger.starts_with('.') {
        return Err(SaveError::Own(place).into());
    }
    let is_new = !place.exists();
    let text = if is_new {
        format!("{}meeting: {meeting}\n", yaml::FileKind::Tagging.modeline())
    } else {
        text::read(FileId(0), &place).map_err(|finding| AmendError::Unreadable { path: path.clone(), finding })?
    };
    let new = yaml::look_again(&text, case, themes).map_err(|clashes| AmendError::Clashes { path: path.clone(), clashes })?;
    if is_new {
        save::create_whole(&place, &new)?;
    } else {
        save::replace(&place, &new)?;
    }
    Ok(path)
}

/// Whose tags a file holds: the folder directly below.
fn tagger(path: &str) -> Option<&str> {
    path.strip_prefix(FOLDER)?.strip_prefix('/')?.split_once('/').map(|(tagger, _)| tagger)
}

/// The ids of files with which something is wrong, so that what they lack may be there.
fn unsound(loaded: &Loaded, known: usize) -> impl Iterator<Item = &str> {
    let wrong: HashSet<FileId> = loaded.wrong.iter().filter_map(|finding| finding.at.file()).collect();
    (0..known as u32).map(FileId).filter(move |file| wrong.contains(file)).map(|file| stem(loaded.files.path(file)))
}

/// Where one person has two files that speak of one discussion.
fn tagged_twice(loaded: &Loaded, tags: &[SecondTags]) -> Vec<Finding> {
    let mut seen = BTreeMap::new();
    let mut findings = Vec::new();
    for own in tags {
        for look in &own.looks {
            let first = *seen.entry((own.tagger.as_str(), own.meeting, look.discussion)).or_insert(own.file);
            if first != own.file {
                let case = &loaded.casebook.meeting(own.meeting).cases[look.discussion].case;
                let place = Place::top(own.file).field("cases").entry(look.nth);
                let finding =
                    Finding::value(&codes::LOOKED_AT_TWICE, place, format!("`{case}` at this meeting stands in another file of `{}` too", own.tagger));
                findings.push(finding.hint(format!("put both into one; the other is `{}`", loaded.files.path(first))));
            }
        }
    }
    findings
}
