//! Pictures of numbers, without scripts: bars, small multiples and shades, as the attributes that a template puts into SVG and cells.
//!
//! A picture is drawn from what was let out, and from nothing else: a number that is hidden has no bar and no point.

use serde::Serialize;

use crate::release::Count;

/// A bar in hundredths of the longest one; nothing where there is nothing to draw.
#[derive(Clone, Debug, Serialize)]
pub(super) struct BarView {
    pub(super) all: Option<String>,
    /// The part of it that stands out, from the left.
    pub(super) part: Option<String>,
    /// What is left beside that part, and where it begins.
    pub(super) rest: Option<String>,
    pub(super) rest_at: String,
    /// The whole, where it cannot be said how it is divided.
    pub(super) plain: Option<String>,
}

/// One bar for each pair of a whole and a part of it.
pub(super) fn bars(counts: impl Iterator<Item = (Count, Count)> + Clone) -> Vec<BarView> {
    let longest = counts.clone().filter_map(|(whole, _)| whole.shown()).max().unwrap_or(0);
    let tenths = |count: Count| count.shown().map_or(0, |n| (n.min(longest) * 1000 + longest / 2) / longest.max(1));
    let width = |tenths: usize| (tenths > 0).then(|| percent(tenths));
    counts
        .map(|(whole, part)| {
            let all = tenths(whole);
            if part.shown().is_none() {
                return BarView { all: width(all), part: None, rest: None, rest_at: percent(0), plain: width(all) };
            }
            let part = tenths(part).min(all);
            BarView { all: width(all), part: width(part), rest: width(all - part), rest_at: percent(part), plain: None }
        })
        .collect()
}

fn percent(tenths: usize) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// One line through the quarters.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ChartView {
    pub(super) id: String,
    pub(super) title: String,
    /// What it shows, in a sentence.
    pub(super) finding: String,
    /// Every number, for those who do not see the picture.
    pub(super) desc: String,
    pub(super) points: String,
    pub(super) end_x: String,
    pub(super) end_y: String,
    /// Where the last number stands.
    pub(super) label_y: String,
    pub(super) label: String,
    /// The highest number of the scale, which all pictures of a page share.
    pub(super) top: String,
    pub(super) first: String,
    pub(super) last: String,
}

/// No page needs more of them.
const MOST_CHARTS: usize = 6;
/// Left and right end, top and foot of the plot, in a picture of 300 by 130.
const PLOT: (usize, usize, usize, usize) = (34, 262, 14, 100);

/// One picture for each line that moved by at least `step`, the greatest change first. A line with a hidden number is not drawn.
pub(super) fn small_multiples<'a>(quarters: &[String], lines: impl Iterator<Item = (&'a str, &'a [Count])>, step: usize) -> Vec<ChartView> {
    let shown = |counts: &[Count]| counts.iter().map(|count| count.shown()).collect::<Option<Vec<usize>>>();
    let mut moved: Vec<(usize, &str, Vec<usize>)> = lines
        .filter_map(|(title, counts)| {
            let numbers = shown(counts).filter(|numbers| numbers.len() > 1)?;
            let (low, high) = (numbers.iter().min()?, numbers.iter().max()?);
            (high - low >= step).then(|| (numbers[0].abs_diff(numbers[numbers.len() - 1]), title, numbers))
        })
        .collect();
    moved.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    moved.truncate(MOST_CHARTS);
    let top = moved.iter().flat_map(|(_, _, numbers)| numbers).max().copied().unwrap_or(0);
    moved.iter().enumerate().map(|(n, (_, title, numbers))| chart(n + 1, title, numbers, quarters, top)).collect()
}

