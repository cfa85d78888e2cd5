//! `marg schema`: the form of the files, for editors and other programs.

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::pages::from_here;
use crate::cli::table::json_text;
use crate::source::printable;
use crate::workspace::{Known, find_root, known, replace};
use crate::yaml::{FileKind, OwnNames, schema};

/// Print the JSON Schema of a kind of file, for editors and other programs
///
/// With it, an editor such as VS Code (with the YAML extension by Red Hat) completes fields, words and names while you type, explains each
/// when you point at it, and marks slips. In a workspace it suggests the agencies, services and themes that there are; a name that is not
/// among them is for `marg check` to judge. `marg init` writes the three schemas into `schemas/`, and the first line of each file it makes
/// names its schema; `--write` writes them again when names have changed.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg schema meeting          The form of a meeting's file
  marg schema theme --plain    The form of a theme's, without the names of this workspace
  marg schema --write          Write all three into schemas/, with the names as they are now")]
pub(in crate::cli) struct SchemaArgs {
    /// The kind of file
    #[arg(value_enum, value_name = "KIND", required_unless_present = "write")]
    kind: Option<KindArg>,

    /// Leave out the names of the workspace
    #[arg(long)]
    plain: bool,

    /// Write the schemas of all kinds into schemas/ in the workspace
    #[arg(long, conflicts_with = "kind")]
    write: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum KindArg {
    /// A file in meetings/
    Meeting,
    /// A file in themes/
    Theme,
    /// A file in tagging/
    Tagging,
    /// A file in plans/
    Plan,
    /// marg.yaml
    Marg,
}

impl From<KindArg> for FileKind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::Meeting => Self::Meeting,
            KindArg::Theme => Self::Theme,
            KindArg::Tagging => Self::Tagging,
            KindArg::Plan => Self::Plan,
            KindArg::Marg => Self::Group,
        }
    }
}

pub(in crate::cli) fn run(context: &Context, args: &SchemaArgs) -> Result<ExitCode, CommandError> {
    let start = context.dir.as_deref().unwrap_or(Path::new("."));
    let root = find_root(start);
    let own = root.as_deref().filter(|_| !args.plain).map(known);
    if let Some(kind) = args.kind {
        context.ui.answer(&text(kind.into(), own.as_ref()));
        return Ok(ExitCode::SUCCESS);
    }
    let Some(root) = root else {
        return Err(CommandError::unusable("there is no marg.yaml here or above, so there is no workspace to write into")
            .hint("`marg schema meeting` prints a schema anywhere"));
    };
    if root.join("schemas").is_symlink() {
        return Err(CommandError::unusable("`schemas` is a link to another place, and is not followed").hint("put a folder of that name here"));
    }
    for kind in FileKind::ALL {
        let path = root.join(kind.schema_file());
        replace(&path, text(kind, own.as_ref()))?;
        context.ui.answer(&format!("{}\n", printable(&from_here(&path).display().to_string())));
    }
    context.ui.status(&format!("A file names its schema in its first line, such as: {}", FileKind::Meeting.modeline().trim_end()));
    Ok(ExitCode::SUCCESS)
}

/// The text of a schema.
pub(super) fn text(kind: FileKind, own: Option<&Known>) -> String {
    json_text(&schema(kind, own.map(|own| OwnNames { group: &own.group, themes: &own.themes }).as_ref()))
}
