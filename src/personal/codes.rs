//! What `marg check` says of personal data: a code a kind.

use super::Kind;
use crate::source::{Code, Severity};

macro_rules! codes {
    ($($name:ident = $kind:ident, $severity:ident, $id:literal, $summary:literal, $explain:literal;)+) => {
        $(static $name: Code = Code { id: $id, severity: Severity::$severity, summary: $summary, explain: $explain };)+

        /// All of them, the graver first.
        pub static ALL: &[&Code] = &[$(&$name,)+ &ALLOWANCE_OVER];

        /// The code of a kind.
        pub fn of(kind: Kind) -> &'static Code {
            match kind {
                $(Kind::$kind => &$name,)+
            }
        }
    };
}

codes! {
    NHS_NUMBER = NhsNumber, Wrong, "nhs-number", "an NHS number stands in a text",
        "It names one person in every health record of the country. Take it out, and let the ref stand for the person. Other commands still answer, but the number must not stay. Numbers that begin with 9 are given to nobody and pass.";
    NATIONAL_INSURANCE = NationalInsurance, Wrong, "national-insurance-number", "a National Insurance number stands in a text",
        "It names one person at work, at the Jobcentre and for tax. Take it out, and let the ref stand for the person. Numbers that begin with ZZ are given to nobody and pass.";
    DRIVING_LICENCE = DrivingLicence, Wrong, "driving-licence", "the number of a driving licence stands in a text",
        "It holds the surname, the initials and the date of birth of one person. Take it out.";
    DATE_OF_BIRTH = DateOfBirth, Wrong, "date-of-birth", "a date of birth stands in a text",
        "In one city a date of birth is nearly a name. It is found where a word such as *born* or *DOB* stands beside a date; other dates are ordinary. Where the age matters, write it in years.";
    KNOWN_NAME = KnownName, Wrong, "known-name", "the name of somebody in the people file stands in a text",
        "Who is behind a ref is known to the people file and to nobody else. Write the ref.";
    EMAIL = Email, Unwise, "e-mail-address", "an e-mail address stands in a text",
        "It leads to one person, or to an office. An office's belongs into the `contact` of its agency in `marg.yaml`; a person's belongs nowhere here.";
    PHONE = Phone, Unwise, "phone-number", "a phone number stands in a text",
        "It leads to one person, or to an office. An office's belongs into the `contact` of its agency in `marg.yaml`. Numbers that begin with 03, 0800 or 0808 belong to organisations and pass, as do those that Ofcom keeps for drama.";
    ADDRESS = Address, Unwise, "street-address", "a street address stands in a text",
        "A house number with its street leads to a door. The part of the city is enough in a record, and often more than enough.";
    POSTCODE = Postcode, Unwise, "postcode", "a postcode stands in a text",
        "A full postcode is about fifteen houses. The first half, such as `CR2`, is enough to say where.";
    VEHICLE = Vehicle, Unwise, "vehicle-registration", "the registration of a vehicle stands in a text",
        "It leads to its keeper. Write *their van*.";
    TITLED_NAME = TitledName, Unwise, "titled-name", "a name with a title stands in a text",
        "A title before a name is a person's name: of the person the case is about, of a neighbour, or of a colleague. Write the ref, the relation or the role. Fields that name staff at work are not looked at.";
}

/// Said of an entry in `marg.yaml`, not of a text.
pub static ALLOWANCE_OVER: Code = Code {
    id: "allowance-over",
    severity: Severity::Unwise,
    summary: "something was allowed in a text until a day that is over",
    explain: "`personal_data: { allowed: … }` in `marg.yaml` lets something stand in one field of one file until a day. That day has passed, so what it allowed is found again. Take it out of the text and the entry out of `marg.yaml`, or decide anew: a later day, the reason, and who says so.",
};
