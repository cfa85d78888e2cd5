//! Every word that a line can begin with: the one table behind the grammar, `help`, completion and `docs/chairing.md`.

use crate::model::known;

/// What a line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Attend(&'static str),
    Left,
    Statement,
    Update,
    View(&'static str),
    Wants,
    NotAsked,
    Need,
    Barrier,
    /// A further part of the barrier that was named last.
    OfBarrier(&'static str),
    Decision,
    Why,
    Dissent,
    Action,
    Owner,
    Due,
    Report(crate::model::ActionStatus),
    Learning(crate::model::LearningKind),
    Shareable,
    Offer,
    Tell,
    Told,
    Lead,
    Professional,
    Supporter,
    Custody,
    Referral,
    Review,
    Close,
    NextMeeting,
    Next,
    Back,
    Go,
    Defer,
    Move,
    Urgent,
    Item,
    Allow,
    Pause,
    Resume,
    Undo,
    Redo,
    Correct,
    Anyway,
    Finish,
    Leave,
    Help,
    Show,
}

/// What has to follow a word for it to be meant. People say `next steps` and `worked with him`, too, and mean neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Anything,
    Nothing,
    Colon,
    /// A colon, or words in quotation marks, or nothing.
    Speech,
    /// The id of an action.
    Id,
    /// A date, or nothing.
    Date,
}

/// What can stand at a place in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Agency,
    Service,
    Barrier,
    Need,
    Theme,
    Stop,
    OpenAction,
    Date,
    Words(&'static [&'static str]),
}

/// A word that a line can begin with.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    pub(super) verb: Verb,
    pub name: &'static str,
    /// What may be said for it.
    pub short: &'static [&'static str],
    /// How the line goes on.
    pub form: &'static str,
    pub says: &'static str,
    pub(super) sign: Sign,
    /// What can stand behind the word itself (`""`), and behind others in its line.
    pub(super) slots: &'static [(&'static str, Kind)],
}

/// Words that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    pub title: &'static str,
    pub words: &'static [Word],
}

const NOTHING: &[(&str, Kind)] = &[];
const ANSWERS: &[&str] = &["flexed-once", "changed-for-all", "refused", "no-reply"];
const STATES: &[&str] = &["live", "eased", "resolved"];
const OUTCOMES: &[&str] = &["worked", "partly", "did not work", "too soon"];
const REFERRAL: &[&str] = &["reason", "tried", "offer", "legal basis", "consent", "sign-off", "asked by", "by"];
const REASONS: &[&str] = &["housed", "goals met", "moved away", "withdrew", "died"];

macro_rules! word {
    ($verb:expr, $name:literal, [$($short:literal),*], $form:literal, $sign:ident, $slots:expr, $says:literal) => {
        Word { verb: $verb, name: $name, short: &[$($short),*], form: $form, says: $says, sign: Sign::$sign, slots: $slots }
    };
}

use crate::model::{ActionStatus as A, LearningKind as L};
use Kind::{Agency, Barrier, Date, Need, OpenAction, Service, Stop, Theme};

