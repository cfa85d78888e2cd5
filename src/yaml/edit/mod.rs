//! From a changed meeting to its changed file: only the lines that must change do.
//!
//! `canon` says what a file says as a `value`; `merge` finds what changed between two of them, and carries it over to what the file
//! says now; `splice` and `lists` make one change in the text, in the style of what stands beside it; `proof` reads the new text and
//! holds it against the old one with exactly that change. What cannot be proven is not done. `fresh` writes a file that is not there yet.

mod canon;
mod canon_theme;
mod fresh;
mod lists;
mod merge;
mod page;
mod pair;
mod proof;
mod quote;
mod render;
mod retheme;
mod splice;
#[cfg(test)]
mod tests;
mod value;

pub use fresh::{Remark, new_meeting};
pub use merge::{Clash, Why};
use merge::{Edit, merge};
use page::Page;
pub use retheme::{Rethemed, retheme, themes_named};
use value::Value;

use super::{Vocabulary, check_meeting, check_theme, read_meeting, read_theme};
use crate::model::{Meeting, Names, Theme};

/// The text of a meeting's file, in which what changed from `base` to `after` is changed too, and nothing else. Whoever wrote to the
/// file since `base` keeps what they wrote.
///
/// # Errors
///
/// Every place that was changed in two ways, or that cannot be changed; then nothing is.
pub fn amend(text: &str, names: Names<'_>, base: &Meeting, after: &Meeting) -> Result<String, Vec<Clash>> {
    amend_between(text, names, (names, base), (names, after))
}

/// The same, where the group or its themes may have changed between the reading of `base` and of the file, and with them the keys.
pub fn amend_between(text: &str, now: Names<'_>, base: (Names<'_>, &Meeting), after: (Names<'_>, &Meeting)) -> Result<String, Vec<Clash>> {
    let says = |text: &str| read_alone(text, now, after.1).map(|meeting| canon::value_of(now, &meeting));
    patched(text, &canon::value_of(base.0, base.1), &canon::value_of(after.0, after.1), says)
}

/// The text of a theme's file, in which what changed from `base` to `after` is changed too, and nothing else. The id is the name of the
/// file, and no affair of its text.
///
/// # Errors
///
/// As [`amend`].
pub fn amend_theme(text: &str, base: &Theme, after: &Theme) -> Result<String, Vec<Clash>> {
    let says = |text: &str| read_theme_alone(text, base).map(|theme| canon_theme::value_of_theme(&theme));
    patched(text, &canon_theme::value_of_theme(base), &canon_theme::value_of_theme(after), says)
}

/// The text with what changed between two values; `says` is what a text means.
fn patched(text: &str, base: &Value, after: &Value, says: impl Fn(&str) -> Option<Value>) -> Result<String, Vec<Clash>> {
    let refused = |why| vec![Clash { place: String::new(), why, wanted: None }];
    let says_now = says(text).ok_or_else(|| refused(Why::Unreadable))?;
    let edits = merge(base, after, &says_now)?;
    if edits.is_empty() {
        return Ok(text.to_owned());
    }
    let page = Page::new(text).ok_or_else(|| refused(Why::Unreadable))?;
    let unsure: Vec<Clash> = edits.iter().filter(|edit| !proof::is_sure(&says_now, &page.root, edit)).map(|edit| edit.refused(Why::Unreadable)).collect();
    if !unsure.is_empty() {
        return Err(unsure);
    }
    let new = edits.iter().try_fold(text.to_owned(), |text, edit| make(&text, edit)).map_err(|clash| vec![clash])?;
    // Each change was proven on the text. That all of them together mean what was meant is proven once more.
    let means = says(&new).is_some_and(|says_new| proof::is_after(&says_now, &edits, &says_new));
    if means { Ok(new) } else { Err(refused(Why::Layout)) }
}

/// The meeting that a text holds by itself. What is wrong with it is for others to say.
pub fn read_alone(text: &str, names: Names<'_>, like: &Meeting) -> Option<Meeting> {
    let known = Vocabulary::new(Some(names.group), names.themes, []);
    let raw = read_meeting(like.file, text).0?;
    check_meeting(like.file, &like.id, raw, Vec::new(), &known, like.date).value
}

/// The theme that a text holds by itself, under the id of `like`.
pub fn read_theme_alone(text: &str, like: &Theme) -> Option<Theme> {
    let raw = read_theme(like.file, text).0?;
    check_theme(like.file, &like.id, raw, Vec::new()).value
}

/// Several values that stand there already, all at once: quicker than one after the other, and proven alike.
fn make_all(text: &str, edits: &[&Edit]) -> Option<String> {
    let page = Page::new(text)?;
    let new = splice::splice_all(&page, edits, page.hand(false))?;
    Page::new(&new).is_some_and(|new| proof::holds(&page, edits, &new)).then_some(new)
}

/// One change, as carefully as it takes.
fn make(text: &str, edit: &Edit) -> Result<String, Clash> {
    let page = Page::new(text).ok_or_else(|| edit.refused(Why::Unreadable))?;
    let made = [false, true].into_iter().find_map(|careful| {
        let new = splice::splice(&page, edit, page.hand(careful))?;
        Page::new(&new).is_some_and(|new| proof::holds(&page, &[edit], &new)).then_some(new)
    });
    made.ok_or_else(|| edit.refused(Why::Layout))
}
