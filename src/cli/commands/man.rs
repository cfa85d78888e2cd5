//! `marg man`: manual pages for `man`, from the same texts as the help.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::help::examples_of;
use crate::cli::manual::PAGES;
use crate::workspace::replace;

/// Print the manual page of marg, or write one for every command
///
/// `man -l FILE` shows a page; one that lies in a folder of MANPATH is found by its name, as `man marg-barriers`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg man > marg.1                        The page of the program
  marg man --out ~/.local/share/man/man1   A page for every command, where `man` finds them")]
pub(in crate::cli) struct ManArgs {
    /// The folder to write a page for every command into
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(in crate::cli) fn run(context: &Context, args: &ManArgs, mut program: Command) -> Result<ExitCode, CommandError> {
    program.build();
    let failed = |error: std::io::Error| CommandError::unusable(format!("the page cannot be made: {error}"));
    let Some(folder) = &args.out else {
        context.ui.answer(&page(&program, &program).map_err(failed)?);
        return Ok(ExitCode::SUCCESS);
    };
    for command in all(&program) {
        let path = folder.join(format!("{}.1", page_name(command)));
        replace(&path, page(&program, command).map_err(failed)?)?;
        context.ui.answer(&format!("{}\n", path.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// A command and all below it.
fn all(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().filter(|below| !below.is_hide_set());
    [command].into_iter().chain(below.flat_map(all)).collect()
}

/// `marg barriers` has the page `marg-barriers`.
fn page_name(command: &Command) -> String {
    command.get_bin_name().unwrap_or("marg").replace(' ', "-")
}

/// What the maker of pages writes, with sections of our own: the examples early, as in the help, and what they share at the end.
fn page(program: &Command, command: &Command) -> std::io::Result<String> {
    let shown = command.clone().after_help("").after_long_help("");
    let man = Man::new(shown);
    // The title of our own, because a page has no day: the same program makes the same bytes.
    let title = format!(".TH {} 1 \"\" \"marg {}\" \"marg\"\n", page_name(command).to_uppercase(), env!("CARGO_PKG_VERSION"));
    let mut text = title.into_bytes();
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    example_section(program, command).to_writer(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut text)?;
    }
    closing_sections(command).to_writer(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

fn example_section(program: &Command, command: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXAMPLES"]);
    for (example, words) in examples_of(program, command.get_bin_name().unwrap_or("marg")) {
        roff.control("TP", []).text([bold(example)]).text([roman(words)]);
    }
    roff
}

fn closing_sections(command: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXIT STATUS"]);
    for (code, words) in [
        ("0", "It is done."),
        ("1", "It is done, and what was to be checked is not in order."),
        ("2", "What was typed cannot be meant."),
        ("3", "The workspace or the disk does not allow it."),
    ] {
        roff.control("TP", []).text([bold(code)]).text([roman(words)]);
    }
    roff.control("SH", ["SEE ALSO"]);
    let pages = PAGES.iter().map(|page| format!("marg help {}", page.name)).collect::<Vec<_>>().join(", ");
    let above = if command.get_bin_name().is_some_and(|name| name.contains(' ')) { "marg(1). " } else { "" };
    roff.text([roman(format!("{above}The manual inside the program: {pages}."))]);
    roff
}
