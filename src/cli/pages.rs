//! What the commands that write pages share: for whom, where to, and saying what was written.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::context::Context;
use super::error::CommandError;
use crate::documents::{BUILT_IN, Contents, Document, HOUSES, Made, RenderError, TemplateProblem, Templates};
use crate::export::{calendar, is_time_zone};
use crate::release::{Audience, CalendarPage, Released, Withheld};
use crate::source::{nearest, printable};
use crate::workspace::{Files, OwnTemplates, own_templates, replace, write_named};

#[derive(Args, Debug)]
pub(super) struct PageArgs {
    /// For whom: what they may not see is left out
    #[arg(long = "for", value_enum, value_name = "WHOM", default_value_t)]
    audience: AudienceArg,

    /// The folder to write into, instead of out/ in the workspace
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum AudienceArg {
    /// Members of the meeting: everything
    #[default]
    Members,
    /// A board: no cases, no agencies, numbers from 1 to 4 hidden
    Board,
    /// Everybody: as for a board, numbers from 1 to 7 hidden and the others rounded to 5
    Public,
}

impl AudienceArg {
    pub(super) fn audience(self) -> Audience {
        match self {
            Self::Members => Audience::Members,
            Self::Board => Audience::Board,
            Self::Public => Audience::Public,
        }
    }
}

impl PageArgs {
    pub(super) fn audience(&self) -> Audience {
        self.audience.audience()
    }

    /// Where a document of this name comes to lie, as far as something may be written there.
    pub(super) fn path_of(&self, files: &Files, name: &str) -> Result<PathBuf, CommandError> {
        let folder = self.folder(files);
        if self.out.is_none() {
            refuse_link(files.root(), &folder)?;
        }
        Ok(folder.join(name))
    }

