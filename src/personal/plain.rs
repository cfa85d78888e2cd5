//! A text as the rules look at it: plain letters, plain hyphens, one blank where there are several.

/// The text in ASCII, with the place of each byte in the text it came from. Numbers that are folded over lines, set with hard blanks or in
/// full-width digits, or broken by characters nobody sees, are found as if they stood there plainly.
pub(super) struct Plain {
    pub(super) text: String,
    at: Vec<usize>,
    length: usize,
}

impl Plain {
    pub(super) fn of(text: &str) -> Self {
        let mut plain = Self { text: String::with_capacity(text.len()), at: Vec::with_capacity(text.len()), length: text.len() };
        for (at, c) in text.char_indices() {
            match ascii(c) {
                Some(' ') if plain.text.ends_with(' ') => {}
                Some(c) => {
                    plain.text.push(c);
                    plain.at.push(at);
                }
                None => {}
            }
        }
        plain
    }

    /// The bytes of the original that a stretch of the plain text came from.
    pub(super) fn original(&self, text: &str, start: usize, end: usize) -> (usize, usize) {
        let place = |at: usize| self.at.get(at).copied().unwrap_or(self.length);
        let last = place(end.saturating_sub(1));
        let length = text[last..].chars().next().map_or(0, char::len_utf8);
        (place(start), last + length)
    }
}

/// What a character is taken for; nothing for one that is not seen.
fn ascii(c: char) -> Option<char> {
    Some(match c {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => return None,
        c if c.is_whitespace() => ' ',
        c if c.is_ascii() => c,
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or('?'),
        'À'..='Å' => 'A',
        'È'..='Ë' => 'E',
        'Ì'..='Ï' => 'I',
        'Ò'..='Ö' => 'O',
        'Ù'..='Ü' => 'U',
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        // Any other letter is one letter of a word; any other sign divides.
        c if c.is_alphabetic() => 'x',
        _ => ';',
    })
}
