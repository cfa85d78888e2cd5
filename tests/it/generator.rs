//! Workspaces nobody thought of: valid, varied, and with a mark in every text, so that it can be seen what came out where.

use std::fmt::Write as _;

use crate::harness::TestWorkspace;

/// A workspace, and what stands in it.
pub(crate) struct Generated {
    pub(crate) files: Vec<(String, String)>,
    /// Marks of texts that nobody has marked as shareable, with the refs, roles and names of agencies.
    pub(crate) secret: Vec<String>,
    /// Marks of learning points that may be shared, and name nobody.
    pub(crate) shareable: Vec<String>,
}

/// A small generator of numbers: the same seed gives the same workspace on every machine.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len() as u64) as usize]
    }
}

struct Writer {
    numbers: Numbers,
    made: Generated,
    marks: usize,
}

const THEMES: [&str; 4] = ["fires", "waiting", "arrears", "records"];

/// Makes a workspace of `meetings` meetings.
pub(crate) fn generate(seed: u64, meetings: usize) -> Generated {
    let made = Generated { files: Vec::new(), secret: Vec::new(), shareable: Vec::new() };
    let mut writer = Writer { numbers: Numbers(seed.wrapping_add(0x9E37_79B9_7F4A_7C15)), made, marks: 0 };
    writer.group();
    let ids = (0..meetings).map(|n| writer.meeting(n, meetings)).collect::<Vec<_>>().concat();
    writer.themes(&ids);
    writer.made
}

impl Generated {
    pub(crate) fn write(&self) -> TestWorkspace {
        self.files.iter().fold(TestWorkspace::empty(), |workspace, (path, text)| workspace.file(path, text))
    }
}

impl Writer {
    /// A text that must not leave.
    fn secret(&mut self) -> String {
        self.marks += 1;
        let mark = format!("zqs{:05}x", self.marks);
        self.made.secret.push(mark.clone());
        let lead = self.numbers.pick(&["She said", "Letter seen", "On the day", "No reply", "He told the desk"]);
        let tail = self.numbers.pick(&["", " <b>again</b>", " {{ page.title }}", " | more", " – café", " **now**"]);
        format!("{lead} {mark}{tail}")
    }

    fn open(&mut self) -> String {
        self.marks += 1;
        format!("Going there together helped zqo{:05}x", self.marks)
    }

    fn group(&mut self) {
        let mut text = "name: Group of Testford\nagencies:\n".to_owned();
        for n in 0..3 {
            let name = format!("Zqagency{n} Trust");
            self.made.secret.push(name.clone());
            let _ = writeln!(text, "  - {{ id: agency-{n}, name: {name}, exclusions: ['{}'] }}", self.secret());
        }
        text += "services:\n  - { id: hostel, name: Hostel }\n  - { id: tenancy, name: A tenancy }\n";
        let _ = writeln!(text, "confidentiality: '{}'", self.secret());
        self.made.files.push(("marg.yaml".to_owned(), text));
    }

    fn themes(&mut self, ids: &[String]) {
        for theme in THEMES {
            let mut text = format!(
                "title: About {theme}\nkind: barrier\ndefinition: What {theme} means.\nexample: '{}'\nindicators: ['{}']\n",
                self.secret(),
                self.secret()
            );
            if self.numbers.chance(60) && !ids.is_empty() {
                let id = &ids[self.numbers.below(ids.len() as u64) as usize];
                text += &format!("guide:\n  audience: Everybody\n  statements:\n    - {{ section: what-works, says: Go together., evidence: [{id}] }}\n");
            }
            if self.numbers.chance(30) {
                // A text of the guide that names a case is kept back whole.
                let case = self.case_name(0);
                let words = self.secret();
                let lead = if text.contains("guide:") { "" } else { "guide:\n" };
                text += &format!("{lead}  contacts: '{words} about {case}'\n");
            }
            self.made.files.push((format!("themes/{theme}.yaml"), text));
        }
        self.made.files.push(("themes/homeless.yaml".to_owned(), "title: Homelessness\nkind: need\ndefinition: No home.\n".to_owned()));
    }

    fn case_name(&mut self, n: u64) -> String {
        let name = format!("TST-{}X{}", 22 + n, 9 - n % 8);
        if !self.made.secret.contains(&name) {
            self.made.secret.push(name.clone());
        }
        name
    }

