//! The typical mistakes, one file each in `tests/mistakes/`, with every word that a person is told.
//!
//! The table is a document: read it to judge the messages.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::source::{At, FileId, Finding, line_col, printable};
use crate::yaml::{Vocabulary, check_meeting, locate, read_group, read_meeting, read_theme};

const FILE: FileId = FileId(0);

/// The file, and below it each finding: its line, its code, its message, its hints.
const SAID: &str = r#"01-tab-as-indentation
  line 8: not-yaml: a tab stands at the beginning of this line and of the 2 below it
    use spaces instead: this line needs 6, and what stands further in than it needs two more each time
02-one-tab-before-a-key
  line 7: not-yaml: a tab stands at the beginning of this line
    use spaces instead: this line needs 4
03-no-break-space-from-word
  line 6: not-yaml: this line begins with special spaces, as Word makes them, and not with those of the space bar
    delete what stands before the first word, and type 4 spaces with the space bar
04-missing-colon
  line 2: not-yaml: a colon is missing after `date`
    write `date: 2026-03-12`
05-no-space-after-the-colon
  line 3: not-yaml: a space is missing after the colon
    write `venue: Quillmere Library, room 2`
06-unclosed-double-quote
  line 7: not-yaml: the quotation mark that opens this text is never closed
    write another `"` at the end of the text: `says: "I want my own front door."`
07-apostrophe-as-unclosed-quote
  line 5: not-yaml: an apostrophe begins this text, and is taken for a quotation mark that is never closed
    put the whole text in double quotes: `update: "'Tis the third time this winter that the heating failed."`
    or, if it is meant as a quotation mark, write another `'` at the end of the text
08-text-after-a-closing-quote
  line 7: not-yaml: text follows after the closing quotation mark
    put the whole text in quotes: `says: '"Nobody asked me" was what she said first.'`
09-maybe-for-yes-or-no
  line 8: bad-yes-no: `maybe` is neither yes nor no
    write `yes` or `no`; leave it out where nobody has decided yet
10-text-where-a-list-belongs
  line 5: wrong-type: `decisions` is a list, and this is a text
    give each entry a line of its own under `decisions:`, beginning with a dash: `- text: Offer the ground-floor flat again`
11-empty-entry-of-a-list
  line 7: empty-entry: an entry of `needs` is empty
    write something after the dash, or take the dash away
12-unknown-word
  line 3: unknown-word: `hold` is no `status`
    did you mean `held`? it can be planned, held, agreed or called-off
13-misspelt-field
  line 6: unknown-field: there is no field `lead_agancy` here
    did you mean `lead_agency`?
14-missing-field
  line 7: missing-field: `what` is missing here
    an action says what is to be done
15-duplicate-field
  line 9: duplicate-field: `what` stands here a second time
    if this begins a new entry of the list, put a dash and a space before it, in the column of the dash above: `- what: Send the insurer the fire service's letter`
16-no-such-date
  line 8: bad-date: `2026-13-45` is not a date: there is no month 13
    write year, month and day, like 2026-03-12
17-key-one-space-to-the-left
  line 6: not-yaml: this line begins one space too far to the left
    it needs 4 spaces before it, and has 3
18-key-one-space-to-the-right
  line 6: not-yaml: this line begins one space too far to the right
    it needs 4 spaces before it, and has 5
19-second-dash-one-to-the-left
  line 7: not-yaml: this line begins one space too far to the left
    it needs 6 spaces before it, and has 5
20-no-space-after-the-dash
  line 7: not-yaml: a space is missing after the dash
    write `- substance-use`
21-block-text-not-indented
  line 6: not-yaml: the text of `update` begins here, and does not stand further in than the line above
    put spaces before each line of the text: it needs 6, and this line has 4
22-hash-swallows-half-a-sentence
  line 6: lost-after-hash: the text ends before `#12`: what stands after a space and `#` is taken for a remark
    put the text in quotes: `- what: "Call Room #12 about the key"`
    if it is a remark, put a space after the sign: `# like this`
23-colon-in-a-plain-sentence
  line 5: not-yaml: a colon with a space after it stands inside this text, and is taken for the end of a name
    put the text in quotes: `update: "Two things matter to him: the dog and the garden."`
24-starts-with-star
  line 5: alias: this text begins with `*`, a sign with a meaning of its own
    put the text in quotes: `update: "* She will ask again in April"`
