//! The fixed words of the field, each the same in YAML, in Rust, in help texts and on pages.

/// A value that stands in files as one of a few fixed words.
pub trait Word: Sized + Copy {
    /// All words, in the order of the field's own lists.
    const WORDS: &'static [&'static str];

    /// The value of a word, if it is one of them.
    fn parse(word: &str) -> Option<Self>;
}

/// Declares an enum whose values are written in files as the given words.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// All values, in the order of the field's own lists.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word as it stands in files.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl Word for $name {
            const WORDS: &'static [&'static str] = &[$($word),+];

            fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }
    };
}

words! {
    /// Where a meeting is on its way from agenda to minutes.
    MeetingStatus { Planned = "planned", Held = "held", Agreed = "agreed", CalledOff = "called-off" }
}
words! {
    /// Why a case is on the table.
    DiscussionKind { New = "new", Review = "review", Urgent = "urgent" }
}
words! {
    /// What has become of a barrier.
    BarrierStatus { Live = "live", Eased = "eased", Resolved = "resolved" }
}
words! {
    /// Kinds of personal data, as findings and allowances call them.
    PersonalKind {
        NhsNumber = "nhs-number",
        NationalInsurance = "national-insurance-number",
        DrivingLicence = "driving-licence",
        DateOfBirth = "date-of-birth",
        KnownName = "known-name",
        Email = "e-mail-address",
        Phone = "phone-number",
        Address = "street-address",
        Postcode = "postcode",
        Vehicle = "vehicle-registration",
        TitledName = "titled-name",
    }
}
words! {
    /// What the picture beside a sentence of a short version shows.
    Picture {
        House = "house",
        Room = "room",
        Person = "person",
        People = "people",
        Talk = "talk",
        Paper = "paper",
        Clock = "clock",
        Phone = "phone",
        Fire = "fire",
        Key = "key",
        Look = "look",
        Yes = "yes",
        No = "no",
        Question = "question",
        Law = "law",
    }
}
words! {
    /// How much of a part somebody takes, from the first step on.
    Involvement { ComeAlong = "come-along", TakePart = "take-part", HelpRun = "help-run", DecideTogether = "decide-together" }
}
words! {
    /// What an agency said when it was asked to move a barrier.
    Answer { FlexedOnce = "flexed-once", ChangedForAll = "changed-for-all", Refused = "refused", NoReply = "no-reply" }
}
words! {
    /// What has become of an action.
    ActionStatus {
        Open = "open",
        Done = "done",
        /// Circumstances changed. Never added up with [`Self::NotDone`].
        NotPossible = "not-possible",
        /// The agency did not do it.
        NotDone = "not-done",
        Superseded = "superseded",
    }
}
words! {
    /// What came of an action that was done.
    Outcome { Worked = "worked", Partly = "partly", DidNotWork = "did-not-work", TooSoon = "too-soon" }
}
words! {
    /// What a theme is about: what the system does, what the person lives with, or what helped.
    ThemeKind { Barrier = "barrier", Need = "need", Enabler = "enabler" }
}
words! {
    /// How far a theme has come on its way to a guide.
    Stage {
        Emerging = "emerging",
        CommunityOfPractice = "community-of-practice",
        Workshop = "workshop",
        GuideDraft = "guide-draft",
        Published = "published",
        ReviewDue = "review-due",
    }
}
words! {
    /// How somebody walks on a planned day.
    Walks {
        Usual = "usual",
        /// Half as long again: with bags, a stick, or a bad night.
        Slow = "slow",
        No = "no",
    }
}
words! {
    /// How somebody gets about on a planned day.
    TravelBy {
        /// The bus where there is one, and on foot.
        Bus = "bus",
        Foot = "foot",
        /// A taxi that is called and waited for, and on foot.
        Taxi = "taxi",
        /// A worker's car, which is there all day, and on foot.
        Car = "car",
    }
}
words! {
    /// What a learning point says.
    LearningKind { Worked = "worked", DidNotWork = "did_not_work", Question = "question" }
}

words! {
    /// What a record has to say about something that follows a person, so that it can be judged.
    Ask {
        When = "when",
        /// How old the person was then.
        Age = "age",
        Intent = "intent",
        Harm = "harm",
        Circumstances = "circumstances",
        /// What has changed since.
        Since = "since",
        /// Whether it was a conviction, a charge or an allegation.
        Standing = "standing",
    }
}

impl MeetingStatus {
    /// The status of a meeting whose file does not say: it has been held when its day has come.
    pub fn by_day(date: chrono::NaiveDate, today: chrono::NaiveDate) -> Self {
        if today < date { Self::Planned } else { Self::Held }
    }

    /// Whether the meeting took place, so that what it records counts.
    pub fn counts(self) -> bool {
        matches!(self, Self::Held | Self::Agreed)
    }
}

impl ActionStatus {
    /// Whether there is still something to do.
    pub fn is_open(self) -> bool {
        self == Self::Open
    }
}

/// Lists that a group may add its own words to. A word outside them is kept as it is, and `lint` asks about it.
pub mod known {
    pub const MEETINGS: &[&str] = &["marg", "community-of-practice", "workshop"];
    pub const ATTENDANCE: &[&str] = &["present", "apology", "sent-information", "observer", "no-response"];
    pub const CAUSES: &[&str] = &["policy", "practice", "resource", "recording", "attitude", "law"];
    pub const SCOPES: &[&str] = &["case", "system"];
    pub const CONSENT: &[&str] = &["given", "withheld", "not-sought", "lacks-capacity"];
    /// Labels that follow a person, as [`super::super::Recording`] can change them.
    pub const LABELS: &[&str] = &["fire-setting", "violence", "sexual-offence", "weapons", "risk-marker"];
    pub const MEMOS: &[&str] = &["rule", "idea", "wording", "question"];
    pub const WHOSE: &[&str] = &["person", "family", "carer", "advocate"];
    pub const OFFERS: &[&str] = &["peer-mentor", "activity", "training", "opportunity"];
    pub const ACCEPTED: &[&str] = &["yes", "no", "not-yet"];
    pub const CUSTODY: &[&str] = &["remanded", "sentenced", "recalled", "released"];
    pub const CYCLES: &[&str] = &["immediate", "potential", "applied", "realised", "reframing"];
    pub const SECTIONS: &[&str] = &[
        "what-works",
        "what-does-not-work",
        "what-to-do",
        "managing-the-risk",
        "questions-to-ask",
        "information-sharing",
        "when-to-escalate",
        "who-can-unlock-it",
    ];
}
