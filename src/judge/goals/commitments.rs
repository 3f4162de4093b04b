//! How many promises the plan does not keep.

use crate::judge::case::Case;
use crate::judge::commitments::broken;

pub fn value(case: &Case) -> i128 {
    broken(case).iter().map(|_| 1).sum()
}