25-starts-with-ampersand
  line 5: alias: this text begins with `&`, a sign with a meaning of its own
    put the text in quotes: `update: "& her sister came too"`
26-starts-with-at-sign
  line 5: not-yaml: this text begins with `@`, a sign with a meaning of its own
    put the text in quotes: `update: "@housing please answer before Friday"`
27-starts-with-percent
  line 5: not-yaml: this text begins with `%`, a sign with a meaning of its own
    put the text in quotes: `update: "%50 of the arrears are paid"`
28-starts-with-exclamation-mark
  line 5: tag: this text begins with `!`, a sign with a meaning of its own
    put the text in quotes: `update: "!Urgent, the bed is only kept until Friday"`
29-starts-with-backtick
  line 5: not-yaml: this text begins with a backtick, a sign with a meaning of its own
    put the text in quotes: update: "`Not before May` is what the letter says"
30-starts-with-square-bracket
  line 5: not-yaml: this text begins with `[`, which opens a list
    put the text in quotes: `update: "[Redacted] said that the room is free"`
31-starts-with-brace
  line 5: not-yaml: this text begins with `{`, which opens a group of fields
    put the text in quotes: `update: "{Both} agencies agreed to meet her"`
32-starts-with-greater-than-sign
  line 5: not-yaml: this text begins with `>`, which announces a text that begins in the next line
    put the text in quotes: `update: "> 3 weeks without an answer"`
34-control-character
  line 5: control-character: a character that cannot be seen stands here (U+000B)
    it came with text from another program: delete the words on both sides of it and type them again
35-three-dashes-in-the-file
  line 4: second-document: a line `---` divides the file in two
    delete this line; or, if another meeting begins here, put it into a file of its own
36-empty-file
  line 1: empty-file: there is nothing in this file
    a meeting begins with `meeting: marg` and `date: 2026-03-12`; if the file is not needed, delete it
37-conflict-markers
  line 6: conflict-markers: two people changed these lines, and git has left both versions here
    one version is line 7, the other line 9: keep what is right, and delete lines 6, 8 and 10, which are only marks
38-dash-lost-a-space
  line 4: not-yaml: this line begins one space too far to the left
    it needs 2 spaces before it, and has 1
39-second-dash-gained-a-space
  line 6: not-yaml: this line begins one space too far to the right
    it needs 2 spaces before it, and has 3
40-hash-inside-braces
  line 6: not-yaml: what stands after a space and `#` is taken for a remark, and with it the sign that closes this line
    put the text in quotes: `- { id: k7q2, what: "Ring Room #12", owner: probation, due: 2026-03-26 }`
41-curly-quotes-round-a-colon
  line 5: not-yaml: curly quotation marks, as Word types them, do not hold a text together: the colon inside is taken for the end of a name
    type them again, as straight ones: `update: "Two things matter to him: the dog and the garden."`
42-dash-of-an-action-lost-a-space
  line 6: not-yaml: this line begins one space too far to the left
    it needs 6 spaces before it, and has 5
43-curly-quotes-in-braces
  line 6: not-yaml: curly quotation marks, as Word types them, do not hold a text together: the colon inside is taken for the end of a name
    type them again, as straight ones: `- { whose: person, says: "I said: no", wants: [a key] }`
44-changed-after-it-was-agreed
44-label-without-context
45-word-that-judges
accept-blank-lists-and-remarks
accept-byte-order-mark
accept-crlf
accept-labels-and-words-in-their-place
accept-no-final-newline
accept-time-without-quotes
accept-yes-and-no-as-words
"#;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes")
}

/// The bytes of all fixtures, by name.
fn fixtures() -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap())).collect()
}

fn texts() -> BTreeMap<String, String> {
    fixtures().into_iter().filter_map(|(name, bytes)| Some((name, String::from_utf8(bytes).ok()?))).collect()
}

/// What reading and checking say. Themes of the fixtures count as known, agencies and services are not asked for.
fn findings(text: &str) -> Vec<Finding> {
    let themes = ["homelessness", "substance-use", "isolation-loss", "joint-safety-visit", "no", "on", "yes", "y"];
    let names = Vocabulary::new(None, &[], themes.map(str::to_owned));
    let (raw, findings) = read_meeting(FILE, text);
    match raw {
        Some(raw) => check_meeting(FILE, "meeting", raw, findings, &names, NaiveDate::default()).findings,
        None => findings,
    }
}

