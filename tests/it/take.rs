//! `marg guide THEME --take FILE`: what people write into a draft goes into the theme's file, and what cannot go there is shown.

use std::collections::BTreeSet;

use marg::source::{Marked, fingerprint, without_marks};

use crate::harness::{Ran, TestWorkspace};

const THEME: &str = r"# Ours, please do not reorder
title: Fire history   # as the Forum says it
kind: barrier
definition: >-
  An old fire decides,
  whatever has changed since.
include: A refusal from a ticked box.
indicators:
  - fire on record   # from the forms
guide:
  audience: [hostels]
  edition: Draft 1
  # The Forum wrote this.
  what_people_told_us: |
    They read the box *as if* it happened last week.

    > Nobody asks what burned.

    Some stopped filling it in.
  managing_the_risk: |
    Manage the risk of this room.

    * Ask the fire_service first.
    * Then visit,
      with the night office.

    ## At night

    Ring before two.
  questions_to_ask: |
    1. What burned?
    2. Who was there?
  when_to_escalate: Say so at the meeting.
  statements:
    - id: s7p4
      section: what-works
      says: Ask the fire_service for a visit.   # see the sheet
      who: [hostel]
      evidence: [w4h8]
    - { id: s8p4, section: what-does-not-work, says: A box to tick. }
    - { section: managing-the-risk, says: Tell the night office. }
";

const CASE: &str = "meeting: marg\ndate: 2026-01-08\ncases:\n  - ref: TST-7KQ2\n    barriers: [{ id: b1r1, theme: fire-history, at: housing, rule: No fires., status: live, answer: refused }]\n    learning: [{ id: w4h8, worked: A visit gave facts., themes: [fire-history] }]\n";

const FILE: &str = "themes/fire-history.yaml";
const DRAFT: &str = "out/guide-fire-history.md";

fn workspace() -> TestWorkspace {
    TestWorkspace::new()
        .file("marg.yaml", "name: Group of Testford\nagencies: [{ id: housing, name: Housing }]\n")
        .file(FILE, THEME)
        .file("themes/other.yaml", "title: Other\nkind: barrier\n")
        .file("meetings/2026-01-08.yaml", CASE)
}

fn draft(workspace: &TestWorkspace) -> String {
    let ran = workspace.marg(&["guide", "fire-history"]);
    assert_eq!(ran.code, Some(0), "{ran}");
    workspace.read(DRAFT)
}

fn take(workspace: TestWorkspace, edited: &str, more: &[&str]) -> (TestWorkspace, Ran) {
    let workspace = workspace.file("edited.md", edited);
    let ran = workspace.marg(&[&["guide", "fire-history", "--take", "edited.md"], more].concat());
    (workspace, ran)
}

/// A draft with words in the place of others, each of which stands there once between marks.
fn with(draft: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(draft.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}: {text}");
        text.replacen(old, new, 1)
    })
}

#[test]
fn what_was_changed_is_shown_and_goes_into_the_file_with_its_remarks() {
    let workspace = workspace();
    let made = draft(&workspace);
    let law = "> **To be written:** written and checked by somebody who may.";
    let edited = with(
        &made,
        &[
            ("risk of this room.", "risk of this person."),
            (law, "The Equality Act 2010.\n\n- Ask for reasons."),
            ("a visit.<!--", "a visit, twice.<!--"),
            ("Tell the night office.<!--", "Tell the night_office first.<!--"),
            ("An old fire decides, whatever", "An old fire decides alone, whatever"),
        ],
    );
    let (workspace, ran) = take(workspace, &edited, &[]);
    assert_eq!(ran.code, Some(0), "{ran}");
    let shown = "Managing the risk\n  - Manage the risk of this room.\n  + Manage the risk of this person.\n";
    assert!(ran.stdout.contains(shown) && ran.stdout.contains("What the law says\n  + The Equality Act 2010.\n  +\n  + - Ask for reasons.\n"), "{ran}");
    assert!(ran.stderr.contains("5 texts were taken into `themes/fire-history.yaml`"), "{ran}");
    let file = workspace.read(FILE);
    let expected = with(
        THEME,
        &[
            ("An old fire decides,", "An old fire decides alone,"),
            ("  managing_the", "  what_the_law_says: |\n    The Equality Act 2010.\n\n    - Ask for reasons.\n  managing_the"),
            ("risk of this room.", "risk of this person."),
            ("for a visit.", "for a visit, twice."),
            ("Tell the night office. }", "Tell the night_office first. }"),
        ],
    );
    assert_eq!(file, expected);
    assert!(draft(&workspace).contains("decides alone, whatever"));
    let (_, again) = take(workspace, &edited, &[]);
    assert!(again.code == Some(0) && again.stdout.is_empty() && again.stderr.contains("says nothing that"), "{again}");
}

