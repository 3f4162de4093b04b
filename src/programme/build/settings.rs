//! programme.toml: the programme's name and dates, its rules, objective, preferences, rates and fares.

use super::codes;
pub use super::keys::KEYS;
use super::log::Log;
use super::tables::{Setting, Spot, Tables};
use super::values::{self, Dates};
use super::written::{MOST_PRICE, Written};
use crate::programme::day::Day;
use crate::programme::money::{Cents, Micro};
use crate::programme::policy::{Coverage, Hours, Objective, Preferences, Rules, StartDays};
use crate::words::GoalId;

/// The sections whose keys the planner names.
const OPEN_SECTIONS: [&str; 2] = ["rates.", "columns."];

/// What programme.toml says.
pub struct Settings {
    pub name: String,
    pub start: Day,
    pub end: Day,
    pub currency: String,
    pub as_of: Option<Day>,
    pub rules: Rules,
    pub objective: Objective,
    pub preferences: Preferences,
    pub hours: Option<Hours>,
    pub dates: Dates,
    /// None: there is no `[travel]`.
    pub fares: Option<Fares>,
    /// What one unit of a currency is in the programme's, in billionths.
    pub rates: Vec<(String, i64)>,
}

/// `[travel]`: how fares and travel days follow from the distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fares {
    pub base: Cents,
    /// In millionths of the currency's unit.
    pub per_km: Micro,
    pub km_per_day: Micro,
    pub free_km: Micro,
}

/// Reads `[input] dates`: every other cell may depend on it.
pub fn dates(tables: &Tables) -> Dates {
    match tables.setting("input.dates").map(|s| s.value.text.to_ascii_lowercase()).as_deref() {
        Some("dmy") => Dates::DayFirst,
        Some("mdy") => Dates::MonthFirst,
        _ => Dates::Iso,
    }
}

/// Reads programme.toml.
pub fn settings(tables: &Tables, log: &mut Log) -> Settings {
    unknown_keys(tables, log);
    let mut keys = Keys { tables, log, dates: dates(tables) };
    keys.choice("input.dates", &["iso", "dmy", "mdy"]);
    let (start, end) = (keys.day("programme.start"), keys.day("programme.end"));
    if let (Some(start), Some(end)) = (start, end) {
        keys.programme_days(start, end);
    }
    let fallback = start.or(end).unwrap_or(Day(730_000));
    let share = |keys: &mut Keys, key| keys.micro(key, 0, 1_000_000);
    let weight = |keys: &mut Keys, key| keys.micro(key, 0, 1_000_000_000_000);
    let settings = Settings {
        name: keys.text("programme.name").to_string(),
        start: start.unwrap_or(fallback),
        end: end.unwrap_or(fallback),
        currency: keys.text("programme.currency").to_string(),
        as_of: keys.day("programme.as_of"),
        rules: Rules {
            lead_days: keys.whole("rules.lead_days", 0),
            rest_days: keys.whole("rules.rest_days", 0),
            max_days_away: keys.whole("rules.max_days_away", 1),
            chain_missions: keys.yes("rules.chain_missions"),
            start_weekdays: keys.start_weekdays(),
            after_gap_days: keys.whole("rules.after_gap_days", 0),
            country_gap_days: Some(keys.whole("rules.country_gap_days", -1)).filter(|d| *d >= 0),
            reserve: share(&mut keys, "rules.reserve"),
        },
        objective: Objective { order: keys.order(), coverage: keys.coverage(), tolerance: keys.tolerance() },
        preferences: Preferences {
            language_rank: weight(&mut keys, "preferences.language_rank"),
            week_from_preferred: weight(&mut keys, "preferences.week_from_preferred"),
            avoided_day: weight(&mut keys, "preferences.avoided_day"),
            overload_day: weight(&mut keys, "preferences.overload_day"),
            trainer_used: weight(&mut keys, "preferences.trainer_used"),
        },
        hours: keys.hours(),
        dates: keys.dates,
        fares: keys.section("travel").then(|| Fares {
            base: Cents(keys.number("travel.fare_base", 2, 0, MOST_PRICE).unwrap_or(0)),
            per_km: keys.micro("travel.fare_per_km", 0, 1_000_000_000_000),
            km_per_day: keys.micro("travel.km_per_day", 0, 1_000_000_000_000),
            free_km: keys.micro("travel.free_km", 0, 1_000_000_000_000),
        }),
        rates: keys.rates(),
    };
    if settings.currency.is_empty() {
        settings
    } else {
        keys.own_rate(&settings.currency);
        settings
    }
}

