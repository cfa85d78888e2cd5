//! `marg tag --review`: discussions one by one, with what was said beside the codebook.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Args;

use super::super::suggest::why;
use super::{Change, TagArgs, blind, refused, who};
use crate::analysis::{Suggester, SuggestionQuery};
use crate::cli::args::day;
use crate::cli::backstage::Aloud;
use crate::cli::context::Context;
use crate::cli::error::{CommandError, NOT_IN_ORDER};
use crate::cli::lookup::{find_meeting, find_theme};
use crate::model::{AgencyKey, Casebook, Directories, Discussion, Meeting, Names, ServiceKey, Theme, ThemeKey};
use crate::session::day_in_words;
use crate::source::n_of;
use crate::tagging::{Deed, Manner, wishes_of_line};
use crate::terminal::{CodebookEntry, Doing, Lines, NotDone, Proposal, Put, Review, ReviewLook, Tagger, review_lines, review_screen};
use crate::workspace::{self, Loaded, Then};

/// Which discussions are gone through, and how.
#[derive(Args, Debug)]
pub(super) struct QueueArgs {
    /// With --review: only discussions that have no theme yet
    #[arg(long, requires = "review")]
    untagged: bool,

    /// With --review: only discussions in which something is suggested
    #[arg(long, requires = "review", conflicts_with = "blind")]
    suggested: bool,

    /// With --review: only suggestions of this theme
    #[arg(long, value_name = "THEME", requires = "review", conflicts_with = "blind")]
    theme: Option<String>,

    /// With --review: the discussions of this meeting, not of the last
    #[arg(long, value_name = "MEETING", requires = "review", conflicts_with_all = ["all", "since"])]
    meeting: Option<String>,

    /// With --review: of all meetings since this day
    #[arg(long, value_name = "DAY", requires = "review", value_parser = day)]
    since: Option<NaiveDate>,

    /// With --review: of all meetings, the newest first
    #[arg(long, requires = "review")]
    all: bool,

    /// With --review: who tags a second time; what they find is kept apart from the record, in tagging/NAME/
    #[arg(long = "as", value_name = "NAME", requires = "blind", conflicts_with = "by", value_parser = super::name)]
    pub(super) second: Option<String>,

    /// With --review and --as: see neither what was tagged nor what is suggested
    #[arg(long, requires_all = ["review", "second"])]
    pub(super) blind: bool,

    /// With --review: plain lines instead of the full screen, for screen readers and scripts
    #[arg(long, requires = "review")]
    plain: bool,

    /// With --review: only signs that every terminal can show
    #[arg(long, requires = "review")]
    ascii: bool,
}

pub(super) fn run(context: &Context, args: &TagArgs) -> Result<ExitCode, CommandError> {
    let mut loaded = context.load()?;
    if let Some(name) = args.queue.second.as_deref() {
        let (second, _) = workspace::read_second_tags(&mut loaded);
        let places = wanted(&loaded.casebook, &args.queue, |_, _| true)?;
        let mut tagger = blind::Blind::new(&loaded, &second, name, places)?;
        return work(context, &args.queue, &mut tagger);
    }
    let by = who(args.by.as_deref())?;
    let by = by.ok_or_else(|| {
        let error = CommandError::usage("nobody has said who tags");
        error.hint("say who you are, by a role or initials: `marg tag --review --by KIM`; the variable MARG_USER says it for good")
    })?;
    let book = &loaded.casebook;
    let theme = args.queue.theme.as_deref().map(|id| find_theme(book.names(), id)).transpose()?;
    let suggester = RefCell::new(Suggester::new(book));
    let query = SuggestionQuery { theme, threshold: None };
    let suggests = |meeting: &Meeting, discussion: &Discussion| {
        let passages = meeting.passages(discussion);
        suggester.borrow_mut().of_discussion(meeting, discussion, &passages, query).iter().any(|found| found.held_back.is_none())
    };
    let places = wanted(book, &args.queue, |meeting, discussion| !(args.queue.suggested || theme.is_some()) || suggests(meeting, discussion))?;
    let (entries, known) = (codebook(book.names()), Directories::of(book.names()));
    let mut tagger = Behind {
        context,
        loaded: &loaded,
        suggester,
        query,
        places,
        changed: BTreeMap::new(),
        back: Vec::new(),
        entries,
        known,
        by,
        agreed_too: args.agreed_too,
    };
    work(context, &args.queue, &mut tagger)
}

