//! What points can add up to: goals that count the points of served requests take few values near the best one.

/// The sums of some of the given points.
#[derive(Clone, Debug)]
pub struct Sums {
    /// All points are multiples of this.
    grid: i128,
    /// By grid step: true where some of the points add up to it.
    reached: Vec<bool>,
}

/// More steps than this are not told apart.
const MOST: usize = 100_000;

impl Sums {
    /// The sums of `points`, all multiples of `grid`; None where there are too many to tell apart.
    pub fn new(points: &[i128], grid: i128) -> Option<Sums> {
        let steps = |p: i128| usize::try_from(p / grid.max(1)).ok();
        let total = steps(points.iter().sum())?;
        if total > MOST || points.len() * total > 100 * MOST {
            return None;
        }
        let mut reached = vec![false; total + 1];
        reached[0] = true;
        let mut highest = 0;
        for step in points.iter().map(|p| steps(*p)) {
            let step = step?;
            for at in (0..=highest).rev() {
                reached[at + step] |= reached[at];
            }
            highest += step;
        }
        Some(Sums { grid: grid.max(1), reached })
    }

    /// The largest sum that is no larger than this.
    pub fn at_most(&self, value: i128) -> i128 {
        let last = self.reached.len() as i128 - 1;
        let mut step = value.div_euclid(self.grid).min(last);
        while step > 0 && !self.reached[step as usize] {
            step -= 1;
        }
        if step < 0 { value } else { step * self.grid }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_falls_to_the_next_sum() {
        let sums = Sums::new(&[50, 70, 200], 10).expect("few");
        for (value, sum) in [(400, 320), (320, 320), (319, 270), (269, 250), (199, 120), (49, 0), (0, 0), (-30, -30)] {
            assert_eq!(sums.at_most(value), sum, "{value}");
        }
    }

    #[test]
    fn too_many_are_not_told_apart() {
        assert!(Sums::new(&[1_000_000_007], 1).is_none());
    }
}
