//! The points of the requests that the baseline serves, that the programme still has, and that are served.

use super::coverage::points;
use crate::judge::case::Case;

pub fn value(case: &Case) -> i128 {
    let Some(baseline) = &case.brief.baseline else { return 0 };
    let mut sum = 0;
    for (r, promise) in baseline.promises.iter() {
        if promise.is_some() && case.session_of(r).is_some() {
            sum += points(case, r);
        }
    }
    sum
}
