//! Help.

/// What a command's long help says after its first line, by paragraph.
pub(super) fn paragraphs(command: &str) -> Vec<String> {
    let program = super::command_line();
    let words = program.find_subcommand(command).and_then(|command| command.get_long_about()).map(ToString::to_string).unwrap_or_default();
    words.split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty()).collect()
}