#[test]
fn a_draft_that_nobody_changed_changes_nothing_however_it_was_saved() {
    let mut workspace = workspace();
    let made = draft(&workspace);
    for saved in [made.clone(), format!("\u{feff}{}", made.replace('\n', "\r\n")), made.replace('\n', "  \n"), made.trim_end().to_owned()] {
        let (same, ran) = take(workspace, &saved, &[]);
        assert!(ran.code == Some(0) && ran.stdout.is_empty(), "{ran}");
        assert_eq!(same.read(FILE), THEME);
        workspace = same;
    }
}

#[test]
fn what_the_file_says_otherwise_since_then_is_shown_side_by_side_and_the_rest_is_taken() {
    let workspace = workspace();
    let edited = with(&draft(&workspace), &[("filling it in.", "filling it in at all."), ("at the meeting.", "at the next meeting.")]);
    let workspace = workspace.file(FILE, THEME.replace("Some stopped filling it in.", "Many stopped filling it in."));
    let (workspace, ran) = take(workspace, &edited, &[]);
    assert_eq!(ran.code, Some(1), "{ran}");
    let beside = "  file  | Many stopped filling it in.\n  draft | Some stopped filling it in at all.\n";
    assert!(
        ran.stdout.contains("“What people told us”: it has changed in the theme's file as well since this draft was made") && ran.stdout.contains(beside),
        "{ran}"
    );
    let file = workspace.read(FILE);
    assert!(file.contains("Many stopped filling it in.\n") && file.contains("Say so at the next meeting.\n"), "{file}");
}

#[test]
fn what_stands_outside_of_the_marks_is_shown_and_not_taken() {
    let workspace = workspace();
    let made = draft(&workspace);
    let edited = with(&made, &[("## 1. Why", "A line of mine.\n\n## 1. Why"), ("(s8p4) ", "(s8p4) Beware: "), ("- Edition: Draft 1", "- Edition: Draft 2")]);
    let lost =
        edited.replace(edited.lines().find(|line| line.contains("yours: questions_to_ask")).unwrap(), "").replace("Who was there?", "Who else was there?");
    let (workspace, ran) = take(workspace, &lost, &[]);
    assert_eq!(ran.code, Some(1), "{ran}");
    for shown in ["A line of mine.", "Beware:", "  draft | - Edition: Draft 2", "Who else was there?", "“Questions to ask”: its marks are damaged or gone"]
    {
        assert!(ran.stdout.contains(shown), "{shown}: {ran}");
    }
    assert_eq!(workspace.read(FILE), THEME);
}

#[test]
fn a_dry_run_shows_all_and_writes_nothing() {
    let workspace = workspace();
    let edited = with(&draft(&workspace), &[("at the meeting.", "at the next meeting.")]);
    let (workspace, ran) = take(workspace, &edited, &["--dry-run"]);
    assert!(ran.code == Some(0) && ran.stdout.contains("  + Say so at the next meeting."), "{ran}");
    assert!(ran.stderr.contains("1 text would be taken into `themes/fire-history.yaml`; nothing was written"), "{ran}");
    assert_eq!(workspace.read(FILE), THEME);
}

#[test]
fn a_text_that_was_emptied_goes_and_a_statement_stays() {
    let workspace = workspace();
    let edited = with(&draft(&workspace), &[("Say so at the meeting.", ""), ("A box to tick.<", "<")]);
    let (workspace, ran) = take(workspace, &edited, &[]);
    assert!(ran.code == Some(1) && ran.stdout.contains("“Statement s8p4”: it is empty"), "{ran}");
    let file = workspace.read(FILE);
    assert!(!file.contains("when_to_escalate") && file.contains("A box to tick."), "{file}");
}

