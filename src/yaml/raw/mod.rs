//! The files exactly as people write them: one struct a mapping, nothing resolved, nearly everything optional.
//!
//! What must be there, and which words and dates are meant, is for [`super::check`] to say. The doc comments here become the
//! descriptions in the JSON Schema, and the hints in messages, so they speak to the person who writes the file.

mod discussion;
mod group;
mod meeting;
mod theme;

pub use discussion::{
    RawAction, RawAsked, RawBarrier, RawClosed, RawCustody, RawDecision, RawDiscussion, RawFeedback, RawLearning, RawOffer, RawReferral, RawView,
};
pub use group::{RawAgency, RawGroup, RawPublishing, RawRule, RawService, RawSharing};
pub use meeting::{RawActionReport, RawAgendaItem, RawAttendance, RawConfidentiality, RawMeeting, RawRecommendation, RawSession, RawValue};
pub use theme::{RawGuide, RawLegalCheck, RawReviewed, RawStatement, RawTheme};
