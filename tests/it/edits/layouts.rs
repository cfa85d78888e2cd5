//! Files of meetings as different people lay them out: the same few fields in every form that YAML allows and people use.

use crate::generator::Numbers;

/// A file in the making. Every value has a mark of its own on each of its lines, so that a test can say whose line has changed.
pub(super) struct Layout {
    numbers: Numbers,
    text: String,
    marks: usize,
    /// How many blanks the dashes stand further in than their list's name.
    dash: usize,
    remarks: u64,
}

/// The text of a meeting, laid out by chance.
pub(crate) fn laid_out(seed: u64) -> String {
    let mut layout = Layout { numbers: Numbers(seed.wrapping_mul(0x9E37_79B9).wrapping_add(7)), text: String::new(), marks: 0, dash: 2, remarks: 0 };
    layout.dash = [0, 2, 2, 4][layout.below(4)];
    layout.remarks = [0, 10, 30][layout.below(3)];
    layout.meeting();
    let mut text = layout.text.clone();
    if layout.chance(15) {
        text.truncate(text.trim_end().len());
    }
    if layout.chance(30) {
        text = text.replace('\n', "\r\n");
    }
    if layout.chance(15) {
        text.insert(0, '\u{feff}');
    }
    text
}

impl Layout {
    fn below(&mut self, n: u64) -> usize {
        self.numbers.below(n) as usize
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.numbers.below(100) < percent
    }

    fn mark(&mut self) -> String {
        self.marks += 1;
        format!("m{:04}x", self.marks)
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        let remarks = self.remarks;
        // Not behind what goes on in the next line as a text.
        if self.chance(remarks) {
            let mark = self.mark();
            self.text.push_str(&format!("{}# note {mark}", [" ", "   "][self.numbers.below(2) as usize]));
        }
        self.text.push('\n');
    }

    /// A remark or a blank line now and then.
    fn air(&mut self, indent: usize) {
        let remarks = self.remarks;
        if self.chance(remarks) {
            let mark = self.mark();
            self.text.push_str(&format!("{:indent$}# above {mark}: not [a] 'value'\n", ""));
        }
        if self.chance(8) {
            self.text.push('\n');
        }
    }

    /// A text on one line; in braces without what divides there.
    fn words(&mut self) -> String {
        let mark = self.mark();
        match self.below(6) {
            0 => format!("'{mark} it''s: so'"),
            1 => format!("\"{mark} a \\\"b\\\" # c\""),
            2 => format!("\"{mark}, and \\u00e9\""),
            _ => format!("{mark} some words"),
        }
    }

    /// `name: a long text`, in one of the ways in which that is written.
    fn long_text(&mut self, indent: usize, name: &str) {
        let (mark, pad) = (self.mark(), " ".repeat(indent));
        let inner = " ".repeat(indent + [1, 2, 4][self.below(3)]);
        match self.below(8) {
            0 => self.line(&format!("{pad}{name}: {mark} in a line")),
            1 => self.text.push_str(&format!("{pad}{name}: \"{mark} quoted\n{inner}{mark} over lines\"\n")),
            2 => self.text.push_str(&format!("{pad}{name}: {mark} plain\n{inner}{mark} over lines\n")),
            3 => {
                self.text.push_str(&format!("{pad}{name}:\n{inner}{mark} below its name\n"));
            }
            style => {
                let sign = ["|", "|-", ">", ">-"][style - 4];
                self.line(&format!("{pad}{name}: {sign}"));
                self.text.push_str(&format!("{inner}{mark} first: line\n"));
                if self.chance(50) {
                    self.text.push_str(&format!("\n{inner}# {mark} no remark\n{inner}- {mark}\n"));
                }
                if self.chance(30) {
                    self.text.push('\n');
                }
            }
        }
    }

    fn field(&mut self, indent: usize, name: &str, value: &str) {
        let gap = [" ", " ", " ", "   "][self.below(4)];
        self.line(&format!("{:indent$}{name}:{gap}{value}", ""));
    }

