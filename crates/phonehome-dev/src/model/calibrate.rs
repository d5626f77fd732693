//! From sums to scores: log-odds by Platt's method (Platt 1999, "Probabilistic outputs for support vector machines"), the
//! thresholds of the bands, and where early steps let names go.

use std::collections::BTreeMap;

use phonehome::format::model::{Features, NameModel, Parts};

use super::data::Judged;

/// A straight line from a sum to natural log-odds at even odds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) slope: f64,
    pub(super) start: f64,
}

/// The lines of both kinds of scores.
#[derive(Debug)]
pub(super) struct Calibration {
    pub(super) quick: Line,
    pub(super) slow: Line,
    shift: f64,
}

/// Share of the machine-made names above the lowest threshold that each step may let go.
const LOST: f64 = 0.001_5;

/// False-positive rates of low, raised and high.
pub(super) const RATES: [f64; 3] = [1e-2, 1e-3, 1e-4];

impl Calibration {
    /// Fits on rows that the model has not seen: popular names against families, each family with the same weight.
    pub(super) fn of(model: &NameModel, val: &[Judged], base_rate: u16) -> Self {
        let sizes = family_sizes(val);
        let (mut quick, mut slow) = (Vec::new(), Vec::new());
        for row in val.iter().filter(|row| row.row.is_dga || row.row.is_popular()) {
            let features = model.features(&row.label, &row.top, row.suffix_labels);
            let weight = if row.row.is_dga { share_of(row, &sizes) } else { 1.0 };
            let first = i32::from(features[0]);
            quick.push((f64::from(first), row.row.is_dga, weight));
            slow.push((f64::from(model.leaves(&features)), row.row.is_dga, weight));
        }
        Self { quick: platt(&quick), slow: platt(&slow), shift: (f64::from(base_rate) - 1.0).ln() }
    }

    fn scale(&self, line: Line) -> (i32, i32) {
        let factor = line.slope * 100.0 * 65536.0;
        (factor.round() as i32, ((line.start - self.shift) * 100.0).round() as i32)
    }
}

/// Logistic regression on one number by Newton's method, both classes with the same total weight.
fn platt(points: &[(f64, bool, f64)]) -> Line {
    let total = |class| points.iter().filter(|point| point.1 == class).map(|point| point.2).sum::<f64>();
    let (yes, no) = (total(true), total(false));
    let size = points.iter().map(|point| point.0.abs()).fold(1.0, f64::max);
    let (mut slope, mut start) = (1.0, 0.0);
    for _ in 0..50 {
        let (mut gradient, mut hessian) = ([1e-9 * slope, 0.0], [1e-9, 0.0, 1e-9]);
        for (x, is_dga, weight) in points {
            let x = x / size;
            let weight = weight / if *is_dga { yes } else { no };
            let chance = 1.0 / (1.0 + (-(slope * x + start)).exp());
            let error = (chance - f64::from(u8::from(*is_dga))) * weight;
            let curve = chance * (1.0 - chance) * weight;
            gradient[0] += error * x;
            gradient[1] += error;
            hessian[0] += curve * x * x;
            hessian[1] += curve * x;
            hessian[2] += curve;
        }
        let determinant = hessian[0] * hessian[2] - hessian[1] * hessian[1];
        slope -= (hessian[2] * gradient[0] - hessian[1] * gradient[1]) / determinant;
        start -= (hessian[0] * gradient[1] - hessian[1] * gradient[0]) / determinant;
    }
    Line { slope: slope / size, start }
}

/// Fills in scales, thresholds and exits. `unseen`: leaf sums of popular training rows by trees that have not seen them; the rows
/// for choosing alone are too few for the highest threshold, which is the greater of what both give.
pub(super) fn finish(parts: &mut Parts, calibration: &Calibration, model: &NameModel, val: &[Judged], unseen: &[i32]) {
    parts.scales = [calibration.scale(calibration.quick), calibration.scale(calibration.slow)];
    let scale = parts.scales[1];
    let score = |sum: i32| scored(scale, sum);
    let mut popular: Vec<i32> = val
        .iter()
        .filter(|row| row.row.is_popular())
        .map(|row| score(model.leaves(&model.features(&row.label, &row.top, row.suffix_labels))))
        .collect();
    let mut tail: Vec<i32> = unseen.iter().map(|sum| score(*sum)).collect();
    popular.sort_unstable();
    tail.sort_unstable();
    let at = |scores: &[i32], rate: f64| {
        let above = (scores.len() as f64 * rate) as usize;
        scores.iter().rev().nth(above).copied().unwrap_or(0)
    };
    let [low, raised, high] = RATES;
    let bands = [at(&popular, low), at(&popular, raised), at(&popular, high).max(at(&tail, high))];
    parts.bands = bands.map(|band| band.clamp(-32_000, 32_000) as i16);
    println!(
        "bands from {:?}; rows that the trees have not seen give {:?}",
        parts.bands,
        RATES.map(|rate| at(&tail, rate))
    );
    exits(parts, model, val);
}

/// Lets each step let names go: as few machine-made ones above the lowest threshold as [`LOST`] says, each family weighing the same.
fn exits(parts: &mut Parts, model: &NameModel, val: &[Judged]) {
    let scale = parts.scales[1];
    let score = |sum: i32| scored(scale, sum);
    let sizes = family_sizes(val);
    let found: Vec<(Features, f64)> = val
        .iter()
        .filter(|row| row.row.is_dga)
        .map(|row| (model.features(&row.label, &row.top, row.suffix_labels), share_of(row, &sizes)))
        .filter(|(features, _)| score(model.leaves(features)) > i32::from(parts.bands[0]))
        .collect();
    let below_few = |sum: &dyn Fn(&Features) -> i32| {
        let mut sums: Vec<(i32, f64)> = found.iter().map(|(features, weight)| (sum(features), *weight)).collect();
        sums.sort_by_key(|(sum, _)| *sum);
        let mut left = LOST * sums.iter().map(|(_, weight)| weight).sum::<f64>();
        let first_kept = sums.iter().find(|(_, weight)| {
            left -= weight;
            left < 0.0
        });
        first_kept.map_or(i32::MIN, |(sum, _)| sum - 1)
    };
    parts.leave = below_few(&|features| features[0].into());
    parts.leave_fours = below_few(&|features| features[1].into());
    parts.leave_trees = below_few(&|features| model.first_leaves(features));
}

/// A sum as the library makes it a score.
fn scored((factor, summand): (i32, i32), sum: i32) -> i32 {
    ((i64::from(sum) * i64::from(factor)) >> 16) as i32 + summand
}

/// The share of its family that a name is: so all families weigh the same.
fn share_of(row: &Judged, sizes: &BTreeMap<&str, f64>) -> f64 {
    1.0 / sizes.get(row.row.label.as_str()).copied().unwrap_or(1.0)
}

/// Names of each family.
fn family_sizes(rows: &[Judged]) -> BTreeMap<&str, f64> {
    let mut sizes: BTreeMap<&str, f64> = BTreeMap::new();
    rows.iter().filter(|row| row.row.is_dga).for_each(|row| *sizes.entry(&row.row.label).or_default() += 1.0);
    sizes
}
