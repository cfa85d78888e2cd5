//! `marg completions`: the tab key.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use clap_complete::env::Shells;

use crate::cli::complete::VARIABLE;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::workspace::replace;

/// Make the tab key complete commands, cases, themes, meetings, agencies and services
///
/// The script asks marg itself at every press of the key, so it knows the workspace that you are in, or that `-C` names. With
/// `--install` it is written to where the shell looks for it. No file of your own is changed: if a line has to be added to one, you are
/// told which.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg completions bash --install  Write it to where bash looks for it
  marg completions zsh --install   The same for zsh
  marg completions --install       For the shell that you are in
  marg completions fish            Print the script, to put it where you like")]
pub(in crate::cli) struct CompletionsArgs {
    /// The shell; if not given, the one in $SHELL
    #[arg(value_enum, value_name = "SHELL")]
    shell: Option<Shell>,

    /// Write it to where the shell looks for it
    #[arg(long)]
    install: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

/// Where the script goes, and what the user has to add to a file of theirs for it, if anything.
struct Place {
    path: PathBuf,
    add: Option<String>,
}

pub(in crate::cli) fn run(context: &Context, args: &CompletionsArgs) -> Result<ExitCode, CommandError> {
    let shell = args
        .shell
        .or_else(shell_here)
        .ok_or_else(|| CommandError::usage("it is not clear for which shell").hint("name it: `marg completions bash`, or zsh, fish, powershell, elvish"))?;
    let script = shell.script();
    if !args.install {
        context.ui.answer(&script);
        return Ok(ExitCode::SUCCESS);
    }
    let place = shell
        .place()
        .ok_or_else(|| CommandError::unusable("there is no home folder to put it into").hint("`marg completions SHELL > FILE` writes it anywhere"))?;
    replace(&place.path, &script)?;
    context.ui.answer(&format!("{}\n", place.path.display()));
    match &place.add {
        Some(add) => context.ui.hint(&add.replace("{}", &place.path.display().to_string())),
        None => context.ui.status("It works from the next shell on."),
    }
    if !on_path() {
        context.ui.warning("the shell will ask `marg`, and no folder in PATH holds it yet");
    }
    Ok(ExitCode::SUCCESS)
}

impl Shell {
    fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
            Self::Powershell => "powershell",
            Self::Elvish => "elvish",
        }
    }

    fn script(self) -> String {
        let mut script = Vec::new();
        // Writing to memory cannot fail, and every shell of the list is known there.
        let _ = Shells::builtins().completer(self.name()).map(|shell| shell.write_registration(VARIABLE, "marg", "marg", "marg", &mut script));
        let mut script = String::from_utf8(script).unwrap_or_default().trim().to_owned() + "\n";
        if self == Self::Zsh {
            // Where zsh loads the file by itself, at the first press of the key, that press is answered too.
            script.push_str("if [[ \"${funcstack[1]}\" == _marg ]]; then _clap_dynamic_completer_marg \"$@\"; fi\n");
        }
        script
    }

    fn place(self) -> Option<Place> {
        let home = std::env::home_dir().filter(|home| !home.as_os_str().is_empty());
        let folder = |variable: &str, below: &str| folder_in(variable).or_else(|| Some(home.as_ref()?.join(below)));
        let data = || folder("XDG_DATA_HOME", ".local/share");
        let config = || folder("XDG_CONFIG_HOME", ".config");
        let add = |words: &str| Some(words.to_owned());
        Some(match self {
            Self::Bash => Place {
                path: folder_in("BASH_COMPLETION_USER_DIR").or_else(|| Some(data()?.join("bash-completion")))?.join("completions/marg"),
                add: add("it works from the next shell on where bash-completion is installed; where it is not, add to ~/.bashrc: source '{}'"),
            },
            Self::Zsh => {
                let path = data()?.join("zsh/site-functions/_marg");
                let folder = path.parent().unwrap_or(&path).display().to_string();
                Place { path, add: Some(format!("unless it is there already, add to ~/.zshrc, before `compinit`: fpath=('{folder}' $fpath)")) }
            }
            Self::Fish => Place { path: config()?.join("fish/completions/marg.fish"), add: None },
            Self::Powershell => {
                Place { path: folder("APPDATA", ".config")?.join("marg/completions.ps1"), add: add("add to the file that $PROFILE names: . '{}'") }
            }
            Self::Elvish => Place { path: config()?.join("elvish/lib/marg-completions.elv"), add: add("add to rc.elv: use marg-completions") },
        })
    }
}

/// A folder that a variable names; one that is not absolute is passed over, as the XDG rules say.
fn folder_in(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|folder| folder.is_absolute())
}

/// The shell that the user has chosen to log in with.
fn shell_here() -> Option<Shell> {
    let shell = std::env::var_os("SHELL")?;
    Shell::from_str(Path::new(&shell).file_stem()?.to_str()?, true).ok()
}

fn on_path() -> bool {
    let program = format!("marg{}", std::env::consts::EXE_SUFFIX);
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(&program).is_file()))
}
