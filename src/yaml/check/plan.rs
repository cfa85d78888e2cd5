//! A file of `plans/`.

use std::collections::HashMap;

use super::desk::{Desk, Here, is_id};
use super::{CheckedFile, Vocabulary};
use crate::model::{DayEnd, Plan, PlanBus, PlanPlace, PlanStop, PlanWay, TravelBy, Walks};
use crate::source::{FileId, Finding, nearest};
use crate::yaml::codes;
use crate::yaml::raw::{RawPlan, RawPlanPlace, RawPlanStop, RawPlanWay};

/// More cannot be put in order by trying every order, and are no day.
const MOST_STOPS: usize = 10;
const MOST_PLACES: usize = 40;
const MOST_WAYS: usize = 200;
/// A taxi is waited for this long where the plan does not say, in minutes.
const TAXI_WAIT: u32 = 20;
/// No stop and no way takes longer than a day.
const LONGEST: u32 = 24 * 60;

/// A plan that was read.
pub fn check_plan(file: FileId, id: &str, raw: RawPlan, findings: Vec<Finding>, names: &Vocabulary) -> CheckedFile<Plan> {
    let mut desk = Desk::new(file, names, findings);
    let top = Here::top();
    let case = desk.case(raw.case, &top, "ref");
    let date = desk.needed(raw.date, top, "date", "the day of the plan, such as 2026-04-10");
    let date = desk.date(Some(date), top.field("date"));
    let places = places(&mut desk, raw.places.0, &top.field("places"));
    let known = Known { by_id: places.iter().enumerate().map(|(at, place)| (place.id.clone(), at)).collect() };
    let here = top.field("begins");
    let (from, begins) = match raw.begins {
        Some(begin) => {
            let at = desk.needed(begin.at, here, "at", "when the day begins, such as \"09:15\"");
            (known.needed(&mut desk, begin.place, &here), desk.time(Some(at), here.field("at")))
        }
        None => {
            desk.wrong(&codes::MISSING_FIELD, top, "`begins` is missing here", "where the day begins, and when: `begins: { place: gate, at: \"09:15\" }`");
            (None, None)
        }
    };
    let here = top.field("ends");
    let ends = raw.ends.and_then(|end| {
        let by = desk.time(end.by, here.field("by"));
        known.needed(&mut desk, end.place, &here).map(|place| DayEnd { place, by })
    });
    let walks = desk.word(raw.walks.as_deref(), top.field("walks")).unwrap_or(Walks::Usual);
    let by = desk.word(raw.by.as_deref(), top.field("by")).unwrap_or(TravelBy::Bus);
    let taxi_wait = minutes(&mut desk, raw.taxi_wait, top.field("taxi_wait")).unwrap_or(TAXI_WAIT);
    let stops = stops(&mut desk, raw.stops.0, &top.field("stops"), &known);
    let ways = ways(&mut desk, raw.ways.0, &top.field("ways"), &known);
    let value = match (case, date, from, begins) {
        (Some(case), Some(date), Some(from), Some(begins)) => {
            Some(Plan { id: id.to_owned(), file, case, date, begins, from, ends, walks, by, taxi_wait, places, stops, ways })
        }
        _ => None,
    };
    CheckedFile { value, findings: desk.findings }
}

/// The places of the plan.
struct Known {
    by_id: HashMap<String, usize>,
}

impl Known {
    fn find(&self, desk: &mut Desk<'_>, id: &str, here: Here<'_>) -> Option<usize> {
        let found = self.by_id.get(id).copied();
        if found.is_none() {
            let near = nearest(id, self.by_id.keys().map(String::as_str));
            let hint = near.map_or_else(|| "list it under `places` with an id and a name".to_owned(), |near| format!("did you mean `{near}`?"));
            desk.wrong(&codes::UNKNOWN_PLACE, here, format!("the plan has no place `{id}`"), hint);
        }
        found
    }

    fn needed(&self, desk: &mut Desk<'_>, id: Option<String>, here: &Here<'_>) -> Option<usize> {
        let id = desk.needed(id, *here, "place", "the id of one of the `places` of this plan");
        if id.is_empty() { None } else { self.find(desk, &id, here.field("place")) }
    }
}