fn line_of(text: &str, finding: &Finding) -> usize {
    let span = match &finding.at {
        At::Text(_, span) => *span,
        At::Value(place) => locate(text, [Some(&place.path)].into_iter())[0].unwrap(),
        At::Workspace | At::File(_) => return 0,
    };
    assert!(text.get(span.start..span.end).is_some(), "{span:?} is no part of {text:?}: {}", finding.message);
    line_col(text, span.start).line
}

fn told(text: &str) -> String {
    let mut told = String::new();
    for finding in findings(text) {
        let _ = writeln!(told, "  line {}: {}: {}", line_of(text, &finding), finding.code.id, finding.message);
        for hint in &finding.hints {
            let _ = writeln!(told, "    {hint}");
        }
    }
    told
}

#[test]
fn each_typical_mistake_is_told_in_plain_words_at_the_line_to_change() {
    let mut said = String::new();
    for (name, text) in texts() {
        let _ = write!(said, "{name}\n{}", told(&text));
    }
    assert!(said == SAID, "what is said now:\n{said}");
}

#[test]
fn what_people_rightly_write_is_accepted_without_a_word() {
    let accepted: Vec<(String, String)> = texts().into_iter().filter(|(name, _)| name.starts_with("accept-")).collect();
    assert_eq!(accepted.len(), 7);
    for (name, text) in accepted {
        assert_eq!(told(&text), "", "{name}");
        assert_eq!(told(&text.replace("\r\n", "\n").replace('\n', "\r\n")), "", "{name} with Windows line ends");
    }
}

#[test]
fn the_old_encoding_is_noticed_at_its_line() {
    let bytes = &fixtures()["33-not-utf-8"];
    let valid = std::str::from_utf8(bytes).unwrap_err().valid_up_to();
    assert_eq!(bytes[..valid].iter().filter(|b| **b == b'\n').count() + 1, 5);
}

#[test]
fn windows_line_ends_change_no_message() {
    for (name, text) in texts() {
        assert_eq!(told(&text), told(&text.replace("\r\n", "\n").replace('\n', "\r\n")), "{name}");
    }
}

/// Mistakes that are rarer, or several at once: the text, and what is told.
#[test]
fn rarer_mistakes_and_several_at_once() {
    let head = "meeting: marg\ndate: 2026-03-12\ncases:\n  - ref: QLM-7KQ2\n    type: new\n";
    let mut said = String::new();
    for text in RARER {
        let _ = write!(said, "{}{}", printable(text), told(&format!("{head}{text}")));
    }
    assert!(said == RARER_SAID, "what is said now:\n{said}");
}

const RARER: &[&str] = &[
    "    update: He said\n      two things matter: the dog\n",
    "    decisions:\n      - text: Agreed: one plan for all\n",
    "    needs:\n      - homelessness\n      - Agreed: one plan\n",
    "    needs: [homelessness, substance-use\n    lead_agency: probation\n",
    "    actions:\n      - { what: Call Sam, owner: probation, due: 2026-03-26\n      - { what: Call Lee, owner: probation, due: 2026-03-26 }\n",
    "    actions:\n      - { what: Call Sam, owner: probation due: 2026-03-26 }\n",
    "    actions:\n      - { what: Call Sam, then Lee, owner: probation, due: 2026-03-26 }\n",
    "    actions:\n      - { what: \"Call the landlord, owner: probation, due: 2026-03-26 }\n    views:\n      - says: \"He wants out\n        whose: person\n",
    "    update: 'It's their boiler'\n",
    "    views:\n      - says: \"He said \"no\" to it\"\n",
    "    views:\n      - says: \"I want my door.”\n        whose: person\n",
    "    views:\n      - says: \"I want my door,\n          and my dog.\n        whose: person\n",
    "    update: |\n      First paragraph.\n\n     Second paragraph.\n    lead_agency: probation\n",
    "    update: | She has kept every appointment\n",
    "    needs:\n      * homelessness\n      * substance-use\n",
    "    decisions:\n      - text: A\n        why: a\n     - text: B\n       why: b\n",
    "    needs:\n     type: new\n",
    "    actions:\n      -what: Call\n       owner: probation\n",
    "    actions:\n      what: Call\n      owner: probation\n",
    "lead_agency: probation\n",
    "    update: [Redacted]\n",
    "    update: *urgent* call her\n",
    "    update: She came\nand stayed for an hour\n",
    "    lead_agency probation\n    update = She came\n    actions\n      - what: Call\n",
    "\t\tlead_agency: probation\n    update: 'Tis\n     needs: [homelessness]\n    decisions: x\n",
    "---------\n    update: x\n",
    "    update:\u{a0}She came\n    needs: [homelessness]\n",
    "    update: 5 of 6: done\n    views:\n      - whose: person\n        says: \"quoted\": more\n",
    "    learning:\n      - worked: a\n       themes: [homelessness]\n        shareable: yes\n      -question: b\n",
    "    update: \"She\u{1b}[2J came\"\n    lead_agency: probation\u{7f}\n",
    "    update: see #4 and Room #12\n",
    "    update: [[[[[[[[[[[[[[[[[[[[ ]]]]]]]]]]]]]]]]]]]]\n",
    "    needs: [&x homelessness, *x]\n",
    "\u{feff}    lead_agency: probation: café\n",
];

