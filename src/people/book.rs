//! The book: for each ref the person, and who holds a key to the book.

use std::io;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::crypt::{Keys, OpenError, Recipients, SealError, open, seal};

/// The form of the book, as its first field says.
const FORM: &str = "marg/people/1";
/// With one key, one lost key would lose everybody.
const FEWEST_HOLDERS: usize = 2;

/// Who is behind each ref. It has no `Debug`, so that it cannot end up in a message.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    schema: String,
    /// What stands before the hyphen in new refs.
    #[serde(default)]
    pub prefix: String,
    pub recipients: Vec<Holder>,
    #[serde(default)]
    pub people: Vec<Person>,
    /// Every ref that was ever given out, so that none is given twice; of somebody who was forgotten, nothing but this stays.
    #[serde(default)]
    used: Vec<String>,
}

/// Somebody who can open the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// A role, such as `deputy`.
    pub who: String,
    /// Their public key.
    pub key: String,
}

/// One person.
#[derive(Clone, Default, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub struct Person {
    #[serde(rename = "ref")]
    pub case: String,
    pub name: String,
    /// Such as `1984-05-30`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nhs: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added: Option<String>,
}

/// Under what number an agency knows the person.
#[derive(Clone, Default, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    pub agency: String,
    pub number: String,
}

/// Why the book cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("it is sealed, but what is in it is no people file of this program (line {line}, column {column})")]
    Form { line: usize, column: usize },
    #[error("a people file needs two recipients or more, so that one lost key does not lose everybody")]
    TooFew,
    #[error("the public key of `{0}` is none: it begins with `age1`")]
    NoKey(String),
    #[error("`{0}` stands there twice: two recipients have two names and two keys")]
    Twice(String),
}

impl Book {
    /// A book with nobody in it.
    pub fn new(prefix: &str, recipients: Vec<Holder>) -> Result<Self, BookError> {
        let book = Self { schema: FORM.to_owned(), prefix: prefix.to_owned(), recipients, people: Vec::new(), used: Vec::new() };
        book.recipients_in_order()?;
        Ok(book)
    }

    /// Whether what was opened is such a book, whatever state it is in.
    pub fn is_one(plain: &[u8]) -> bool {
        plain.windows(FORM.len()).take(4096).any(|part| part == FORM.as_bytes())
    }

    /// Opens a sealed book. The message of a reader would quote what it read, so only the place is told.
    pub fn open(sealed: &[u8], keys: &Keys) -> Result<Self, BookError> {
        let plain = open(sealed, keys)?;
        let book: Self = serde_json::from_slice(&plain).map_err(|error| BookError::Form { line: error.line(), column: error.column() })?;
        if book.schema == FORM { Ok(book) } else { Err(BookError::Form { line: 1, column: 1 }) }
    }

    /// The book as the bytes of its file, sealed for its recipients.
    pub fn seal(&self) -> Result<Vec<u8>, BookError> {
        let recipients = self.recipients_in_order()?;
        // Measured first, so that the plaintext never moves and leaves copies behind.
        let mut length = Length(0);
        let written = |error: serde_json::Error| SealError::Failed(io::Error::from(error.classify_kind()));
        serde_json::to_writer_pretty(&mut length, self).map_err(written)?;
        let mut plain = Zeroizing::new(Vec::with_capacity(length.0));
        serde_json::to_writer_pretty(&mut *plain, self).map_err(written)?;
        Ok(seal(&plain, &recipients)?)
    }

    /// Whether there are enough recipients, each with a name and a key of its own.
    pub fn check_recipients(&self) -> Result<(), BookError> {
        self.recipients_in_order().map(drop)
    }

