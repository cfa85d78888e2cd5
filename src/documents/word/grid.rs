//! How wide the columns of a table are: as wide as their longest word if there is room, and the rest by how much stands in them.

/// What a column holds, in signs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Column {
    pub(super) longest_word: usize,
    pub(super) longest_cell: usize,
}

impl Column {
    /// Somebody is to write into a cell of it.
    pub(super) fn leave_room(&mut self, to_fill: bool) {
        if to_fill {
            self.longest_cell = self.longest_cell.max(CELL / 2);
        }
    }

    /// Takes in a cell. Letters of a head are bold, and so wider.
    pub(super) fn hold(&mut self, text: &str, head: bool) {
        let wide = |signs: usize| if head { signs + signs.div_ceil(6) } else { signs };
        self.longest_cell = self.longest_cell.max(wide(text.chars().count()));
        let words = text.split(char::is_whitespace).map(|word| wide(word.chars().count()));
        self.longest_word = self.longest_word.max(words.max().unwrap_or(0));
    }
}

/// About the width of a sign in a table, in twentieths of a point, and the room beside its words.
const SIGN: usize = 112;
const BESIDE: usize = 170;
/// A longer word is broken, and more text than this does not make a column wider.
const WORD: usize = 20;
const CELL: usize = 60;

/// The width of each column in twentieths of a point; together `width`.
pub(super) fn widths(columns: &[Column], width: usize) -> Vec<usize> {
    let least: Vec<usize> = columns.iter().map(|column| column.longest_word.clamp(3, WORD) * SIGN + BESIDE).collect();
    let wanted: Vec<usize> = columns.iter().map(|column| column.longest_cell.clamp(3, CELL) * SIGN + BESIDE).collect();
    let sum: usize = least.iter().sum();
    let mut widths: Vec<usize> = if sum >= width {
        least.iter().map(|least| least * width / sum.max(1)).collect()
    } else {
        let more: Vec<usize> = wanted.iter().zip(&least).map(|(wanted, least)| wanted.saturating_sub(*least) + 1).collect();
        let all: usize = more.iter().sum();
        least.iter().zip(&more).map(|(least, more)| least + more * (width - sum) / all.max(1)).collect()
    };
    // What rounding left over.
    let given: usize = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += width - given;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_width_and_none_is_narrower_than_its_words() {
        let columns = |texts: &[&str]| -> Vec<Column> {
            texts
                .iter()
                .map(|text| {
                    let mut column = Column::default();
                    column.hold(text, false);
                    column
                })
                .collect()
        };
        let of = |texts: &[&str], width| widths(&columns(texts), width);
        let found = of(&["a long text that goes on and on", "12 September 2026", "id"], 9638);
        assert_eq!(found.iter().sum::<usize>(), 9638);
        assert!(found[1] >= 9 * SIGN && found[0] > found[1] && found[1] > found[2], "{found:?}");
        let narrow = of(&["supercalifragilistic", "extraordinarily", "responsibilities"], 2000);
        assert_eq!(narrow.iter().sum::<usize>(), 2000);
        assert!(of(&[], 100).is_empty());
    }
}
