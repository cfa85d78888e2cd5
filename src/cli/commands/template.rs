//! `marg template`: the templates that pages are made from, and the workspace's own in their place.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{case, guide, report, template_check};
use crate::analysis::{CopQuery, cop_facts, minutes as minutes_of};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::{find_meeting, find_theme};
use crate::cli::pages::{AudienceArg, load_templates};
use crate::cli::table::{Table, column, json_text};
use crate::documents::{BUILT_IN, HOUSES, TemplateProblem, case_data, cop_data, guide_data, minutes_data, report_data, room_data, series_data};
use crate::model::{Ledger, Period};
use crate::release::{Position, release_case, release_cop, release_minutes, release_room, release_series};
use crate::source::{nearest, printable};
use crate::workspace::{self, create_new, own_templates};

/// List, show, copy out and check the templates of pages
///
/// A file in templates/ of the workspace that has the name of a built-in template is used in its place. What a template can show is
/// what `marg template data` prints, and nothing else; docs/templates.md says how to write one.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg template list                             Which there are, and which are in force
  marg template show report.md                   The text of one
  marg template eject report.md                  A copy of it in templates/, to be changed
  marg template check                            Is every page in order with the templates as they are?
  marg template data guide THEME --for public    What the templates of a page see, as JSON")]
pub(in crate::cli) struct TemplateArgs {
    #[command(subcommand)]
    command: TemplateCommand,
}

#[derive(Subcommand, Debug)]
enum TemplateCommand {
    /// List the templates, and which are in force
    #[command(after_help = "Examples:\n  marg template list    Built-in ones, and those of this workspace")]
    List,
    /// Print a template: the workspace's own if there is one, or else the built-in one
    #[command(
        after_help = "Examples:\n  marg template show report.md               The one in force\n  marg template show style.css > mine.css    Into a file of your own"
    )]
    Show(NameArgs),
    /// Copy a built-in template into templates/, to be changed there; what is there is never overwritten
    #[command(after_help = "Examples:\n  marg template eject guide.html    To templates/guide.html, which is used from then on")]
    Eject(NameArgs),
    /// Make every kind of page with the workspace's data, write none of it, and say all that is wrong with the templates
    #[command(after_help = "Examples:\n  marg template check    Each page that cannot be made is named, with the line of the template")]
    Check,
    /// Print the data that the templates of a page see, as JSON
    #[command(
        subcommand,
        after_help = "Examples:\n  marg template data report --for board    What the report for a board is made of\n  marg template data case REF              What a case's page is made of"
    )]
    Data(DataCommand),
}

#[derive(Args, Debug)]
struct NameArgs {
    /// The template, such as report.html
    #[arg(value_name = "TEMPLATE")]
    name: String,
}

#[derive(Subcommand, Debug)]
enum DataCommand {
    /// What the templates of the report see
    #[command(after_help = "Examples:\n  marg template data report\n  marg template data report --for public")]
    Report {
        /// For whom
        #[arg(long = "for", value_enum, value_name = "WHOM", default_value_t)]
        audience: AudienceArg,
    },
    /// What the templates of a guide see
    #[command(after_help = "Examples:\n  marg template data guide THEME\n  marg template data guide THEME --for board")]
    Guide {
        /// The theme
        #[arg(value_name = "THEME")]
        theme: String,
        /// For whom
        #[arg(long = "for", value_enum, value_name = "WHOM", default_value_t)]
        audience: AudienceArg,
    },
    /// What the templates of a session's pack and of a series see
    #[command(after_help = "Examples:\n  marg template data cop THEME")]
    Cop {
        /// The theme
        #[arg(value_name = "THEME")]
        theme: String,
    },
    /// What the templates of a case see
    #[command(after_help = "Examples:\n  marg template data case REF")]
    Case {
        /// The ref of the case
        #[arg(value_name = "REF")]
        case: String,
    },
    /// What the template of the room's page sees, before the first word of a meeting
    #[command(after_help = "Examples:\n  marg template data room MEETING")]
    Room {
        /// The meeting: the name of its file without .yaml, or its day
        #[arg(value_name = "MEETING")]
        meeting: String,
    },
    /// What the templates of minutes see
    #[command(after_help = "Examples:\n  marg template data minutes MEETING")]
    Minutes {
        /// The meeting: the name of its file without .yaml, or its day
        #[arg(value_name = "MEETING")]
        meeting: String,
    },
}

pub(in crate::cli) fn run(context: &Context, args: &TemplateArgs) -> Result<ExitCode, CommandError> {
    match &args.command {
        TemplateCommand::List => list(context),
        TemplateCommand::Show(args) => show(context, &args.name),
        TemplateCommand::Eject(args) => eject(context, &args.name),
        TemplateCommand::Check => template_check::run(context),
        TemplateCommand::Data(page) => data(context, page),
    }
}

