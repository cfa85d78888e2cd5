//! `marg release-day`: whether a day can be walked. A slow and simple walk through every minute and every order says what is true.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::Value as Json;

use crate::harness::{Ran, TestWorkspace, repository, run};

const PLAN: &str = "plans/day.yaml";

/// A gate, a square, an office that shuts at three, and a room to be in by seven.
const DAY: &str = "\
ref: QLM-7KQ2
date: 2026-04-15
begins: { place: gate, at: \"10:00\" }
ends: { place: room, by: \"19:00\" }
places:
  - { id: gate, name: The gate }
  - { id: square, name: Market square }
  - { id: housing, name: Housing office, opens: \"09:30\", closes: \"15:00\" }
  - { id: probation, name: Probation office, opens: \"09:00\", closes: \"17:00\" }
  - { id: room, name: The room }
stops:
  - { what: First appointment, place: probation, at: \"12:15\", minutes: 45 }
  - { what: Sign for the room, place: housing, minutes: 30 }
ways:
  - { between: [gate, square], bus: 50, every: 60, car: 30 }
  - { between: [square, probation], foot: 12, car: 4 }
  - { between: [square, housing], foot: 8, car: 3 }
  - { between: [square, room], foot: 40, bus: 18, every: 30, last_bus: \"20:00\", car: 10 }
";

fn planned(plan: &str) -> TestWorkspace {
    let meeting = "meeting: marg\ndate: 2026-03-12\nstatus: held\ncases:\n  - { ref: QLM-7KQ2, custody: { status: sentenced, release_date: 2026-04-15 } }\n";
    TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", meeting).file(PLAN, plan)
}

fn day(plan: &str, more: &[&str]) -> Ran {
    planned(plan).marg(&[&["release-day", "day"], more].concat())
}

fn with(from: &str, to: &str) -> String {
    assert!(DAY.contains(from), "{from}");
    DAY.replace(from, to)
}

#[test]
fn a_day_that_can_be_walked_is_shown_in_its_order() {
    insta::assert_snapshot!(day(DAY, &[]), @r"
    QLM-7KQ2 · Wednesday, 15 April 2026 · The gate · 10:00

    Leave  Way                                                       There  What               Where             From   Until  Spare  Standing
    10:00  bus 50 min (wait up to 60) to Market square; walk 12 min  12:02  First appointment  Probation office  12:15  13:00     13  made
    13:00  walk 12 min to Market square; walk 8 min                  13:20  Sign for the room  Housing office    13:20  13:50     70  made
    13:50  walk 8 min to Market square; walk 40 min                  14:38  End of the day     The room                 19:00    262  made

    By bus and on foot, the day can be walked: both stops can be made.
    - Least to spare before First appointment (Probation office, 12:15): 13 minutes.
    ");
}

#[test]
fn what_fails_is_said_with_its_minutes_and_what_would_mend_it() {
    let ran = day(&with("12:15", "11:30"), &[]);
    insta::assert_snapshot!(ran, @r"
    QLM-7KQ2 · Wednesday, 15 April 2026 · The gate · 10:00

    Leave  Way                                                      There  What               Where             From   Until  Spare  Standing
    10:00  bus 50 min (wait up to 60) to Market square; walk 8 min  11:58  Sign for the room  Housing office    11:58  12:28    152  made
    12:28  walk 8 min to Market square; walk 40 min                 13:16  End of the day     The room                 19:00    344  made
                                                                           First appointment  Probation office  11:30                missed

    By bus and on foot, the day cannot be walked: 1 of 2 stops can be made.
    - First appointment (Probation office, 11:30): even straight from The gate one is there at 12:02, 32 minutes too late. At 12:48
      there would be time for it.

    What would mend it:
    - Begun by 09:28, 32 minutes earlier, all of it can be made.
    - By taxi, the day can be walked: both stops can be made.
    - With a worker's car, the day can be walked: both stops can be made.
    --- exit 1
    ");
}

#[test]
fn an_office_that_shuts_too_early_is_named() {
    let ran = day(&with("closes: \"15:00\"", "closes: \"12:00\""), &[]);
    assert_eq!(ran.code, Some(1));
    let said = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = "Sign for the room (Housing office): even straight from The gate one is there at 11:58; with 30 minutes to be spent there and closing \
                  at 12:00, that is 28 minutes too late.";
    assert!(said.contains(wanted), "{said}");
    // Nobody could make an appointment for which the office is shut, and no other bus would help.
    let said = day(&with("at: \"12:15\", minutes: 45", "at: \"16:30\", minutes: 45"), &[]).stdout;
    assert!(said.contains("the place closes at 17:00, so nobody could make it"), "{said}");
    assert!(said.contains("it needs other times, or fewer stops"), "{said}");
    let said = day(&with("at: \"12:15\", minutes: 45", "at: \"08:30\", minutes: 45"), &["--by", "car"]).stdout;
    assert!(said.contains("the place opens at 09:00 only, so nobody could make it"), "{said}");
}

#[test]
fn a_stop_for_which_there_is_no_time_says_what_it_would_hold_up() {
    let plan = with("minutes: 30 }", "minutes: 110 }");
    let ran = day(&plan, &[]);
    assert_eq!(ran.code, Some(1));
    let said = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains(
            "Sign for the room (Housing office): there is no time for it beside the others; put after First appointment, it would be 10 minutes too late."
        ),
        "{said}"
    );
    assert!(said.contains("With a worker's car, the day can be walked: both stops can be made."), "{said}");
}

#[test]
fn the_door_at_the_end_comes_before_any_appointment() {
    // Whoever keeps the appointment is at the door after it has shut.
    let said = day(&with("by: \"19:00\"", "by: \"13:30\""), &["--format", "json"]);
    assert_eq!(said.code, Some(1));
    let said: Json = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!((said["made"].as_u64(), said["missed"][0]["why"].as_str()), (Some(1), Some("no-time")));
    assert_eq!(said["timeline"].as_array().unwrap().iter().map(|row| row["standing"].as_str().unwrap()).collect::<Vec<_>>(), ["made", "made", "missed"]);
    // Where they are late whatever they do, the day is not given up.
    let said = day(&with("by: \"19:00\"", "by: \"11:30\""), &[]).stdout;
    assert!(said.contains("The room at the end of the day: there at 14:38, 188 minutes too late."), "{said}");
    let said = day(&with("between: [square, room], foot: 40, bus: 18", "between: [square, probation], foot: 40, bus: 18"), &[]).stdout;
    assert!(said.contains("The room at the end of the day: no way leads there any more."), "{said}");
}

#[test]
fn slow_feet_and_none_are_counted() {
    let walked = |walks: &str| {
        let ran = day(&format!("walks: {walks}\n{DAY}"), &["--format", "json"]);
        serde_json::from_str::<Json>(&ran.stdout).unwrap()
    };
    assert_eq!((walked("usual")["can_be_walked"].as_bool(), walked("slow")["can_be_walked"].as_bool()), (Some(true), Some(true)));
    let there = |walks: &str| walked(walks)["timeline"][0]["arrives"].as_str().unwrap().to_owned();
    assert_eq!((there("usual"), there("slow")), ("12:02".into(), "12:08".into()));
    assert_eq!(walked("no")["made"], 0);
}

#[test]
fn the_sample_fails_by_bus_and_works_by_taxi_and_with_a_workers_car() {
    for (by, code) in [(&[][..], 1), (&["--by", "bus"], 1), (&["--by", "foot"], 1), (&["--by", "taxi"], 0), (&["--by", "car"], 0)] {
        let ran = run(repository(), &[&["release-day", "QLM-Z365"], by].concat());
        assert_eq!(ran.code, Some(code), "{by:?}: {ran}");
    }
    // Its day is over, so nobody is called to act.
    assert_eq!(run(repository(), &["release-day"]).code, Some(0));
}

#[test]
fn a_plan_is_named_by_file_by_id_or_by_ref_and_the_next_of_a_ref_is_meant() {
    let later = DAY.replace("2026-04-15", "2026-05-15");
    let workspace = planned(DAY).file("plans/old.yaml", DAY.replace("2026-04-15", "2026-01-15")).file("plans/later.yaml", later);
    let date = |asked: &str| workspace.marg(&["release-day", asked, "--format", "json"]).json()["date"].as_str().unwrap().to_owned();
    assert_eq!((date("QLM-7KQ2"), date("qlm-7kq2"), date("day")), ("2026-04-15".into(), "2026-04-15".into(), "2026-04-15".into()));
    assert_eq!((date("plans/old.yaml"), date(workspace.path("plans/later.yaml").to_str().unwrap())), ("2026-01-15".into(), "2026-05-15".into()));
    let ran = workspace.marg(&["release-day", "latr"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("did you mean `later`?"), "{ran}");
    let rows = workspace.marg(&["release-day", "--format", "csv"]).answer();
    assert_eq!(rows.lines().nth(1), Some("2026-01-15,QLM-7KQ2,old,2,bus,2,0,2,2,yes"));
    // A plan that is still to come and cannot be walked is not in order.
    let ran = planned(&with("12:15", "11:30")).marg(&["release-day"]);
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(TestWorkspace::new().marg(&["release-day"]).stderr.contains("There are no plans"));
}

#[test]
fn everything_that_is_wrong_in_a_plan_is_said_at_once_with_its_line() {
    let plan = "\
ref: QLM-7KQ2
date: 15.4.2026
begins: { place: gat, at: 10am }
walks: slowly
by: tram
places:
  - { id: gate, name: The gate }
  - { id: gate, name: Again }
  - { id: Town Hall, name: Hall, opens: \"15:00\", closes: \"09:00\" }
stops:
  - { what: Sign, place: gate }
  - { place: nowhere, minutes: 5 }
  - { what: Long, place: gate, minutes: 4000 }
ways:
  - { between: [gate], foot: 3 }
  - { between: [gate, gate] }
  - { between: [gate, gate], bus: 3 }
";
    let workspace = planned(plan);
    let told = workspace.marg(&["release-day", "QLM-7KQ2"]);
    assert_eq!(told.code, Some(3), "{told}");
    let found = workspace.marg(&["check", "--wrong", "--format", "csv"]);
    assert_eq!(found.code, Some(1));
    let line = |row: &str| row.split(',').nth(3).unwrap().parse::<usize>().unwrap();
    let lines: Vec<usize> = found.stdout.lines().skip(1).map(line).collect();
    assert_eq!(lines, [2, 3, 3, 4, 5, 8, 9, 9, 11, 12, 12, 13, 15, 16, 17], "{found}");
    assert!(told.stderr.contains("15 things are wrong in `plans/"), "{told}");
}

#[test]
fn what_does_not_agree_with_the_meetings_is_unwise() {
    let codes = |plan: &str| {
        let found = planned(plan).marg(&["check", "--format", "json"]).json();
        found["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|found| found["code"].as_str().unwrap().to_owned())
            .filter(|code| code.contains("plan") || code.contains("release"))
            .collect::<Vec<_>>()
    };
    assert!(codes(DAY).is_empty());
    assert_eq!(codes(&with("QLM-7KQ2", "QLM-7KQ3")), ["plan-of-nobody"]);
    assert_eq!(codes(&with("2026-04-15", "2026-04-17")), ["other-release-day"]);
    // It does not keep anybody from looking at the day.
    let ran = day(&with("2026-04-15", "2026-04-17"), &[]);
    assert!(ran.code == Some(0) && ran.stderr.contains("the last meeting has the release of `QLM-7KQ2` on 2026-04-15"), "{ran}");
}

#[test]
fn files_that_want_to_do_harm_are_refused_or_shown_as_what_they_are() {
    let evil = "\"\\e[2J\\e]52;c;ZXZpbA==\\a\\x9b31m \\u202eTXT\\u200b =1+1\"";
    let plan = DAY.replace("First appointment", evil).replace("Market square", evil).replace("The gate", evil);
    let workspace = planned(&plan);
    for format in ["table", "json", "csv"] {
        let ran = workspace.marg(&["release-day", "day", "--format", format]);
        assert_eq!(ran.code, Some(0), "{ran}");
        assert!(!ran.stdout.contains(['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}', '\u{200b}']), "{format}");
    }
    let many = |n: usize, line: &str| format!("{line}\n").repeat(n);
    let stops = DAY.replace("ways:", &format!("{}ways:", many(5000, "  - { what: x, place: gate, minutes: 1 }")));
    let ways = format!("{DAY}{}", many(20_000, "  - { between: [gate, room], foot: 1440, bus: 1440, every: 1440 }"));
    for plan in ["", "- a", "ref: [", "ref: {}", "begins: 7", "stops: { a: b }", "ways: [[[1]]]", "minutes: 99999999999999999999", &stops, &ways] {
        let started = std::time::Instant::now();
        let ran = planned(plan).marg(&["release-day", "day"]);
        assert!(matches!(ran.code, Some(2 | 3)) && !ran.stderr.contains("panicked"), "{ran}");
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }
    let negative = DAY.replace("minutes: 45", "minutes: -45");
    assert_eq!(day(&negative, &[]).code, Some(3));
    // Days at the edge of what a day is.
    for (from, to) in [("10:00", "00:00"), ("10:00", "23:59"), ("every: 60", "every: 1440"), ("minutes: 45", "minutes: 1440"), ("foot: 12", "foot: 0")] {
        let ran = day(&with(from, to), &[]);
        assert!(matches!(ran.code, Some(0 | 1)), "{from} {to}: {ran}");
    }
    let empty = "ref: QLM-7KQ2\ndate: 2026-04-15\nbegins: { place: gate, at: \"10:00\" }\nplaces: [{ id: gate, name: Gate }]\n";
    let ran = day(empty, &[]);
    assert!(ran.code == Some(0) && ran.stdout.contains("it has no stops"), "{ran}");
}

#[test]
fn the_largest_plan_is_answered_soon() {
    let mut plan = "ref: QLM-7KQ2\ndate: 2026-04-15\nbegins: { place: p0, at: \"08:00\" }\nplaces:\n".to_owned();
    (0..40).for_each(|n| writeln!(plan, "  - {{ id: p{n}, name: P{n} }}").unwrap());
    plan += "stops:\n";
    (0..10).for_each(|n| writeln!(plan, "  - {{ what: S{n}, place: p{}, minutes: 5 }}", n * 4).unwrap());
    plan += "ways:\n";
    (0..200)
        .for_each(|n| writeln!(plan, "  - {{ between: [p{}, p{}], foot: {}, bus: 5, every: 7, car: 3 }}", n % 40, (n + 1 + n / 40 * 3) % 40, n % 30).unwrap());
    let started = std::time::Instant::now();
    assert_eq!(day(&plan, &[]).code, Some(0));
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}

#[test]
fn the_plan_of_the_manual_is_in_order() {
    let manual = std::fs::read_to_string(repository().join("docs/release-day.md")).unwrap();
    let plan = manual.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let ran = planned(plan).marg(&["release-day", "QLM-Z365"]);
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(ran.stdout.contains("38 minutes too"), "{ran}");
}

/// A plan that is made up: minutes since midnight, and places and stops by number.
#[derive(Clone, Debug)]
struct MadeUp {
    begins: u32,
    end: Option<u32>,
    hours: Vec<Option<(u32, u32)>>,
    /// Place, appointment, minutes.
    stops: Vec<(usize, Option<u32>, u32)>,
    /// From, to, on foot, by bus (minutes, every, first, last).
    ways: Vec<Way>,
}

type Way = (usize, usize, Option<u32>, Option<(u32, u32, u32, u32)>);

fn time(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

impl MadeUp {
    fn text(&self) -> String {
        let mut text = format!("ref: QLM-7KQ2\ndate: 2026-04-15\nbegins: {{ place: p0, at: \"{}\" }}\n", time(self.begins));
        if let Some(by) = self.end {
            writeln!(text, "ends: {{ place: p0, by: \"{}\" }}", time(by)).unwrap();
        }
        text += "places:\n";
        for (n, hours) in self.hours.iter().enumerate() {
            let hours = hours.map_or(String::new(), |(opens, closes)| format!(", opens: \"{}\", closes: \"{}\"", time(opens), time(closes)));
            writeln!(text, "  - {{ id: p{n}, name: P{n}{hours} }}").unwrap();
        }
        text += "stops:\n";
        for (n, (place, at, minutes)) in self.stops.iter().enumerate() {
            let at = at.map_or(String::new(), |at| format!(", at: \"{}\"", time(at)));
            writeln!(text, "  - {{ what: s{n}, place: p{place}, minutes: {minutes}{at} }}").unwrap();
        }
        text += "ways:\n";
        for (one, other, foot, bus) in &self.ways {
            let mut way = format!("  - {{ between: [p{one}, p{other}]");
            foot.iter().for_each(|foot| write!(way, ", foot: {foot}").unwrap());
            if let Some((minutes, every, first, last)) = bus {
                write!(way, ", bus: {minutes}, every: {every}, first_bus: \"{}\", last_bus: \"{}\"", time(*first), time(*last)).unwrap();
            }
            writeln!(text, "{way} }}").unwrap();
        }
        text
    }

    /// Whether one can be at each place at each minute of the day, for somebody at a place at a minute: each minute in turn.
    fn flood(&self, place: usize, at: u32) -> Vec<Option<u32>> {
        let mut there = vec![vec![false; self.hours.len()]; 1440];
        if at < 1440 {
            there[at as usize][place] = true;
        }
        for now in at..1440 {
            // Ways of no minutes lead on within the minute.
            for _ in 0..self.hours.len() {
                for (one, other, foot, bus) in &self.ways {
                    for (from, to) in [(*one, *other), (*other, *one)] {
                        if !there[now as usize][from] {
                            continue;
                        }
                        let mut arrive = |then: u32| {
                            if then < 1440 {
                                there[then as usize][to] = true;
                            }
                        };
                        foot.iter().for_each(|foot| arrive(now + foot));
                        if let Some((minutes, every, first, last)) = *bus {
                            let leaves = if now < first { first } else { now + every };
                            if leaves <= last {
                                arrive(leaves + minutes);
                            }
                        }
                    }
                }
            }
            if now + 1 < 1440 {
                (0..self.hours.len()).for_each(|place| there[now as usize + 1][place] |= there[now as usize][place]);
            }
        }
        (0..self.hours.len()).map(|place| (0..1440).find(|now| there[*now as usize][place])).collect()
    }

    /// When a stop ends for somebody who is there at a minute.
    fn done(&self, stop: usize, there: u32) -> Option<u32> {
        let (place, at, minutes) = self.stops[stop];
        let (opens, closes) = self.hours[place].unwrap_or((0, 1439));
        let begins = at.unwrap_or(there.max(opens));
        (there <= begins && opens <= begins && begins + minutes <= closes).then_some(begins + minutes)
    }

    /// When the last of some stops, made in this order, ends and where that is.
    fn walk(&self, order: &[usize], from: usize, begins: u32) -> Option<(usize, u32)> {
        order.iter().try_fold((from, begins), |(place, now), stop| {
            let there = self.flood(place, now)[self.stops[*stop].0]?;
            Some((self.stops[*stop].0, self.done(*stop, there)?))
        })
    }

    fn is_back(&self, (place, now): (usize, u32)) -> bool {
        self.end.is_none_or(|by| self.flood(place, now)[0].is_some_and(|there| there <= by))
    }

    fn is_whole(&self, begins: u32) -> bool {
        orders(self.stops.len()).filter(|order| order.len() == self.stops.len()).any(|order| self.walk(&order, 0, begins).is_some_and(|at| self.is_back(at)))
    }

    /// In the best of all orders: back in time, how many appointments, how many stops, and the minute at which it is done.
    fn best(&self) -> (bool, usize, usize, u32) {
        let worth = |order: Vec<usize>| {
            let at = self.walk(&order, 0, self.begins)?;
            let fixed = order.iter().filter(|stop| self.stops[**stop].1.is_some()).count();
            Some((self.is_back(at), fixed, order.len(), std::cmp::Reverse(at.1)))
        };
        let (back, fixed, made, std::cmp::Reverse(at)) = orders(self.stops.len()).filter_map(worth).max().unwrap();
        (back, fixed, made, at)
    }
}

/// Every order of every choice of some of so many things.
fn orders(n: usize) -> impl Iterator<Item = Vec<usize>> {
    let mut all = vec![Vec::new()];
    let mut at = 0;
    while at < all.len() {
        for next in 0..n {
            if !all[at].contains(&next) {
                let longer = [all[at].as_slice(), &[next]].concat();
                all.push(longer);
            }
        }
        at += 1;
    }
    all.into_iter()
}

fn made_up() -> impl Strategy<Value = MadeUp> {
    let hours = proptest::option::of((420u32..720, 60u32..600).prop_map(|(opens, open)| (opens, opens + open)));
    let stop = (0..4usize, proptest::option::of(480u32..1100), 0u32..70);
    let bus = proptest::option::of((1u32..40, 0u32..60, 400u32..700, 600u32..1300));
    let way = (0..4usize, 0..4usize, proptest::option::of(0u32..80), bus);
    (
        360u32..900,
        proptest::option::of(600u32..1439),
        proptest::collection::vec(hours, 4),
        proptest::collection::vec(stop, 0..4),
        proptest::collection::vec(way, 2..8),
    )
        .prop_map(|(begins, end, hours, stops, ways)| {
            let ways = ways.into_iter().filter(|(_, _, foot, bus)| foot.is_some() || bus.is_some()).collect();
            MadeUp { begins, end, hours, stops, ways }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the plan: as much is made as can be in any order, in the order that is shown, with the minutes to spare that are shown,
    /// and from the latest beginning that is named on.
    #[test]
    fn the_best_of_all_orders_is_shown(plan in made_up()) {
        let ran = day(&plan.text(), &["--format", "json"]);
        prop_assert!(matches!(ran.code, Some(0 | 1)), "{ran}");
        let said: Json = serde_json::from_str(&ran.stdout).unwrap();
        let (back, fixed, made, at) = plan.best();
        let rows: Vec<&Json> = said["timeline"].as_array().unwrap().iter().filter(|row| row["standing"] == "made" && row["what"] != "End of the day").collect();
        let order: Vec<usize> = rows.iter().map(|row| row["what"].as_str().unwrap()[1..].parse().unwrap()).collect();
        prop_assert_eq!((order.len(), said["made"].as_u64().unwrap() as usize), (made, made));
        prop_assert_eq!(order.iter().filter(|stop| plan.stops[**stop].1.is_some()).count(), fixed);
        prop_assert_eq!(said["can_be_walked"].as_bool().unwrap(), back && made == plan.stops.len());
        prop_assert_eq!(plan.walk(&order, 0, plan.begins).map(|(_, now)| now), Some(at));
        let (mut place, mut now) = (0, plan.begins);
        for (n, row) in rows.iter().enumerate() {
            let stop = order[n];
            let there = plan.flood(place, now)[plan.stops[stop].0].unwrap();
            let done = plan.done(stop, there).unwrap();
            prop_assert_eq!((row["leaves"].as_str(), row["arrives"].as_str(), row["ends"].as_str()), (Some(&*time(now)), Some(&*time(there)), Some(&*time(done))));
            let still = |late: u32| {
                let rest = plan.done(stop, there + late).and_then(|done| plan.walk(&order[n + 1..], plan.stops[stop].0, done));
                rest.is_some_and(|end| !back || plan.is_back(end))
            };
            let spare = row["spare"].as_u64().unwrap() as u32;
            prop_assert!(still(spare) && !still(spare + 1), "{} spare before {}", spare, stop);
            (place, now) = (plan.stops[stop].0, done);
        }
        match said["begin_by"].as_str() {
            Some(by) => {
                let minute = |text: &str| text.split(':').fold(0, |minutes, part| minutes * 60 + part.parse::<u32>().unwrap());
                prop_assert!(plan.is_whole(minute(by)));
                prop_assert!(minute(by) == plan.begins || !plan.is_whole(minute(by) + 1));
            }
            None => prop_assert!(!plan.is_whole(0)),
        }
    }
}
