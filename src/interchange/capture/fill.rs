//! What the rows of a sheet mean in this group: its themes, its agencies, its words.

use super::when;
use super::{Cycle, Line, Problem, Times, Topic, plain};
use crate::model::{AgencyKey, Attendance, Names, Recommendation, ThemeKey, Value, known};
use crate::source::{list_of, nearest};

/// What a session brought, as its sheets say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captured {
    pub theme: Option<ThemeKey>,
    pub times: Times,
    pub venue: Option<String>,
    pub facilitator: Option<String>,
    pub lead: Option<String>,
    pub minute_taker: Option<String>,
    /// Who read the statement out.
    pub read_by: Option<String>,
    pub people: Option<u32>,
    pub with_experience: Option<u32>,
    pub story: Option<String>,
    pub story_consent: Option<String>,
    pub attendance: Vec<Attendance>,
    pub questions: Vec<String>,
    pub issues: Vec<String>,
    pub practice: Vec<String>,
    pub recommendations: Vec<Recommendation>,
    pub value: Vec<Value>,
    pub notes: Vec<String>,
}

impl Captured {
    /// Whether nothing stands in it but what stood there when it was printed.
    pub fn is_empty(&self) -> bool {
        let printed = Self {
            theme: self.theme,
            times: self.times,
            venue: self.venue.clone(),
            facilitator: self.facilitator.clone(),
            lead: self.lead.clone(),
            ..Self::default()
        };
        *self == printed
    }
}

/// Takes the rows of all sheets of one session together. What two of them say alike is said once.
pub fn fill(lines: &[Line], names: Names<'_>) -> (Captured, Vec<Problem>) {
    let mut filling = Filling { names, captured: Captured::default(), problems: Vec::new() };
    lines.iter().for_each(|line| filling.take(line));
    (filling.captured, filling.problems)
}

struct Filling<'a> {
    names: Names<'a>,
    captured: Captured,
    problems: Vec<Problem>,
}