    fn recipients_in_order(&self) -> Result<Recipients, BookError> {
        for (at, holder) in self.recipients.iter().enumerate() {
            if Recipients::of([holder.key.as_str()]).is_none() {
                return Err(BookError::NoKey(holder.who.clone()));
            }
            if self.recipients[..at].iter().any(|other| other.key == holder.key || other.who == holder.who) {
                return Err(BookError::Twice(holder.who.clone()));
            }
        }
        if self.recipients.len() < FEWEST_HOLDERS {
            return Err(BookError::TooFew);
        }
        Recipients::of(self.recipients.iter().map(|holder| holder.key.as_str())).ok_or(BookError::TooFew)
    }

    /// Which of its recipients these keys belong to.
    pub fn holder(&self, keys: &Keys) -> Option<&str> {
        let own: Vec<String> = keys.public().collect();
        self.recipients.iter().find(|holder| own.contains(&holder.key)).map(|holder| holder.who.as_str())
    }

    /// Whether a ref was ever given out.
    pub fn is_used(&self, case: &str) -> bool {
        self.used.iter().any(|used| used == case) || self.person(case).is_some()
    }

    pub fn person(&self, case: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.case == case)
    }

    /// Adds somebody under a ref that is their own from now on.
    pub fn add(&mut self, mut person: Person, case: String, on: NaiveDate) {
        person.case.clone_from(&case);
        person.added = Some(on.to_string());
        self.used.push(case);
        self.people.push(person);
    }

    /// Takes somebody out; whether there was anybody. The ref stays used.
    pub fn forget(&mut self, case: &str) -> bool {
        if !self.is_used(case) {
            self.used.push(case.to_owned());
        }
        let before = self.people.len();
        self.people.retain(|person| person.case != case);
        before != self.people.len()
    }

    /// Somebody who is called the same, and born on the same day as far as that is known.
    pub fn same_as(&self, new: &Person) -> Option<&Person> {
        self.people.iter().find(|person| {
            words(&person.name) == words(&new.name) && (person.born.is_none() || new.born.is_none() || person.born == new.born)
                || person.nhs.is_some() && person.nhs == new.nhs
        })
    }

    /// Who is meant: by the beginnings of the words of a name or an alias, a date of birth, a number of an agency or of the NHS, or a ref.
    pub fn find(&self, asked: &str) -> Vec<&Person> {
        let (wanted, code, born) = (words(asked), squeezed(asked), super::entry::birthday(asked));
        let named = |name: &str| {
            let own = words(name);
            !wanted.is_empty() && wanted.iter().all(|wanted| own.iter().any(|own| own.starts_with(wanted.as_str())))
        };
        let numbered = |number: &str| !code.is_empty() && squeezed(number) == code;
        let is_meant = |person: &&Person| {
            std::iter::once(&person.name).chain(&person.aliases).any(|name| named(name))
                || (born.is_some() && person.born == born)
                || person.references.iter().map(|reference| &reference.number).chain(&person.nhs).chain([&person.case]).any(|number| numbered(number))
        };
        self.people.iter().filter(is_meant).collect()
    }

    /// What people are called, with their ref: each full name and alias, and a last name of four letters or more.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.people.iter().flat_map(|person| {
            let last = person.name.split_whitespace().last().filter(|last| last.chars().count() >= 4);
            std::iter::once(person.name.as_str()).chain(person.aliases.iter().map(String::as_str)).chain(last).map(|name| (person.case.as_str(), name))
        })
    }

    /// Whether a text names somebody: their whole name or an alias, as words of their own, or a last name with its capital.
    pub fn named_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let folded = Zeroizing::new(format!(" {} ", words(text).join(" ")));
        let stands = move |name: &str| {
            let name_words = words(name);
            let capital = name_words.len() > 1 || text.split(|c: char| !c.is_alphanumeric()).any(|word| word == name);
            !name_words.is_empty() && capital && folded.contains(&format!(" {} ", name_words.join(" ")))
        };
        self.names().filter(move |(_, name)| stands(name)).map(|(case, _)| case)
    }
}

/// Counts what would be written.
struct Length(usize);

impl io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

trait Kind {
    fn classify_kind(&self) -> io::ErrorKind;
}

