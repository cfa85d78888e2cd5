//! The ways to be involved, for everybody: what the group offers, and of whom it says nothing.

use super::Released;
use super::audience::Audience;
use super::count::CountRule;
use super::text::Lock;
use crate::model::{Casebook, Involvement, Picture};

/// The ways to be involved, from the first step on.
#[derive(Clone, Debug)]
pub struct RoadmapPage {
    pub group: String,
    pub contact: Option<String>,
    pub rule: CountRule,
    /// Each level that has one.
    pub levels: Vec<(Involvement, Vec<WayIn>)>,
}

/// One way to be involved.
#[derive(Clone, Debug)]
pub struct WayIn {
    pub says: String,
    pub picture: Option<Picture>,
    /// Who offers it, by name.
    pub by: Option<String>,
    pub route: Option<String>,
}

/// Lets the roadmap out. What says whom an opportunity cannot take stays with the members.
pub fn release_roadmap(book: &Casebook) -> Released<RoadmapPage> {
    let audience = Audience::Public;
    let mut lock = Lock::new(book, audience);
    let mut levels = Vec::new();
    for level in Involvement::ALL {
        let mut ways = Vec::new();
        for opportunity in book.group.opportunities.iter().filter(|opportunity| opportunity.level == Some(*level)) {
            let says = opportunity.says.as_ref().unwrap_or(&opportunity.what);
            let Some(says) = lock.pass(says.trim(), "an opportunity") else { continue };
            let by = opportunity.by.as_deref().and_then(|id| book.group.find_agency(id)).map(|key| book.group.agency(key).name.clone());
            let route = opportunity.route.as_deref().and_then(|route| lock.pass(route.trim(), "the way to an opportunity"));
            ways.push(WayIn { says, picture: opportunity.picture, by, route });
        }
        if !ways.is_empty() {
            levels.push((*level, ways));
        }
    }
    let rule = CountRule::of(audience, &book.group.publishing);
    Released { page: RoadmapPage { group: book.group.name.clone(), contact: book.group.contact.clone(), rule, levels }, audience, withheld: lock.withheld }
}
