//! The texts that people write about one case, and in a theme.

use crate::model::{Discussion, LearningKind, Meeting, Theme};
use crate::source::Place;

/// One text of a discussion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) enum Field {
    Reason,
    Tried,
    Offer,
    Update,
    /// Of the barrier at this place of the list, and so on.
    Evidence(usize),
    Decision(usize),
    Why(usize),
    Dissent(usize),
    Action(usize),
    Learning(usize, LearningKind),
    Closed,
}

impl Field {
    pub(in crate::lint) fn place(self, meeting: &Meeting, case: &Discussion) -> Place {
        let here = meeting.case_place(case);
        let referral = |name| here.field("referral").field(name);
        let entry = |list, nth| here.field(list).entry(nth);
        match self {
            Self::Reason => referral("reason"),
            Self::Tried => referral("tried"),
            Self::Offer => referral("offer"),
            Self::Update => here.field("update"),
            Self::Evidence(nth) => entry("barriers", nth).field("evidence"),
            Self::Decision(nth) => entry("decisions", nth).field("text"),
            Self::Why(nth) => entry("decisions", nth).field("why"),
            Self::Dissent(nth) => entry("decisions", nth).field("dissent"),
            Self::Action(nth) => entry("actions", nth).field("what"),
            Self::Learning(nth, kind) => entry("learning", nth).field(kind.word()),
            Self::Closed => here.field("closed").field("reason"),
        }
    }

    /// Whether it tells of the person, rather than of what is to be done or was learned.
    pub(super) fn is_of_the_person(self) -> bool {
        !matches!(self, Self::Offer | Self::Dissent(_) | Self::Action(_) | Self::Learning(..))
    }
}

/// What the group wrote itself. Rules are the words of an agency, and views those of the person: they stand as they were said.
pub(super) fn prose(case: &Discussion) -> impl Iterator<Item = (Field, &str)> {
    let referral =
        case.referral.iter().flat_map(|referral| [(Field::Reason, &referral.reason), (Field::Tried, &referral.tried), (Field::Offer, &referral.offer)]);
    let decisions = case.decisions.iter().flat_map(|decision| {
        let text = Some((Field::Decision(decision.nth), decision.text.as_str()));
        let why = decision.why.as_deref().map(|why| (Field::Why(decision.nth), why));
        text.into_iter().chain(why).chain(decision.dissent.as_deref().map(|dissent| (Field::Dissent(decision.nth), dissent)))
    });
    referral
        .chain([(Field::Update, &case.update)])
        .chain(case.barriers.iter().map(|barrier| (Field::Evidence(barrier.nth), &barrier.evidence)))
        .filter_map(|(field, text)| Some((field, text.as_deref()?)))
        .chain(decisions)
        .chain(case.actions.iter().map(|action| (Field::Action(action.nth), action.what.as_str())))
        .chain(case.learning.iter().map(|point| (Field::Learning(point.nth, point.kind), point.text.as_str())))
        .chain(case.closed.as_deref().map(|reason| (Field::Closed, reason)))
}

/// What is read on pages: the title of a theme, and its guide but for what people said. A definition has to name the words it is about.
pub(super) fn theme_prose(theme: &Theme) -> impl Iterator<Item = (Place, &str)> {
    let top = theme.place();
    let title = std::iter::once((top.field("title"), theme.title.as_str()));
    title.chain(theme.guide.iter().flat_map(move |guide| {
        let here = top.field("guide");
        let statements = here.field("statements");
        let ours = guide.texts().into_iter().filter(|(name, _)| !["what_people_told_us", "contacts"].contains(name));
        let texts: Vec<_> = ours.filter_map(|(name, text)| Some((here.field(name), text?))).collect();
        texts.into_iter().chain(guide.statements.iter().map(move |statement| (statements.entry(statement.nth).field("says"), statement.says.as_str())))
    }))
}
