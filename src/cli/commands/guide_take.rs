//! `marg guide THEME --take FILE`: what somebody changed in a draft, shown, and put into the theme's file.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use similar::{ChangeTag, TextDiff};

use crate::cli::context::Context;
use crate::cli::error::{CommandError, NOT_IN_ORDER};
use crate::cli::lookup::find_theme;
use crate::cli::pages::{from_here, render};
use crate::documents::{Contents, Document, guide_draft};
use crate::interchange::{Clash, Conflict, MAX_BYTES, Taken, put_texts, take_draft, text_of};
use crate::model::Theme;
use crate::release::{GuidePage, Released};
use crate::source::{Marked, fingerprint, n_of, printable};
use crate::workspace::{Loaded, change_theme, create_new, read_foreign};

/// Takes the changed draft `file` into the file of its theme; `page` is the guide as it would be made now.
pub(super) fn take(context: &Context, loaded: &Loaded, page: &Released<GuidePage>, file: &Path, dry_run: bool) -> Result<ExitCode, CommandError> {
    let theme = loaded.casebook.theme(find_theme(loaded.casebook.names(), &page.id)?);
    let edited = read(loaded, theme, file)?;
    let now = draft(context, loaded, page)?;
    let taken = take_draft(&now, &edited, |name| text_of(theme, name));
    context.ui.answer(&printable(&shown(&taken, theme)));
    let mut not_taken = taken.conflicts.len();
    let mut n_taken = taken.texts.len();
    if !dry_run && n_taken > 0 {
        let (_, meanwhile) = change_theme(loaded.files.root(), context.clock, &theme.id, |now| put_texts(now, theme, &taken.texts))?;
        context.ui.answer(&printable(&conflicts(&meanwhile)));
        n_taken -= meanwhile.len();
        not_taken += meanwhile.len();
    }
    context.ui.status(&in_words(theme, n_taken, not_taken, dry_run));
    Ok(if not_taken > 0 { ExitCode::from(NOT_IN_ORDER) } else { ExitCode::SUCCESS })
}

/// Puts a text of the guide that lies where `made` is about to be written under another name, if somebody wrote something into it that the
/// theme's file does not say.
pub(super) fn put_aside(context: &Context, theme: &Theme, made: &Document, path: &Path) -> Result<(), CommandError> {
    let Contents::Text(now) = &made.contents else { return Ok(()) };
    let Some(old) = read_foreign(path, MAX_BYTES).ok().and_then(|bytes| String::from_utf8(bytes).ok()) else { return Ok(()) };
    if Marked::read(&old).yours.is_empty() || !says_more(theme, now, &old) {
        return Ok(());
    }
    let aside = (1..).map(|n| path.with_extension(if n == 1 { "edited.md".to_owned() } else { format!("edited-{n}.md") }));
    let aside = aside.into_iter().find(|aside| aside.symlink_metadata().is_err()).unwrap_or_default();
    context.may_write(&aside)?;
    create_new(&aside, &old)?;
    let (was, is) = (from_here(path).display(), from_here(&aside).display());
    context.ui.warning(&format!("`{was}` held words that are not in `themes/{}.yaml`; it was kept as `{is}`", theme.id));
    context.ui.hint(&format!("`marg guide {} --take {is}` shows them, and takes what can be taken", theme.id));
    Ok(())
}

/// Whether a text holds words of a person that are neither in the theme's file nor made from the records.
fn says_more(theme: &Theme, now: &str, old: &str) -> bool {
    let taken = take_draft(now, old, |name| text_of(theme, name));
    // A text that left the theme's file is no news, unless it was changed here.
    let unknown = |conflict: &Conflict| matches!(conflict.why, Clash::Unknown(_));
    let changed = |line: Option<usize>| Marked::read(old).yours.iter().any(|text| Some(text.line) == line && fingerprint(&text.text) != text.was);
    !taken.texts.is_empty() || taken.conflicts.iter().any(|conflict| !conflict.yours.is_empty() && (!unknown(conflict) || changed(conflict.line)))
}

/// The text of the draft as it would be made now.
fn draft(context: &Context, loaded: &Loaded, page: &Released<GuidePage>) -> Result<String, CommandError> {
    let documents = render(context, &loaded.files, |templates| vec![guide_draft(templates, page)])?;
    let texts = documents.into_iter().filter_map(|document| match document.contents {
        Contents::Text(text) => Some(text),
        Contents::Bytes(_) => None,
    });
    Ok(texts.collect())
}

