//! Questions to the casebook: pure functions that return reports.
//!
//! A report is a value with rows in a fixed order. It holds everything, names and refs too: what of it may be shown to whom is for
//! `release` to say, and how for `documents`, `export` and the tables of `cli`. A figure that a page needs is computed here.

mod actions;
mod agreement;
mod barriers;
mod case;
mod codebook;
mod detail;
mod grid;
mod guide;
mod meetings;
mod minutes;
mod overview;
mod quarters;
mod sentence;
mod trail;

pub use actions::{ActionQuery, ActionRow, ActionTally, actions, tally};
pub use agreement::{
    AgreementQuery, AgreementReport, Coefficient, Disagreement, FEW_DISCUSSIONS, FEW_TAGGED, THE_RECORD, ThemeAgreement, agreement, alpha_with_interval,
    cohen_kappa, krippendorff_alpha, masi, nominal,
};
pub use barriers::{BarrierQuery, BarrierReport, BarrierRow, By, barriers};
pub use case::{CaseReport, case_report};
pub use codebook::{ThemeRow, codebook};
pub use detail::{BarrierDetail, Companion, Occurrence, Stretch, barrier_detail};
pub use grid::{Grid, grid, needs_by_barrier};
pub use guide::{Evidence, EvidenceSource, GuideFacts, Recommended, SessionHeld, StatementFacts, guide_facts};
pub use meetings::{MeetingRow, meetings};
pub use minutes::{AgendaLine, MinutesReport, PreviousAction, minutes};
pub use overview::{AgencyAnswers, Answers, Lesson, NextStep, Overview, Sureness, overview};
pub use quarters::{QuarterLine, QuarterOf, ThroughQuarters};
pub use sentence::{barrier_sentence, barrier_subject, in_sentence};
pub use trail::{ActionFigure, Newest, Sight, Trail, trail};
