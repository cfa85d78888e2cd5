//! A day in words: whether it can be walked, what fails and by how much, and what would mend it.

use chrono::NaiveTime;

use crate::analysis::{DayReport, Late, Leg, Mend, Missed, WhyMissed};
use crate::cli::layout::fold_to;
use crate::model::{Plan, TravelBy};
use crate::source::{n_of, printable};

/// A day that was worked out, and its plan.
pub(super) struct Words<'a> {
    pub(super) plan: &'a Plan,
    pub(super) report: &'a DayReport,
    pub(super) mend: &'a Mend,
}

fn minutes(n: u32) -> String {
    n_of(n as usize, "minute", "minutes")
}

fn clock(at: NaiveTime) -> String {
    at.format("%H:%M").to_string()
}

fn travelling(by: TravelBy) -> &'static str {
    match by {
        TravelBy::Bus => "by bus and on foot",
        TravelBy::Foot => "on foot",
        TravelBy::Taxi => "by taxi",
        TravelBy::Car => "with a worker's car",
    }
}

/// Whether the day can be walked, in one sentence.
pub(super) fn verdict(report: &DayReport) -> String {
    let how = travelling(report.by);
    let (made, stops) = (report.n_kept(), report.n_stops);
    let how = format!("{}{}", how[..1].to_uppercase(), &how[1..]);
    let of = match (made, stops) {
        (_, 0) => "it has no stops".to_owned(),
        (1, 1) => "its one stop can be made".to_owned(),
        (0, 1) => "its one stop cannot be made".to_owned(),
        (2, 2) => "both stops can be made".to_owned(),
        (made, stops) if made == stops => format!("all {stops} stops can be made"),
        (0, stops) => format!("none of {stops} stops can be made"),
        (made, stops) => format!("{made} of {stops} stops can be made"),
    };
    let can = if report.is_whole() { "can" } else { "cannot" };
    let late = if report.back.as_ref().is_some_and(|back| !back.in_time()) { ", and the end of the day is missed" } else { "" };
    format!("{how}, the day {can} be walked: {of}{late}.")
}

