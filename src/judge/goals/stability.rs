//! Per request that the baseline serves and the programme still has: 3 if no longer served; else 1 if the start day
//! changed, 1 if the place, 1 if the language, 1 per trainer who left its team and 1 per trainer who joined.

use crate::judge::case::Case;

pub fn value(case: &Case) -> i128 {
    let Some(baseline) = &case.brief.baseline else { return 0 };
    let mut sum = 0;
    for (r, promise) in baseline.promises.iter() {
        let Some(promise) = promise else { continue };
        let Some(now) = case.session_of(r) else {
            sum += 3;
            continue;
        };
        let now = &case.plan.sessions[now];
        if now.span.first != promise.start {
            sum += 1;
        }
        if promise.place != Some(now.place) {
            sum += 1;
        }
        if promise.language != Some(now.language) {
            sum += 1;
        }
        sum += i128::from(promise.gone);
        for trainer in &promise.team {
            if !now.team.iter().any(|seat| seat.trainer == *trainer) {
                sum += 1;
            }
        }
        for seat in &now.team {
            if !promise.team.contains(&seat.trainer) {
                sum += 1;
            }
        }
    }
    sum
}
