//! How the signs for a theme are weighed against each other: one logistic formula for all themes.
//!
//! Its weights start from what held on invented notes and move, as far as the tags of this workspace tell, towards what holds here. So
//! a workspace that has confirmed little is served by its codebook, and one that has confirmed much by what it confirmed.

use crate::model::ThemeKey;

/// What speaks for one theme in one discussion.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Signals {
    /// The codebook's phrases, from 0 to 1.
    pub(super) phrases: f32,
    /// How much the text is about the same as the codebook's entry.
    pub(super) gist: f32,
    /// Words that go with the theme in what was confirmed.
    pub(super) words: f32,
    /// How common the theme is here.
    pub(super) common: f32,
    /// Whether the discussion of this case before had it: 1, or 0.
    pub(super) before: f32,
}

const N: usize = 6;

/// The weights of the formula, and how sure a suggestion has to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Blend {
    weights: [f64; N],
    pub(super) threshold: f32,
}

/// A discussion and a theme, with whether people said that it fits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Example {
    pub(super) theme: ThemeKey,
    pub(super) signals: Signals,
    pub(super) fits: bool,
}

/// Fitted on the sample's notes with two codebooks of the same themes; what the last three are worth, each workspace finds out.
const FROM_THE_CODEBOOK: [f64; N] = [-3.3, 3.6, 0.8, 0.8, 0.7, 1.0];
/// How firmly the weights stay where they start: as if so many examples had said so.
const FIRMNESS: [f64; N] = [10.0, 10.0, 10.0, 10.0, 10.0, 2.0];
/// What is right at about three in five, and finds about half, on invented notes that nothing was learnt from.
const THRESHOLD: f32 = 0.3;
/// What is suggested should be right more often than this, where that can be had.
const LEAST_PRECISION: f32 = 0.6;
/// From fewer examples that fit, no threshold is chosen.
const ENOUGH: usize = 100;
const STEPS: usize = 12;

impl Default for Blend {
    fn default() -> Self {
        Self { weights: FROM_THE_CODEBOOK, threshold: THRESHOLD }
    }
}

impl Signals {
    fn numbers(self) -> [f64; N] {
        [
            1.0,
            f64::from(self.phrases),
            f64::from(self.gist.min(3.0)),
            f64::from(self.words.min(8.0) / 2.0),
            f64::from(self.common.clamp(-3.0, 3.0)),
            f64::from(self.before),
        ]
    }
}

impl Blend {
    /// Learns from examples whose own meeting was held out of their signals.
    pub(super) fn learn(examples: &[Example]) -> Self {
        let fits = examples.iter().filter(|example| example.fits).count();
        if fits == 0 {
            return Self::default();
        }
        let weights = fit(examples);
        let blend = Self { weights, threshold: THRESHOLD };
        if fits < ENOUGH { blend } else { Self { threshold: blend.best_threshold(examples), ..blend } }
    }

    /// How sure it is that a theme fits, from 0 to 1; not at all where nothing can be pointed at.
    pub(super) fn sureness(&self, signals: Signals) -> f32 {
        if signals.phrases + signals.words + signals.before <= 0.0 {
            return 0.0;
        }
        sigmoid(dot(&self.weights, &signals.numbers())) as f32
    }

    /// The threshold with the best balance of what is found and what is right, among those at which enough is right.
    fn best_threshold(&self, examples: &[Example]) -> f32 {
        let mut scored: Vec<(f32, bool)> =
            examples.iter().map(|example| (self.sureness(example.signals), example.fits)).filter(|(sure, _)| *sure >= 0.05).collect();
        scored.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
        let all = examples.iter().filter(|example| example.fits).count() as f32;
        let (mut right, mut best) = (0.0_f32, (false, 0.0_f32, THRESHOLD));
        for (n, (sure, fits)) in scored.iter().enumerate() {
            right += f32::from(u8::from(*fits));
            let ends_here = scored.get(n + 1).is_none_or(|(next, _)| next < sure);
            let suggested = (n + 1) as f32;
            let candidate = (right / suggested >= LEAST_PRECISION, 2.0 * right / (suggested + all), *sure);
            if ends_here && (candidate.0, candidate.1) > (best.0, best.1) {
                best = candidate;
            }
        }
        best.2
    }
}

/// Newton's method on the likelihood of the examples, held by the weights it starts from.
fn fit(examples: &[Example]) -> [f64; N] {
    let mut weights = FROM_THE_CODEBOOK;
    for _ in 0..STEPS {
        let mut slope = [0.0; N];
        let mut bend = [[0.0; N]; N];
        for n in 0..N {
            slope[n] = FIRMNESS[n] * (FROM_THE_CODEBOOK[n] - weights[n]);
            bend[n][n] = FIRMNESS[n];
        }
        for example in examples {
            let numbers = example.signals.numbers();
            let sure = sigmoid(dot(&weights, &numbers));
            let (off, spread) = (f64::from(u8::from(example.fits)) - sure, (sure * (1.0 - sure)).max(1e-9));
            for row in 0..N {
                slope[row] += off * numbers[row];
                for column in 0..=row {
                    bend[row][column] += spread * numbers[row] * numbers[column];
                }
            }
        }
        let Some(step) = solve(&bend, &slope) else { break };
        let length = step.iter().map(|step| step.abs()).fold(0.0, f64::max);
        // A step too long would lead astray where the examples are one-sided.
        let by = if length > 2.0 { 2.0 / length } else { 1.0 };
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight += by * step);
        if length < 1e-6 {
            break;
        }
    }
    weights
}

/// Solves a symmetric system of which the lower half is given, by the decomposition of Cholesky.
fn solve(matrix: &[[f64; N]; N], right: &[f64; N]) -> Option<[f64; N]> {
    let mut lower = [[0.0; N]; N];
    for row in 0..N {
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| lower[row][k] * lower[column][k]).sum();
            let rest = matrix[row][column] - known;
            if row == column && rest <= 0.0 {
                return None;
            }
            lower[row][column] = if row == column { rest.sqrt() } else { rest / lower[column][column] };
        }
    }
    let mut half = [0.0; N];
    for row in 0..N {
        let known: f64 = (0..row).map(|k| lower[row][k] * half[k]).sum();
        half[row] = (right[row] - known) / lower[row][row];
    }
    let mut solved = [0.0; N];
    for row in (0..N).rev() {
        let known: f64 = (row + 1..N).map(|k| lower[k][row] * solved[k]).sum();
        solved[row] = (half[row] - known) / lower[row][row];
    }
    Some(solved)
}

fn dot(a: &[f64; N], b: &[f64; N]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}