impl Words<'_> {
    /// All of it, folded.
    pub(super) fn told(&self, width: usize) -> String {
        let mut lines = fold_to(&verdict(self.report), width);
        self.list(&mut lines, &self.findings(), width);
        let help = self.help();
        if !help.is_empty() {
            lines.extend([String::new(), "What would mend it:".to_owned()]);
            self.list(&mut lines, &help, width);
        }
        lines.join("\n") + "\n"
    }

    /// What fails, and by how much; or where the day is tightest.
    pub(super) fn findings(&self) -> Vec<String> {
        let mut found: Vec<String> = self.report.missed.iter().map(|missed| self.missed(missed)).collect();
        found.extend(self.end());
        if self.report.is_whole() {
            found.extend(self.tightest());
        }
        found
    }

    fn list(&self, lines: &mut Vec<String>, items: &[String], width: usize) {
        for item in items {
            let folded = fold_to(&printable(item), width.saturating_sub(2).max(20));
            lines.extend(folded.iter().enumerate().map(|(n, line)| format!("{}{line}", if n == 0 { "- " } else { "  " })));
        }
    }

    /// How one gets there.
    pub(super) fn way(&self, legs: &[Leg]) -> String {
        let leg = |(n, leg): (usize, &Leg)| {
            let how = match leg.by {
                TravelBy::Foot => format!("walk {} min", leg.minutes),
                TravelBy::Bus => format!("bus {} min (wait up to {})", leg.minutes, leg.wait),
                TravelBy::Taxi => format!("taxi {} min (wait {})", leg.minutes, leg.wait),
                TravelBy::Car => format!("car {} min", leg.minutes),
            };
            if n + 1 == legs.len() { how } else { format!("{how} to {}", self.plan.places[leg.to].name) }
        };
        if legs.is_empty() { "already there".to_owned() } else { legs.iter().enumerate().map(leg).collect::<Vec<_>>().join("; ") }
    }

    /// What a stop is called, and where and when it is.
    fn called(&self, nth: usize) -> String {
        let stop = &self.plan.stops[nth];
        let place = &self.plan.places[stop.place].name;
        stop.at.map_or_else(|| format!("{} ({place})", stop.what), |at| format!("{} ({place}, {})", stop.what, clock(at)))
    }

    fn missed(&self, missed: &Missed) -> String {
        let stop = &self.plan.stops[missed.stop];
        let why = match missed.why {
            WhyMissed::Shut => self.shut(missed.stop),
            WhyMissed::NoWay => "nothing in the plan leads there on that day".to_owned(),
            WhyMissed::TooLate { there, late } => {
                let straight = format!("even straight from {} one is there at {}", self.plan.places[self.plan.from].name, clock(there));
                let closes = self.plan.places[stop.place].closes;
                match (stop.at, closes) {
                    (None, Some(closes)) => format!(
                        "{straight}; with {} to be spent there and closing at {}, that is {} too late",
                        minutes(stop.minutes),
                        clock(closes),
                        minutes(late)
                    ),
                    _ => format!("{straight}, {} too late", minutes(late)),
                }
            }
            WhyMissed::NoTime(late) => self.no_time(missed.stop, late),
        };
        let instead = missed.instead.filter(|_| stop.at.is_some()).map_or(String::new(), |at| format!(". At {} there would be time for it", clock(at)));
        format!("{}: {why}{instead}.", self.called(missed.stop))
    }

    fn shut(&self, nth: usize) -> String {
        let stop = &self.plan.stops[nth];
        let place = &self.plan.places[stop.place];
        match (stop.at, place.opens) {
            (Some(at), Some(opens)) if at < opens => format!("the place opens at {} only, so nobody could make it", clock(opens)),
            _ => {
                let closes = place.closes.map_or("midnight".to_owned(), clock);
                format!("it takes {}, and the place closes at {closes}, so nobody could make it", minutes(stop.minutes))
            }
        }
    }

    fn no_time(&self, nth: usize, late: Option<Late>) -> String {
        let Some(late) = late else { return "there is no time for it beside the others".to_owned() };
        let place = late.after.map_or_else(|| "put first".to_owned(), |after| format!("put after {}", self.plan.stops[after].what));
        let what = match late.what {
            Some(what) if what == nth => "it".to_owned(),
            Some(what) => self.called(what),
            None => "the end of the day".to_owned(),
        };
        match late.minutes {
            Some(late) => format!("there is no time for it beside the others; {place}, {what} would be {} too late", minutes(late)),
            None => format!("there is no time for it beside the others; {place}, there would be no way to {what} any more"),
        }
    }

    /// How the day ends, where that is not in time.
    fn end(&self) -> Option<String> {
        let back = self.report.back.as_ref().filter(|back| !back.in_time())?;
        let place = &self.plan.places[self.plan.ends?.place].name;
        Some(match back.arrives {
            Some(at) => format!("{place} at the end of the day: there at {}, {} too late.", clock(at), minutes(back.late)),
            None => format!("{place} at the end of the day: no way leads there any more."),
        })
    }

    /// Where least may go wrong.
    fn tightest(&self) -> Option<String> {
        let step = self.report.steps.iter().min_by_key(|step| step.spare)?;
        Some(format!("Least to spare before {}: {}.", self.called(step.stop), minutes(step.spare)))
    }

    /// What would mend it.
    pub(super) fn help(&self) -> Vec<String> {
        let mut help = Vec::new();
        if self.report.is_whole() {
            return help;
        }
        if let Some(begin) = self.mend.begin_by {
            let earlier = u32::try_from((self.plan.begins - begin).num_minutes()).unwrap_or_default();
            help.push(format!("Begun by {}, {} earlier, all of it can be made.", clock(begin), minutes(earlier)));
        }
        let more = self.mend.by.iter().filter(|day| day.is_whole() || day.n_kept() > self.report.n_kept());
        help.extend(more.map(verdict));
        if help.is_empty() {
            help.push("Neither an earlier hour nor another way to travel that the plan knows is enough: it needs other times, or fewer stops.".to_owned());
        }
        help
    }
}