/// Tells keys that mean nothing, and keys that stand twice.
fn unknown_keys(tables: &Tables, log: &mut Log) {
    let mut seen = rustc_hash::FxHashSet::default();
    for Setting { key, key_spot, value } in &tables.settings {
        if !seen.insert(key.as_str()) {
            log.add(&codes::DUPLICATE_KEY, *key_spot, format!("{key} is given a second time"), "");
        }
        let section_only = value.text.is_empty()
            && KEYS.iter().any(|k| k.name.strip_prefix(key.as_str()).is_some_and(|r| r.starts_with('.')));
        let open = OPEN_SECTIONS.iter().any(|s| key.starts_with(s) || **key == s[..s.len() - 1]);
        if !section_only && !open && !KEYS.iter().any(|k| k.name == key) {
            let help = log.did_you_mean(key, KEYS.iter().map(|k| k.name));
            log.add(&codes::UNKNOWN_KEY, *key_spot, format!("{key} means nothing to docent and is not read"), help);
        }
    }
}

/// Reads keys by their names.
struct Keys<'t, 'l> {
    tables: &'t Tables,
    log: &'l mut Log,
    dates: Dates,
}

impl<'t> Keys<'t, '_> {
    fn spot(&self, key: &str) -> Spot {
        let whole_file = Spot { source: self.tables.programme, line: 0, column: 0 };
        self.tables.setting(key).map_or(whole_file, |s| s.value.spot)
    }

    /// True when the section has a key, or at least its heading.
    fn section(&self, name: &str) -> bool {
        self.tables
            .settings
            .iter()
            .any(|s| s.key.strip_prefix(name).is_some_and(|r| r.is_empty() || r.starts_with('.')))
    }

    fn text(&mut self, key: &str) -> &'t str {
        let column = KEYS.iter().find(|k| k.name == key).unwrap_or_else(|| unreachable!("{key} is no key"));
        let text = self.tables.setting(key).map_or("", |s| s.value.text.as_str());
        if !text.is_empty() {
            return text;
        }
        // A programme that is missing altogether is told once, by the reader of the folder.
        if column.required && self.tables.has_programme {
            self.log.add(&codes::MISSING_KEY, self.spot(key), format!("{key} is not given: {}", column.about), "");
        }
        column.default
    }

    /// The value of a key with its place; None where neither it nor its default says anything.
    fn written(&mut self, key: &'t str) -> Option<Written<'t>> {
        let (text, spot) = (self.text(key), self.spot(key));
        let comma = self.tables.sources[spot.source as usize].decimal_comma;
        (!text.is_empty()).then_some(Written { name: key, text, spot, comma })
    }

    fn number(&mut self, key: &'static str, places: u32, least: i64, most: i64) -> Option<i64> {
        self.written(key)?.number(places, least..=most, self.log)
    }

    fn whole(&mut self, key: &'static str, least: i64) -> i32 {
        self.number(key, 0, least, 100_000_000).and_then(|n| i32::try_from(n).ok()).unwrap_or(1)
    }

    fn micro(&mut self, key: &'static str, least: i64, most: i64) -> Micro {
        Micro(self.number(key, 6, least, most).unwrap_or(0))
    }

    fn yes(&mut self, key: &'static str) -> bool {
        self.written(key).and_then(|w| w.yes(self.log)).unwrap_or(false)
    }

    fn day(&mut self, key: &'static str) -> Option<Day> {
        self.written(key)?.day(self.dates, self.log)
    }

    fn choice(&mut self, key: &'static str, words: &[&'static str]) -> Option<usize> {
        self.written(key)?.choice(words, self.log)
    }

    /// The programme's first and last day make sense together.
    fn programme_days(&mut self, start: Day, end: Day) {
        let spot = self.spot("programme.end");
        if end < start {
            let text = format!("programme.end ({end}) comes before programme.start ({start})");
            self.log.add(&codes::DATES_REVERSED, spot, text, "");
        } else if end - start > super::MOST_DAYS {
            let text = format!("the programme lasts {} days, and docent plans at most ten years", end - start + 1);
            self.log.add(&codes::OUT_OF_RANGE, spot, text, "");
        }
    }

    fn start_weekdays(&mut self) -> StartDays {
        match self.written("rules.start_weekdays") {
            Some(w) if w.text.eq_ignore_ascii_case("first") => StartDays::First,
            Some(w) if !w.text.eq_ignore_ascii_case("any") => {
                let help = "write \"any\", \"first\", or a list such as [\"mon\", \"tue\"]";
                StartDays::On(w.weekdays(help, self.log))
            }
            _ => StartDays::Any,
        }
    }

    fn coverage(&mut self) -> Coverage {
        match self.choice("objective.coverage", &["participants", "requests"]) {
            Some(1) => Coverage::Requests,
            _ => Coverage::Participants,
        }
    }

    /// The goals as ordered; None where no order is given.
    fn order(&mut self) -> Option<Vec<GoalId>> {
        let setting = self.tables.setting("objective.order")?;
        let spot = setting.value.spot;
        let mut order = Vec::new();
        for word in values::list(&setting.value.text) {
            match GoalId::named(word) {
                Some(goal) if order.contains(&goal) => {
                    self.log.add(&codes::BAD_ORDER, spot, format!("objective.order names {goal} twice"), "");
                }
                Some(goal) => order.push(goal),
                None => {
                    let help = self.log.did_you_mean(word, GoalId::ALL.map(GoalId::word));
                    self.log.add(
                        &codes::BAD_ORDER,
                        spot,
                        format!("objective.order names \"{word}\", which is no goal"),
                        help,
                    );
                }
            }
        }
        for goal in [GoalId::Commitments, GoalId::Coverage, GoalId::Cost, GoalId::Preferences] {
            if !order.contains(&goal) {
                self.log.add(&codes::BAD_ORDER, spot, format!("objective.order does not name {goal}"), "");
            }
        }
        for goal in [GoalId::Kept, GoalId::Stability].into_iter().filter(|g| order.contains(g)) {
            let text =
                format!("objective.order names {goal}, which always comes after commitments when there is a baseline");
            self.log.add(&codes::ORDER_FIXED, spot, text, "");
        }
        Some(order)
    }

    fn tolerance(&mut self) -> Vec<(GoalId, Micro)> {
        let mut all = Vec::new();
        for goal in GoalId::ALL {
            let key = KEYS.iter().find(|k| k.name.strip_prefix("objective.tolerance.") == Some(goal.word()));
            if let Some(key) = key.filter(|k| self.tables.setting(k.name).is_some()) {
                all.push((goal, self.micro(key.name, 0, 1_000_000)));
            }
        }
        all
    }

    fn hours(&mut self) -> Option<Hours> {
        if !self.section("calendar") {
            return None;
        }
        let mut time = |key| {
            let text = self.text(key);
            let time = values::time(text);
            if time.is_none() {
                let text = format!("{key} is \"{text}\", which is not a time of day");
                self.log.add(&codes::BAD_TIME, self.spot(key), text, "");
            }
            time
        };
        let (start, end) = (time("calendar.day_start")?, time("calendar.day_end")?);
        if end <= start {
            let text = "calendar.day_end does not come after calendar.day_start";
            self.log.add(&codes::BAD_TIME, self.spot("calendar.day_end"), text, "");
        }
        Some(Hours { start, end })
    }

    fn rates(&mut self) -> Vec<(String, i64)> {
        let mut rates = Vec::new();
        for Setting { key, value, .. } in &self.tables.settings {
            let Some(currency) = key.strip_prefix("rates.") else { continue };
            let comma = self.tables.sources[value.spot.source as usize].decimal_comma;
            let written = Written { name: key, text: &value.text, spot: value.spot, comma };
            if let Some(rate) = written.number(9, 1..=1_000_000_000_000_000, self.log) {
                rates.push((currency.to_string(), rate));
            }
        }
        rates
    }

    /// The programme's own currency is worth one of itself.
    fn own_rate(&mut self, currency: &str) {
        let key = format!("rates.{currency}");
        if self.tables.setting(&key).is_some_and(|s| values::decimal(&s.value.text, 9, true) != Ok(1_000_000_000)) {
            let text = format!("{currency} is the programme's own currency, and one of it is worth one");
            self.log.add(&codes::OWN_RATE, self.spot(&key), text, "");
        }
    }
}