const RARER_SAID: &str = r#"    update: He said
      two things matter: the dog
  line 7: not-yaml: a colon with a space after it stands inside this text, and is taken for the end of a name
    write `update: |` in the line where the text begins, and put the whole text below it, two spaces further in than `update`
    decisions:
      - text: Agreed: one plan for all
  line 7: not-yaml: a colon with a space after it stands inside this text, and is taken for the end of a name
    put the text in quotes: `- text: "Agreed: one plan for all"`
    needs:
      - homelessness
      - Agreed: one plan
  line 8: wrong-type: an entry of `needs` is a text, and this is a group of fields
    a colon with a space after it ends a name; put the whole text in quotes: `- "Agreed: one plan"`
    needs: [homelessness, substance-use
    lead_agency: probation
  line 6: not-yaml: the `[` here is never closed
    write `needs: [homelessness, substance-use]`
    actions:
      - { what: Call Sam, owner: probation, due: 2026-03-26
      - { what: Call Lee, owner: probation, due: 2026-03-26 }
  line 7: not-yaml: the `{` here is never closed
    write `- { what: Call Sam, owner: probation, due: 2026-03-26 }`
    actions:
      - { what: Call Sam, owner: probation due: 2026-03-26 }
  line 7: not-yaml: a comma is missing before `due`
    write `- { what: Call Sam, owner: probation, due: 2026-03-26 }`
    actions:
      - { what: Call Sam, then Lee, owner: probation, due: 2026-03-26 }
  line 7: unknown-field: there is no field `then Lee` here
    a comma divides the fields in braces; if it belongs to the text before it, put that text in quotes
    actions:
      - { what: "Call the landlord, owner: probation, due: 2026-03-26 }
    views:
      - says: "He wants out
        whose: person
  line 7: not-yaml: the quotation mark that opens this text is never closed
    write another `"` at the end of the text: `- { what: "Call the landlord", owner: probation, due: 2026-03-26 }`
  line 9: not-yaml: the quotation mark that opens this text is never closed
    write another `"` at the end of the text: `- says: "He wants out"`
    update: 'It's their boiler'
  line 6: not-yaml: an apostrophe inside the text is taken for the quotation mark that closes it
    put the text in double quotes: `update: "It's their boiler"`
    views:
      - says: "He said "no" to it"
  line 7: not-yaml: a quotation mark inside the text closes it too early
    put single quotes around a text that holds double ones: `- says: 'He said "no" to it'`
    views:
      - says: "I want my door.”
        whose: person
  line 7: not-yaml: this text opens with a straight quotation mark and ends with a curly one, as Word types it, so it is never closed
    type it again with the key `"`: `- says: "I want my door."`
    views:
      - says: "I want my door,
          and my dog.
        whose: person
  line 7: not-yaml: the quotation mark that opens this text is never closed
    write `"` at the end of the text, in line 8
    update: |
      First paragraph.

     Second paragraph.
    lead_agency: probation
  line 9: not-yaml: this line belongs to the text of `update`, and does not stand as far in as the lines before it
    put spaces before each line of the text: it needs 6, and this line has 5
    update: | She has kept every appointment
  line 6: not-yaml: this text begins with `|`, which announces a text that begins in the next line
    begin the text in the next line, two spaces further in than `update`; or take the sign away: `update: She has kept every appointment`
    needs:
      * homelessness
      * substance-use
  line 7: not-yaml: `*` does not begin an entry of a list
    begin it with the short dash and a space: `- homelessness`
  line 8: not-yaml: `*` does not begin an entry of a list
    begin it with the short dash and a space: `- substance-use`
    decisions:
      - text: A
        why: a
     - text: B
       why: b
  line 9: not-yaml: this line begins one space too far to the left
    it needs 6 spaces before it, and has 5; move the lines that belong to it by as much
    needs:
     type: new
  line 7: wrong-type: `needs` is a list, and this is a group of fields
    `type` stands too far in: take away spaces before it, so that it begins in the column of `needs`
    actions:
      -what: Call
       owner: probation
  line 7: not-yaml: a space is missing after the dash
    write `- what: Call`
  line 8: not-yaml: this line begins one space too far to the left
    it needs 8 spaces before it, and has 7
    actions:
      what: Call
      owner: probation
  line 7: wrong-type: `actions` is a list, and this is a group of fields
    each entry of a list begins with a dash and a space: `- what: Call`
lead_agency: probation
  line 6: unknown-field: there is no field `lead_agency` here
    `lead_agency` belongs under `cases`: put more spaces before it, so that it begins in the column of the fields there
    update: [Redacted]
  line 6: wrong-type: `update` is a text, and this is a list
    if the brackets belong to the text, put it in quotes: `update: "[Redacted]"`
    update: *urgent* call her
  line 6: alias: this text begins with `*`, a sign with a meaning of its own
    put the text in quotes: `update: "*urgent* call her"`
    update: She came
and stayed for an hour
  line 7: not-yaml: this line is neither `name: value` nor an entry that begins with a dash
    if it goes on with the text above, put 6 spaces before it; if it is a remark, begin it with `# `; if it is a field, a colon is missing: `name: value`
    lead_agency probation
    update = She came
    actions
      - what: Call
  line 6: not-yaml: a colon is missing after `lead_agency`
    write `lead_agency: probation`
  line 7: not-yaml: a colon is missing after `update`
    write `update: She came`
  line 8: not-yaml: a colon is missing after `actions`
    write `actions:`
		lead_agency: probation
    update: 'Tis
     needs: [homelessness]
    decisions: x
  line 6: not-yaml: a tab stands at the beginning of this line
    use spaces instead: this line needs 4
  line 7: not-yaml: an apostrophe begins this text, and is taken for a quotation mark that is never closed
    put the whole text in double quotes: `update: "'Tis"`
    or, if it is meant as a quotation mark, write another `'` at the end of the text
  line 8: not-yaml: this line begins one space too far to the right
    it needs 4 spaces before it, and has 5
---------
    update: x
  line 6: not-yaml: a line made of signs alone is no text
    delete this line, or put `# ` before it, which makes it a remark
    update: She came
    needs: [homelessness]
  line 6: not-yaml: a special space stands here, as Word makes them, and not one of the space bar
    delete it, and type a space with the space bar
    update: 5 of 6: done
    views:
      - whose: person
        says: "quoted": more
  line 6: not-yaml: a colon with a space after it stands inside this text, and is taken for the end of a name
    put the text in quotes: `update: "5 of 6: done"`
  line 9: not-yaml: text follows after the closing quotation mark
    put the whole text in quotes: `says: '"quoted": more'`
    learning:
      - worked: a
       themes: [homelessness]
        shareable: yes
      -question: b
  line 8: not-yaml: this line begins one space too far to the left
    it needs 8 spaces before it, and has 7
  line 10: not-yaml: a space is missing after the dash
    write `- question: b`
    update: "She⟨U+001B⟩[2J came"
    lead_agency: probation⟨U+007F⟩
  line 6: control-character: a character that cannot be seen stands here (U+001B)
    it came with text from another program: delete the words on both sides of it and type them again
  line 7: control-character: a character that cannot be seen stands here (U+007F)
    it came with text from another program: delete the words on both sides of it and type them again
    update: see #4 and Room #12
  line 6: lost-after-hash: the text ends before `#4`: what stands after a space and `#` is taken for a remark
    put the text in quotes: `update: "see #4 and Room #12"`
    if it is a remark, put a space after the sign: `# like this`
    update: [[[[[[[[[[[[[[[[[[[[ ]]]]]]]]]]]]]]]]]]]]
  line 6: too-deep: brackets, braces or dashes stand inside one another here, more than 16 deep
    a meeting needs about six: take away what is too many, or put a text that holds such signs in quotes
    needs: [&x homelessness, *x]
  line 6: alias: a `&` stands here, which gives a place of the file a name, and that is not read
    take the sign away; or, if it is part of a text, put the text in quotes
⟨U+FEFF⟩    lead_agency: probation: café
  line 6: not-yaml: this line begins with special spaces, as Word makes them, and not with those of the space bar
    delete what stands before the first word, and type 4 spaces with the space bar
  line 6: not-yaml: a colon with a space after it stands inside this text, and is taken for the end of a name
    put the text in quotes: `lead_agency: "probation: café"`
"#;

/// Small and always the same: xorshift.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n.max(1) as u64).unwrap_or(0)
    }
}

const PIECES: &[&str] = &[
    "\"",
    "'",
    ":",
    ": ",
    " #",
    "#x",
    "- ",
    "-",
    "\t",
    "\n",
    "\r",
    " ",
    "  ",
    "|",
    ">",
    "{",
    "}",
    "[",
    "]",
    ",",
    "*",
    "&a",
    "!t",
    "@",
    "%",
    "`",
    "\u{a0}",
    "\u{feff}",
    "\u{b}",
    "\u{85}",
    "é",
    "🙂",
    "---\n",
    "...\n",
    "<<<<<<< a\n",
    "=======\n",
    ">>>>>>> b\n",
    "? ",
    "date: ",
    "\\",
];

fn mutated(text: &str, dice: &mut Dice) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=dice.below(4) {
        let at = dice.below(chars.len());
        match dice.below(5) {
            0 if !chars.is_empty() => {
                chars.remove(at);
            }
            1 => {
                let piece = PIECES[dice.below(PIECES.len())];
                chars.splice(at..at, piece.chars());
            }
            2 if !chars.is_empty() => {
                let other = dice.below(chars.len());
                chars.swap(at, other);
            }
            3 if dice.below(8) == 0 => chars.truncate(at),
            _ => {
                let end = (at + dice.below(12)).min(chars.len());
                let piece: Vec<char> = chars[at..end].to_vec();
                let to = dice.below(chars.len());
                chars.splice(to..to, piece);
            }
        }
    }
    chars.into_iter().collect()
}

