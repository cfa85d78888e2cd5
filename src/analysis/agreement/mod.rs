//! How far the record and the people who tagged without looking at it agree.

mod coefficients;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

pub use self::coefficients::{alpha_with_interval, cohen_kappa, krippendorff_alpha, masi, nominal};
use crate::model::{Casebook, Discussion, MeetingKey, Period, SecondTags, ThemeKey};

/// The tagger that the meetings themselves are.
pub const THE_RECORD: &str = "the record";

/// Below this many discussions a figure says little: "sample sizes should not consist of less than 30 comparisons" (McHugh 2012,
/// "Interrater reliability: the kappa statistic").
pub const FEW_DISCUSSIONS: usize = 30;
/// And so it does when a theme was tagged in fewer: one changed mind would move the figure by a fifth and more. Krippendorff's rule of thumb
/// (Content Analysis, on sufficient data) asks for five agreements that chance would bring, which is stricter still.
pub const FEW_TAGGED: usize = 5;

#[derive(Clone, Copy, Debug)]
pub struct AgreementQuery<'a> {
    /// Who is compared with the record; everybody if nobody is named.
    pub taggers: &'a [String],
    pub theme: Option<ThemeKey>,
    pub period: Period,
}

/// A figure from 1, agreement, over 0, what chance would bring, down to −1; nothing where it cannot be said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficient {
    pub value: Option<f64>,
    /// 95 %, by drawing the discussions anew.
    pub interval: Option<(f64, f64)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AgreementReport {
    /// Each with the discussions that were looked at by them and by somebody else; the record first.
    pub taggers: Vec<(String, usize)>,
    /// Discussions that at least two looked at.
    pub n_discussions: usize,
    /// Among these, those in which the record has no theme, which counts as an answer.
    pub n_blank_in_record: usize,
    /// Alpha over whole sets of themes. Nothing when a theme was asked for.
    pub sets: Option<Coefficient>,
    /// Themes that somebody tagged, in order of id.
    pub themes: Vec<ThemeAgreement>,
    /// In order of date, meeting, place in the file and theme.
    pub disagreements: Vec<Disagreement>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ThemeAgreement {
    pub theme: ThemeKey,
    pub n_discussions: usize,
    /// Discussions in which anybody tagged it.
    pub n_tagged: usize,
    /// Discussions in which all who looked tagged it.
    pub n_by_all: usize,
    /// Cohen's kappa, where two people are compared.
    pub kappa: Option<f64>,
    pub alpha: Coefficient,
}

impl ThemeAgreement {
    /// Whether the figures rest on enough to mean anything.
    pub fn is_enough(&self) -> bool {
        self.n_discussions >= FEW_DISCUSSIONS && self.n_tagged >= FEW_TAGGED
    }
}

/// One theme in one discussion that some tagged and others did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    pub meeting: String,
    pub date: NaiveDate,
    pub case: String,
    pub theme: ThemeKey,
    pub tagged_by: Vec<String>,
    pub not_by: Vec<String>,
}

/// One discussion: what each person tagged, in the order of taggers; nothing where somebody did not look.
type Answers = Vec<Option<BTreeSet<ThemeKey>>>;

/// Compares them over the meetings of a period that took place.
pub fn agreement(book: &Casebook, second: &[SecondTags], query: AgreementQuery<'_>) -> AgreementReport {
    let asked = |name: &str| query.taggers.is_empty() || query.taggers.iter().any(|asked| asked == name);
    let names: BTreeSet<&str> = second.iter().map(|own| own.tagger.as_str()).filter(|name| asked(name)).collect();
    let names: Vec<&str> = [THE_RECORD].into_iter().chain(names).collect();
    let units = units(book, second, &names, query.period);
    let of_theme = |theme: ThemeKey| theme_agreement(theme, units.values());
    let tagged: BTreeSet<ThemeKey> = units.values().flatten().flatten().flatten().copied().collect();
    let themes: Vec<ThemeKey> = tagged.into_iter().filter(|theme| query.theme.is_none_or(|asked| asked == *theme)).collect();
    let looked = |at: usize| units.values().filter(|answers| answers[at].is_some()).count();
    AgreementReport {
        taggers: names.iter().enumerate().map(|(at, name)| ((*name).to_owned(), looked(at))).collect(),
        n_discussions: units.len(),
        n_blank_in_record: units.values().filter(|answers| answers[0].as_ref().is_some_and(BTreeSet::is_empty)).count(),
        sets: query.theme.is_none().then(|| {
            let (value, interval) = alpha_with_interval(&units.values().cloned().collect::<Vec<_>>(), masi);
            Coefficient { value, interval }
        }),
        disagreements: disagreements(book, &units, &names, &themes),
        themes: themes.into_iter().map(of_theme).collect(),
    }
}

