//! Three-way: what somebody changed, carried over to what the file says now.

use super::pair::{Pairs, key_of, pair};
use super::value::Value;
use crate::source::{Path, Step};

/// One change of a file as it is now. Changes are made in their order, and each counts entries as the ones before left them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) path: Path,
    pub(crate) change: Change,
    /// Where it is, as a person would say it.
    pub(crate) place: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// The field or the entry says this from now on. A field that is new comes behind the last of these that is there.
    Set { value: Value, behind: Vec<&'static str> },
    /// The field goes.
    Remove,
    /// A new entry of the list, before the n-th.
    Insert { at: usize, value: Value },
    /// The n-th entry goes.
    RemoveEntry(usize),
    /// The entries change places: which of the old ones stands first, second and so on.
    Reorder(Vec<usize>),
}

impl Edit {
    /// Why it cannot be made.
    pub(super) fn refused(&self, why: Why) -> Clash {
        Clash { place: self.place.clone(), why, wanted: self.wanted() }
    }

    /// What is to stand there, as a person would tell it.
    fn wanted(&self) -> Option<String> {
        match &self.change {
            Change::Set { value, .. } | Change::Insert { value, .. } => Some(value.shown()),
            Change::Remove | Change::RemoveEntry(_) => None,
            Change::Reorder(_) => Some("the entries in a new order".to_owned()),
        }
    }
}

/// A place that two people changed in different ways, or that cannot be changed: nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// As a person would say it: `QLM-7KQ2, actions k7q2, due`.
    pub place: String,
    pub why: Why,
    /// What was to stand there.
    pub wanted: Option<String>,
}

impl Clash {
    /// The file as a whole cannot be read.
    pub fn unreadable() -> Self {
        Self { place: String::new(), why: Why::Unreadable, wanted: None }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody else changed it in the meantime.
    Changed { was: Option<String>, now: Option<String> },
    /// The file cannot be read, or something in it is wrong.
    Unreadable,
    /// The file is laid out so that only a person can change it there.
    Layout,
}

/// The changes that make of `now` what `after` is of `base`.
///
/// # Errors
///
/// All places where `now` was changed in another way.
pub(crate) fn merge(base: &Value, after: &Value, now: &Value) -> Result<Vec<Edit>, Vec<Clash>> {
    let mut merge = Merge::default();
    merge.value(&Here::top(), Three { base: Some(base), after: Some(after), now: Some(now) }, &[]);
    if merge.clashes.is_empty() { Ok(merge.edits) } else { Err(merge.clashes) }
}

/// A value before and after somebody's change, and as it is now.
#[derive(Clone, Copy)]
struct Three<'v> {
    base: Option<&'v Value>,
    after: Option<&'v Value>,
    now: Option<&'v Value>,
}

/// A place for programs and for people.
#[derive(Clone)]
struct Here {
    path: Path,
    place: Vec<String>,
}

impl Here {
    fn top() -> Self {
        Self { path: Path::top(), place: Vec::new() }
    }

    fn field(&self, name: &'static str) -> Self {
        let mut place = self.place.clone();
        place.push(name.to_owned());
        Self { path: self.path.field(name), place }
    }

    /// An entry is told by what it is known by, if it is known by anything.
    fn entry(&self, n: usize, value: &Value) -> Self {
        let mut place = self.place.clone();
        let list = place.pop().unwrap_or_default();
        place.push(match key_of(value) {
            Some((_, key)) if list == "cases" => key.to_owned(),
            Some((_, key)) => format!("{list} {key}"),
            None => format!("{list}, number {}", n + 1),
        });
        Self { path: self.path.then(Step::Entry(n)), place }
    }

    fn told(&self) -> String {
        self.place.join(", ")
    }
}

#[derive(Default)]
struct Merge {
    edits: Vec<Edit>,
    clashes: Vec<Clash>,
}

const NOTHING: &[Value] = &[];

fn items(value: Option<&Value>) -> &[Value] {
    if let Some(Value::List(items)) = value { items } else { NOTHING }
}

impl Merge {
    fn edit(&mut self, here: &Here, change: Change) {
        self.edits.push(Edit { path: here.path.clone(), change, place: here.told() });
    }

