//! Funds with all their strings, interpretation, quotas.

use super::Frame;
use super::courses::Courses;
use super::dice::Dice;
use super::ground::Ground;
use super::requests::Requests;
use super::table::{Table, maybe};
use crate::programme::day::Day;

pub struct Money {
    start: Day,
    funds: Vec<Fund>,
    interpretation: Vec<[String; 5]>,
    quotas: Vec<[String; 11]>,
}

#[derive(Default)]
struct Fund {
    donor: &'static str,
    /// In thousandths of all money.
    share: i64,
    currency: &'static str,
    in_kind: bool,
    pledged: bool,
    /// In thousandths of the amount.
    spent: i64,
    overhead: &'static str,
    /// Days after the programme's start.
    valid_from: Option<i32>,
    valid_to: Option<i32>,
    regions: String,
    countries: String,
    hosts: String,
    courses: String,
    languages: &'static str,
    covers: &'static str,
    /// In thousandths of the amount.
    floor: Option<i64>,
}

impl Money {
    pub fn new(dice: &mut Dice, frame: &Frame, ground: &Ground, courses: &Courses, requests: &Requests) -> Money {
        let demand: i64 = requests.all.iter().map(|r| price(ground, courses, r.course, r.place, r.participants)).sum();
        let money = i64::try_from(i128::from(demand) * i128::from(frame.tight.0) / 1_000_000).unwrap_or(i64::MAX);
        let region = |g: usize| format!("G{}", g % frame.regions);
        let country = |i: usize| ground.places[i % ground.places.len()].country.clone();
        let weeks = frame.weeks();
        let mut funds = vec![
            Fund { donor: "General contributions", share: 380, ..Fund::default() },
            Fund {
                donor: "Contributor B",
                share: 150,
                currency: "EUR",
                overhead: "0.13",
                regions: region(0),
                valid_to: Some(7 * weeks * 3 / 4),
                ..Fund::default()
            },
            Fund {
                donor: "Contributor C",
                share: 120,
                overhead: "0.07",
                pledged: true,
                spent: 50,
                regions: format!("{};{}", region(1), region(2)),
                languages: "en;fr;es;ar;ru;zh",
                floor: Some(150),
                ..Fund::default()
            },
            Fund {
                donor: "Contributor D",
                share: 120,
                courses: format!("legal;{}", courses.all[1].id),
                valid_from: Some(0),
                valid_to: Some(7 * weeks * 9 / 10),
                covers: "travel;allowance;fees;participants",
                ..Fund::default()
            },
            Fund {
                donor: "Contributor E",
                share: 110,
                currency: "CHF",
                countries: (0..4).map(country).collect::<Vec<_>>().join(";"),
                overhead: "0.1",
                ..Fund::default()
            },
            Fund {
                donor: "Host government",
                share: 40,
                in_kind: true,
                hosts: format!("{};{}", region(0), ground.places[1].id),
                covers: "venue;participants",
                ..Fund::default()
            },
            Fund { donor: "Partner academy", share: 30, in_kind: true, covers: "materials;venue", ..Fund::default() },
        ];
        for g in 3..frame.regions {
            funds.push(Fund { donor: "Regional contribution", share: 50, regions: region(g), ..Fund::default() });
        }
        let total: i64 = funds.iter().map(|f| f.share).sum();
        for f in &mut funds {
            f.share = (i128::from(money) * i128::from(f.share) / i128::from(total)) as i64;
        }
        let mut interpretation = Vec::new();
        let mut row = |at: &str, from: &str, to: &str, cost: i64, most: &str| {
            interpretation.push([at.to_string(), from.to_string(), to.to_string(), cost.to_string(), most.to_string()]);
        };
        for language in ["fr", "es", "ar", "ru", "zh"] {
            row("*", "en", language, dice.pick(&[1200, 1600]), if language == "fr" { "2" } else { "" });
            row(language_home(language), "en", language, dice.pick(&[700, 900]), "");
        }
        row(&ground.places[0].country, "fr", "en", 800, "1");
        row(&ground.places[1].id, "es", "en", 850, "");
        let n = requests.all.len() as i64;
        let quota = |id: &str, measure: &str| {
            let mut q: [String; 11] = Default::default();
            (q[0], q[1]) = (id.to_string(), measure.to_string());
            q
        };
        let mut quotas =
            vec![quota("Q1", "sessions"), quota("Q2", "requests"), quota("Q3", "participants"), quota("Q4", "cost")];
        // At most so many sessions in one region's places in the first half.
        quotas[0][4] = region(0);
        (quotas[0][7], quotas[0][8]) = (frame.start.to_string(), (frame.start + 7 * weeks / 2).to_string());
        quotas[0][10] = (n / 6 + 3).to_string();
        // At least some requests of another region.
        quotas[1][2] = region(1);
        quotas[1][9] = (n / 20 + 1).to_string();
        // Neither too few nor too many officials in one family of courses.
        quotas[2][5] = "legal".to_string();
        quotas[2][6] = "en;fr;es;ar;ru;zh".to_string();
        (quotas[2][9], quotas[2][10]) = ("10".to_string(), (n * 12 + 40).to_string());
        // No country alone takes the most.
        quotas[3][3] = country(0);
        quotas[3][10] = format!("{}.50", money / 5 + 20_000);
        Money { start: frame.start, funds, interpretation, quotas }
    }