#[test]
fn what_is_no_draft_of_this_guide_is_refused() {
    let workspace = workspace();
    let made = draft(&workspace);
    assert_eq!(workspace.marg(&["guide", "fire-history", "--for", "board"]).code, Some(0));
    let board = workspace.read("out/board/guide-fire-history.md");
    for (text, says) in [(board.as_str(), "it has no marks"), ("", "it has no marks"), (&made.replace("made: fire-history", "made: other"), "of another guide")]
    {
        let ran = workspace.marg_fed(&["guide", "fire-history", "--take", "/dev/stdin"], text);
        assert!(ran.code == Some(2) && ran.stderr.contains(says), "{ran}");
    }
    let ran = workspace.marg(&["guide", "fire-history", "--take", "nowhere.md"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("`nowhere.md` cannot be read"), "{ran}");
    assert_eq!(workspace.marg(&["guide", "fire-history", "--take", DRAFT, "--for", "board"]).code, Some(2));
    assert_eq!(workspace.marg(&["guide", "fire-history", "--dry-run"]).code, Some(2));
}

/// Marks stand in the members' text alone, and say nothing to who reads a page that is made of it.
#[test]
fn nobody_but_the_editor_of_the_text_sees_a_mark() {
    let workspace = workspace();
    let made = draft(&workspace);
    for (audience, folder) in [("board", "out/board"), ("public", "out/public")] {
        assert_eq!(workspace.marg(&["guide", "fire-history", "--for", audience]).code, Some(0));
        for ending in ["md", "html"] {
            let page = workspace.read(&format!("{folder}/guide-fire-history.{ending}"));
            assert!(!page.contains("yours") && !page.contains("s8p4") && !page.contains("\n\n\n"), "{page}");
        }
    }
    let word = crate::word::parts_of(&workspace.path("out/guide-fire-history.docx"));
    assert!(!word.contains("yours:"));
    assert!(!workspace.read("out/guide-fire-history.html").contains("yours:"));
    let page = |text: &str| {
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(text, pulldown_cmark::Options::ENABLE_TABLES));
        html
    };
    let bare = |html: &str| {
        let mut rest = html.to_owned();
        while let Some((before, behind)) = rest.split_once("<!--") {
            rest = before.to_owned() + behind.split_once("-->").unwrap().1;
        }
        rest.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(bare(&page(&made)), bare(&page(&without_marks(&made))));
    assert!(page(&made).contains("Ask the fire_service for a visit.") && page(&made).contains("A box to tick."));
}

/// A small generator: the same numbers each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.roll(all.len())]
    }

    /// A place between two signs of a text.
    fn place(&mut self, text: &str) -> usize {
        let at = self.roll(text.len() + 1);
        (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap()
    }
}

const SIGNS: [&str; 22] = [
    "*",
    "**",
    "_",
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "`",
    "```\n",
    "|",
    "[",
    "](x)",
    "<b>",
    "&amp;",
    "\\",
    "    ",
    "[^1]",
    "![p](q) ",
    "\n---\n",
    "<!-- x -->",
    "~~",
];
const TAILS: [&str; 8] = ["", "", "é", "ß", "🙂", "שלום", "字", "e\u{301}"];

/// One edit, as a person might do it. What they wrote is a word that nobody else has.
fn edit(dice: &mut Dice, text: &mut String, n: usize) -> String {
    let word = format!("zq{n:03}{}", dice.of(&TAILS));
    let words: Vec<(usize, usize)> = text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word.len())).collect();
    let (at, length) = *dice.of(&words);
    let ends = text.match_indices('\n').map(|(at, _)| at + 1);
    let lines: Vec<usize> = std::iter::once(0).chain(ends).filter(|at| *at < text.len()).chain([text.len()]).collect();
    let line = dice.roll(lines.len() - 1);
    match dice.roll(8) {
        0 => text.replace_range(at..at + length, &word),
        1 => text.insert_str(at, &format!("{word} ")),
        2 => text.insert_str(at + length, &format!("{}{word}", dice.of(&SIGNS))),
        3 => text.insert_str(lines[line], &format!("{word}\n")),
        4 => text.insert_str(lines[line], &format!("{}{word} and more\n\n", dice.of(&SIGNS))),
        5 => text.replace_range(lines[line]..lines[line + 1], ""),
        6 => text.replace_range(at..at + length, ""),
        _ => {
            let at = dice.place(text);
            text.insert_str(at, &format!(" {word} "));
        }
    }
    word
}

/// An edit between marks, where most people write.
fn edit_within(dice: &mut Dice, text: &mut String, n: usize) -> String {
    let marked = Marked::read(text);
    let Some(yours) = (!marked.yours.is_empty()).then(|| dice.of(&marked.yours)) else { return edit(dice, text, n) };
    if yours.text.is_empty() {
        let word = format!("zq{n:03}");
        let mark = format!("<!-- yours: {} {} -->", yours.name, yours.was);
        *text = text.replacen(&mark, &format!("{mark}\n\n{word}"), 1);
        return word;
    }
    let mut new = yours.text.clone();
    let word = edit(dice, &mut (new), n);
    *text = text.replacen(&yours.text, &new, 1);
    word
}

fn heading(name: &str) -> String {
    let words = name.replace('_', " ");
    words[..1].to_uppercase() + &words[1..]
}

/// The words of a text without what Markdown or its escapes make of signs, and without numbers: those of lists are counted anew.
fn bare_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.chars().all(|c| c.is_ascii_digit()));
    let mut words: Vec<String> = words.filter(|word| !["lt", "amp", "picture"].contains(word)).map(str::to_owned).collect();
    words.sort();
    words
}

