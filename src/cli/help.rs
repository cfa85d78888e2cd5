//! Help that starts with examples. The examples of every command stand at the end of its arguments, under `Examples:`; this is the one
//! place that puts them first, whatever command there is.

use clap::Command;
use clap::builder::{Resettable, StyledStr};

use super::layout::fold_to;

/// The line that begins the examples of a command.
pub(super) const EXAMPLES: &str = "Examples:\n";
/// No help is wider than this.
pub(super) const WIDEST: usize = 100;

/// The command, and all below it, with the examples right after the first line of help.
pub(super) fn examples_first(command: Command, width: usize) -> Command {
    let command = command.term_width(width).mut_subcommands(|below| examples_first(below, width));
    let Some((examples, rest)) = examples(&command) else { return command };
    let (about, more) = (about(&command), more(&command));
    let heading = *command.get_styles().get_header();
    let template = format!(
        "{}\n\n{heading}Examples:{heading:#}\n{}\n{{before-help}}{{usage-heading}} {{usage}}\n\n{{all-args}}{{after-help}}",
        fold_to(&about, width).join("\n"),
        arranged(&examples, width, &command)
    );
    let below = |text: String| if text.is_empty() { Resettable::Reset } else { Resettable::Value(StyledStr::from(text)) };
    command.help_template(template).before_long_help(below(more)).after_help(below(rest))
}

/// The examples of a command, each with what it is for, and what else stands below its help.
pub(super) fn examples(command: &Command) -> Option<(Vec<(String, String)>, String)> {
    let below = command.get_after_help()?.to_string();
    let (examples, rest) = below.strip_prefix(EXAMPLES).map(|text| text.split_once("\n\n").unwrap_or((text, "")))?;
    let example = |line: &str| {
        let line = line.trim();
        line.split_once("  ").map_or_else(|| (line.to_owned(), String::new()), |(command, words)| (command.to_owned(), words.trim().to_owned()))
    };
    Some((examples.lines().map(example).collect(), rest.to_owned()))
}

/// The first line of help.
pub(super) fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

/// What the long help says after its first line.
pub(super) fn more(command: &Command) -> String {
    let long = command.get_long_about().map(ToString::to_string).unwrap_or_default();
    long.split_once("\n\n").map(|(_, more)| more.to_owned()).unwrap_or_default()
}

/// What the help of a command of this name says after its first line, by paragraph.
pub(super) fn paragraphs(name: &str) -> Vec<String> {
    let more = super::bare_command_line().find_subcommand(name).map(more).unwrap_or_default();
    more.split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty()).collect()
}

/// Examples and their words in two columns; below each other where there is no room for that.
fn arranged(examples: &[(String, String)], width: usize, command: &Command) -> String {
    let typed = *command.get_styles().get_literal();
    let column = examples.iter().map(|(example, _)| example.chars().count()).max().unwrap_or(0);
    let fits = examples.iter().all(|(_, words)| 2 + column + 2 + words.chars().count() <= width);
    let mut text = String::new();
    for (example, words) in examples {
        let shown = format!("  {typed}{example}{typed:#}");
        if words.is_empty() {
            text.push_str(&format!("{shown}\n"));
        } else if fits {
            text.push_str(&format!("{shown}{}  {words}\n", " ".repeat(column - example.chars().count())));
        } else {
            text.push_str(&format!("{shown}\n      {}\n", fold_to(words, width.saturating_sub(6)).join("\n      ")));
        }
    }
    text
}
