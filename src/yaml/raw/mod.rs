//! The files exactly as people write them: one struct a mapping, nothing resolved, nearly everything optional.
//!
//! What must be there, and which words and dates are meant, is for [`super::check`] to say. The doc comments here become the
//! descriptions in the JSON Schema, and the hints in messages, so they speak to the person who writes the file.

mod discussion;
mod group;
mod meeting;
mod plan;
mod second;
mod theme;

pub use group::RawGroup;
pub use meeting::RawMeeting;
pub use plan::RawPlan;
pub use second::RawSecondTags;
pub use theme::RawTheme;

pub(super) use discussion::{RawAction, RawBarrier, RawDecision, RawDiscussion, RawFeedback, RawLearning, RawOffer, RawReferral, RawTagging, RawView};
pub(super) use group::{RawAgency, RawAllowance, RawLabel, RawOpportunity, RawPersonalData, RawPublishing, RawRecording, RawRule, RawService};
pub(super) use meeting::{RawActionReport, RawAgendaItem, RawAttendance, RawSession};
pub(super) use plan::{RawPlanPlace, RawPlanStop, RawPlanWay};
pub(super) use second::RawSecondLook;
pub(super) use theme::{RawGuide, RawRetired, RawShortLine, RawStatement};