fn work(context: &Context, args: &QueueArgs, tagger: &mut dyn Tagger) -> Result<ExitCode, CommandError> {
    if tagger.count() == 0 {
        context.ui.status("There is nothing to go through.");
        context.ui.hint("`--all` goes through all meetings; without `--untagged` and `--suggested`, every discussion is shown");
        return Ok(ExitCode::SUCCESS);
    }
    let mut review = Review::new(tagger);
    let is_typed = std::io::stdin().is_terminal();
    let mut not_taken = 0;
    if is_typed && std::io::stdout().is_terminal() && !args.plain {
        let failed = |error| CommandError::unusable(format!("the screen cannot be used: {error}")).hint("`--plain` needs less of a terminal");
        review_screen(&mut review, args.ascii, |name| std::env::var(name).ok()).map_err(failed)?;
    } else {
        let lines = if is_typed { Lines::Typed } else { Lines::Piped };
        not_taken = review_lines(&mut review, &mut Aloud { context }, lines).map_err(CommandError::unusable)?;
    }
    context.ui.status(&format!("{} saved.", n_of(review.n_changes(), "change is", "changes are")));
    if not_taken > 0 {
        context.ui.warning(&format!("{} not taken; see above", n_of(not_taken, "line was", "lines were")));
        return Ok(ExitCode::from(NOT_IN_ORDER));
    }
    Ok(ExitCode::SUCCESS)
}

/// Meetings by their place in the casebook, and discussions by their place in the meeting.
pub(super) type Places = Vec<(usize, usize)>;

/// The discussions that are gone through: of the last meeting that was held, of one, or of all, the newest first.
fn wanted(book: &Casebook, args: &QueueArgs, keep: impl Fn(&Meeting, &Discussion) -> bool) -> Result<Places, CommandError> {
    let one = args.meeting.as_deref().map(|asked| find_meeting(book, asked)).transpose()?;
    let mut meetings: Vec<(usize, &Meeting)> = match one {
        Some(one) => book.meetings.iter().enumerate().filter(|(_, meeting)| std::ptr::eq(*meeting, one)).collect(),
        None => book.meetings.iter().enumerate().filter(|(_, meeting)| meeting.status.counts() && !meeting.cases.is_empty()).collect(),
    };
    meetings.retain(|(_, meeting)| args.since.is_none_or(|since| meeting.date >= since));
    if one.is_none() && args.since.is_none() && !args.all {
        meetings.drain(..meetings.len().saturating_sub(1));
    }
    meetings.reverse();
    let is_untagged = |of: &Discussion| of.needs.is_empty() && of.barriers.is_empty() && of.enablers.is_empty();
    let of = |(at, meeting): (usize, &Meeting)| {
        let fits = |(nth, of): (usize, &Discussion)| ((!args.untagged || is_untagged(of)) && keep(meeting, of)).then_some((at, nth));
        meeting.cases.iter().enumerate().filter_map(fits).collect::<Vec<_>>()
    };
    Ok(meetings.into_iter().flat_map(of).collect())
}

/// The codebook as the screen shows it; what is retired is offered no more.
pub(super) fn codebook(names: Names<'_>) -> Vec<CodebookEntry> {
    let entry = |theme: &Theme| CodebookEntry {
        id: theme.id.clone(),
        title: theme.title.clone(),
        kind: theme.kind.to_string(),
        calls: [theme.id.as_str(), &theme.title, &theme.also_known_as.join(" ")].join(" ").to_lowercase(),
        means: means(theme),
    };
    names.themes.iter().filter(|theme| theme.retired.is_none()).map(entry).collect()
}

fn means(theme: &Theme) -> Vec<String> {
    let means = theme.meaning("");
    if means.is_empty() { vec!["Nobody has defined it yet.".to_owned()] } else { means }
}

/// What was said in a discussion, where it stands and the words.
pub(super) fn texts(meeting: &Meeting, discussion: &Discussion) -> Vec<(String, String)> {
    let passages = meeting.passages(discussion);
    passages.iter().map(|passage| (in_words(passage.field), passage.text.to_owned())).collect()
}

/// What stands in a field, as a heading.
fn in_words(field: &str) -> String {
    let words = match field {
        "reason" => "Why they were referred",
        "tried" => "What was tried before",
        "offer" => "What the referrer offers",
        "update" => "Update",
        "says" => "In their own words",
        "wants" => "They want",
        "text" => "Decided",
        "why" => "Because",
        "dissent" => "Who disagreed",
        "worked" => "What worked",
        "did_not_work" => "What did not work",
        "question" => "What nobody could answer",
        "rule" => "The rule",
        "evidence" => "What shows it",
        other => other,
    };
    words.to_owned()
}

pub(super) fn label(meeting: &Meeting, discussion: &Discussion) -> String {
    format!("{}, {}", discussion.case, day_in_words(meeting.date))
}

/// Ids with their names, for what can stand behind `blocks=` and `at=`.
pub(super) fn names_for(book: &Casebook, part: &str) -> Vec<(String, String)> {
    let group = &book.group;
    let services = (0..group.services.len()).map(|at| group.service(ServiceKey(at as u32))).map(|service| (service.id.clone(), service.name.clone()));
    let agencies = (0..group.agencies.len()).map(|at| group.agency(AgencyKey(at as u32))).map(|agency| (agency.id.clone(), agency.name.clone()));
    if part == "blocks" { services.collect() } else { agencies.collect() }
}

