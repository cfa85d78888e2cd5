//! Texts as words, and words without their endings: `refused`, `refuses` and `refusing` are one.

use rust_stemmers::{Algorithm, Stemmer};

/// Takes the endings off English words (Snowball's English, by M. F. Porter).
pub struct Stems(Stemmer);

impl Default for Stems {
    fn default() -> Self {
        Self::new()
    }
}

impl Stems {
    pub fn new() -> Self {
        Self(Stemmer::create(Algorithm::English))
    }

    /// The stem of a word in small letters.
    pub fn of(&self, word: &str) -> String {
        self.0.stem(word.trim_end_matches("'s")).into_owned()
    }
}

/// A word as words are compared: small letters, and one kind of apostrophe.
pub fn small_letters(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// The bytes of each word: letters and digits, with `'` and `&` between letters.
pub fn pieces(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut signs = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = signs.find(|(_, sign)| sign.is_alphanumeric())?;
        let mut end = text.len();
        let mut letter_before = true;
        while let Some((at, sign)) = signs.peek().copied() {
            let joins = matches!(sign, '\'' | '’' | '&') && letter_before && text[at + sign.len_utf8()..].starts_with(char::is_alphanumeric);
            if !sign.is_alphanumeric() && !joins {
                end = at;
                break;
            }
            letter_before = sign.is_alphanumeric();
            signs.next();
        }
        Some((start, end))
    })
}