fn read(loaded: &Loaded, theme: &Theme, file: &Path) -> Result<String, CommandError> {
    let name = file.display();
    let bytes = read_foreign(file, MAX_BYTES).map_err(|error| CommandError::unusable(format!("`{name}` cannot be read: {error}")))?;
    let again = format!("edit `guide-{}.md` as `marg guide {}` writes it for members", theme.id, theme.id);
    let Ok(edited) = String::from_utf8(bytes) else {
        return Err(CommandError::usage(format!("`{name}` is no text in UTF-8")).hint(again));
    };
    let marked = Marked::read(&edited);
    if marked.yours.is_empty() {
        let hint =
            "texts stand between marks, such as `<!-- yours: definition 3fa2c1d0 -->` and `<!-- end -->`; without them, nobody can tell what belongs where";
        return Err(CommandError::usage(format!("`{name}` is no draft that can be taken back: it has no marks")).hint(hint).hint(again));
    }
    if let Some(about) = marked.about.filter(|about| find_theme(loaded.casebook.names(), about).is_ok_and(|key| loaded.casebook.theme(key).id != theme.id)) {
        return Err(CommandError::usage(format!("`{name}` is the draft of another guide")).hint(format!("`marg guide {about} --take {name}` takes it")));
    }
    Ok(edited)
}

/// What changes, text by text, and what is left for a person.
fn shown(taken: &Taken, theme: &Theme) -> String {
    let mut shown = String::new();
    for (name, text) in &taken.texts {
        let was = text_of(theme, name).map(|(was, _)| was).unwrap_or_default();
        let _ = writeln!(shown, "{}\n{}", heading(name), lines(was.trim(), text, ["-", "+"]));
    }
    shown + &conflicts(&taken.conflicts)
}

fn conflicts(conflicts: &[Conflict]) -> String {
    let mut shown = String::new();
    for conflict in conflicts {
        let line = conflict.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        // A text that the draft lacks is in its file as it was.
        let theirs = if conflict.yours.is_empty() && conflict.why != Clash::Removed { "" } else { &conflict.theirs };
        let other = if matches!(conflict.why, Clash::Made | Clash::Removed) { "made  |" } else { "file  |" };
        let _ = writeln!(shown, "Not taken: {line}{}\n{}", why(&conflict.why), lines(theirs, &conflict.yours, [other, "draft |"]));
    }
    shown
}

fn why(clash: &Clash) -> String {
    let (name, why) = match clash {
        Clash::Made => return "it stands outside of the marks, where everything is made from the records".to_owned(),
        Clash::Removed => return "this line was taken out; it is made from the records, and comes again".to_owned(),
        Clash::BothChanged(name) => (name, "it has changed in the theme's file as well since this draft was made"),
        Clash::MarksLost(name) => (name, "its marks are damaged or gone, so that nobody can tell where it begins and ends"),
        Clash::Twice(name) => (name, "it stands in the draft twice"),
        Clash::Unknown(name) => (name, "it is no text of the theme's file, or no longer"),
        Clash::Emptied(name) => (name, "it is empty; to take a statement out, delete it in the theme's file"),
        Clash::JustNow(name) => (name, "it was changed in the theme's file by somebody else at this moment; take the draft in again"),
    };
    format!("“{}”: {why}", heading(name))
}

/// The lines that differ, each behind the sign of its side.
fn lines(old: &str, new: &str, signs: [&str; 2]) -> String {
    let (old, new) = (ended(old), ended(new));
    let mut shown = String::new();
    for change in TextDiff::from_lines(&old, &new).iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal) {
        let sign = if change.tag() == ChangeTag::Delete { signs[0] } else { signs[1] };
        let _ = writeln!(shown, "{}", format!("  {sign} {}", change.value().trim_end()).trim_end());
    }
    shown
}

fn ended(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{}\n", text.trim_end()) }
}

/// A text as people call it.
fn heading(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut signs = words.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}

fn in_words(theme: &Theme, n_taken: usize, not_taken: usize, dry_run: bool) -> String {
    let file = format!("`themes/{}.yaml`", theme.id);
    let left = match not_taken {
        0 => String::new(),
        n => format!(" {} not taken, and {} shown above.", n_of(n, "thing was", "things were"), if n == 1 { "is" } else { "are" }),
    };
    match (n_taken, not_taken, dry_run) {
        (0, 0, _) => format!("The draft says nothing that {file} does not say."),
        (0, _, _) => format!("Nothing was taken into {file}.{left}"),
        (n, _, false) => format!("{} taken into {file}.{left} `marg guide {}` makes the draft anew.", n_of(n, "text was", "texts were"), theme.id),
        (n, _, true) => format!("{} would be taken into {file}; nothing was written.{left}", n_of(n, "text", "texts")),
    }
}
