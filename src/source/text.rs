//! Lines and columns of a text.

/// A place as people count it: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineCol {
    pub line: usize,
    pub column: usize,
}

/// The line and column of a byte offset. An offset past the end is the end; one inside a character is its start.
pub fn line_col(text: &str, offset: usize) -> LineCol {
    let offset = floor_boundary(text, offset);
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    LineCol {
        line: before.bytes().filter(|&b| b == b'\n').count() + 1,
        // A byte order mark takes no room on the screen.
        column: before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1,
    }
}

/// The bytes of the line in which `offset` lies, without its end of line.
pub fn line_range(text: &str, offset: usize) -> std::ops::Range<usize> {
    let offset = floor_boundary(text, offset);
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
    start..end
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "a: é\nbé: x\r\n";
        assert_eq!(line_col(text, text.find("x").unwrap()), LineCol { line: 2, column: 5 });
        assert_eq!(&text[line_range(text, text.len() - 3)], "bé: x");
        assert_eq!(line_col(text, 999).line, 3);
    }
}
