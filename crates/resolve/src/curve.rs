//! A monotone curve through a few points; linear between them, level outside.
//!
//! Invariant: both coordinates rise strictly or stay; a curve read from a file is checked.

use serde::Deserialize;

/// A piecewise linear, never falling function.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Vec<(f64, f64)>")]
pub(crate) struct Curve(Vec<(f64, f64)>);

impl TryFrom<Vec<(f64, f64)>> for Curve {
    type Error = &'static str;

    fn try_from(points: Vec<(f64, f64)>) -> Result<Self, Self::Error> {
        let rises = points.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 <= w[1].1);
        let finite = points.iter().all(|p| p.0.is_finite() && p.1.is_finite());
        if points.is_empty() || !rises || !finite {
            return Err("a curve needs points whose coordinates rise");
        }
        Ok(Self(points))
    }
}

impl Curve {
    pub(crate) fn at(&self, x: f64) -> f64 {
        let after = self.0.partition_point(|p| p.0 < x);
        match (after.checked_sub(1).map(|i| self.0[i]), self.0.get(after)) {
            (Some((x0, y0)), Some(&(x1, y1))) => y0 + (y1 - y0) * (x - x0) / (x1 - x0),
            (Some((_, y)), None) | (None, Some(&(_, y))) => y,
            (None, None) => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_points_it_is_linear_and_outside_level() {
        let curve = Curve::try_from(vec![(0.0, -2.0), (1.0, 0.0), (3.0, 6.0)]).expect("rises");
        let at: Vec<f64> = [-1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 9.0].map(|x| curve.at(x)).into();
        assert_eq!(at, [-2.0, -2.0, -1.0, 0.0, 3.0, 6.0, 6.0]);
    }

    #[test]
    fn a_falling_curve_is_refused() {
        assert!(Curve::try_from(vec![(0.0, 1.0), (1.0, 0.0)]).is_err());
        assert!(Curve::try_from(Vec::new()).is_err());
    }
}