impl Filling<'_> {
    fn take(&mut self, line: &Line) {
        match line.topic {
            Topic::Theme => self.theme(line),
            Topic::Day | Topic::Starts | Topic::Ends | Topic::NextSession => self.when(line),
            Topic::People | Topic::WithExperience => self.number(line),
            Topic::Came => self.came(line),
            Topic::Recommendation => self.recommendation(line),
            Topic::Value(cycle) => self.value(line, cycle),
            Topic::Question | Topic::Issue | Topic::Practice | Topic::Note => self.listed(line),
            Topic::Venue | Topic::Facilitator | Topic::Lead | Topic::MinuteTaker | Topic::Statement | Topic::Story | Topic::StoryConsent => self.said(line),
        }
    }

    fn wrong(&mut self, line: &Line, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(Problem::new(line.place.clone(), message, hint));
    }

    /// What has no meaning in a row of this kind is not dropped.
    fn nothing_beside(&mut self, line: &Line, cells: &[&str]) {
        for cell in cells.iter().filter(|cell| !cell.is_empty()) {
            self.wrong(
                line,
                format!("`{cell}` stands in a column that has no meaning for “{}”", line.topic.word()),
                "put it into the text of the row, or into a row of its own",
            );
        }
    }

    fn theme(&mut self, line: &Line) {
        self.nothing_beside(line, &[&line.who, &line.more]);
        let said = plain(&line.text);
        let by_title = || self.names.themes.iter().find(|theme| plain(&theme.title) == said).and_then(|theme| self.names.find_theme(&theme.id));
        match self.names.find_theme(line.text.trim()).or_else(by_title) {
            Some(theme) if self.captured.theme.is_none_or(|known| known == theme) => self.captured.theme = Some(theme),
            Some(_) => self.wrong(line, "another sheet names another theme", "record the sheets of one session at a time"),
            None => {
                let near = nearest(line.text.trim(), self.names.themes.iter().map(|theme| theme.id.as_str()));
                let hint = near.map_or_else(|| "`marg themes` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
                self.wrong(line, format!("there is no theme `{}`", line.text), hint);
            }
        }
    }

    fn when(&mut self, line: &Line) {
        self.nothing_beside(line, &[&line.who, &line.more]);
        let times = self.captured.times;
        let known = match line.topic {
            Topic::Day => set(times.date, when::day(&line.text)).map(|date| Times { date, ..times }),
            Topic::NextSession => set(times.next, when::day(&line.text)).map(|next| Times { next, ..times }),
            Topic::Starts => set(times.starts, when::time(&line.text)).map(|starts| Times { starts, ..times }),
            _ => set(times.ends, when::time(&line.text)).map(|ends| Times { ends, ..times }),
        };
        let is_day = matches!(line.topic, Topic::Day | Topic::NextSession);
        match known {
            Ok(times) => self.captured.times = times,
            Err(Why::Unread) if is_day => self.wrong(line, format!("`{}` is not a day", line.text), "write it like 2026-04-16 or 16/04/2026"),
            Err(Why::Unread) => self.wrong(line, format!("`{}` is not a time", line.text), "write it like 13:30"),
            Err(Why::Other) => self.wrong(line, format!("`{}` is said otherwise in another row", line.text), "leave the right one"),
        }
    }

    fn number(&mut self, line: &Line) {
        self.nothing_beside(line, &[&line.who, &line.more]);
        let number = line.text.split_whitespace().next().and_then(|word| word.parse::<u32>().ok()).filter(|_| line.text.split_whitespace().count() == 1);
        let field = if line.topic == Topic::People { &mut self.captured.people } else { &mut self.captured.with_experience };
        match set(*field, number) {
            Ok(number) => *field = number,
            Err(Why::Unread) => self.wrong(line, format!("`{}` is not a number", line.text), "write a number alone, such as 23"),
            Err(Why::Other) => self.wrong(line, format!("`{}` is said otherwise in another row", line.text), "leave the right one"),
        }
    }

    fn agency(&mut self, line: &Line) -> Option<AgencyKey> {
        let said = line.who.trim();
        let group = self.names.group;
        let by_name = || group.agencies.iter().find(|agency| plain(&agency.name) == plain(said) || plain(&agency.id) == plain(said));
        let found = group.find_agency(said).or_else(|| group.find_agency(&by_name()?.id));
        if found.is_none() {
            let known = group.agencies.iter().flat_map(|agency| [agency.name.as_str(), agency.id.as_str()]);
            let hint = nearest(said, known)
                .map_or_else(|| "marg.yaml lists the agencies".to_owned(), |near| format!("did you mean “{near}”? marg.yaml lists the agencies"));
            let message = if said.is_empty() { "the row does not say which agency".to_owned() } else { format!("there is no agency `{said}`") };
            self.wrong(line, message, hint);
        }
        found
    }

    fn came(&mut self, line: &Line) {
        // An agency that stood on the sheet, and of which nobody wrote whether it came.
        if line.text.is_empty() && line.more.is_empty() {
            return;
        }
        let Some(agency) = self.agency(line) else { return };
        let said = plain(&line.more);
        let status = match said.as_str() {
            "" | "x" | "yes" | "came" | "here" | "present" => Some("present"),
            "apologies" | "apology" | "sorry" => Some("apology"),
            "sent information" | "information" => Some("sent-information"),
            "no response" | "no reply" | "no answer" => Some("no-response"),
            "observer" | "observed" => Some("observer"),
            _ if line.more.trim() == "✓" || line.more.trim() == "✔" => Some("present"),
            _ => None,
        };
        let own = || self.names.group.own_words("attendance").iter().find(|word| plain(word) == said).map(String::as_str);
        let Some(status) = status.or_else(own).map(str::to_owned) else {
            let words = list_of(known::ATTENDANCE, "or");
            return self.wrong(line, format!("`{}` does not say whether they came", line.more), format!("it can be {words}"));
        };
        let role = Some(one_line(&line.text)).filter(|role| !role.is_empty());
        let nth = self.captured.attendance.len();
        let attendance = Attendance { nth, agency, role, status, left: None };
        let same = |known: &Attendance| (known.agency, &known.role, &known.status) == (attendance.agency, &attendance.role, &attendance.status);
        if !self.captured.attendance.iter().any(same) {
            self.captured.attendance.push(attendance);
        }
    }

    fn recommendation(&mut self, line: &Line) {
        if line.text.is_empty() {
            return self.wrong(line, "the row does not say what is asked", "write it as one sentence: who does what");
        }
        let owner = if line.who.is_empty() { None } else { self.agency(line) };
        let reply = Some(line.more.trim().to_owned()).filter(|reply| !reply.is_empty());
        let text = one_line(&line.text);
        if !self.captured.recommendations.iter().any(|known| (&known.text, known.owner, &known.reply) == (&text, owner, &reply)) {
            self.captured.recommendations.push(Recommendation { text, owner, reply });
        }
    }

    fn value(&mut self, line: &Line, cycle: Cycle) {
        self.nothing_beside(line, &[&line.who]);
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let value = Value { cycle: cycle.word().to_owned(), indicator: text(&line.text), story: text(&line.more) };
        if !self.captured.value.contains(&value) {
            self.captured.value.push(value);
        }
    }

    fn listed(&mut self, line: &Line) {
        self.nothing_beside(line, &[&line.who, &line.more]);
        if line.text.is_empty() {
            return;
        }
        let captured = &mut self.captured;
        let (list, text) = match line.topic {
            Topic::Question => (&mut captured.questions, one_line(&line.text)),
            Topic::Issue => (&mut captured.issues, one_line(&line.text)),
            Topic::Practice => (&mut captured.practice, one_line(&line.text)),
            _ => (&mut captured.notes, line.text.trim().to_owned()),
        };
        if !list.contains(&text) {
            list.push(text);
        }
    }

    fn said(&mut self, line: &Line) {
        self.nothing_beside(line, &[&line.who, &line.more]);
        let captured = &mut self.captured;
        let (field, between) = match line.topic {
            Topic::Venue => (&mut captured.venue, "; "),
            Topic::Facilitator => (&mut captured.facilitator, "; "),
            Topic::Lead => (&mut captured.lead, "; "),
            Topic::MinuteTaker => (&mut captured.minute_taker, "; "),
            Topic::Statement => (&mut captured.read_by, "; "),
            Topic::StoryConsent => (&mut captured.story_consent, "; "),
            _ => (&mut captured.story, "\n\n"),
        };
        let text = line.text.trim();
        match field {
            _ if text.is_empty() => {}
            Some(known) if known.split(between).any(|part| part == text) => {}
            Some(known) => *known = format!("{known}{between}{text}"),
            None => *field = Some(text.to_owned()),
        }
    }
}

enum Why {
    Unread,
    Other,
}

/// A value that may be said once, or again as it was.
fn set<T: PartialEq>(known: Option<T>, read: Option<T>) -> Result<Option<T>, Why> {
    match (known, read) {
        (_, None) => Err(Why::Unread),
        (Some(known), Some(read)) if known != read => Err(Why::Other),
        (_, read) => Ok(read),
    }
}

/// Lists have a line an entry.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
