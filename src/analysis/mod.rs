//! Questions to the casebook: pure functions that return reports.
//!
//! A report is a value with rows in a fixed order. It holds everything, names and refs too: what of it may be shown to whom is for
//! `release` to say, and how for `documents`, `export` and the tables of `cli`. A figure that a page needs is computed here.

mod access;
mod actions;
mod after;
mod agencies;
mod agenda;
mod agreement;
mod barriers;
mod case;
mod codebook;
mod compare;
mod cop;
mod day;
mod detail;
mod due;
mod edition;
mod grid;
mod guide;
mod meetings;
mod minutes;
mod offers;
mod opportunities;
mod overview;
mod pace;
mod quarters;
mod retention;
mod sentence;
mod series;
mod suggest;
mod theme_life;
mod trace;
mod trail;

pub use access::{Recipient, answer_by, recipients};
pub use actions::{ActionQuery, ActionRow, ActionTally, actions, tally};
pub use after::{FEW_PEOPLE, GuideAfter, GuideUsed, Stretch as GuideStretch, guide_after};
pub use agencies::{AgeGroup, AgencyRecord, AgencyTask, Escalated, agency_records, agency_tasks, by_age, escalated};
pub use agenda::{Agenda, AgendaProposal, CouldWait, Why, agenda};
pub use agreement::{
    AgreementQuery, AgreementReport, Coefficient, Disagreement, FEW_DISCUSSIONS, FEW_TAGGED, THE_RECORD, ThemeAgreement, agreement, alpha_with_interval,
    cohen_kappa, krippendorff_alpha, masi, nominal,
};
pub use barriers::{BarrierQuery, BarrierReport, BarrierRow, By, barriers};
pub use case::{CaseReport, case_report};
pub use codebook::{ThemeRow, codebook};
pub use compare::{Match, Pair, compare};
pub use cop::{CopFacts, CopQuery, Round, SHORTEST, cop_facts, cop_sessions};
pub use day::{Back, DayReport, DayStep, Late, Leg, Mend, Missed, WhyMissed, day_report, mends};
pub use detail::{BarrierDetail, Companion, Occurrence, Stretch, barrier_detail};
pub use due::{DueKind, DueRow, due};
pub use edition::{EditionBarrier, EditionFacts, edition_facts};
pub use grid::{Grid, grid, needs_by_barrier};
pub use guide::{Evidence, EvidenceSource, GuideFacts, Recommended, SessionHeld, StatementFacts, guide_facts};
pub use meetings::{MeetingRow, meetings};
pub use minutes::{AgendaLine, MinutesReport, PreviousAction, have_a_part, minutes};
pub use offers::{OfferQuery, OfferRow, offers};
pub use opportunities::{Fit, Matched, opportunities_for};
pub use overview::{AgencyAnswers, Answers, Lesson, NextStep, Overview, Sureness, overview};
pub use pace::{Basis, Guess, Pace, Standing};
pub use quarters::{QuarterLine, QuarterOf, ThroughQuarters};
pub use retention::{RetentionRow, RetentionState, retention};
pub use sentence::{barrier_sentence, barrier_subject, in_sentence};
pub use series::{Series, SeveralGroups};
pub use suggest::{
    Decision, Evaluation, Figures, HeldBack, Like, MethodFigures, NewIndicator, Phrase, Source, Strength, Suggester, Suggestion, SuggestionQuery, ThemeFigures,
    TooFew, Why as Reason,
};
pub use theme_life::{LifeStep, theme_life};
pub use trace::{Behind, TraceFigure, TraceLine, guide_trace};
pub use trail::{ActionFigure, Newest, Sight, Trail, trail};