fn chart(number: usize, title: &str, numbers: &[usize], quarters: &[String], top: usize) -> ChartView {
    let (left, right, head, foot) = PLOT;
    let x = |n: usize| left + (right - left) * n / (numbers.len() - 1);
    let y = |value: usize| foot - (foot - head) * value / top.max(1);
    let points: Vec<String> = numbers.iter().enumerate().map(|(n, value)| format!("{},{}", x(n), y(*value))).collect();
    let named: Vec<String> = quarters.iter().zip(numbers).map(|(quarter, value)| format!("{quarter}: {value}")).collect();
    let last = numbers[numbers.len() - 1];
    let (start, end) = (quarters.first().cloned().unwrap_or_default(), quarters.last().cloned().unwrap_or_default());
    ChartView {
        id: format!("chart-{number}"),
        title: title.to_owned(),
        finding: finding(numbers, quarters),
        desc: format!("People in each quarter. {}.", named.join("; ")),
        points: points.join(" "),
        end_x: right.to_string(),
        end_y: y(last).to_string(),
        label_y: (y(last) + 5).to_string(),
        label: last.to_string(),
        top: top.to_string(),
        first: start,
        last: end,
    }
}

/// What a line shows: where it was highest or lowest between its ends, or that it rose or fell from one end to the other.
fn finding(numbers: &[usize], quarters: &[String]) -> String {
    let (first, last) = (numbers[0], numbers[numbers.len() - 1]);
    let (low, high) = numbers.iter().fold((first, first), |(low, high), n| (low.min(*n), high.max(*n)));
    let when = |n: usize| {
        let at: Vec<&String> = numbers.iter().zip(quarters).filter(|(value, _)| **value == n).map(|(_, quarter)| quarter).collect();
        if let [once] = at[..] { format!("in {once} ({n})") } else { format!("in {} quarters ({n})", at.len()) }
    };
    match (high > first.max(last), low < first.min(last)) {
        (true, _) => format!("Highest {}, {last} at the end.", when(high)),
        (_, true) => format!("Lowest {}, {last} at the end.", when(low)),
        _ if first < last => format!("Rose from {first} to {last}."),
        _ => format!("Fell from {first} to {last}."),
    }
}

/// Six shades: 0 for nobody, 5 for the most.
pub(super) struct Shades {
    step: usize,
    top: usize,
}

/// A shade and the numbers it stands for.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ShadeView {
    pub(super) shade: usize,
    pub(super) label: String,
}

impl Shades {
    pub(super) fn up_to(top: usize) -> Self {
        Self { step: top.div_ceil(5).max(1), top }
    }

    pub(super) fn of(&self, n: usize) -> usize {
        n.div_ceil(self.step).min(5)
    }

