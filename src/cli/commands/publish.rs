//! `marg publish`: the one way out.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use sha2::{Digest as _, Sha256};

use super::publish_gate::{objections, refuse_objections};
use super::publish_show::show;
use super::vault::VaultArgs;
use crate::analysis::{EditionFacts, edition_facts, guide_facts, overview};
use crate::cli::args::PeriodArgs;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::pages::{render_edition, tell_withheld};
use crate::documents::{Contents, Document, edition_documents, plain_lines};
use crate::export::edition_files;
use crate::model::{Casebook, Division, Period, Published, PublishedCount, PublishedTable, Quarter, ThemeKey};
use crate::release::{Audience, BY_STATE, BY_TIME, Count, Edition, EditionParts, EditionTable, TABLES, figures, place, release_edition};
use crate::source::{n_of, printable};
use crate::workspace::{Loaded, drop_record, keep_record, may_publish_into, next_record, published, replace_folder};

/// Let an edition out: report, guides and figures as a folder of pages, audited, signed off and recorded
///
/// It shows every line and number that would leave, with what changed since the last edition, and reckons what a reader could work out from
/// all of it together, with all earlier editions beside it. What could be worked out is hidden too, or the edition is refused, with what
/// to merge. Texts in which somebody can be found are refused. Then somebody signs it off, by role and organisation, and the folder is
/// written, whole or not at all. Nothing is sent anywhere. What left, for whom and by whose word is kept in published/.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg publish --for public                               What would leave, and whether it may
  marg publish --for board --out for-board                Look at it, sign it off, and write the folder
  marg publish --for public --out share --signed-off-by \"Chair, Testford Council\" --yes
                                                          The same without questions, for scripts
  marg publish --for public --people ~/marg/people.age    Names of the people file are looked for, too
  marg publish --for public --by year --out share         Figures by the year")]
pub(in crate::cli) struct PublishArgs {
    /// For whom
    #[arg(long = "for", value_enum, value_name = "WHOM")]
    audience: Readers,

    /// The folder to write; one that holds an earlier edition is replaced. Without it, what would leave is only shown
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Who lets it go, as "Role, organisation"; twice where the group asks for two
    #[arg(long, value_name = "WHO")]
    signed_off_by: Vec<String>,

    /// Ask no questions: whoever signs off has looked at it
    #[arg(long, requires = "signed_off_by")]
    yes: bool,

    /// Show what would leave, and write nothing, as without --out
    #[arg(long)]
    dry_run: bool,

    /// The stretches of time that the figures are divided by; as in the last edition where it is not said
    #[arg(long, value_enum, value_name = "STRETCH")]
    by: Option<Stretch>,

    /// With guides that nobody has published yet, marked as drafts
    #[arg(long)]
    drafts: bool,

    #[command(flatten)]
    period: PeriodArgs,

