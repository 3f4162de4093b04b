//! The built-in table of the world's states, taken for what places.csv leaves blank.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A state: its capital as a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// ISO 3166 alpha-3.
    pub id: &'static str,
    pub capital: &'static str,
    pub region: &'static str,
    pub timezone: &'static str,
    /// Days separated by `;`, or `none`.
    pub weekend: &'static str,
    /// Degrees, as text.
    pub lat: &'static str,
    pub lon: &'static str,
}

struct Atlas {
    states: FxHashMap<&'static str, State>,
    regions: FxHashMap<&'static str, &'static str>,
    countries: FxHashMap<&'static str, &'static str>,
}

// The three files hold no quoted cell (a test keeps it so).
static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas {
    states: include_str!("../../../data/atlas/places.csv").lines().skip(1).filter_map(state).collect(),
    regions: names(include_str!("../../../data/atlas/regions.csv")),
    countries: names(include_str!("../../../data/atlas/countries.csv")),
});

fn names(file: &'static str) -> FxHashMap<&'static str, &'static str> {
    file.lines().skip(1).filter_map(|l| l.split_once(',')).collect()
}

fn state(line: &'static str) -> Option<(&'static str, State)> {
    let mut cells = line.split(',');
    let (id, capital) = (cells.next()?, cells.next()?);
    let (region, timezone, weekend) = (cells.nth(1)?, cells.next()?, cells.next()?);
    Some((id, State { id, capital, region, timezone, weekend, lat: cells.next()?, lon: cells.next()? }))
}

/// The state with this ISO 3166 alpha-3 code.
pub fn state_of(id: &str) -> Option<&'static State> {
    ATLAS.states.get(id)
}

/// The name of a region of the atlas.
pub fn region_name(id: &str) -> Option<&'static str> {
    ATLAS.regions.get(id).copied()
}

/// The English short name of the state with this ISO 3166 alpha-3 code.
pub fn country_name(id: &str) -> Option<&'static str> {
    ATLAS.countries.get(id).copied()
}

/// Every state's id, in no order that means anything.
pub fn ids<'a>() -> impl Iterator<Item = &'a str> {
    ATLAS.states.keys().copied()
}

/// Every region's id, in no order that means anything.
pub fn region_ids<'a>() -> impl Iterator<Item = &'a str> {
    ATLAS.regions.keys().copied()
}

#[cfg(test)]
mod tests {
    use super::{ATLAS, country_name, region_name, state_of};

    #[test]
    fn the_atlas_is_whole() {
        for file in [
            include_str!("../../../data/atlas/places.csv"),
            include_str!("../../../data/atlas/regions.csv"),
            include_str!("../../../data/atlas/countries.csv"),
        ] {
            assert!(!file.contains('"'));
        }
        for state in ATLAS.states.values() {
            assert!(country_name(state.id).is_some(), "{}", state.id);
        }
        assert_eq!(ATLAS.states.len(), include_str!("../../../data/atlas/places.csv").lines().count() - 1);
        for state in ATLAS.states.values() {
            assert!(region_name(state.region).is_some(), "{}", state.region);
            assert!(state.lat.parse::<f64>().is_ok() && state.lon.parse::<f64>().is_ok(), "{}", state.id);
        }
        assert_eq!(state_of("SEN").map(|s| (s.capital, s.weekend)), Some(("Dakar", "sat;sun")));
    }
}