/// All words, by group.
pub const WORDS: &[Words] = &[
    Words {
        title: "Who is here",
        words: &[
            word!(
                Verb::Attend("present"),
                "present",
                [],
                "AGENCY, AGENCY: role",
                Anything,
                &[("", Agency), (",", Agency)],
                "who is in the room; a role stands behind a colon"
            ),
            word!(Verb::Attend("apology"), "apology", ["apologies"], "AGENCY", Anything, &[("", Agency), (",", Agency)], "who has sent apologies"),
            word!(
                Verb::Attend("sent-information"),
                "sent",
                ["sent information", "sent-information"],
                "AGENCY",
                Anything,
                &[("", Agency), (",", Agency)],
                "who has sent information instead"
            ),
            word!(Verb::Attend("observer"), "observer", ["observing"], "AGENCY: role", Anything, &[("", Agency), (",", Agency)], "who listens only"),
            word!(
                Verb::Attend("no-response"),
                "no-response",
                ["no response", "absent"],
                "AGENCY",
                Anything,
                &[("", Agency), (",", Agency)],
                "who has not answered"
            ),
            word!(Verb::Left, "left", [], "AGENCY at 14:10", Anything, &[("", Agency)], "who leaves; without a time, what is on the table now is noted"),
            word!(
                Verb::Statement,
                "statement",
                ["confidentiality"],
                "read by ROLE under AGREEMENT",
                Anything,
                NOTHING,
                "the confidentiality statement has been read"
            ),
        ],
    },
    Words {
        title: "What is said about the case",
        words: &[
            word!(Verb::Update, "update", ["note", "u"], "TEXT", Anything, NOTHING, "what is said; a line that begins with no other word is one too"),
            word!(
                Verb::View("person"),
                "person",
                ["client"],
                "\"WORDS\" to AGENCY wants: …; …",
                Speech,
                &[("to", Agency)],
                "the person's own words, and who heard them"
            ),
            word!(Verb::View("family"), "family", [], "\"WORDS\" to AGENCY", Speech, &[("to", Agency)], "the family's words"),
            word!(Verb::View("carer"), "carer", [], "\"WORDS\" to AGENCY", Speech, &[("to", Agency)], "the carer's words"),
            word!(Verb::View("advocate"), "advocate", [], "\"WORDS\" to AGENCY", Speech, &[("to", Agency)], "the advocate's words"),
            word!(Verb::Wants, "wants", ["want", "wishes"], ": …; …", Colon, NOTHING, "what the person wants; several with semicolons"),
            word!(Verb::NotAsked, "not asked", ["not-asked"], ": reason", Anything, NOTHING, "nobody could ask the person, and why"),
            word!(Verb::Need, "need", ["needs"], "THEME, THEME", Anything, &[("", Need), (",", Need)], "a need in the person's life"),
            word!(Verb::Lead, "lead", ["lead agency"], "AGENCY: role", Anything, &[("", Agency)], "the agency that leads on the case, and its worker"),
            word!(Verb::Professional, "lead professional", ["worker"], ": role", Colon, NOTHING, "the worker who leads, by role"),
            word!(Verb::Supporter, "supporter", ["lived experience supporter"], ": role", Anything, NOTHING, "who supports the person from lived experience"),
            word!(
                Verb::Custody,
                "custody",
                [],
                "recalled at PRISON, release 20 april",
                Anything,
                &[("", Kind::Words(known::CUSTODY)), ("release", Date)],
                "whether the person is in prison, and until when"
            ),
            word!(
                Verb::Referral,
                "referral",
                ["referred"],
                "by AGENCY; reason: …; tried: …; offer: …; legal basis: …; consent: given",
                Anything,
                &[("", Kind::Words(REFERRAL)), (";", Kind::Words(REFERRAL)), ("by", Agency), ("consent", Kind::Words(known::CONSENT))],
                "how a new case came; in one line or in several"
            ),
        ],
    },
    Words {
        title: "What stands in the way",
        words: &[
            word!(
                Verb::Barrier,
                "barrier",
                ["bar"],
                "THEME blocks SERVICE at AGENCY rule … cause policy scope system evidence …",
                Anything,
                &[
                    ("", Barrier),
                    ("blocks", Service),
                    ("at", Agency),
                    ("cause", Kind::Words(known::CAUSES)),
                    ("scope", Kind::Words(known::SCOPES)),
                    ("status", Kind::Words(STATES))
                ],
                "a barrier as a sentence; the parts can also follow in lines of their own"
            ),
            word!(
                Verb::OfBarrier("blocks"),
                "blocks",
                [],
                "SERVICE",
                Anything,
                &[("", Service), ("at", Agency)],
                "of the last barrier: what it keeps the person from"
            ),
            word!(Verb::OfBarrier("rule"), "rule", [], ": TEXT", Anything, NOTHING, "of the last barrier: the rule as it is said"),
            word!(
                Verb::OfBarrier("cause"),
                "cause",
                [],
                "policy, practice, resource, recording, attitude or law",
                Anything,
                &[("", Kind::Words(known::CAUSES))],
                "of the last barrier: where it comes from"
            ),
            word!(
                Verb::OfBarrier("scope"),
                "scope",
                [],
                "case or system",
                Anything,
                &[("", Kind::Words(known::SCOPES))],
                "of the last barrier: whether it meets others too"
            ),
            word!(Verb::OfBarrier("evidence"), "evidence", [], ": TEXT", Anything, NOTHING, "of the last barrier: how it is known"),
            word!(
                Verb::OfBarrier("asked"),
                "asked",
                [],
                "AGENCY on 5 march",
                Anything,
                &[("", Agency), ("on", Date)],
                "of the last barrier: who was asked to move it, and when"
            ),
            word!(
                Verb::OfBarrier("answer"),
                "answer",
                [],
                "flexed-once, changed-for-all, refused or no-reply",
                Anything,
                &[("", Kind::Words(ANSWERS))],
                "of the last barrier: what they answered"
            ),
            word!(
                Verb::OfBarrier("status"),
                "status",
                [],
                "live, eased or resolved",
                Anything,
                &[("", Kind::Words(STATES))],
                "of the last barrier: what has become of it"
            ),
            word!(Verb::OfBarrier("eased"), "eased", [], "", Nothing, NOTHING, "the last barrier has eased"),
            word!(Verb::OfBarrier("resolved"), "resolved", [], "", Nothing, NOTHING, "the last barrier is out of the way"),
            word!(Verb::OfBarrier("live"), "live", [], "", Nothing, NOTHING, "the last barrier stands as before"),
        ],
    },
    Words {
        title: "What is agreed",
        words: &[
            word!(Verb::Decision, "decision", ["d", "decided", "agreed"], "TEXT why REASON dissent AGENCY: …", Anything, NOTHING, "what the meeting decides"),
            word!(Verb::Why, "why", ["because"], "REASON", Anything, NOTHING, "the reason for the last decision"),
            word!(Verb::Dissent, "dissent", ["disagrees"], "AGENCY: TEXT", Anything, &[("", Agency)], "who does not agree with the last decision"),
            word!(
                Verb::Action,
                "action",
                ["act"],
                "AGENCY (role) by fri: TEXT #theme",
                Anything,
                &[("", Agency), ("by", Date), ("#", Theme)],
                "who does what by when; the theme is the one it works on"
            ),
            word!(Verb::Owner, "owner", [], "AGENCY (role)", Anything, &[("", Agency)], "who owns the last action"),
            word!(Verb::Due, "by", ["due"], "DATE", Date, &[("", Date)], "when the last action is due"),
            word!(Verb::Tell, "tell", [], "AGENCY by fri", Anything, &[("", Agency), ("by", Date)], "who tells the person what was decided, and by when"),
            word!(Verb::Told, "told", ["given on"], "on DATE", Date, &[("on", Date)], "the person has been told"),
            word!(Verb::Review, "review", ["next review"], "9 april, or: next meeting", Anything, &[("", Date)], "when the case comes back"),
            word!(Verb::Close, "close", ["close case"], "REASON", Anything, &[("", Kind::Words(REASONS))], "the case ends here, and why"),
        ],
    },
    Words {
        title: "What became of earlier actions",
        words: &[
            word!(
                Verb::Report(A::Done),
                "done",
                [],
                "ID on 2 march worked: note",
                Id,
                &[("", OpenAction), ("on", Date), (":", Kind::Words(OUTCOMES))],
                "it was done; what came of it: worked, partly, did not work, too soon"
            ),
            word!(Verb::Report(A::NotPossible), "not-possible", ["not possible", "np"], "ID: circumstances", Id, &[("", OpenAction)], "circumstances changed"),
            word!(Verb::Report(A::NotDone), "not-done", ["not done", "nd"], "ID: why", Id, &[("", OpenAction)], "the agency did not do it"),
            word!(Verb::Report(A::Superseded), "superseded", [], "ID: by what", Id, &[("", OpenAction)], "something else has taken its place"),
            word!(Verb::Report(A::Open), "open", ["still open"], "ID: note", Id, &[("", OpenAction)], "it goes on"),
        ],
    },
    Words {
        title: "What was learned, what is offered",
        words: &[
            word!(Verb::Learning(L::Worked), "worked", ["w"], ": TEXT #theme shareable", Colon, &[("#", Theme)], "something that helped, for others to know"),
            word!(
                Verb::Learning(L::DidNotWork),
                "did not work",
                ["did-not-work", "dnw"],
                ": TEXT #theme",
                Colon,
                &[("#", Theme)],
                "something that did not help"
            ),
            word!(Verb::Learning(L::Question), "question", ["q"], ": TEXT #theme", Colon, &[("#", Theme)], "something the group should find out"),
            word!(Verb::Shareable, "shareable", [], "", Nothing, NOTHING, "others may read the last learning point"),
            word!(
                Verb::Offer,
                "offer",
                [],
                "peer-mentor by AGENCY accepted",
                Anything,
                &[("", Kind::Words(known::OFFERS)), ("by", Agency)],
                "what the person is offered, and whether they take it: accepted, declined, not yet"
            ),
        ],
    },
    Words {
        title: "Moving on the agenda",
        words: &[
            word!(Verb::Next, "next", ["n"], "", Nothing, NOTHING, "the next item"),
            word!(Verb::Back, "back", [], "", Nothing, NOTHING, "the item before"),
            word!(Verb::Go, "go", ["go to"], "4, or REF", Anything, &[("", Stop)], "an item by its number, or a case by its ref"),
            word!(Verb::Defer, "defer", ["put off"], "REASON", Anything, NOTHING, "put this item off to the next meeting"),
            word!(
                Verb::Move,
                "move",
                [],
                "REF before REF",
                Anything,
                &[("", Stop), ("before", Stop), ("after", Stop)],
                "take an item earlier or later: before or after another, or to a number"
            ),
            word!(Verb::Urgent, "urgent", [], "REF 15 min: reason", Anything, NOTHING, "add a case that cannot wait; it comes next"),
            word!(Verb::Item, "item", [], "TEXT 5 min", Anything, NOTHING, "add an item; it comes next"),
            word!(Verb::Allow, "allow", [], "5", Anything, NOTHING, "so many minutes more for this item"),
            word!(Verb::Pause, "pause", ["break"], "", Nothing, NOTHING, "time stops"),
            word!(Verb::Resume, "resume", ["go on"], "", Nothing, NOTHING, "time runs again"),
            word!(Verb::NextMeeting, "next meeting", [], "14 may", Anything, &[("", Date)], "when the group meets next"),
        ],
    },
    Words {
        title: "Mending, and help",
        words: &[
            word!(Verb::Undo, "undo", [], "", Nothing, NOTHING, "take the last line back; as often as you like"),
            word!(Verb::Redo, "redo", [], "", Nothing, NOTHING, "take the undo back"),
            word!(Verb::Correct, "correct", [], "TEXT", Anything, NOTHING, "say the last line again, rightly; s/old/new/ changes words in it"),
            word!(Verb::Anyway, "anyway", [], "REASON", Anything, NOTHING, "go on although something was asked about; the reason is kept"),
            word!(Verb::Show, "where", ["show", "?"], "", Nothing, NOTHING, "where we are, and what has been recorded for this item"),
            word!(Verb::Help, "help", [], "WORD", Anything, NOTHING, "what can be said, or how one word is used"),
        ],
    },
    Words {
        title: "The end",
        words: &[
            word!(Verb::Finish, "finish", ["end meeting"], "", Nothing, NOTHING, "the meeting is over: the record is saved and the minutes are written"),
            word!(Verb::Leave, "leave", ["quit", "exit"], "", Nothing, NOTHING, "stop for now; it goes on from here another time"),
        ],
    },
];

