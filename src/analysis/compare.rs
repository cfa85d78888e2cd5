//! Two codebooks side by side: what two groups call by the same name, what by another, and what only one of them has.

use std::collections::BTreeSet;

use crate::model::{Bar, Likeness, Theme, Wording, even};

/// How a theme of one codebook was found in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    SameId,
    /// One has the other's id or title among its names.
    OtherName,
    /// Worded alike: for a person to look at.
    Near,
    OnlyHere,
    OnlyThere,
}

impl Match {
    pub fn word(self) -> &'static str {
        match self {
            Self::SameId => "same-id",
            Self::OtherName => "other-name",
            Self::Near => "near",
            Self::OnlyHere => "only-here",
            Self::OnlyThere => "only-there",
        }
    }
}

/// One line of the comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair<'a> {
    pub found: Match,
    pub here: Option<&'a Theme>,
    pub there: Option<&'a Theme>,
    /// What makes them one, or what is different although they are.
    pub why: Vec<String>,
}

/// Every theme of both, each in one line: same ids first, then other names, near ones, and what only one has.
pub fn compare<'a>(here: &'a [Theme], there: &'a [Theme]) -> Vec<Pair<'a>> {
    let here: Vec<Wording<'a>> = here.iter().map(Wording::of).collect();
    let there: Vec<Wording<'a>> = there.iter().map(Wording::of).collect();
    let mut book = Pairing { pairs: Vec::new(), taken_here: BTreeSet::new(), taken_there: BTreeSet::new() };
    book.pair(&here, &there, Match::SameId, |a, b| (a.theme.id == b.theme.id).then(|| Likeness { score: 1.0, why: different(a.theme, b.theme) }));
    book.pair(&here, &there, Match::OtherName, by_name);
    book.pair(&here, &there, Match::Near, |a, b| if a.theme.kind == b.theme.kind { a.likeness(b, Bar::TWO_CODEBOOKS) } else { None });
    let alone =
        |found, theme| Pair { found, here: (found == Match::OnlyHere).then_some(theme), there: (found == Match::OnlyThere).then_some(theme), why: Vec::new() };
    let left = |all: &[Wording<'a>], taken: &BTreeSet<usize>, found| -> Vec<Pair<'a>> {
        all.iter().enumerate().filter(|(n, _)| !taken.contains(n)).map(|(_, wording)| alone(found, wording.theme)).collect()
    };
    let only_here = left(&here, &book.taken_here, Match::OnlyHere);
    let only_there = left(&there, &book.taken_there, Match::OnlyThere);
    book.pairs.into_iter().chain(only_here).chain(only_there).collect()
}

struct Pairing<'a> {
    pairs: Vec<Pair<'a>>,
    taken_here: BTreeSet<usize>,
    taken_there: BTreeSet<usize>,
}

impl<'a> Pairing<'a> {
    /// Pairs what is left, the most alike first; in the order of the codebooks where several are.
    fn pair(&mut self, here: &[Wording<'a>], there: &[Wording<'a>], found: Match, like: impl Fn(&Wording<'a>, &Wording<'a>) -> Option<Likeness>) {
        let mut near = Vec::new();
        for (n, ours) in here.iter().enumerate().filter(|(n, _)| !self.taken_here.contains(n)) {
            for (m, theirs) in there.iter().enumerate().filter(|(m, _)| !self.taken_there.contains(m)) {
                near.extend(like(ours, theirs).map(|likeness| (n, m, likeness)));
            }
        }
        near.sort_by(|a, b| b.2.score.total_cmp(&a.2.score).then((a.0, a.1).cmp(&(b.0, b.1))));
        let from = self.pairs.len();
        for (n, m, likeness) in near {
            if !self.taken_here.contains(&n) && !self.taken_there.contains(&m) {
                self.taken_here.insert(n);
                self.taken_there.insert(m);
                self.pairs.push(Pair { found, here: Some(here[n].theme), there: Some(there[m].theme), why: likeness.why });
            }
        }
        self.pairs[from..].sort_by(|a, b| a.here.map(|theme| &theme.id).cmp(&b.here.map(|theme| &theme.id)));
    }
}

/// Whether a theme is known to the other codebook by another of its names.
fn by_name(here: &Wording<'_>, there: &Wording<'_>) -> Option<Likeness> {
    let (here, there) = (here.theme, there.theme);
    let name = |theme: &Theme| [&theme.id, &theme.title].into_iter().chain(&theme.also_known_as).map(|name| even(name)).collect::<BTreeSet<_>>();
    let (ours, theirs) = (name(here), name(there));
    let both = ours.intersection(&theirs).next()?;
    let mut why = vec![format!("both are called `{both}`")];
    why.extend(different(here, there));
    Some(Likeness { score: 1.0, why })
}

/// What is different between two themes that are one.
fn different(here: &Theme, there: &Theme) -> Vec<String> {
    let words = |text: Option<&str>| text.unwrap_or_default().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let list = |phrases: &[String]| Some(phrases.join("\n"));
    let texts = [
        ("title", Some(here.title.clone()), Some(there.title.clone())),
        ("definition", here.definition.clone(), there.definition.clone()),
        ("include", here.include.clone(), there.include.clone()),
        ("exclude", here.exclude.clone(), there.exclude.clone()),
        ("example", here.example.clone(), there.example.clone()),
        ("indicators", list(&here.indicators), list(&there.indicators)),
    ];
    let (mut lacking_here, mut lacking_there, mut other) = (Vec::new(), Vec::new(), Vec::new());
    for (name, ours, theirs) in &texts {
        match (words(ours.as_deref()), words(theirs.as_deref())) {
            (ours, theirs) if ours == theirs => {}
            (ours, _) if ours.is_empty() => lacking_here.push(*name),
            (_, theirs) if theirs.is_empty() => lacking_there.push(*name),
            _ => other.push(*name),
        }
    }
    let kinds = (here.kind != there.kind).then(|| format!("a {} here, a {} there", here.kind, there.kind));
    let said = |words: Vec<&str>, before: &str, after: &str| (!words.is_empty()).then(|| format!("{before} {}{after}", list_of(&words, "and")));
    let parts = [kinds, said(other, "another", ""), said(lacking_here, "no", " here"), said(lacking_there, "no", " there")];
    parts.into_iter().flatten().collect()
}

/// `a`, `a and b`, `a, b and c`.
fn list_of(words: &[&str], last: &str) -> String {
    match words {
        [init @ .., end] if !init.is_empty() => format!("{} {last} {end}", init.join(", ")),
        words => words.concat(),
    }
}