    pub fn files(self) -> Vec<(String, Vec<u8>)> {
        let mut funds = Table::new(
            "funds",
            "id,donor,amount,currency,kind,status,spent,overhead,valid_from,valid_to,regions,countries,hosts,courses,\
             languages,covers,spend_at_least",
        );
        for (i, f) in self.funds.iter().enumerate() {
            let part = |thousandths: i64| (i128::from(f.share) * i128::from(thousandths) / 1000).to_string();
            let day = |days: Option<i32>| maybe(days.map(|d| self.start + d));
            funds.row(&[
                format!("F{}", i + 1),
                f.donor.to_string(),
                format!("{}.00", f.share),
                f.currency.to_string(),
                if f.in_kind { "in-kind".to_string() } else { String::new() },
                if f.pledged { "pledged".to_string() } else { String::new() },
                if f.spent > 0 { part(f.spent) } else { String::new() },
                f.overhead.to_string(),
                day(f.valid_from),
                day(f.valid_to),
                f.regions.clone(),
                f.countries.clone(),
                f.hosts.clone(),
                f.courses.clone(),
                f.languages.to_string(),
                f.covers.to_string(),
                f.floor.map_or(String::new(), part),
            ]);
        }
        let mut interpretation = Table::new("interpretation", "where,from,to,cost_day,max_parallel");
        for row in &self.interpretation {
            interpretation.row(row);
        }
        let mut quotas = Table::new("quotas", "id,measure,regions,countries,hosts,courses,languages,from,to,min,max");
        for row in &self.quotas {
            quotas.row(row);
        }
        vec![funds.file(), interpretation.file(), quotas.file()]
    }
}

/// A region where this language is spoken, or everywhere: `G1` is always there.
fn language_home(language: &str) -> &'static str {
    match language {
        "fr" | "es" | "ar" => "G1",
        _ => "G0",
    }
}

/// About what serving a request costs, in whole units.
fn price(ground: &Ground, courses: &Courses, course: usize, place: usize, participants: i64) -> i64 {
    let (course, place) = (&courses.all[course], &ground.places[place]);
    let days = i64::from(course.days);
    let team = (course.leads + course.co_trainers) as i64;
    let officials = if participants < 10 { participants * 1100 } else { 0 };
    place.venue_day * days
        + place.participant_day * participants * days
        + officials
        + team * (900 + (days + 2) * (place.allowance_day + 350))
        + 12 * participants
}