    /// A list of texts, or one text, or nothing.
    fn texts(&mut self, indent: usize, name: &str, words: &[&str]) {
        match self.below(6) {
            0 => self.field(indent, name, words[0]),
            1 => self.line(&format!("{:indent$}{name}:", "")),
            2 => self.field(indent, name, "[]"),
            3 => {
                self.line(&format!("{:indent$}{name}:", ""));
                let dash = indent + self.dash;
                for word in words {
                    self.line(&format!("{:dash$}- {word}", ""));
                    self.air(dash);
                }
            }
            4 => {
                let inner = indent + 4;
                self.text.push_str(&format!("{:indent$}{name}: [\n", ""));
                words.iter().for_each(|word| self.text.push_str(&format!("{:inner$}{word},\n", "")));
                self.text.push_str(&format!("{:indent$}  ]\n", ""));
            }
            _ => self.field(indent, name, &format!("[{}]", words.join(", "))),
        }
    }

    /// A list of records, each in braces or on lines of its own.
    fn records(&mut self, indent: usize, name: &str, records: &[Vec<(&str, String)>]) {
        self.line(&format!("{:indent$}{name}:", ""));
        let (dash, style) = (indent + self.dash, self.below(3));
        for record in records {
            self.air(dash);
            let in_braces = style == 0 || (style == 1 && self.chance(50));
            let pairs: Vec<String> = record.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            if in_braces && self.chance(80) {
                self.line(&format!("{:dash$}- {{ {} }}", "", pairs.join(", ")));
            } else if in_braces {
                self.text.push_str(&format!("{:dash$}- {{ {} }}\n", "", pairs.join(&format!(",\n{:width$}", "", width = dash + 4))));
            } else {
                for (n, pair) in pairs.iter().enumerate() {
                    let lead = if n == 0 { "- " } else { "  " };
                    self.line(&format!("{:dash$}{lead}{pair}", ""));
                }
            }
        }
    }

    fn meeting(&mut self) {
        self.air(0);
        self.line("meeting: marg");
        self.line("date: 2026-03-12");
        let fields = [("starts", "\"13:30\"".to_owned()), ("venue", self.words()), ("chair", self.words()), ("status", "held".to_owned())];
        for (name, value) in fields {
            if self.chance(80) {
                self.air(0);
                self.field(0, name, &value);
            }
        }
        self.texts(0, "required_agencies", &["housing", "police"]);
        let attendance: Vec<_> =
            ["housing", "police"].map(|agency| vec![("agency", agency.to_owned()), ("role", self.words()), ("status", "present".to_owned())]).into();
        self.records(0, "attendance", &attendance);
        let item = |layout: &mut Self| vec![("item", layout.words()), ("minutes", "5".to_owned())];
        let agenda = [item(self), vec![("case", "QLM-7KQ2".to_owned()), ("minutes", "20".to_owned())], item(self)];
        self.air(0);
        self.records(0, "agenda", &agenda);
        self.air(0);
        self.line("cases:");
        for case in ["QLM-7KQ2", "QLM-4R8M", "QLM-9F3F"] {
            self.case(case);
        }
        if self.chance(60) {
            self.air(0);
            self.long_text(0, "other_business");
        }
        if self.chance(50) {
            self.line("next_meeting: 2026-04-09");
        }
    }

    fn case(&mut self, case: &str) {
        let dash = self.dash;
        let indent = dash + 2;
        self.air(dash);
        self.line(&format!("{:dash$}- ref: {case}", ""));
        if self.chance(80) {
            self.long_text(indent, "update");
        }
        self.texts(indent, "needs", &["homeless", "unwell"]);
        if self.chance(70) {
            let actions: Vec<_> = (0..1 + self.below(3))
                .map(|_| {
                    let id = self.mark();
                    vec![("id", id), ("what", self.words()), ("owner", "housing".to_owned()), ("due", "2026-03-20".to_owned())]
                })
                .collect();
            self.records(indent, "actions", &actions);
        } else if self.chance(50) {
            self.line(&format!("{:indent$}actions: []", ""));
        }
        if self.chance(60) {
            self.field(indent, "next_review", "2026-05-14");
        }
    }
}
