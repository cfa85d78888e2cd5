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
    arranged(command, width, "", &[])
}

/// `above` is what is typed before the command's name; a command without examples of its own has those of the command above that call it.
fn arranged(command: Command, width: usize, above: &str, from_above: &[Example]) -> Command {
    let path = format!("{above}{}", command.get_name());
    let (own, rest) = examples(&command).unwrap_or_default();
    let own = if own.is_empty() { from_above.iter().filter(|(typed, _)| is_call(typed, &path)).cloned().collect() } else { own };
    let command = command.term_width(width).mut_subcommands(|below| arranged(below, width, &format!("{path} "), &own));
    if own.is_empty() {
        return command;
    }
    let more = more(&command);
    let heading = *command.get_styles().get_header();
    let template = format!(
        "{}\n\n{heading}Examples:{heading:#}\n{}\n{{before-help}}{{usage-heading}} {{usage}}\n\n{{all-args}}{{after-help}}",
        fold_to(&about(&command), width).join("\n"),
        listed(&own, width, &command)
    );
    let below = |text: String| if text.is_empty() { Resettable::Reset } else { Resettable::Value(StyledStr::from(text)) };
    command.help_template(template).before_long_help(below(more)).after_help(below(rest))
}

/// Whether an example calls the command of this path, or one below it.
fn is_call(typed: &str, path: &str) -> bool {
    typed.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// What is typed, and what it is for.
type Example = (String, String);

/// The examples of a command, of its own or of the commands above it that call it.
pub(super) fn examples_of(program: &Command, path: &str) -> Vec<Example> {
    let mut command = program;
    let mut found = examples(program).map(|(own, _)| own).unwrap_or_default();
    for name in path.split(' ').skip(1) {
        let Some(below) = command.find_subcommand(name) else { break };
        command = below;
        found = examples(command).map_or_else(|| found.into_iter().filter(|(typed, _)| is_call(typed, path)).collect(), |(own, _)| own);
    }
    found
}

/// The examples of a command, each with what it is for, and what else stands below its help.
fn examples(command: &Command) -> Option<(Vec<Example>, String)> {
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
fn listed(examples: &[Example], width: usize, command: &Command) -> String {
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