/// All words.
pub(super) fn all() -> impl Iterator<Item = &'static Word> {
    WORDS.iter().flat_map(|group| group.words)
}

impl Word {
    /// All names of the word.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.short.iter().copied())
    }

    /// How a line with it looks.
    pub fn usage(&self) -> String {
        let gap = if self.form.is_empty() || self.form.starts_with(':') { "" } else { " " };
        format!("{}{gap}{}", self.name, self.form)
    }
}

/// The word that a line begins with, and what stands behind it. The longest name counts: `next meeting` is not `next`.
pub(super) fn leading(line: &str) -> Option<(&'static Word, Rest<'_>)> {
    let begins = |word: &'static Word| word.names().filter_map(|name| behind(line, name).map(|rest| (name.len(), word, rest))).max_by_key(|(len, ..)| *len);
    all().filter_map(begins).max_by_key(|(len, ..)| *len).map(|(_, word, rest)| (word, rest))
}

/// What stands behind a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rest<'l> {
    /// Whether a colon followed.
    pub(super) colon: bool,
    pub(super) text: &'l str,
}

/// The rest of a line that begins with a name, in whatever case; a hyphen is as good as a space.
fn behind<'l>(line: &'l str, name: &str) -> Option<Rest<'l>> {
    let head = line.get(..name.len())?;
    let same = |(a, b): (char, char)| a.eq_ignore_ascii_case(&b) || (a == '-' && b == ' ');
    let rest = &line[name.len()..];
    let ends = rest.chars().next().is_none_or(|c| c.is_whitespace() || c == ':' || c == '"' || c == '“');
    if !ends || !head.chars().zip(name.chars()).all(same) {
        return None;
    }
    let rest = rest.trim_start();
    match rest.strip_prefix(':') {
        Some(text) => Some(Rest { colon: true, text: text.trim() }),
        None => Some(Rest { colon: false, text: rest.trim() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_words() {
        let mut names: Vec<&str> = all().flat_map(Word::names).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn the_longest_name_counts_and_a_colon_is_optional() {
        let verb = |line| leading(line).map(|(word, rest)| (word.name, rest.colon, rest.text.to_owned()));
        assert_eq!(verb("next meeting 14 may"), Some(("next meeting", false, "14 may".to_owned())));
        assert_eq!(verb("NEXT"), Some(("next", false, String::new())));
        assert_eq!(verb("Decision: yes"), Some(("decision", true, "yes".to_owned())));
        assert_eq!(verb("not-possible k7q2: he moved"), Some(("not-possible", false, "k7q2: he moved".to_owned())));
        assert_eq!(verb("decisive words"), None);
        assert_eq!(verb("ädecision"), None);
    }
}
