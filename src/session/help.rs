//! The words of the grammar as help, and as the table of the manual.

use super::words::{WORDS, Word, all, leading};

/// The help: all words by group, or one word.
pub fn help(asked: &str) -> Vec<String> {
    let asked = asked.trim();
    let line = |word: &Word| format!("{}: {}", word.usage(), word.says);
    if let Some((word, _)) = leading(asked).filter(|_| !asked.is_empty()) {
        let mut lines = vec![line(word)];
        if !word.short.is_empty() {
            lines.push(format!("Or say: {}", word.short.join(", ")));
        }
        return lines;
    }
    let near = crate::source::nearest(asked, all().flat_map(Word::names));
    let unknown = (!asked.is_empty())
        .then(|| format!("There is no word `{asked}`{}. These there are:", near.map_or(String::new(), |near| format!("; did you mean `{near}`?"))));
    let groups =
        WORDS.iter().flat_map(|group| std::iter::once(format!("{}:", group.title)).chain(group.words.iter().map(move |word| format!("  {}", line(word)))));
    unknown.into_iter().chain(groups).collect()
}

/// The grammar as the table of the manual.
pub fn reference() -> String {
    let mut page = String::new();
    for group in WORDS {
        page.push_str(&format!("## {}\n\n| line | what it does | or say |\n| --- | --- | --- |\n", group.title));
        for word in group.words {
            let short: Vec<String> = word.short.iter().map(|short| format!("`{short}`")).collect();
            page.push_str(&format!("| `{}` | {} | {} |\n", word.usage(), word.says, short.join(", ")));
        }
        page.push('\n');
    }
    page.trim_end().to_owned() + "\n"
}