/// Every word that somebody wrote is in the theme's file or was shown to them, and a draft that is made again has those of the file.
#[test]
fn no_word_of_five_hundred_edits_is_lost() {
    let (mut n, mut taken, mut shown_only) = (0, 0, 0);
    let made = draft(&workspace());
    let was = Marked::read(&made);
    for round in 0..125_u64 {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (round + 1).wrapping_mul(0x2545_f491_4f6c_dd1d));
        let mut edited = made.clone();
        let mut words = BTreeSet::new();
        for _ in 0..4 {
            n += 1;
            words.insert(if dice.roll(3) == 0 { edit(&mut dice, &mut edited, n) } else { edit_within(&mut dice, &mut edited, n) });
        }
        words.retain(|word| edited.contains(word.as_str()));
        if dice.roll(4) == 0 {
            edited = edited.replace('\n', "\r\n");
        }
        let meanwhile = [("Some stopped", "Others stopped"), ("at the meeting", "at a meeting"), ("this room", "that room"), ("A box to", "Boxes to")];
        let theme = if dice.roll(3) == 0 { with(THEME, &[*dice.of(&meanwhile)]) } else { THEME.to_owned() };
        let (workspace, ran) = take(workspace().file(FILE, &theme), &edited, &[]);
        assert!(matches!(ran.code, Some(0 | 1)), "round {round}: {ran}\n{edited}");
        let file = workspace.read(FILE);
        let again = draft(&workspace);
        for word in &words {
            let is_taken = file.contains(word.as_str());
            assert!(is_taken || ran.stdout.contains(word.as_str()), "round {round}: `{word}` is lost\n{ran}\n{edited}");
            assert!(!is_taken || again.contains(word.as_str()), "round {round}: `{word}` is in the file and not in the draft\n{file}\n{again}");
            if is_taken { taken += 1 } else { shown_only += 1 }
        }
        let (before, after) = (Marked::read(&edited.replace("\r\n", "\n")), Marked::read(&again));
        for text in before.yours.iter().filter(|text| before.yours.iter().filter(|other| other.name == text.name).count() == 1) {
            let not_taken = ran.stdout.lines().any(|line| line.starts_with("Not taken") && line.contains(&heading(&text.name)));
            let was_gap = was.find(&text.name).is_none_or(|made| made.text.contains("To be written"));
            if !not_taken && !was_gap && fingerprint(&text.text) != text.was {
                let now = after.find(&text.name).filter(|after| !after.text.contains("To be written"));
                let now = now.map(|after| bare_words(&after.text)).unwrap_or_default();
                assert_eq!(bare_words(&text.text), now, "round {round}, {}: {ran}\n{edited}\n{file}", text.name);
            }
        }
        assert!(file.starts_with("# Ours, please do not reorder\ntitle: Fire history   # as the Forum says it\n"), "{file}");
    }
    // It is no use if next to nothing is taken, or nothing is left to be shown.
    assert!(n == 500 && taken > 150 && shown_only > 50, "{n} edits: {taken} words taken, {shown_only} shown alone");
}

#[test]
fn a_draft_that_is_made_again_covers_nothing_that_somebody_wrote() {
    let workspace = workspace();
    let made = draft(&workspace);
    let edited = with(&made, &[("at the meeting.", "at the next meeting.")]);
    let workspace = workspace.file(DRAFT, &edited);
    let ran = workspace.marg(&["guide", "fire-history"]);
    assert!(ran.code == Some(0) && ran.stderr.contains("it was kept as `out/guide-fire-history.edited.md`"), "{ran}");
    assert_eq!((workspace.read(DRAFT), workspace.read("out/guide-fire-history.edited.md")), (made.clone(), edited.clone()));
    let workspace = workspace.file(DRAFT, with(&made, &[("## 1. Why", "A line of mine.\n\n## 1. Why")]));
    assert!(workspace.marg(&["guide", "fire-history"]).stderr.contains("`out/guide-fire-history.edited-2.md`"));
    // What was taken in, and what the records say otherwise by now, is no reason to keep a draft.
    let (workspace, ran) = take(workspace.file(DRAFT, &edited), &edited, &[]);
    assert_eq!(ran.code, Some(0), "{ran}");
    let more = CASE.replace("learning: [", "learning: [{ id: w5h8, worked: A second visit., themes: [fire-history] }, ");
    let ran = workspace.file("meetings/2026-01-08.yaml", more).marg(&["guide", "fire-history"]);
    assert!(ran.code == Some(0) && !ran.stderr.contains("kept as"), "{ran}");
}