/// Each discussion that at least two looked at, in order of meeting and place in the file.
fn units(book: &Casebook, second: &[SecondTags], names: &[&str], period: Period) -> BTreeMap<(MeetingKey, usize), Answers> {
    let mut units: BTreeMap<(MeetingKey, usize), Answers> = BTreeMap::new();
    for own in second {
        let Some(at) = names.iter().skip(1).position(|name| *name == own.tagger).map(|at| at + 1) else { continue };
        let meeting = book.meeting(own.meeting);
        if !meeting.status.counts() || !period.contains(meeting.date) {
            continue;
        }
        for look in &own.looks {
            let answers = units.entry((own.meeting, look.discussion)).or_insert_with(|| {
                let mut answers = vec![None; names.len()];
                answers[0] = Some(of_record(&meeting.cases[look.discussion]));
                answers
            });
            answers[at] = Some(look.themes.iter().copied().collect());
        }
    }
    units
}

/// What the record has: needs, barriers and enablers.
fn of_record(discussion: &Discussion) -> BTreeSet<ThemeKey> {
    let barriers = discussion.barriers.iter().map(|barrier| barrier.theme);
    discussion.needs.iter().chain(&discussion.enablers).copied().chain(barriers).collect()
}

fn theme_agreement<'a>(theme: ThemeKey, units: impl Iterator<Item = &'a Answers>) -> ThemeAgreement {
    let has = |answers: &'a Answers| answers.iter().map(|answer| answer.as_ref().map(|themes| themes.contains(&theme))).collect::<Vec<_>>();
    let units: Vec<Vec<Option<bool>>> = units.map(has).collect();
    let count = |holds: &dyn Fn(&Vec<Option<bool>>) -> bool| units.iter().filter(|unit| holds(unit)).count();
    let pairs: Vec<(bool, bool)> = units.iter().filter_map(|unit| if let [one, other] = unit[..] { Some((one?, other?)) } else { None }).collect();
    let (value, interval) = alpha_with_interval(&units, nominal);
    ThemeAgreement {
        theme,
        n_discussions: units.len(),
        n_tagged: count(&|unit| unit.contains(&Some(true))),
        n_by_all: count(&|unit| !unit.contains(&Some(false))),
        kappa: cohen_kappa(&pairs),
        alpha: Coefficient { value, interval },
    }
}

fn disagreements(book: &Casebook, units: &BTreeMap<(MeetingKey, usize), Answers>, names: &[&str], themes: &[ThemeKey]) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for ((meeting, discussion), answers) in units {
        let meeting = book.meeting(*meeting);
        for theme in themes {
            let who = |tagged: bool| {
                let said = |answer: &Option<BTreeSet<ThemeKey>>| answer.as_ref().is_some_and(|themes| themes.contains(theme) == tagged);
                answers.iter().zip(names).filter(|(answer, _)| said(answer)).map(|(_, name)| (*name).to_owned()).collect::<Vec<_>>()
            };
            let (tagged_by, not_by) = (who(true), who(false));
            if !tagged_by.is_empty() && !not_by.is_empty() {
                let case = meeting.cases[*discussion].case.to_string();
                found.push(Disagreement { meeting: meeting.id.clone(), date: meeting.date, case, theme: *theme, tagged_by, not_by });
            }
        }
    }
    found
}
