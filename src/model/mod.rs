//! The checked casebook and the ledger folded from it.
//!
//! Everything here has passed `yaml::check`: references are resolved, dates are dates, and the order is fixed (themes by id,
//! meetings by date and then id). Nothing here knows YAML, the disk, the clock or a terminal.

mod alike;
mod casebook;
mod easy;
mod evidence;
mod find;
mod forget;
mod group;
mod held;
mod history;
mod ledger;
mod meeting;
mod passages;
mod period;
mod plan;
mod published;
mod recording;
mod refs_in;
mod register;
mod said_of;
mod second;
mod stems;
mod theme;
mod timer;
mod words;

pub use alike::{Bar, Likeness, Wording, even};
pub use casebook::{Casebook, Entry, EntryKind, MeetingKey, entries_of};
pub use easy::hard_to_read;
pub use evidence::{Reading, evidence_fingerprint, readings};
pub use find::{Directories, Directory, Named, Unknown, plain_words, shortened};
pub use forget::REMOVED;
pub use group::{Agency, AgencyKey, Allowance, Escalation, Group, Opportunity, PersonalRules, Publishing, Retention, Service, ServiceKey, SharingAgreement};
pub use held::HeldDays;
pub use history::{ThemeChange, ThemeHistory, ThemeThen};
pub use ledger::{ActionState, BarrierThread, CaseStory, Ledger, PutOff, Sighting, Task, Told};
pub use meeting::{
    Action, ActionReport, AgendaItem, AgendaSubject, Agreed, Asked, Attendance, Barrier, CaseRef, Confidentiality, Custody, Decision, Discussion, Feedback,
    LearningPoint, Meeting, Offer, Recommendation, Referral, Session, Tagging, Value, View,
};
pub use passages::Passage;
pub use period::{Period, Quarter};
pub use plan::{DayEnd, Plan, PlanBus, PlanPlace, PlanStop, PlanWay};
pub use published::{Division, Published, PublishedCount, PublishedTable};
pub use recording::{Label, Recording};
pub use refs_in::RefFinder;
pub use register::{BarrierEntry, CauseKey, Names, Occurred, PersonKey, Register, RegisterWriter, Standing};
pub use said_of::{Concerns, SaidOf, mark, said_of};
pub use second::{SecondLook, SecondTags};
pub use stems::{Stems, pieces, small_letters};
pub use theme::{Guide, LegalCheck, Retired, Reviewed, ShortLine, Statement, Theme, ThemeKey};
pub use timer::{Progress, Timer, behind, behind_in_words, in_minutes};
pub use words::{
    ActionStatus, Answer, Ask, BarrierStatus, DiscussionKind, Involvement, LearningKind, MeetingStatus, Outcome, PersonalKind, Picture, Stage, ThemeKind,
    TravelBy, Walks, Word, known,
};