#[test]
fn no_text_whatever_makes_the_reader_stumble_or_fall_silent() {
    mutate_all(25);
}

#[test]
#[ignore = "takes a minute or two: for a change of the detectors"]
fn no_text_whatever_makes_the_reader_stumble_or_fall_silent_for_long() {
    mutate_all(200);
}

fn mutate_all(rounds: usize) {
    let mut dice = Dice(0x2026_0312_0930_1234);
    let mut seeds: Vec<String> = texts().into_values().collect();
    seeds.extend(RARER.iter().map(|text| format!("meeting: marg\ncases:\n  - ref: QLM-7KQ2\n{text}")));
    seeds.push(std::fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("marg.yaml")).unwrap());
    for seed in &seeds {
        for _ in 0..rounds {
            let text = mutated(seed, &mut dice);
            for finding in read_group(FILE, &text).1.iter().chain(&read_theme(FILE, &text).1) {
                line_of(&text, finding);
            }
            let (raw, findings) = read_meeting(FILE, &text);
            assert!(raw.is_some() || !findings.is_empty(), "nothing is said about {text:?}");
            assert!(findings.iter().all(|finding| line_of(&text, finding) > 0 && !finding.message.is_empty()), "{text:?}");
        }
    }
}

#[test]
fn a_text_of_the_largest_size_is_answered_soon() {
    let of = |line: &str| format!("meeting: marg\n{}", line.repeat((1 << 18) / line.len()));
    for line in ["a: \"\n", "\tx\n", "[", "- {a: 'b\n", "  x: y: z\n", "\u{a0}a: b\n", "a #b ", "- \n - \n", "a: |\nb\n", "{a b: c, ", "\"a\" b, ", "x\n"] {
        let text = of(line);
        let (raw, findings) = read_meeting(FILE, &text);
        assert!(raw.is_some() || !findings.is_empty());
    }
}