fn list(context: &Context) -> Result<ExitCode, CommandError> {
    let root = context.load()?.files.root().to_path_buf();
    let workspace::OwnTemplates { texts: own, documents, .. } = own_templates(&root);
    let (_, problems) = load_templates(context, &root);
    let mut table = Table::new(vec![column("template", "Template"), column("in_force", "In force"), column("note", "Note")]);
    let state = |name: &str, built_in: Option<&str>| {
        let text = own.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str());
        let broken = problems.iter().find(|problem| problem.name == name);
        match (text, broken) {
            (None, _) => ("built-in", ""),
            (Some(_), Some(TemplateProblem { why: Some(_), .. })) => ("built-in", "templates/ has one that is broken"),
            (Some(_), Some(_)) => ("nothing", "no page is made from a template of this name"),
            (Some(text), None) if built_in == Some(text) => ("own", "same as the built-in one"),
            (Some(_), None) if built_in.is_none() => ("own", "named by another template"),
            (Some(_), None) => ("own", "differs from the built-in one"),
        }
    };
    let others = own.iter().filter(|(name, _)| built_in(name).is_none()).map(|(name, _)| (name.as_str(), None));
    let mut all: Vec<(&str, Option<&str>)> = BUILT_IN.iter().map(|(name, text)| (*name, Some(*text))).chain(others).collect();
    all.extend(documents.iter().map(|(name, _)| (name.as_str(), None)));
    all.extend(HOUSES.iter().filter(|name| documents.iter().all(|(own, _)| own != *name)).map(|name| (*name, None)));
    all.sort_unstable();
    for (name, text) in all {
        let has_document = documents.iter().any(|(own, _)| own == name);
        let (force, note) = if name.ends_with(".docx") { state_of_document(name, has_document, &problems) } else { state(name, text) };
        table.row(vec![printable(name).as_ref().into(), force.into(), note.into()]);
    }
    context.ui.answer(&table.text(context.ui.width));
    Ok(ExitCode::SUCCESS)
}

/// A document whose styles, header and footer are taken. The built-in ones are no file.
fn state_of_document(name: &str, is_there: bool, problems: &[TemplateProblem]) -> (&'static str, &'static str) {
    match problems.iter().find(|problem| problem.name == name) {
        Some(TemplateProblem { why: Some(_), .. }) => ("built-in", "templates/ has one that cannot be used"),
        Some(_) => ("nothing", "no document is made from a template of this name"),
        None if is_there => ("own", "its styles, header and footer"),
        None => ("built-in", "put a document of this name into templates/"),
    }
}

fn built_in(name: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

fn unknown(name: &str) -> CommandError {
    let near = nearest(name, BUILT_IN.iter().map(|(known, _)| *known));
    let error = CommandError::usage(format!("there is no template `{name}`"));
    error.hint(near.map_or_else(|| "`marg template list` lists them".to_owned(), |near| format!("did you mean `{near}`?")))
}

fn show(context: &Context, name: &str) -> Result<ExitCode, CommandError> {
    let own = own_templates(context.load()?.files.root()).texts;
    let text = own.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str()).or_else(|| built_in(name)).ok_or_else(|| unknown(name))?;
    context.ui.answer(&printable(text));
    Ok(ExitCode::SUCCESS)
}

fn eject(context: &Context, name: &str) -> Result<ExitCode, CommandError> {
    let text = built_in(name).ok_or_else(|| unknown(name))?;
    let root = context.load()?.files.root().to_path_buf();
    if root.join("templates").is_symlink() {
        return Err(CommandError::unusable("`templates` is a link to another place, and is not followed").hint("put a folder in its place"));
    }
    create_new(&root.join("templates").join(name), text)?;
    context.ui.answer(&format!("templates/{name}\n"));
    context.ui.status("Change it, then run `marg template check`. Take it away, and the built-in one is used again.");
    Ok(ExitCode::SUCCESS)
}

fn data(context: &Context, page: &DataCommand) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let ledger = Ledger::fold(book);
    let (templates, _) = load_templates(context, loaded.files.root());
    let data = match page {
        DataCommand::Report { audience } => report_data(&templates, &report::page(&loaded, Period::default(), audience.audience())),
        DataCommand::Guide { theme, audience } => {
            guide_data(&templates, &guide::page(book, find_theme(book.names(), theme)?, Period::default(), audience.audience()))
        }
        DataCommand::Cop { theme } => {
            let theme = find_theme(book.names(), theme)?;
            let mut pack = cop_data(&templates, &release_cop(book, &cop_facts(book, theme, CopQuery::default())));
            pack["series"] = series_data(&templates, &release_series(book, theme));
            pack
        }
        DataCommand::Case { case: asked } => case_data(&templates, &release_case(&ledger, &case::find_case(&ledger, asked)?)),
        DataCommand::Room { meeting } => {
            let meeting = find_meeting(book, meeting)?;
            room_data(&templates, &release_room(book, meeting, Position::at_the_start(meeting)))
        }
        DataCommand::Minutes { meeting } => minutes_data(&templates, &release_minutes(book, &minutes_of(&ledger, find_meeting(book, meeting)?))),
    };
    context.ui.answer(&json_text(&data));
    Ok(ExitCode::SUCCESS)
}
