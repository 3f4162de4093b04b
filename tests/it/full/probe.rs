//! Figures, on request: `FULL_TELL=1 FULL_PROBE=demo cargo test --release --test it full::probe -- --ignored --nocapture`
//! climbs the programme in that folder of `data/` and tells every goal's value, bound and time.

use super::climb::{accepted, climb, programme};
use docent::full::prove::Work;
use docent::plan::brief::Brief;

#[test]
#[ignore = "tells figures, proves nothing"]
fn climbs() {
    let folder = std::env::var("FULL_PROBE").unwrap_or_else(|_| "demo".into());
    let programme = programme(&folder);
    let brief = Brief::new(&programme);
    let (plan, _) = climb(&brief, Work::default());
    accepted(&brief, &plan);
}
