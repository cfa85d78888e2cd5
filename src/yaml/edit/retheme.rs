//! Where themes are named, in any file: each place, and the text with other ids there.

use super::merge::{Change, Edit};
use super::page::Page;
use super::value::Value;
use super::{Clash, make, make_all};
use crate::source::Path;
use crate::yaml::record::{is_record, record_fingerprint};
use crate::yaml::schema::FileKind;
use crate::yaml::tree::{self, Node};

/// Any entry of a list.
const EACH: &str = "*";

/// The way to each id of a theme, by the kind of file.
fn ways(kind: FileKind) -> &'static [&'static [&'static str]] {
    match kind {
        FileKind::Meeting => &[
            &["cases", EACH, "needs", EACH],
            &["cases", EACH, "enablers", EACH],
            &["cases", EACH, "guides_used", EACH],
            &["cases", EACH, "barriers", EACH, "theme"],
            &["cases", EACH, "tagging", EACH, "theme"],
            &["cases", EACH, "actions", EACH, "addresses"],
            &["cases", EACH, "learning", EACH, "themes", EACH],
            &["session", "theme"],
        ],
        FileKind::Tagging => &[&["cases", EACH, "themes", EACH]],
        FileKind::Theme => &[&["retired", "use"]],
        FileKind::Group => &[&["opportunities", EACH, "asks", EACH], &["opportunities", EACH, "welcomes", EACH], &["opportunities", EACH, "excludes", EACH]],
        FileKind::Plan => &[],
    }
}

/// A text in which themes have other ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rethemed {
    pub text: String,
    /// How many places changed.
    pub places: usize,
}

/// The text with the id that `decide` gives for each place and the id that stands there, where it gives one. What a list names twice
/// then, it names once. Minutes that were as they were agreed stay so: the fingerprint of the record is taken anew.
///
/// # Errors
///
/// When the text cannot be read, or is laid out so that it cannot be changed; then nothing is.
pub fn retheme(text: &str, kind: FileKind, decide: impl Fn(&Path, &str) -> Option<String>) -> Result<Rethemed, Clash> {
    let page = Page::new(text).ok_or(Clash::unreadable())?;
    let (mut edits, mut places) = (Vec::new(), 0);
    for way in ways(kind) {
        let is_list = way.last() == Some(&EACH);
        find(&page.root, way, &Path::top(), &mut |path, ids| {
            let place = |n: usize| if is_list { path.entry(n) } else { path.clone() };
            let decided: Vec<Option<String>> = ids.iter().enumerate().map(|(n, id)| decide(&place(n), id).filter(|new| !id.is_empty() && new != id)).collect();
            places += decided.iter().flatten().count();
            edits.extend(changes(path, ids, is_list, &decided));
        });
    }
    let new = all_at_once(text, &edits).map_or_else(|| edits.iter().try_fold(text.to_owned(), |text, edit| make(&text, edit)), Ok)?;
    let text = if edits.is_empty() { new } else { with_record(&page, text, new)? };
    Ok(Rethemed { text, places })
}

/// The text with all changes, where they do not get into each other's way; much quicker than one after the other.
fn all_at_once(text: &str, edits: &[Edit]) -> Option<String> {
    // What is set keeps the numbers of entries as they are, and what goes stands in the order of later entries first.
    let (sets, goes): (Vec<&Edit>, Vec<&Edit>) = edits.iter().partition(|edit| matches!(edit.change, Change::Set { .. }));
    make_all(text, &[sets.as_slice(), &goes].concat())
}

/// All places where a theme is named, with the id that stands there.
pub fn themes_named(text: &str, kind: FileKind) -> Vec<(Path, String)> {
    let Some(page) = Page::new(text) else { return Vec::new() };
    let mut found = Vec::new();
    for way in ways(kind) {
        find(&page.root, way, &Path::top(), &mut |path, ids| {
            let place = |n: usize| if way.last() == Some(&EACH) { path.entry(n) } else { path.clone() };
            found.extend(ids.iter().enumerate().filter(|(_, id)| !id.is_empty()).map(|(n, id)| (place(n), (*id).to_owned())));
        });
    }
    found
}

