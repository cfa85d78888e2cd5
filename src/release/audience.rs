//! For whom a page is made.

use std::fmt;

/// The readers of a page, from those who sit at the table to everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Members of the meeting: everything that the page is about.
    Members,
    /// Those who come to a session of a community of practice: no cases and nobody's names, figures as for a board, and what the sessions
    /// themselves brought.
    Session,
    /// Somebody who asked what is held about them: what was decided to be given.
    Person,
    /// A board that is bound by the sharing agreement: no cases, no agencies, small numbers hidden.
    Board,
    /// Anybody: as the board, with fewer and rounded numbers.
    Public,
}

impl Audience {
    pub fn word(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Session => "session",
            Self::Person => "person",
            Self::Board => "board",
            Self::Public => "public",
        }
    }

    pub fn is_members(self) -> bool {
        self == Self::Members
    }

    /// A value that only members see.
    pub(super) fn members<T>(self, value: impl FnOnce() -> T) -> Option<T> {
        self.is_members().then(value)
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
