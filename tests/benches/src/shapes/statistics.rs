//! Thresholds and intervals.

use crate::random::Random;

/// A part of a whole.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Proportion {
    pub(super) part: usize,
    pub(super) whole: usize,
}

/// A value with its 95 % interval.
#[derive(Clone, Copy, Debug)]
pub(super) struct Estimate {
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Proportion {
    pub(super) fn rate(self) -> f64 {
        self.part as f64 / self.whole.max(1) as f64
    }

    /// Wilson's score interval.
    pub(super) fn estimate(self) -> Estimate {
        const Z: f64 = 1.959_964;
        let (n, p) = (self.whole.max(1) as f64, self.rate());
        let scale = 1.0 + Z * Z / n;
        let middle = (p + Z * Z / (2.0 * n)) / scale;
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
        Estimate { value: p, low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
    }
}

/// The mean of some values; the interval by drawing the values again, 1000 times (percentiles of the bootstrap).
pub(super) fn bootstrap(values: &[f64]) -> Estimate {
    const DRAWS: usize = 1000;
    let mut random = Random::new(1);
    let count = values.len().max(1) as f64;
    let mut means: Vec<f64> = (0..DRAWS)
        .map(|_| values.iter().filter_map(|_| values.get(random.below(values.len()))).sum::<f64>() / count)
        .collect();
    means.sort_by(f64::total_cmp);
    let at = |index: usize| means.get(index).copied().unwrap_or_default();
    Estimate { value: values.iter().sum::<f64>() / count, low: at(DRAWS * 25 / 1000), high: at(DRAWS * 975 / 1000 - 1) }
}

/// The least score that at most so many of the scores are above.
pub(super) fn threshold(mut scores: Vec<f64>, above: usize) -> f64 {
    scores.sort_by(|a, b| b.total_cmp(a));
    scores.get(above).copied().unwrap_or(f64::NEG_INFINITY)
}