    /// Members' pages lie in `out/` itself, the others each in a folder of their own: one edition must not be taken for another.
    fn folder(&self, files: &Files) -> PathBuf {
        match (&self.out, self.audience()) {
            (Some(folder), _) => folder.clone(),
            (None, Audience::Members) => files.root().join("out"),
            (None, other) => files.root().join("out").join(other.word()),
        }
    }
}

/// The templates, the workspace's own in the place of the built-in ones, and what is wrong with those that were left out.
pub(super) fn load_templates(context: &Context, root: &Path) -> (Templates, Vec<TemplateProblem>) {
    let OwnTemplates { texts, documents, odd } = own_templates(root);
    let (templates, mut problems) = Templates::new(&texts);
    let (templates, more) = templates.with_documents(&documents);
    problems.extend(more);
    for (name, why) in odd {
        if name.is_empty() {
            context.ui.warning(&format!("`templates` was passed over, and the built-in templates were taken: {why}"));
        } else {
            problems.push(TemplateProblem { name, why: Some(why) });
        }
    }
    (templates, problems)
}

fn say(context: &Context, problem: &TemplateProblem) {
    let path = format!("templates/{}", problem.name);
    let Some(why) = &problem.why else {
        context.ui.warning(&format!("`{path}` is used for nothing: no page is made from a template of this name"));
        if let Some(near) = nearest(&problem.name, BUILT_IN.iter().map(|(name, _)| *name).chain(HOUSES.iter().copied())) {
            context.ui.hint(&format!("did you mean `templates/{near}`?"));
        }
        return;
    };
    context.ui.warning(&format!("`{path}` cannot be used, so the built-in one was taken"));
    context.ui.talk(&format!("{}\n", printable(why.trim_end())));
}

/// Makes documents from the workspace's templates. Where one of them is broken, or breaks on the way, that is said, and the built-in
/// one is taken.
pub(super) fn render(context: &Context, files: &Files, make: impl Fn(&Templates) -> Made) -> Result<Vec<Document>, CommandError> {
    render_with(context, files, |templates| templates, make)
}

/// The same for the pages of an edition, which lead to one another.
pub(super) fn render_edition(context: &Context, files: &Files, make: impl Fn(&Templates) -> Made) -> Result<Vec<Document>, CommandError> {
    render_with(context, files, Templates::of_an_edition, make)
}

fn render_with(context: &Context, files: &Files, kind: fn(Templates) -> Templates, make: impl Fn(&Templates) -> Made) -> Result<Vec<Document>, CommandError> {
    let (templates, problems) = load_templates(context, files.root());
    let templates = kind(templates);
    problems.iter().for_each(|problem| say(context, problem));
    let made = make(&templates);
    if made.iter().all(Result::is_ok) {
        return Ok(made.into_iter().flatten().collect());
    }
    let instead = make(&kind(Templates::new(&[]).0));
    let mut documents = Vec::new();
    for (made, instead) in made.into_iter().zip(instead) {
        match made {
            Ok(document) => documents.push(document),
            Err(error) => {
                say(context, &TemplateProblem { name: error.name, why: Some(error.why) });
                documents.push(instead?);
            }
        }
    }
    Ok(documents)
}

/// Says what an allowed field held that was kept back all the same; the same words once, with how often.
pub(super) fn tell_withheld(context: &Context, withheld: &[Withheld]) {
    let mut told: Vec<(&Withheld, usize)> = Vec::new();
    for text in withheld {
        match told.iter_mut().find(|(known, _)| *known == text) {
            Some((_, times)) => *times += 1,
            None => told.push((text, 1)),
        }
    }
    for (text, times) in told {
        let often = if times > 1 { format!(" ({times} times)") } else { String::new() };
        context.ui.warning(&format!("{} was kept back: {}{often}", text.what, text.why));
    }
}

/// Writes the documents, and says where.
pub(super) fn write(context: &Context, files: &Files, args: &PageArgs, documents: &[Document]) -> Result<ExitCode, CommandError> {
    let folder = args.folder(files);
    write_into(context, files, &folder, args.out.is_some(), args.audience(), documents)
}

/// Writes documents that are for members alone: into the folder that was named, or else `out/`.
pub(super) fn write_for_members(context: &Context, files: &Files, out: Option<&Path>, documents: &[Document]) -> Result<ExitCode, CommandError> {
    let folder = out.map_or_else(|| files.root().join("out"), Path::to_path_buf);
    write_into(context, files, &folder, out.is_some(), Audience::Members, documents)
}

/// Writes documents for one audience alone: into the folder that was named, or else `out/`.
pub(super) fn write_for(context: &Context, files: &Files, out: Option<&Path>, audience: Audience, documents: &[Document]) -> Result<ExitCode, CommandError> {
    let folder = out.map_or_else(|| files.root().join("out"), Path::to_path_buf);
    write_into(context, files, &folder, out.is_some(), audience, documents)
}

/// Writes a calendar file to the place that was named, and says so; times are local ones as the group has them.
pub(super) fn write_calendar(context: &Context, file: &Path, page: &Released<CalendarPage>) -> Result<(), CommandError> {
    if let Some(zone) = page.zone.as_deref().filter(|zone| !is_time_zone(zone)) {
        context.ui.warning(&format!("marg.yaml names the time zone `{zone}`, which is not known; Europe/London was taken"));
    }
    let text = calendar(page);
    if file == Path::new("-") {
        context.ui.answer(&text);
        return Ok(());
    }
    context.may_write(file)?;
    write_named(file, text.as_bytes())?;
    context.ui.status(&format!("Written to {}. Open it, and the calendar takes it in; nothing was sent.", file.display()));
    Ok(())
}

fn write_into(context: &Context, files: &Files, folder: &Path, named: bool, audience: Audience, documents: &[Document]) -> Result<ExitCode, CommandError> {
    let page = write_folder(context, files, folder, named, documents)?;
    let open = page.map(|page| format!(" Open {page} in a browser.")).unwrap_or_default();
    let whom = if audience == Audience::Session { "the people at the session" } else { audience.word() };
    context.ui.status(&format!("Written for {whom}.{open}"));
    Ok(ExitCode::SUCCESS)
}

/// Writes documents into a folder, and says where each lies. Gives back the first that a browser opens.
pub(super) fn write_folder(context: &Context, files: &Files, folder: &Path, named: bool, documents: &[Document]) -> Result<Option<String>, CommandError> {
    if !named {
        refuse_link(files.root(), folder)?;
    }
    let mut page = None;
    for document in documents {
        let path = folder.join(&document.name);
        context.may_write(&path)?;
        match &document.contents {
            // What cannot be seen, and would turn words round or is no HTML, is shown as what it is.
            Contents::Text(text) => replace(&path, printable(text).as_bytes())?,
            Contents::Bytes(bytes) => replace(&path, bytes)?,
        }
        let said = printable(&from_here(&path).display().to_string()).into_owned();
        context.ui.answer(&format!("{said}\n"));
        page = page.or_else(|| said.ends_with(".html").then_some(said));
    }
    Ok(page)
}

/// The path as it is typed from the current folder, where it lies below that.
pub(super) fn from_here(path: &Path) -> &Path {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
    here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path)
}

/// Pages go into the workspace unless the user names another place, so a link there is not followed.
fn refuse_link(root: &Path, folder: &Path) -> Result<(), CommandError> {
    let within = folder.ancestors().take_while(|folder| *folder != root);
    match within.into_iter().find(|folder| folder.is_symlink()) {
        Some(link) => {
            Err(CommandError::unusable(format!("`{}` is a link to another place", link.display())).hint("name the folder to write into with `--out`"))
        }
        None => Ok(()),
    }
}

impl From<RenderError> for CommandError {
    fn from(error: RenderError) -> Self {
        Self::unusable(error.to_string()).hint("mend the template in `templates/`, or take it away: then the built-in one is used")
    }
}
