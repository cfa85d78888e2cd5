//! The kinds of personal data, and what each weighs.

/// A kind, the graver first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    NhsNumber,
    NationalInsurance,
    DrivingLicence,
    DateOfBirth,
    KnownName,
    Email,
    Phone,
    Address,
    Postcode,
    Vehicle,
    TitledName,
}

/// All of them.
pub const KINDS: &[Kind] = &[
    Kind::NhsNumber,
    Kind::NationalInsurance,
    Kind::DrivingLicence,
    Kind::DateOfBirth,
    Kind::KnownName,
    Kind::Email,
    Kind::Phone,
    Kind::Address,
    Kind::Postcode,
    Kind::Vehicle,
    Kind::TitledName,
];

impl Kind {
    /// Whether it names one person beyond doubt, and so stops a commit. The others are told, and stop what is published.
    pub fn blocks(self) -> bool {
        self <= Self::KnownName
    }

    /// What it is called in files and findings.
    pub fn id(self) -> &'static str {
        match self {
            Self::NhsNumber => "nhs-number",
            Self::NationalInsurance => "national-insurance-number",
            Self::DrivingLicence => "driving-licence",
            Self::DateOfBirth => "date-of-birth",
            Self::KnownName => "known-name",
            Self::Email => "e-mail-address",
            Self::Phone => "phone-number",
            Self::Address => "street-address",
            Self::Postcode => "postcode",
            Self::Vehicle => "vehicle-registration",
            Self::TitledName => "titled-name",
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Self::NhsNumber => "an NHS number",
            Self::NationalInsurance => "a National Insurance number",
            Self::DrivingLicence => "the number of a driving licence",
            Self::DateOfBirth => "a date of birth",
            Self::KnownName => "the name of somebody in the people file",
            Self::Email => "an e-mail address",
            Self::Phone => "a phone number",
            Self::Address => "a street address",
            Self::Postcode => "a postcode",
            Self::Vehicle => "the registration of a vehicle",
            Self::TitledName => "a name with a title",
        }
    }
}
