//! The people file and the user's key as commands get at them: named by the user, opened with a line in the log.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::context::{Context, variable};
use crate::cli::error::CommandError;
use crate::model::Group;
use crate::people::{Book, Keys, OpenError, Zeroizing};
use crate::personal::{Finder, Names};
use crate::workspace::{SecretError, SecretFile, log_access, read_secret};

#[derive(Args, Debug)]
pub(in crate::cli) struct VaultArgs {
    /// The people file, outside any repository; otherwise the variable MARG_PEOPLE says
    #[arg(long = "people", value_name = "FILE", global = true, help_heading = "People file")]
    people: Option<PathBuf>,

    #[command(flatten)]
    key: KeyFileArgs,

    /// What for, for the log beside the people file; no names
    #[arg(long, value_name = "TEXT", global = true, help_heading = "People file")]
    why: Option<String>,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct KeyFileArgs {
    /// The file with your own key; otherwise the variable MARG_KEY says
    #[arg(long = "key", value_name = "FILE", global = true, help_heading = "People file")]
    key: Option<PathBuf>,
}

impl KeyFileArgs {
    pub(super) fn keys(&self) -> Result<Keys, CommandError> {
        let path = self.key.clone().or_else(|| variable("MARG_KEY").map(PathBuf::from)).ok_or_else(|| {
            CommandError::usage("no key is named").hint("`--key FILE` names it, or the variable MARG_KEY").hint("`marg key new FILE` makes one")
        })?;
        let file = read_secret(&path)?;
        Keys::read(&file, ask_passphrase).map_err(|why| {
            let error = CommandError::unusable(format!("the key `{}`: {why}", path.display()));
            if why == OpenError::NobodyToAsk { error.hint("run it on a terminal, which asks without showing what you type") } else { error }
        })
    }
}

fn ask_passphrase() -> Option<Zeroizing<String>> {
    // Without a screen nobody would see the question.
    std::io::stderr().is_terminal().then(|| rpassword::prompt_password("Passphrase of the key: ").ok()).flatten().map(Zeroizing::new)
}

/// A new passphrase, typed twice.
pub(super) fn new_passphrase() -> Result<Zeroizing<String>, CommandError> {
    let ask = |words: &str| rpassword::prompt_password(words).map(Zeroizing::new);
    let nobody = |_| CommandError::usage("a passphrase is typed on a terminal, and there is none").hint("leave `--passphrase` out, and keep the file safe");
    let first = ask("New passphrase: ").map_err(nobody)?;
    if first.chars().count() < 12 {
        return Err(CommandError::usage("a passphrase needs twelve signs or more, such as four words by chance"));
    }
    if *ask("Once more: ").map_err(nobody)? != *first {
        return Err(CommandError::usage("the two were not the same"));
    }
    Ok(first)
}

impl VaultArgs {
    /// Where the people file lies: only where the user says, so that nothing is looked for or written elsewhere.
    pub(super) fn path(&self) -> Result<PathBuf, CommandError> {
        self.path_if_named().ok_or_else(|| {
            CommandError::usage("no people file is named")
                .hint("`--people FILE` names it, or the variable MARG_PEOPLE")
                .hint("`marg people init` makes one: `marg help people` says where to keep it")
        })
    }

    pub(super) fn path_if_named(&self) -> Option<PathBuf> {
        self.people.clone().or_else(|| variable("MARG_PEOPLE").map(PathBuf::from))
    }

    /// The book, to be read. That it was opened stands in the log before anything of it is used.
    pub(super) fn open(&self, context: &Context, what: &str) -> Result<Book, CommandError> {
        let path = self.path()?;
        let sealed = read_secret(&path)?;
        self.opened(context, &path, &sealed, what)
    }

    /// What finds personal data in texts: also the names of the people file, where one is named.
    pub(super) fn finder(&self, context: &Context, group: &Group, what: &str) -> Result<Finder, CommandError> {
        let names = match self.path_if_named() {
            Some(_) => Names::of(self.open(context, what)?.names().map(|(_, name)| name)),
            None => Names::default(),
        };
        Ok(Finder::new(names, &group.personal_data.mail_domains))
    }

    /// Changes the book: under its lock, from what it holds now, saved whole or not at all.
    pub(super) fn change<T>(&self, context: &Context, what: &str, change: impl FnOnce(&mut Book) -> Result<T, CommandError>) -> Result<T, CommandError> {
        let path = self.path()?;
        // Somebody may have to type a passphrase: nobody else is kept waiting meanwhile.
        let keys = self.key.keys()?;
        let file = SecretFile::take(&path)?;
        let mut book = self.opened_with(context, &path, &file.read()?, what, &keys)?;
        let told = change(&mut book)?;
        file.replace(&book.seal()?)?;
        Ok(told)
    }

    fn opened(&self, context: &Context, path: &Path, sealed: &[u8], what: &str) -> Result<Book, CommandError> {
        self.opened_with(context, path, sealed, what, &self.key.keys()?)
    }

    fn opened_with(&self, context: &Context, path: &Path, sealed: &[u8], what: &str, keys: &Keys) -> Result<Book, CommandError> {
        let book = Book::open(sealed, keys);
        let holder = book.as_ref().ok().map(|book| book.holder(keys).unwrap_or("a key that is taken out"));
        let why = self.why.as_deref().unwrap_or("no reason given");
        let names_somebody = book.as_ref().is_ok_and(|book| book.named_in(why).next().is_some());
        log(context, path, holder, what, if names_somebody { "a reason that named somebody" } else { why })?;
        if names_somebody {
            return Err(CommandError::usage("what stands after `--why` names somebody of the people file")
                .hint("give the reason without a name: the log is not sealed"));
        }
        Ok(book?)
    }
}

/// A line about the people file: when, whose key, which account of the computer, what was done, and what for.
pub(super) fn log(context: &Context, path: &Path, holder: Option<&str>, what: &str, why: &str) -> Result<(), SecretError> {
    let account = variable("USER").or_else(|| variable("LOGNAME")).or_else(|| variable("USERNAME")).unwrap_or_else(|| "unknown".to_owned());
    let holder = holder.unwrap_or("REFUSED");
    log_access(path, &format!("{} | {holder} | {account} | {what} | {why}", context.moment()))
}