    pub(super) fn key(&self) -> Vec<ShadeView> {
        let shades = (0..=5).filter(|shade| shade * self.step < self.top + self.step);
        let label = |shade: usize| match (shade, self.step) {
            (0, _) => "0".to_owned(),
            (shade, 1) => shade.to_string(),
            (shade, step) => format!("{} to {}", (shade - 1) * step + 1, shade * step),
        };
        shades.map(|shade| ShadeView { shade, label: label(shade) }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_number_has_no_bar_and_no_point() {
        let shown = |whole, part| (whole, part);
        let drawn = bars([shown(Count::Shown(8), Count::Shown(2)), shown(Count::Hidden, Count::Hidden), shown(Count::Shown(3), Count::Hidden)].into_iter());
        assert_eq!(drawn.iter().map(|bar| bar.all.as_deref()).collect::<Vec<_>>(), [Some("100.0"), None, Some("37.5")]);
        assert_eq!(drawn.iter().map(|bar| bar.part.as_deref()).collect::<Vec<_>>(), [Some("25.0"), None, None]);
        assert_eq!((drawn[2].plain.as_deref(), drawn[2].rest.as_deref(), drawn[0].plain.as_deref()), (Some("37.5"), None, None), "no part is guessed");
        assert_eq!((drawn[0].rest.as_deref(), drawn[0].rest_at.as_str(), drawn[1].rest.as_deref()), (Some("75.0"), "25.0", None));
        let quarters: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        let hidden = [Count::Shown(9), Count::Hidden, Count::Shown(5)];
        assert!(small_multiples(&quarters, [("x", &hidden[..])].into_iter(), 2).is_empty());
    }

    #[test]
    fn pictures_share_one_scale_and_the_greatest_change_comes_first() {
        let quarters: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        let (up, down, flat) = ([1, 2, 3].map(Count::Shown), [8, 4, 0].map(Count::Shown), [2, 2, 2].map(Count::Shown));
        let charts = small_multiples(&quarters, [("up", &up[..]), ("flat", &flat[..]), ("down", &down[..])].into_iter(), 2);
        assert_eq!(charts.iter().map(|chart| (chart.title.as_str(), chart.top.as_str())).collect::<Vec<_>>(), [("down", "8"), ("up", "8")]);
        assert_eq!((charts[0].points.as_str(), charts[0].finding.as_str()), ("34,14 148,57 262,100", "Fell from 8 to 0."));
    }

    #[test]
    fn a_peak_between_the_ends_is_not_passed_over() {
        let quarters: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        let say = |numbers: [usize; 4]| finding(&numbers, &quarters);
        assert_eq!(say([0, 3, 0, 1]), "Highest in b (3), 1 at the end.");
        assert_eq!(say([0, 3, 3, 1]), "Highest in 2 quarters (3), 1 at the end.");
        assert_eq!(say([4, 4, 0, 4]), "Lowest in c (0), 4 at the end.");
        assert_eq!((say([0, 1, 1, 3]), say([3, 3, 1, 0])), ("Rose from 0 to 3.".to_owned(), "Fell from 3 to 0.".to_owned()));
    }

    #[test]
    fn every_number_has_a_shade_and_the_key_names_it() {
        for top in [0, 1, 3, 5, 7, 14, 100, 12_345] {
            let shades = Shades::up_to(top);
            assert_eq!((shades.of(0), shades.of(top) <= 5), (0, true));
            assert!(shades.key().iter().any(|key| key.shade == shades.of(top)), "{top}");
        }
        let labels: Vec<String> = Shades::up_to(14).key().into_iter().map(|key| key.label).collect();
        assert_eq!(labels, ["0", "1 to 3", "4 to 6", "7 to 9", "10 to 12", "13 to 15"]);
    }

    /// Relative luminance and contrast as WCAG 2.2 defines them.
    fn luminance(hex: &str) -> f64 {
        let full = if hex.len() == 4 { hex.chars().skip(1).flat_map(|c| [c, c]).collect() } else { hex[1..].to_owned() };
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&full[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colours of a block of the style sheet, by their names.
    fn colours(css: &str) -> std::collections::BTreeMap<&str, &str> {
        let block = css.split_once(":root{").unwrap().1.split('}').next().unwrap();
        block.split(';').filter_map(|line| line.strip_prefix("--")?.split_once(':')).collect()
    }

    #[test]
    fn texts_and_marks_can_be_told_from_their_ground_in_light_and_dark() {
        let style = include_str!("../../templates/style.css");
        let (light, dark) = style.split_once("prefers-color-scheme:dark").unwrap();
        for colours in [colours(light), colours(dark)] {
            for (text, ground) in [
                ("ink", "paper"),
                ("soft", "paper"),
                ("link", "paper"),
                ("ink", "tint"),
                ("soft", "tint"),
                ("link", "tint"),
                ("gap-ink", "gap"),
                ("band-ink", "band"),
            ] {
                assert!(contrast(colours[text], colours[ground]) >= 4.5, "{text} on {ground}: {}", contrast(colours[text], colours[ground]));
            }
            for mark in ["mark", "rest", "edge", "gap-line"] {
                assert!(contrast(colours[mark], colours["paper"]) >= 3.0, "{mark}: {}", contrast(colours[mark], colours["paper"]));
            }
        }
        for rule in style.split('}').filter(|rule| rule.contains(".shade-")) {
            let colour = |name: &str| rule.split(name).nth(1).unwrap().split([';', '}']).next().unwrap().to_owned();
            assert!(contrast(&colour("background:"), &colour(";color:")) >= 4.5, "{rule}");
        }
        assert!(contrast("#fd0", "#0b0c0c") >= 4.5);
    }
}