fn places(desk: &mut Desk<'_>, raw: Vec<RawPlanPlace>, list: &Here<'_>) -> Vec<PlanPlace> {
    let mut places: Vec<PlanPlace> = Vec::new();
    if raw.len() > MOST_PLACES {
        desk.wrong(&codes::TOO_MUCH, *list, format!("a plan has no more than {MOST_PLACES} places"), "leave out those that nobody goes to");
    }
    for (nth, raw) in raw.into_iter().enumerate().take(MOST_PLACES) {
        let here = list.entry(nth);
        let id = desk.needed(raw.id, here, "id", "a short id, such as `pharmacy`");
        let name = raw.name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| id.clone());
        let (opens, closes) = (desk.time(raw.opens, here.field("opens")), desk.time(raw.closes, here.field("closes")));
        if !id.is_empty() && !is_id(&id) {
            desk.wrong(&codes::BAD_ID, here.field("id"), format!("`{id}` cannot be an id"), "an id is small letters, digits and hyphens, such as `pharmacy`");
        } else if places.iter().any(|place| place.id == id) {
            desk.wrong(&codes::ID_TWICE, here.field("id"), format!("the place `{id}` stands here twice"), "give one of them another id");
        }
        if let (Some(opens), Some(closes)) = (opens, closes)
            && closes <= opens
        {
            desk.wrong(&codes::BAD_TIME, here.field("closes"), "it closes before it opens", "if it is closed on that day, leave out what is to be done there");
        }
        places.push(PlanPlace { id, name, opens, closes });
    }
    places
}

fn stops(desk: &mut Desk<'_>, raw: Vec<RawPlanStop>, list: &Here<'_>, known: &Known) -> Vec<PlanStop> {
    if raw.len() > MOST_STOPS {
        desk.wrong(&codes::TOO_MUCH, *list, format!("a day has no more than {MOST_STOPS} stops"), "put the rest on another day");
    }
    let mut stops = Vec::new();
    for (nth, raw) in raw.into_iter().enumerate().take(MOST_STOPS) {
        let here = list.entry(nth);
        let what = desk.needed(raw.what, here, "what", "what is to be done, such as `First appointment`");
        let place = known.needed(desk, raw.place, &here);
        let at = desk.time(raw.at, here.field("at"));
        if raw.minutes.is_none() {
            desk.wrong(&codes::MISSING_FIELD, here, "`minutes` is missing here", "how long it takes, in minutes");
        }
        let minutes = minutes(desk, raw.minutes, here.field("minutes")).unwrap_or(0);
        stops.extend(place.map(|place| PlanStop { nth, what, place, at, minutes }));
    }
    stops
}

fn ways(desk: &mut Desk<'_>, raw: Vec<RawPlanWay>, list: &Here<'_>, known: &Known) -> Vec<PlanWay> {
    if raw.len() > MOST_WAYS {
        desk.wrong(&codes::TOO_MUCH, *list, format!("a plan has no more than {MOST_WAYS} ways"), "leave out those that nobody takes");
    }
    let mut ways = Vec::new();
    for (nth, raw) in raw.into_iter().enumerate().take(MOST_WAYS) {
        let here = list.entry(nth);
        let between = here.field("between");
        let foot = minutes(desk, raw.foot, here.field("foot"));
        let bus = minutes(desk, raw.bus, here.field("bus"));
        let car = minutes(desk, raw.car, here.field("car"));
        if bus.is_some() && raw.every.is_none() {
            desk.wrong(
                &codes::MISSING_FIELD,
                here,
                "`every` is missing here",
                "say how often the bus comes, in minutes: whoever just misses it waits that long",
            );
        }
        let every = minutes(desk, raw.every, here.field("every")).unwrap_or(0);
        let (first, last) = (desk.time(raw.first_bus, here.field("first_bus")), desk.time(raw.last_bus, here.field("last_bus")));
        if raw.foot.is_none() && raw.bus.is_none() && raw.car.is_none() {
            let hint = "say how many minutes it takes: `foot: 25`, or `bus: 12` and `every: 30`, or `car: 8`";
            desk.wrong(&codes::MISSING_FIELD, here, "nothing says how long this way takes", hint);
        }
        let ends: Vec<Option<usize>> = raw.between.0.iter().enumerate().map(|(n, id)| known.find(desk, id, between.entry(n))).collect();
        match ends.as_slice() {
            [Some(one), Some(other)] => {
                ways.push(PlanWay { nth, between: (*one, *other), foot, bus: bus.map(|minutes| PlanBus { minutes, every, first, last }), car });
            }
            [_, _] => {}
            _ => desk.wrong(&codes::MISSING_FIELD, here, "a way is between two places", "`between: [gate, pharmacy]`"),
        }
    }
    ways
}

fn minutes(desk: &mut Desk<'_>, minutes: Option<u32>, here: Here<'_>) -> Option<u32> {
    let minutes = minutes?;
    if minutes > LONGEST {
        desk.wrong(&codes::TOO_MUCH, here, format!("{minutes} minutes are more than a day"), "say it in minutes");
        return None;
    }
    Some(minutes)
}
