//! The page for the wall of the room: it comes anew every few seconds without a script, and is read from the back.

use serde::Serialize;

use super::outline::Outline;
use super::template::Templates;
use super::view::{About, PageView, day, meeting_kind};
use super::{Document, RenderError};
use crate::release::{BarrierStatus, Released, RoomAction, RoomPage, Timer, behind_in_words, in_minutes};

/// The page, under a name that whoever writes it need not keep.
///
/// # Errors
///
/// When the template is broken.
pub fn room_document(templates: &Templates, page: &Released<RoomPage>) -> Result<Document, RenderError> {
    Ok(Document::text("room.html", templates.render("room.html", &RoomView::new(templates, page))?))
}

/// What the template of the room's page sees.
pub fn room_data(templates: &Templates, page: &Released<RoomPage>) -> serde_json::Value {
    serde_json::to_value(RoomView::new(templates, page)).unwrap_or_default()
}

#[derive(Serialize)]
struct RoomView {
    page: PageView,
    /// Seconds until the page comes anew.
    refresh: u32,
    item: String,
    /// Such as `Item 3 of 11, review`.
    place: String,
    /// The time of the item in words, and how it stands: `good`, `soon` or `over`.
    left: String,
    state: &'static str,
    /// Whether the meeting is late: `6 min late`, `on time`.
    late: String,
    /// The time of the meeting.
    whole: String,
    paused: bool,
    finished: bool,
    next: Vec<NextView>,
    more_next: Option<usize>,
    agreed: Vec<AgreedView>,
    /// Whether they need smaller letters.
    many: bool,
    /// What was agreed before these on the same item.
    earlier: Option<usize>,
    clock: Option<String>,
}

#[derive(Serialize)]
struct NextView {
    what: String,
    minutes: String,
}

/// Something that was agreed: what kind of thing, in words, and who does it by when.
#[derive(Serialize)]
struct AgreedView {
    kind: &'static str,
    text: String,
    who: String,
}

const REFRESH: u32 = 5;
const NEXT: usize = 4;

/// What fits on the wall without being moved: letters are sized by the width of the picture, so that this holds for every projector of
/// the usual shape. Lines, and signs in each; where they are not enough, smaller letters, and then the newest alone.
const LARGE: (usize, usize) = (10, 44);
const SMALL: (usize, usize) = (15, 60);

/// How many of the newest fit.
fn fit(agreed: &[AgreedView], (lines, signs): (usize, usize)) -> usize {
    let rows = |view: &AgreedView| (view.kind.len() + view.text.chars().count() + view.who.chars().count() + 5).div_ceil(signs);
    let taken = agreed.iter().rev().scan(0, |taken, view| {
        *taken += rows(view);
        Some(*taken)
    });
    taken.take_while(|taken| *taken <= lines).count()
}

impl RoomView {
    fn new(templates: &Templates, released: &Released<RoomPage>) -> Self {
        let page: &RoomPage = released;
        let position = &page.position;
        let about = About {
            kind: meeting_kind(&page.kind),
            title: day(page.date),
            group: &page.group,
            contact: None,
            audience: released.audience(),
            period: None,
            as_of: None,
            made_on: None,
            warning: None,
            rule: page.rule,
            facts: Vec::new(),
        };
        let agreed = agreed(page);
        let many = fit(&agreed, LARGE) < agreed.len();
        let earlier = agreed.len() - fit(&agreed, if many { SMALL } else { LARGE }).max(1).min(agreed.len());
        let kind = page.case_kind.map_or(String::new(), |kind| format!(", {kind}"));
        Self {
            page: PageView::new(templates, about, &Outline::default()),
            refresh: REFRESH,
            item: page.item.clone().unwrap_or_else(|| "The agenda is empty".to_owned()),
            place: if page.item.is_some() { format!("Item {} of {}{kind}", page.number, page.of) } else { String::new() },
            left: position.item.left(),
            state: state(position.item),
            late: behind_in_words(position.behind),
            whole: position.whole.left(),
            paused: position.paused,
            finished: position.finished,
            next: page.next.iter().take(NEXT).map(next).collect(),
            more_next: Some(page.next.len().saturating_sub(NEXT)).filter(|more| *more > 0),
            many,
            agreed: agreed.into_iter().skip(earlier).collect(),
            earlier: Some(earlier).filter(|earlier| *earlier > 0),
            clock: position.clock.map(|clock| clock.format("%H:%M").to_string()),
        }
    }
}

fn next((what, minutes): &(String, Option<u32>)) -> NextView {
    NextView { what: what.clone(), minutes: minutes.map_or(String::new(), |minutes| in_minutes(minutes * 60)) }
}

/// How much time an item has: the last two minutes are the time to come to a decision.
fn state(item: Timer) -> &'static str {
    match item.planned {
        Some(planned) if item.spent >= planned => "over",
        Some(planned) if planned - item.spent <= 120 => "soon",
        _ => "good",
    }
}

/// Barriers, decisions and actions, and how the case goes on: in the order in which a case is spoken about.
fn agreed(page: &RoomPage) -> Vec<AgreedView> {
    let view = |kind, text: String, who: String| AgreedView { kind, text, who };
    let barrier = |(sentence, status): &(String, BarrierStatus)| view("Barrier", sentence.clone(), status.word().to_owned());
    let barriers = page.barriers.iter().map(barrier);
    let decisions = page.decisions.iter().map(|text| view("Decision", text.clone(), String::new()));
    let actions = page.actions.iter().map(|action| view("Action", action.what.clone(), who(action)));
    let review = page.next_review.map(|date| view("Next review", day(date), String::new()));
    let closed = page.closed.then(|| view("Closed", "The case is closed.".to_owned(), String::new()));
    barriers.chain(decisions).chain(actions).chain(review).chain(closed).collect()
}

fn who(action: &RoomAction) -> String {
    let owner = action.owner.clone().unwrap_or_else(|| "nobody yet".to_owned());
    action.due.map_or_else(|| format!("{owner}, no day yet"), |due| format!("{owner}, by {}", due.format("%-d %B")))
}