    #[command(flatten)]
    vault: VaultArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Readers {
    /// A board that is bound by the sharing agreement: numbers from 1 to 4 hidden
    Board,
    /// Everybody: numbers from 1 to 7 hidden and the others rounded to 5
    Public,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Stretch {
    Quarter,
    Year,
}

impl Readers {
    fn audience(self) -> Audience {
        match self {
            Self::Board => Audience::Board,
            Self::Public => Audience::Public,
        }
    }
}

/// What is about to leave.
struct Leaving {
    edition: Edition,
    files: Vec<(String, Vec<u8>)>,
    /// What is read of it, page by page and file by file.
    says: Vec<(String, Vec<String>)>,
}

pub(in crate::cli) fn run(context: &Context, args: &PublishArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let audience = args.audience.audience();
    let earlier = earlier(&loaded)?;
    let facts = facts(&loaded.casebook, args, audience, &earlier)?;
    let leaving = leaving(context, &loaded, args, &facts, &earlier)?;
    let last = earlier.iter().rev().find(|edition| edition.audience == audience.word());
    // What may not leave is not shown either: what is printed may be kept in a file.
    let finder = args.vault.finder(context, &loaded.casebook.group, &format!("publish for {}", audience.word()))?;
    refuse_objections(&objections(&loaded.casebook, &finder, &leaving.says))?;
    show(context, &leaving.says, last);
    tell(context, &leaving.edition);
    let Some(out) = args.out.as_deref().filter(|_| !args.dry_run) else {
        context.ui.status("This is what would leave. Nothing was written.");
        return Ok(ExitCode::SUCCESS);
    };
    context.may_write(out)?;
    may_publish_into(out).map_err(|error| CommandError::unusable(error.to_string()).hint("name a folder of its own, which is empty or not there yet"))?;
    let signed_off_by = sign_off(context, args, loaded.casebook.group.publishing.sign_off as usize)?;
    let record = record(&loaded, &facts, &leaving, audience, signed_off_by);
    let_go(context, &loaded, out, &leaving, &record)
}

/// The record lies in the workspace before anything leaves: what readers have seen must never be forgotten.
fn let_go(context: &Context, loaded: &Loaded, out: &Path, leaving: &Leaving, record: &Published) -> Result<ExitCode, CommandError> {
    let root = loaded.files.root();
    let path = keep_record(root, record)?;
    if let Err(error) = replace_folder(out, &leaving.files) {
        drop_record(root, record);
        return Err(CommandError::unusable(error.to_string()).hint("nothing left, and no record was kept; the folder is as it was"));
    }
    context.ui.answer_line(&out.join("index.html").display().to_string());
    context
        .ui
        .status(&format!("Written for {}. Nothing was sent: pass the folder on, or put it on a web site. What left is recorded in {path}.", record.audience));
    Ok(ExitCode::SUCCESS)
}

fn earlier(loaded: &Loaded) -> Result<Vec<Published>, CommandError> {
    published(loaded.files.root()).map_err(|path| {
        let error = CommandError::unusable(format!("`{path}` cannot be read, and without it nobody knows what readers have seen already"));
        error.hint("get the file back as it was, from git or a backup; it is written by the program and changed by nobody")
    })
}

/// Which quarters, by the command line, and otherwise as the last edition went on.
fn facts(book: &Casebook, args: &PublishArgs, audience: Audience, earlier: &[Published]) -> Result<EditionFacts, CommandError> {
    let asked = args.period.period()?;
    let last = earlier.iter().rev().find(|edition| edition.audience == audience.word());
    let division = match args.by {
        Some(Stretch::Quarter) => Division::Quarter,
        Some(Stretch::Year) => Division::Year,
        None => last.map_or(Division::Quarter, |edition| edition.division),
    };
    let first = book.occurrences(Period::default()).map(|(meeting, _, _)| Quarter::of(meeting.date)).next();
    let since = asked.since.map(Quarter::of).or(last.map(|edition| edition.since)).or(first);
    // A quarter that is not over grows, and the next edition would tell by how much.
    let over = Quarter::of(book.today).before();
    let until = asked.until.map_or(over, Quarter::of).min(over);
    let until = if division == Division::Year && until.number < 4 { Quarter { year: until.year - 1, number: 4 } } else { until };
    let Some(since) = since.filter(|since| *since <= until) else {
        let error = CommandError::unusable(format!("there is no whole {} to publish yet", division.word()));
        return Err(error.hint("only what is over is published: the figures of a quarter that goes on would tell, with the next edition, who came in between"));
    };
    Ok(edition_facts(book, since, until, division))
}

fn leaving(context: &Context, loaded: &Loaded, args: &PublishArgs, facts: &EditionFacts, earlier: &[Published]) -> Result<Leaving, CommandError> {
    let book = &loaded.casebook;
    let period = Period { since: Some(facts.since.first_day()), until: Some(facts.until.last_day()) };
    let is_out = |on: chrono::NaiveDate| on <= book.today;
    let wanted = |theme: &crate::model::Theme| theme.guide.as_ref().is_some_and(|guide| args.drafts || guide.published_on.is_some_and(is_out));
    let themes = book.themes.iter().enumerate().filter(|(_, theme)| theme.retired.is_none() && wanted(theme));
    let guides: Vec<_> = themes.map(|(at, _)| guide_facts(book, ThemeKey(u32::try_from(at).unwrap_or_default()), period)).collect();
    let report = overview(book, period);
    let parts = EditionParts { facts, report: &report, guides: &guides, earlier };
    let edition = release_edition(book, &parts, args.audience.audience())
        .map_err(|refused| refused.hints.into_iter().fold(CommandError::unusable(refused.why), CommandError::hint))?;
    let mut documents = render_edition(context, &loaded.files, |templates| edition_documents(templates, &edition))?;
    documents.extend(edition_files(&edition.page).into_iter().map(|(name, text)| Document::text(name, text)));
    let mut files = Vec::new();
    let mut says = Vec::new();
    for document in documents {
        let text = match document.contents {
            // What cannot be seen, and would turn words round or is no HTML, is shown as what it is.
            Contents::Text(text) => printable(&text).into_owned(),
            Contents::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        };
        let lines = if document.name.ends_with(".html") { plain_lines(&text) } else { text.lines().map(str::to_owned).collect() };
        says.push((document.name.clone(), lines));
        files.push((document.name, text.into_bytes()));
    }
    Ok(Leaving { edition, files, says })
}

fn tell(context: &Context, edition: &Edition) {
    let withheld: Vec<_> = edition.withheld().cloned().collect();
    tell_withheld(context, &withheld);
    edition.warnings.iter().for_each(|warning| context.ui.warning(warning));
    for (table, what) in [(&edition.page.barriers, "barriers"), (&edition.page.answers, "asking")] {
        let held = table.numbers.table.places().into_iter().filter(|place| table.numbers.table.figure(*place).held_back).count();
        if held > 0 {
            context.ui.status(&format!("In the table of {what}, {} hidden so that others cannot be worked out.", n_of(held, "number is", "numbers are")));
        }
    }
}

/// Who lets it go: as many as the group asks for, each with a role and an organisation.
fn sign_off(context: &Context, args: &PublishArgs, needed: usize) -> Result<Vec<String>, CommandError> {
    let asks = std::io::stdin().is_terminal() && !args.yes;
    let mut signed: Vec<String> = Vec::new();
    for who in &args.signed_off_by {
        signed.push(role(who, &signed)?);
    }
    while asks && signed.len() < needed {
        let who = ask(context, "Who lets it go? Role, organisation: ")?;
        signed.push(role(&who, &signed)?);
    }
    if signed.len() < needed {
        let error = CommandError::usage(format!("it takes {} to let an edition go, and {} signed off", n_of(needed, "person", "people"), signed.len()));
        return Err(error.hint("`--signed-off-by \"Role, organisation\"`, once for each of them, and `--yes`"));
    }
    if !args.yes {
        if !asks {
            return Err(CommandError::usage("nobody is there to be asked whether it may go").hint("look at it with `--dry-run`, then say `--yes`"));
        }
        if ask(context, "Every line above may be read by these readers. Let it go? Type yes: ")?.to_lowercase() != "yes" {
            return Err(CommandError::usage("it was not let go").hint("nothing was written"));
        }
    }
    Ok(signed)
}

fn role(who: &str, signed: &[String]) -> Result<String, CommandError> {
    let who = printable(who.trim()).into_owned();
    let parts: Vec<&str> = who.split(',').map(str::trim).collect();
    if parts.len() < 2 || parts.iter().any(|part| part.is_empty()) {
        return Err(CommandError::usage(format!("`{who}` is no role with an organisation")).hint("such as `Chair, Testford Council`"));
    }
    if signed.iter().any(|other| other.eq_ignore_ascii_case(&who)) {
        return Err(CommandError::usage(format!("`{who}` signed off already")).hint("the second person is another one"));
    }
    Ok(who)
}

fn ask(context: &Context, question: &str) -> Result<String, CommandError> {
    context.ui.talk(question);
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    match std::io::stdin().read_line(&mut line) {
        Ok(n) if n > 0 => Ok(line.trim().to_owned()),
        _ => Err(CommandError::usage("it was not let go").hint("nothing was written")),
    }
}

/// The record of an edition: the numbers as they are shown, every line, and the fingerprint of every file.
fn record(loaded: &Loaded, facts: &EditionFacts, leaving: &Leaving, audience: Audience, signed_off_by: Vec<String>) -> Published {
    let edition = &leaving.edition;
    let page = &edition.page;
    let today = loaded.casebook.today;
    let alone = |(name, count): (String, Count)| (name, count.shown().map_or(PublishedCount::Small, PublishedCount::Shown));
    Published {
        id: next_record(loaded.files.root(), today, audience.word()),
        audience: audience.word().to_owned(),
        on: today,
        since: facts.since,
        until: facts.until,
        division: facts.division,
        hide_up_to: page.rule.hide_up_to,
        round_to: page.rule.round_to,
        signed_off_by,
        tables: vec![table(&page.barriers, BY_STATE, TABLES[BY_STATE]), table(&page.barriers, BY_TIME, TABLES[BY_TIME]), table(&page.answers, 0, TABLES[2])],
        figures: figures(&edition.report, &edition.guides).into_iter().map(alone).collect(),
        pages: leaving.says.clone(),
        files: leaving.files.iter().map(|(name, bytes)| (name.clone(), fingerprint(bytes))).collect(),
    }
}

fn table(table: &EditionTable, part: usize, name: &str) -> PublishedTable {
    let numbers = &table.numbers;
    let columns = numbers.table.parts[part].columns.clone();
    let count = |row, column| {
        let at = place(part, row, column);
        match numbers.count(at) {
            Count::Shown(n) => PublishedCount::Shown(n),
            Count::Hidden if numbers.table.figure(at).held_back && !numbers.rule.is_small(numbers.table.figure(at).n) => PublishedCount::HeldBack,
            Count::Hidden => PublishedCount::Small,
        }
    };
    let row = |row| (0..columns.len()).map(Some).chain([None]).map(|column| count(row, column)).collect::<Vec<_>>();
    let mut rows: Vec<(String, Vec<PublishedCount>)> = table.ids.iter().enumerate().map(|(at, id)| (id.clone(), row(Some(at)))).collect();
    rows.push(("Total".to_owned(), row(None)));
    PublishedTable { name: name.to_owned(), columns, rows }
}

fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