/// Hands on each single id, and each list of ids, at the end of a way. A blank entry is an empty id.
fn find(node: &Node, way: &[&'static str], path: &Path, found: &mut dyn FnMut(&Path, &[&str])) {
    fn said(node: &Node) -> &str {
        if node.is_blank() { "" } else { node.text().unwrap_or_default() }
    }
    match (way, &node.value) {
        ([], _) if !said(node).is_empty() => found(path, &[said(node)]),
        ([EACH], tree::Value::List(items)) => found(path, &items.iter().map(said).collect::<Vec<_>>()),
        // One text where a list of texts may stand.
        ([EACH], tree::Value::Scalar { .. }) if !said(node).is_empty() => found(path, &[said(node)]),
        ([EACH, rest @ ..], tree::Value::List(items)) => items.iter().enumerate().for_each(|(n, item)| find(item, rest, &path.entry(n), found)),
        ([name, rest @ ..], _) => {
            if let Some((_, value)) = node.get(name) {
                find(value, rest, &path.field(name), found);
            }
        }
        _ => {}
    }
}

/// The changes of one id or of one list of ids; later entries first, so that those before them keep their number.
fn changes(path: &Path, ids: &[&str], is_list: bool, decided: &[Option<String>]) -> Vec<Edit> {
    let place = |n: usize| if is_list { path.entry(n) } else { path.clone() };
    let then = |n: usize| decided[n].as_deref().unwrap_or(ids[n]);
    let edit = |path: Path, change| Edit { place: path.to_string(), path, change };
    let mut edits = Vec::new();
    for n in (0..ids.len()).rev() {
        let before = (0..n).find(|before| then(*before) == then(n));
        match (&decided[n], before) {
            (new, Some(before)) if is_list && (new.is_some() || decided[before].is_some()) => edits.push(edit(path.clone(), Change::RemoveEntry(n))),
            (Some(new), _) => edits.push(edit(place(n), Change::Set { value: Value::Text(new.clone()), behind: Vec::new() })),
            (None, _) => {}
        }
    }
    edits
}

/// The new text with the fingerprint of its record, where the old one had the fingerprint of its own.
fn with_record(page: &Page<'_>, old: &str, new: String) -> Result<String, Clash> {
    let agreed = page.root.get("agreed").and_then(|(_, agreed)| agreed.get("record")).and_then(|(_, record)| record.text());
    let held = agreed.is_some_and(|agreed| record_fingerprint(old).is_some_and(|record| is_record(agreed.trim(), &record)));
    match held.then(|| record_fingerprint(&new)).flatten() {
        Some(record) => {
            let path = Path::top().field("agreed").field("record");
            make(&new, &Edit { place: path.to_string(), path, change: Change::Set { value: Value::Text(record), behind: Vec::new() } })
        }
        None => Ok(new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEETING: &str = "\
# ours
meeting: marg
date: 2026-03-12
cases:
  - ref: QLM-7KQ2
    needs: [homeless, old, other]   # so we think
    enablers: old
    barriers:
      - { theme: 'old', status: live }   # old
      - theme: earlier # twice
        status: live
    actions: [{ what: Ask old, addresses: old }]
    learning:
      - worked: old
        themes:
          - old
          - homeless   # both
session:
  theme: old
";

    fn to_new(_: &Path, id: &str) -> Option<String> {
        ["old", "earlier"].contains(&id).then(|| "homeless".to_owned())
    }

    #[test]
    fn every_place_where_a_theme_is_named_changes_and_nothing_else_does() {
        let done = retheme(MEETING, FileKind::Meeting, to_new).unwrap();
        let expected = MEETING
            .replace("[homeless, old, other]", "[homeless, other]")
            .replace("enablers: old", "enablers: homeless")
            .replace("theme: 'old'", "theme: 'homeless'")
            .replace("theme: earlier", "theme: homeless")
            .replace("addresses: old", "addresses: homeless")
            .replace("- old\n          - homeless   # both", "- homeless\n          # both")
            .replace("session:\n  theme: old", "session:\n  theme: homeless");
        assert_eq!((done.text.as_str(), done.places), (expected.as_str(), 7));
        let again = retheme(&done.text, FileKind::Meeting, to_new).unwrap();
        assert_eq!((again.text, again.places), (done.text, 0));
        assert_eq!(themes_named(MEETING, FileKind::Meeting).len(), 10);
        let one = |path: &Path, _: &str| (path.to_string() == "cases[0].barriers[1].theme").then(|| "new".to_owned());
        assert_eq!(retheme(MEETING, FileKind::Meeting, one).unwrap().text, MEETING.replace("theme: earlier", "theme: new"));
    }

    #[test]
    fn minutes_that_were_as_agreed_stay_so() {
        let record = record_fingerprint(MEETING).unwrap();
        let agreed = |record: &str| format!("{MEETING}agreed: {{ on: 2026-04-09, record: {record} }}\n");
        let done = retheme(&agreed(&record), FileKind::Meeting, to_new).unwrap().text;
        assert!(done.contains(&record_fingerprint(&done).unwrap()) && !done.contains(&record), "{done}");
        let changed = retheme(&agreed("abcdef0123456789"), FileKind::Meeting, to_new).unwrap().text;
        assert!(changed.contains("record: abcdef0123456789"), "what was changed before stays changed");
    }

    #[test]
    fn what_has_no_tree_is_refused() {
        assert!(matches!(retheme("a: [", FileKind::Meeting, to_new), Err(clash) if clash == Clash::unreadable()));
    }
}