    /// Writes a meeting; returns the ids of what it says.
    fn meeting(&mut self, n: usize, all: usize) -> Vec<String> {
        let date = chrono::NaiveDate::from_ymd_opt(2025, 4, 10).unwrap() + chrono::Days::new(28 * n as u64);
        let status = if n + 1 == all { "planned" } else { self.numbers.pick(&["held", "agreed", "agreed", "called-off"]) };
        let kind = self.numbers.pick(&["marg", "marg", "marg", "community-of-practice"]);
        let mut text = format!("meeting: {kind}\ndate: {date}\nstatus: {status}\nvenue: '{}'\nchair: '{}'\nattendance:\n", self.secret(), self.secret());
        for agency in 0..3 {
            let role = self.secret().replace('\'', "");
            let _ = writeln!(text, "  - {{ agency: agency-{agency}, role: '{role}', status: present }}");
        }
        let _ = writeln!(text, "other_business: '{}'", self.secret());
        if kind == "community-of-practice" {
            let _ = writeln!(
                text,
                "session:\n  theme: {}\n  story: '{}'\n  issues: ['{}']\n  recommendations: [{{ text: '{}', owner: agency-1, reply: '{}' }}]",
                THEMES[0],
                self.secret(),
                self.secret(),
                self.secret(),
                self.secret()
            );
        }
        text += "cases:\n";
        let mut ids = Vec::new();
        // The first meeting hears the first case, which texts elsewhere name.
        let first = if n == 0 { 0 } else { self.numbers.below(6) };
        for case in first..first + 1 + self.numbers.below(9) {
            self.discussion(&mut text, case, n, &mut ids);
        }
        self.made.files.push((format!("meetings/{date}-t.yaml"), text));
        if status == "called-off" || status == "planned" { Vec::new() } else { ids }
    }

    fn discussion(&mut self, text: &mut String, case: u64, meeting: usize, ids: &mut Vec<String>) {
        let name = self.case_name(case);
        let _ = writeln!(text, "  - ref: {name}\n    update: '{}'\n    needs: [homeless]", self.secret());
        let _ = writeln!(text, "    views: [{{ whose: person, obtained_by: agency-0, says: '{}', wants: ['{}'] }}]", self.secret(), self.secret());
        let status = self.numbers.pick(&["live", "live", "eased", "resolved"]);
        let theme = self.numbers.pick(&THEMES);
        let answer = self.numbers.pick(&["refused", "no-reply", "flexed-once"]);
        let _ = writeln!(
            text,
            "    barriers: [{{ theme: {theme}, blocks: hostel, at: agency-{}, rule: '{}', evidence: '{}', status: {status}, asked: {{ of: agency-0, on: 2025-05-01 }}, answer: {answer} }}]",
            self.numbers.below(3),
            self.secret(),
            self.secret()
        );
        let _ = writeln!(text, "    decisions: [{{ text: '{}', why: '{}', dissent: '{}' }}]", self.secret(), self.secret(), self.secret());
        let (action, point) = (format!("a{meeting}-{case}"), format!("p{meeting}-{case}"));
        let _ = writeln!(
            text,
            "    actions: [{{ id: {action}, what: '{}', owner: agency-1, person: '{}', due: 2025-06-01, addresses: {theme} }}]",
            self.secret(),
            self.secret()
        );
        let (words, share) = match self.numbers.below(4) {
            0 => {
                let words = self.open();
                self.made.shareable.push(words.split(' ').next_back().unwrap().to_owned());
                (words, "shareable: yes")
            }
            // Marked as shareable, and all the same it names a case: kept back.
            1 => (format!("{} with {name}", self.secret()), "shareable: true"),
            2 => (self.secret(), "shareable: no"),
            _ => (self.secret(), "themes: [homeless]"),
        };
        let themes = if share.starts_with("themes") { "" } else { ", themes: [fires]" };
        let kind = self.numbers.pick(&["worked", "did_not_work", "question"]);
        let _ = writeln!(text, "    learning: [{{ id: {point}, {kind}: '{words}', {share}{themes} }}]");
        let _ = writeln!(text, "    closed: {{ reason: '{}' }}", self.secret());
        ids.extend([action, point]);
    }
}
