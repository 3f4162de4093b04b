//! travel.csv and `[travel]`: the ways between places.

use super::columns::{Column, Kind, TableId};
use super::fields::Fields;
use super::settings::Fares;
use super::{Given, Reading, codes};
use crate::programme::id::{Dense, Id, PlaceId};
use crate::programme::money::Cents;
use crate::programme::places::{Leg, Place, Travel};

/// The columns of travel.csv.
pub const COLUMNS: &[Column] = &[
    Column::required("from", Kind::Name, "a place id"),
    Column::required("to", Kind::Name, "a place id; the row serves both directions unless the reverse has its own"),
    Column::required("fare", Kind::Money, "one way, one person"),
    Column::with("days", Kind::Whole, "0", "travel days; 0: there and at work on the same day"),
];

/// The Earth's radius in km, as distances are computed here.
const EARTH_KM: f64 = 6371.0088;

/// Reads the ways: rows of travel.csv first, then by distance where there is `[travel]`.
pub fn travel<'t>(r: &mut Reading<'t>, given: &Given<'t, '_>, fares: Option<Fares>) -> Travel {
    let places = &given.ground.places;
    let n = places.len();
    let mut legs: Vec<Option<Leg>> = vec![None; n * n];
    let mut reverse: Vec<(usize, usize, Leg)> = Vec::new();
    for row in r.rows(TableId::Travel) {
        let mut f = Fields::new(r.tables, TableId::Travel, row, r.dates, &mut r.log);
        let (from, to) = (f.text("from"), f.text("to"));
        let (at_from, at_to) = (f.spot("from"), f.spot("to"));
        let from_to = (given.names.find(from, at_from, f.log), given.names.find(to, at_to, f.log));
        let leg = Leg { fare: f.price("fare"), days: f.whole("days", 0..=100).map_or(0, |d| d as i32) };
        let (Some(a), Some(b)) = from_to else { continue };
        if a == b {
            f.log.add(
                &codes::SAME_PLACE,
                at_to,
                format!("the way from {from} to itself costs nothing and takes no day"),
                "",
            );
            continue;
        }
        let there = &mut legs[a.index() * n + b.index()];
        if there.is_some() {
            f.log.add(&codes::DUPLICATE_ROW, at_from, format!("a second row from {from} to {to}"), "");
        }
        *there = Some(leg);
        reverse.push((b.index(), a.index(), leg));
    }
    for (from, to, leg) in reverse {
        legs[from * n + to].get_or_insert(leg);
    }
    if let Some(fares) = fares {
        by_distance(places, &mut legs, fares);
    }
    Travel::new(n, legs)
}

fn by_distance(places: &Dense<PlaceId, Place>, legs: &mut [Option<Leg>], fares: Fares) {
    let n = places.len();
    let at: Vec<Option<(f64, f64)>> = places.values().map(|p| p.position).collect();
    for a in 0..n {
        for b in a + 1..n {
            if let (Some(from), Some(to)) = (at[a], at[b]) {
                let leg = fares.leg(distance(from, to));
                legs[a * n + b].get_or_insert(leg);
                legs[b * n + a].get_or_insert(leg);
            }
        }
    }
}

/// The haversine distance in km between two positions in degrees.
pub fn distance((lat1, lon1): (f64, f64), (lat2, lon2): (f64, f64)) -> f64 {
    let (phi1, phi2) = (lat1.to_radians(), lat2.to_radians());
    let half = |d: f64| (d.to_radians() / 2.0).sin().powi(2);
    let h = half(lat2 - lat1) + phi1.cos() * phi2.cos() * half(lon2 - lon1);
    2.0 * EARTH_KM * h.clamp(0.0, 1.0).sqrt().asin()
}

/// Km × 2^60 as a whole number: exactly what the f64 holds, for anything over a few metres.
const SHIFT: u32 = 60;

impl Fares {
    /// The way over so many km: the fare rounded half up to the cent, the days counted up.
    pub fn leg(self, km: f64) -> Leg {
        let km = (km * (1u64 << SHIFT) as f64) as i128;
        // per_km is in millionths of the unit, 10^4 of which make a cent.
        let unit = 10_000i128 << SHIFT;
        let cents = i128::from(self.base.0) * unit + i128::from(self.per_km.0) * km;
        let fare = Cents(i64::try_from((2 * cents + unit).div_euclid(2 * unit)).unwrap_or(i64::MAX));
        let million = 1_000_000i128;
        let near = km * million <= i128::from(self.free_km.0) << SHIFT;
        let days = if near || self.km_per_day.0 == 0 {
            0
        } else {
            let day = i128::from(self.km_per_day.0) << SHIFT;
            (km * million + day - 1).div_euclid(day)
        };
        Leg { fare, days: i32::try_from(days).unwrap_or(i32::MAX).min(10_000) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fares, distance};
    use crate::programme::money::{Cents, Micro};
    use crate::programme::places::Leg;

    const FARES: Fares = Fares {
        base: Cents(15_000),
        per_km: Micro(110_000),
        km_per_day: Micro(9_000_000_000),
        free_km: Micro(300_000_000),
    };

    #[test]
    fn distances_on_the_sphere() {
        // A quarter of the equator.
        assert!((distance((0.0, 0.0), (0.0, 90.0)) - 10_007.557).abs() < 0.001);
        assert!((distance((90.0, 0.0), (-90.0, 0.0)) - 20_015.115).abs() < 0.001);
        assert_eq!(distance((14.7, -17.4), (14.7, -17.4)), 0.0);
    }

    #[test]
    fn fares_round_half_up_and_days_up() {
        assert_eq!(FARES.leg(0.0), Leg { fare: Cents(15_000), days: 0 });
        assert_eq!(FARES.leg(300.0).days, 0);
        assert_eq!(FARES.leg(300.5), Leg { fare: Cents(18_306), days: 1 });
        assert_eq!(FARES.leg(9_000.0).days, 1);
        assert_eq!(FARES.leg(9_000.25).days, 2);
        let half = Fares { base: Cents(0), per_km: Micro(10_000), ..FARES };
        assert_eq!((half.leg(0.5).fare, half.leg(1.5).fare, half.leg(0.25).fare), (Cents(1), Cents(2), Cents(0)));
        let slow = Fares { km_per_day: Micro(0), ..FARES };
        assert_eq!(slow.leg(5_000.0).days, 0);
    }
}
