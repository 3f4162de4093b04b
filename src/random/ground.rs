//! Regions, places, travel and holidays.

use super::Frame;
use super::dice::Dice;
use super::pins::Pins;
use super::table::{Table, decimal, maybe, yes};
use crate::programme::day::Day;

/// What is spoken in a region and where it lies: languages, weekend, time zone, latitude, longitude (whole degrees).
const REGIONS: [(&[&str], &str, &str, i64, i64); 8] = [
    (&["en"], "", "Africa/Nairobi", -1, 36),
    (&["fr", "en"], "sat;sun", "Africa/Dakar", 14, -10),
    (&["es"], "", "America/Bogota", 4, -74),
    (&["ar"], "fri;sat", "Asia/Riyadh", 27, 43),
    (&["ru", "en"], "sat;sun", "Asia/Almaty", 44, 72),
    (&["en", "zh"], "", "Asia/Singapore", 3, 104),
    (&["ar", "fr"], "sat;sun", "Africa/Tunis", 35, 8),
    (&["en", "es"], "", "America/Jamaica", 18, -76),
];

pub struct Ground {
    pub places: Vec<Place>,
    pub regions: usize,
}

pub struct Place {
    pub id: String,
    pub country: String,
    pub region: usize,
    pub languages: &'static [&'static str],
    weekend: &'static str,
    zone: &'static str,
    lat: i64,
    lon: i64,
    pub venue_day: i64,
    pub participant_day: i64,
    pub allowance_day: i64,
    max_parallel: Option<i64>,
    lead_days: Option<i64>,
}

/// The place where online courses are held.
pub const ONLINE: &str = "ONLINE";

impl Ground {
    pub fn new(dice: &mut Dice, frame: &Frame) -> Ground {
        let mut places = Vec::new();
        for i in 0..frame.places {
            let region = i % frame.regions;
            let (languages, weekend, zone, lat, lon) = REGIONS[region];
            places.push(Place {
                id: format!("P{i:03}"),
                country: format!("C{i:03}"),
                region,
                languages,
                weekend,
                zone,
                lat: 100 * lat + dice.between(-900, 900),
                lon: 100 * lon + dice.between(-1400, 1400),
                venue_day: dice.pick(&[0, 400, 600, 900]),
                participant_day: dice.pick(&[15, 20, 25, 40]),
                allowance_day: 10 * dice.between(12, 31),
                max_parallel: if i == 0 { Some(1) } else { dice.pick(&[Some(1), Some(1), Some(2), None]) },
                lead_days: if i == 1 { Some(21) } else { dice.pick(&[None, None, None, Some(14)]) },
            });
        }
        Ground { places, regions: frame.regions }
    }

    /// The places of a region, by their number.
    pub fn of_region(&self, region: usize) -> Vec<usize> {
        (0..self.places.len()).filter(|i| self.places[*i].region == region).collect()
    }

    pub fn files(&self, dice: &mut Dice, frame: &Frame, pins: &Pins) -> Vec<(String, Vec<u8>)> {
        vec![self.regions_file(), self.places_file(), self.travel_file(dice), self.holidays_file(dice, frame, pins)]
    }

    fn regions_file(&self) -> (String, Vec<u8>) {
        let mut t = Table::new("regions", "id,name,max_parallel");
        for g in 0..self.regions {
            let size = self.of_region(g).len();
            t.row(&[
                format!("G{g}"),
                format!("Region {g}"),
                if g == 0 { (size / 2 + 2).to_string() } else { String::new() },
            ]);
        }
        t.file()
    }

    fn places_file(&self) -> (String, Vec<u8>) {
        let mut t = Table::new(
            "places",
            "id,country,name,region,timezone,weekend,lat,lon,venue_day,participant_day,allowance_day,max_parallel,\
             lead_days,online",
        );
        for (i, p) in self.places.iter().enumerate() {
            t.row(&[
                p.id.clone(),
                p.country.clone(),
                format!("Place {i}"),
                format!("G{}", p.region),
                p.zone.to_string(),
                p.weekend.to_string(),
                decimal(p.lat),
                decimal(p.lon),
                p.venue_day.to_string(),
                p.participant_day.to_string(),
                p.allowance_day.to_string(),
                maybe(p.max_parallel),
                maybe(p.lead_days),
                String::new(),
            ]);
        }
        let mut online = vec![String::new(); 14];
        online[0] = ONLINE.to_string();
        online[1] = self.places[0].country.clone();
        online[2] = "Online".to_string();
        online[8] = "50".to_string();
        online[13] = yes(true);
        t.row(&online);
        t.file()
    }

    /// Some ways that are not what the distance says, one of them in one direction only.
    fn travel_file(&self, dice: &mut Dice) -> (String, Vec<u8>) {
        let mut t = Table::new("travel", "from,to,fare,days");
        let mut row = |from: &str, to: &str, fare: i64, days: i64| {
            t.row(&[
                from.to_string(),
                to.to_string(),
                fare.to_string(),
                if days == 0 { String::new() } else { days.to_string() },
            ]);
        };
        row(&self.places[0].id, &self.places[1].id, 410, 1);
        row(&self.places[1].id, &self.places[0].id, 395, 0);
        for i in 2..self.places.len() {
            if dice.chance(40) {
                let to = dice.below(i);
                row(&self.places[i].id, &self.places[to].id, dice.between(180, 1300), dice.pick(&[0, 1, 1, 2]));
            }
        }
        t.file()
    }

    fn holidays_file(&self, dice: &mut Dice, frame: &Frame, pins: &Pins) -> (String, Vec<u8>) {
        let mut t = Table::new("holidays", "where,date,until,kind,name");
        let mut row = |at: String, first: Day, last: Option<Day>, kind: &str, name: &str| {
            t.row(&[at, first.to_string(), maybe(last), kind.to_string(), name.to_string()]);
        };
        let day = |dice: &mut Dice| frame.start + 7 * dice.between(0, i64::from(frame.weeks()) - 1) as i32;
        // Not in the weeks for which something is pinned.
        let free = |dice: &mut Dice, days: i32| {
            (0..20).map(|_| day(dice)).find(|d| pins.weeks().iter().all(|w| *d + days < *w - 7 || *d > *w + 14))
        };
        if let Some(d) = free(dice, 3) {
            row("*".to_string(), d + 3, Some(d + 4), "closed", "Days of the organisation");
        }
        if let Some(d) = free(dice, 1) {
            row("G0".to_string(), d + 1, None, "", "Regional day");
        }
        let fasting = day(dice);
        row("G1".to_string(), fasting, Some(fasting + 27), "avoid", "Month of fasting");
        for p in &self.places {
            for _ in 0..4 {
                let (at, offset) = (dice.pick(&[&p.country, &p.id]).clone(), dice.between(0, 4) as i32);
                let kind = dice.pick(&["closed", "closed", "", "avoid"]);
                if let Some(d) = free(dice, offset) {
                    row(at, d + offset, None, kind, "Holiday");
                }
            }
        }
        t.file()
    }
}
