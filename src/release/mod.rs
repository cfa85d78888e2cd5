//! What may leave: the one gate between what the group knows and what others read.
//!
//! [`Released`] can only be made here. `documents` and `export` take nothing else, and cannot see a case or a meeting, so a page
//! that shows too much has to be written here first, where it is looked for. The rule is an allow-list: each audience's pages are
//! built up from what that audience may have, never cut down from everything.

mod access;
mod agency;
mod audience;
mod calendar;
mod case;
mod cop;
mod count;
mod discussion;
mod edition;
mod guide;
mod minutes;
mod minutes_for;
mod report;
mod roadmap;
mod room;
mod text;

use std::ops::Deref;

pub use access::{
    AccessDecision, AccessLine, AccessMaterial, AccessPage, AccessPiece, Elsewhere, FlagLine, RecipientLine, ThirdParty, names_at_work, release_access,
};
pub use agency::{AgencyActionLine, AgencyActionsPage, release_agency_actions};
pub use audience::Audience;
pub use calendar::{CalendarEntry, CalendarPage, release_due, release_invitation};
pub use case::{CasePage, ThreadLine, release_case};
pub use cop::{CopPage, RecommendedLine, SeriesPage, SessionBrought, ValueLine, release_cop, release_series};
pub use count::{Count, CountRule};
pub use discussion::{ActionLine, BarrierSaid, DecisionLine, DiscussionPage, FeedbackLine, ViewLine};
pub use edition::{BY_STATE, BY_TIME, Edition, EditionPage, EditionParts, EditionTable, Refused, TABLES, ThemePage, figures, place, release_edition};
pub use guide::{GuidePage, Prose, StatementLine, SupportLine, VoiceLine, release_guide};
pub use minutes::{AgendaItemLine, AttendanceLine, MinutesPage, OnlyFor, PreviousLine, SessionPage, release_minutes};
pub use minutes_for::release_minutes_for;
pub use report::{
    ActionCounts, AnswerCounts, AnswerLine, BarrierLine, LessonLine, LessonList, Lessons, NeedsLine, QuarterCounts, ReportPage, Source, StageLine, StepLine,
    Sure, release_report,
};
pub use roadmap::{RoadmapPage, WayIn, release_roadmap};
pub use room::{Position, RoomAction, RoomPage, release_room};
pub use text::{LastLook, Withheld};

/// The fixed words that pages use; they say nothing about anybody.
pub use crate::model::{
    Answer, BarrierStatus, Involvement, LearningKind, MeetingStatus, Picture, Quarter, Stage, ThemeKind, Timer, behind_in_words, in_minutes,
};

/// Something that has passed the gate for its audience.
#[derive(Clone, Debug)]
pub struct Released<T> {
    page: T,
    audience: Audience,
    /// Texts that an allowed field held, and that were kept back all the same.
    withheld: Vec<Withheld>,
}

impl<T> Released<T> {
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// What was kept back, for the person who makes the page; never for the page itself.
    pub fn withheld(&self) -> &[Withheld] {
        &self.withheld
    }
}

impl<T> Deref for Released<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.page
    }
}