    fn clash(&mut self, here: &Here, three: Three<'_>) {
        let shown = |value: Option<&Value>| value.map(Value::shown);
        let why = Why::Changed { was: shown(three.base), now: shown(three.now) };
        self.clashes.push(Clash { place: here.told(), why, wanted: shown(three.after) });
    }

    fn value(&mut self, here: &Here, three: Three<'_>, behind: &[&'static str]) {
        let Three { base, after, now } = three;
        if base == after || now == after {
            return;
        }
        let is_list = |value: Option<&Value>| matches!(value, None | Some(Value::List(_)));
        if is_list(base) && is_list(after) && is_list(now) {
            return self.list(here, [items(base), items(after), items(now)], behind);
        }
        match (base, after, now) {
            (_, Some(after @ Value::Fields(_)), Some(now @ Value::Fields(_))) => self.fields(here, base, after, now),
            (_, Some(value), _) if now == base => self.edit(here, Change::Set { value: value.clone(), behind: behind.to_vec() }),
            (_, None, _) if now == base => self.edit(here, Change::Remove),
            _ => self.clash(here, three),
        }
    }

    /// Each field on its own. Where there was nothing before, both have added fields, and both are kept.
    fn fields(&mut self, here: &Here, base: Option<&Value>, after: &Value, now: &Value) {
        let Value::Fields(all) = after else { return };
        let mut behind = Vec::with_capacity(all.len());
        for field in all {
            let base = base.and_then(|base| base.get(field.name));
            let now = now.get(field.name);
            // What somebody else added where there was nothing before, we have not taken away.
            if !(base.is_none() && field.value.is_none()) {
                self.value(&here.field(field.name), Three { base, after: field.value.as_ref(), now }, &behind);
            }
            behind.push(field.name);
        }
    }

    fn list(&mut self, here: &Here, [base, after, now]: [&[Value]; 3], behind: &[&'static str]) {
        let (to_after, to_now) = (pair(base, after), pair(base, now));
        let mut gone = vec![false; now.len()];
        for (n, was) in base.iter().enumerate() {
            match (to_after.right[n], to_now.right[n]) {
                (None, Some(at)) if now[at] == *was => gone[at] = true,
                (None, None) => {}
                (Some(_), None) if after[to_after.right[n].unwrap_or(0)] == *was => {}
                (after_at, now_at) => {
                    let three = Three { base: Some(was), after: after_at.map(|at| &after[at]), now: now_at.map(|at| &now[at]) };
                    match now_at {
                        Some(at) if after_at.is_some() => self.value(&here.entry(at, &now[at]), three, &[]),
                        _ => self.clash(&here.entry(n, was), three),
                    }
                }
            }
        }
        let slots = self.slots(here, Lists { after, now, to_after: &to_after, to_now: &to_now, gone: &gone });
        self.arrange(here, &slots, now, behind);
    }

    /// The list as it is to be: entries that are there now, and new ones.
    fn slots<'v>(&mut self, here: &Here, lists: Lists<'_, 'v>) -> Vec<Slot<'v>> {
        let Lists { after, now, to_after, to_now, gone } = lists;
        let mut slots: Vec<Slot<'v>> = (0..now.len()).filter(|at| !gone[*at]).map(Slot::There).collect();
        self.reorder(here, &mut slots, to_after, to_now);
        // Entries that others have added, by which ours may be there already.
        let mut theirs: Vec<usize> = (0..now.len()).filter(|at| to_now.left[*at].is_none()).collect();
        let last_known = (0..after.len()).rev().find(|at| to_after.left[*at].is_some());
        let mut before: Option<Slot<'v>> = None;
        for (n, value) in after.iter().enumerate() {
            if let Some(was) = to_after.left[n] {
                before = to_now.right[was].map(Slot::There).or(before);
                continue;
            }
            if let Some(same) = theirs.iter().position(|at| same_entry(&now[*at], value)) {
                let at = theirs.remove(same);
                self.value(&here.entry(at, &now[at]), Three { base: None, after: Some(value), now: Some(&now[at]) }, &[]);
                before = Some(Slot::There(at));
                continue;
            }
            // What was added at the end comes behind what others have added there.
            let at_end = last_known.is_none_or(|last| n > last);
            let behind = before.as_ref().and_then(|before| slots.iter().position(|slot| slot == before));
            let at = if at_end { slots.len() } else { behind.map_or(0, |at| at + 1) };
            slots.insert(at, Slot::New(n, value));
            before = Some(Slot::New(n, value));
        }
        slots
    }

    /// Puts what is there into our order, if we changed it.
    fn reorder(&mut self, here: &Here, slots: &mut [Slot<'_>], to_after: &Pairs, to_now: &Pairs) {
        // Entries that all three know, in our order and in theirs, by their number in `base`.
        let ours: Vec<usize> = to_after.left.iter().flatten().copied().filter(|n| to_now.right[*n].is_some()).collect();
        if ours.is_sorted() {
            return;
        }
        let theirs: Vec<usize> = to_now.left.iter().flatten().copied().filter(|n| to_after.right[*n].is_some()).collect();
        if ours == theirs {
            return;
        }
        if !theirs.is_sorted() {
            let order = |of: &str| Some(of.to_owned());
            let why = Why::Changed { was: order("the order before"), now: order("another order") };
            return self.clashes.push(Clash { place: here.told(), why, wanted: order("the entries in a new order") });
        }
        let mut ordered = ours.iter().filter_map(|n| to_now.right[*n]);
        let known = |slot: &Slot<'_>| matches!(slot, Slot::There(at) if to_now.left[*at].is_some_and(|n| to_after.right[n].is_some()));
        for slot in slots.iter_mut().filter(|slot| known(slot)) {
            if let Some(at) = ordered.next() {
                *slot = Slot::There(at);
            }
        }
    }

    /// The changes that bring the list into the form of `slots`.
    fn arrange(&mut self, here: &Here, slots: &[Slot<'_>], now: &[Value], behind: &[&'static str]) {
        if slots.is_empty() {
            if !now.is_empty() {
                self.edit(here, Change::Remove);
            }
            return;
        }
        let stays: Vec<usize> = slots.iter().filter_map(|slot| if let Slot::There(at) = slot { Some(*at) } else { None }).collect();
        let new = slots.iter().filter_map(|slot| if let Slot::New(_, value) = slot { Some((*value).clone()) } else { None });
        if now.is_empty() {
            let value = Value::List(new.collect());
            return self.edit(here, Change::Set { value, behind: behind.to_vec() });
        }
        if stays.is_empty() {
            // First what comes, so that the list is never empty.
            new.enumerate().for_each(|(n, value)| self.edit(here, Change::Insert { at: now.len() + n, value }));
            return (0..now.len()).rev().for_each(|at| self.edit(here, Change::RemoveEntry(at)));
        }
        (0..now.len()).rev().filter(|at| !stays.contains(at)).for_each(|at| self.edit(here, Change::RemoveEntry(at)));
        let mut kept = stays.clone();
        kept.sort_unstable();
        if kept != stays {
            let order = stays.iter().filter_map(|at| kept.iter().position(|kept| kept == at)).collect();
            self.edit(here, Change::Reorder(order));
        }
        for (at, slot) in slots.iter().enumerate() {
            if let Slot::New(_, value) = slot {
                self.edit(here, Change::Insert { at, value: (*value).clone() });
            }
        }
    }
}

/// The lists of a merge, and what of `base` is what in them.
#[derive(Clone, Copy)]
struct Lists<'l, 'v> {
    after: &'v [Value],
    now: &'v [Value],
    to_after: &'l Pairs,
    to_now: &'l Pairs,
    gone: &'l [bool],
}

#[derive(Clone, PartialEq)]
enum Slot<'v> {
    /// The n-th entry of the list now.
    There(usize),
    /// The n-th entry of the list after our change.
    New(usize, &'v Value),
}

/// Whether an entry that somebody else added is the one that we want to add.
fn same_entry(theirs: &Value, ours: &Value) -> bool {
    theirs == ours || key_of(ours).is_some_and(|key| key_of(theirs) == Some(key))
}