/// The workspace behind the queue.
struct Behind<'c> {
    context: &'c Context,
    loaded: &'c Loaded,
    suggester: RefCell<Suggester<'c>>,
    query: SuggestionQuery,
    places: Places,
    /// Discussions as they are since they were changed here.
    changed: BTreeMap<usize, Discussion>,
    /// What each change was made of: which discussion, and as it was before.
    back: Vec<(usize, Discussion)>,
    entries: Vec<CodebookEntry>,
    known: Directories,
    by: String,
    agreed_too: bool,
}

impl Behind<'_> {
    fn meeting(&self, at: usize) -> &Meeting {
        &self.loaded.casebook.meetings[self.places[at].0]
    }

    fn discussion(&self, at: usize) -> &Discussion {
        self.changed.get(&at).unwrap_or_else(|| &self.meeting(at).cases[self.places[at].1])
    }

    fn title_of(&self, theme: ThemeKey) -> &str {
        &self.loaded.casebook.theme(theme).title
    }

    fn tags(&self, discussion: &Discussion) -> Vec<String> {
        let group = &self.loaded.casebook.group;
        let barrier = |barrier: &crate::model::Barrier| {
            let blocks = barrier.blocks.map_or(String::new(), |key| format!(", blocks {}", group.service(key).name));
            let at = barrier.at.map_or(String::new(), |key| format!(", at {}", group.agency(key).name));
            format!("{}{blocks}{at}", self.title_of(barrier.theme))
        };
        let notes = discussion.tagging.iter().filter_map(|entry| Some(format!("{}: “{}”", self.title_of(entry.theme), entry.memo.as_ref()?)));
        let themes = discussion.needs.iter().chain(&discussion.enablers).map(|key| self.title_of(*key).to_owned());
        themes.chain(discussion.barriers.iter().map(barrier)).chain(notes).collect()
    }
}

impl Tagger for Behind<'_> {
    fn title(&self) -> String {
        format!("Tagging by {}: {}", self.by, n_of(self.places.len(), "discussion", "discussions"))
    }

    fn count(&self) -> usize {
        self.places.len()
    }

    fn look(&mut self, at: usize) -> ReviewLook {
        let (meeting, discussion) = (self.meeting(at), self.discussion(at));
        let passages = meeting.passages(discussion);
        let suggested = self.suggester.borrow_mut().of_discussion(meeting, discussion, &passages, self.query);
        let proposal = |found: &crate::analysis::Suggestion<'_>| {
            let theme = self.loaded.casebook.theme(found.theme);
            Proposal {
                theme: theme.id.clone(),
                title: theme.title.clone(),
                why: format!("{}: {}", found.strength.word(), why(found)),
                phrase: found.phrase.as_ref().map(|phrase| (phrase.passage, phrase.text.to_owned())),
            }
        };
        ReviewLook {
            label: label(meeting, discussion),
            texts: texts(meeting, discussion),
            tags: self.tags(discussion),
            proposals: suggested.iter().filter(|found| found.held_back.is_none()).map(proposal).collect(),
        }
    }

    fn codebook(&self) -> &[CodebookEntry] {
        &self.entries
    }

    fn theme(&self, name: &str) -> Option<String> {
        let key = self.known.themes.find(name).ok()?;
        Some(self.loaded.casebook.theme(key).id.clone())
    }

    fn names(&self, part: &str) -> Vec<(String, String)> {
        names_for(&self.loaded.casebook, part)
    }

    fn put(&mut self, at: usize, doing: Doing, words: &str) -> Result<Put, NotDone> {
        let deed = match doing {
            Doing::Accept => Deed::Accept,
            Doing::Refuse => Deed::Refuse,
            Doing::Tag => Deed::Tag,
        };
        let wishes = wishes_of_line(words).map_err(|why| refused(why).lines())?;
        let manner = Manner { by: Some(&self.by), on: self.loaded.casebook.today, deed };
        let (meeting, discussion) = (self.meeting(at), self.discussion(at));
        let before = discussion.clone();
        let change = Change { meeting, discussion, agreed_too: self.agreed_too };
        let done = change.make(self.context, self.loaded, &wishes, manner, Then::Save).map_err(CommandError::lines)?;
        let changed = done.considered.before != done.considered.after;
        if changed {
            self.back.push((at, before));
        }
        self.changed.insert(at, done.after);
        Ok((done.said, changed))
    }

    fn undo(&mut self) -> Result<usize, NotDone> {
        let (at, before) = self.back.pop().ok_or_else(|| vec!["Nothing was changed yet that could be taken back.".to_owned()])?;
        if let Err(why) = workspace::undo_step(self.loaded.files.root()) {
            self.back.push((at, before));
            return Err(vec![why.to_string()]);
        }
        self.changed.insert(at, before);
        Ok(at)
    }
}