impl Kind for serde_json::Error {
    fn classify_kind(&self) -> io::ErrorKind {
        self.io_error_kind().unwrap_or(io::ErrorKind::InvalidData)
    }
}

/// Small letters and digits, word by word.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::crypt::new_key;
    use super::*;

    fn person(name: &str, born: Option<&str>) -> Person {
        super::super::entry::person(name, born.unwrap_or_default(), &[], "", &[], "").unwrap_or_else(|why| panic!("{}", why.message()))
    }

    fn book() -> (Book, Keys) {
        let keys = [new_key(None).unwrap(), new_key(None).unwrap()];
        let holders = keys.iter().zip(["coordinator", "deputy"]).map(|((_, public), who)| Holder { who: who.to_owned(), key: public.clone() }).collect();
        let mut book = Book::new("QLM", holders).unwrap();
        let day = "2026-03-26".parse().unwrap();
        let mut wren = person("Marisol Wrenfield", Some("1984-05-30"));
        wren.aliases = vec!["Mari".to_owned()];
        wren.references = vec![Reference { agency: "housing".to_owned(), number: "HB/0042-7".to_owned() }];
        book.add(wren, "QLM-22222B".to_owned(), day);
        book.add(person("Tam Lo", None), "QLM-33333C".to_owned(), day);
        (book, Keys::read(&keys[1].0, || None).unwrap())
    }

    #[test]
    fn a_sealed_book_is_the_same_book_and_knows_who_opens_it() {
        let (book, keys) = book();
        let sealed = book.seal().unwrap();
        let again = Book::open(&sealed, &keys).map_err(|error| error.to_string());
        let again = again.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(serde_json::to_string(&again).unwrap(), serde_json::to_string(&book).unwrap());
        assert_eq!(again.holder(&keys), Some("deputy"));
        assert!(Book::is_one(serde_json::to_string_pretty(&book).unwrap().as_bytes()));
    }

    #[test]
    fn people_are_found_by_what_is_known_of_them() {
        let (book, _) = book();
        for asked in ["wrenf", "MARISOL wren", "mari", "1984-05-30", "30/05/1984", "hb00427", "QLM-22222B"] {
            assert_eq!(book.find(asked).iter().map(|person| person.case.as_str()).collect::<Vec<_>>(), ["QLM-22222B"], "{asked}");
        }
        assert!(book.find("").is_empty() && book.find("renfield").is_empty() && book.find("1984-05-31").is_empty());
    }

    #[test]
    fn who_is_named_in_a_text() {
        let (book, _) = book();
        let named = |text: &str| book.named_in(text).collect::<Vec<_>>().join(" ");
        assert_eq!(named("We met marisol  wrenfield."), "QLM-22222B");
        assert_eq!((named("Ms Wrenfield came").as_str(), named("a wrenfield is a field").as_str()), ("QLM-22222B", ""));
        assert_eq!((named("tam lo").as_str(), named("Lo and behold").as_str()), ("QLM-33333C", ""));
    }

    #[test]
    fn a_ref_stays_used_when_the_person_is_forgotten() {
        let (mut book, _) = book();
        assert!(book.forget("QLM-22222B") && !book.forget("QLM-22222B"));
        assert!(book.is_used("QLM-22222B") && book.person("QLM-22222B").is_none());
        assert!(!serde_json::to_string(&book).unwrap().contains("Wrenfield"));
    }

    #[test]
    fn a_book_has_two_holders_with_a_key_each() {
        let (book, _) = book();
        let [one, two] = [&book.recipients[0], &book.recipients[1]];
        let same = Holder { who: "other".to_owned(), key: one.key.clone() };
        assert!(matches!(Book::new("", vec![one.clone()]), Err(BookError::TooFew)));
        assert!(matches!(Book::new("", vec![one.clone(), same]), Err(BookError::Twice(_))));
        assert!(matches!(Book::new("", vec![one.clone(), Holder { key: "age1x".to_owned(), ..two.clone() }]), Err(BookError::NoKey(_))));
    }
}
