//! funds.csv: contributions with their strings.

use super::Reading;
use super::codes;
use super::columns::{Column, Kind, TableId};
use super::fields::Fields;
use super::filters::Filters;
use super::settings::Settings;
use super::tables::Row;
use super::written::{MOST_MONEY, one_of};
use crate::programme::funds::Fund;
use crate::programme::id::{Dense, FundId};
use crate::programme::money::{Cents, Micro, MicroCents};
use crate::words::Category;

/// The columns of funds.csv.
pub const COLUMNS: &[Column] = &[
    Column::required("id", Kind::Id, "the fund's id"),
    Column::required("donor", Kind::Text, "who gives"),
    Column::required("amount", Kind::Money, "the whole contribution, in the fund's currency"),
    Column::optional("currency", Kind::Name, "currency of all its money; blank: the programme's"),
    Column::with("kind", Kind::Choice(&["cash", "in-kind"]), "cash", "`cash` or `in-kind`"),
    Column::with("status", Kind::Choice(&["received", "pledged"]), "received", "`received` or `pledged`"),
    Column::with("spent", Kind::Money, "0", "already used outside this plan"),
    Column::with("overhead", Kind::Decimal, "0", "share added on top of every charge, below 1"),
    Column::optional("valid_from", Kind::Day, "all session days lie on or after this day"),
    Column::optional("valid_to", Kind::Day, "all session days lie on or before this day"),
    Column::optional("regions", Kind::List, "regions of the officials; blank: any"),
    Column::optional("countries", Kind::List, "countries of the officials; blank: any"),
    Column::optional("hosts", Kind::List, "place or region ids where the session is held; blank: any"),
    Column::optional("courses", Kind::List, "courses or course tags; blank: any"),
    Column::optional("languages", Kind::List, "languages of the session; blank: any"),
    Column::optional(
        "covers",
        Kind::List,
        "cost categories: venue, interpretation, materials, participants, fees, travel, allowance; blank: any",
    ),
    Column::optional(
        "spend_at_least",
        Kind::Money,
        "a floor for spent and use together, overhead included; a commitment",
    ),
];

/// Reads the funds.
pub fn funds<'t>(r: &mut Reading<'t>, filters: &Filters<'t, '_>, settings: &Settings) -> Dense<FundId, Fund> {
    r.rows(TableId::Funds).iter().map(|row| fund(r, row, filters, settings)).collect()
}

fn fund<'t>(r: &mut Reading<'t>, row: &'t Row, filters: &Filters<'t, '_>, settings: &Settings) -> Fund {
    let mut f = Fields::new(r.tables, TableId::Funds, row, r.dates, &mut r.log);
    let errors = f.log.errors();
    let currency = match f.text("currency") {
        "" => settings.currency.as_str(),
        own => own,
    };
    let rate = rate(&mut f, currency, settings);
    let amount = converted(&mut f, "amount", rate).unwrap_or(Cents::ZERO);
    let spent = converted(&mut f, "spent", rate).unwrap_or(Cents::ZERO);
    let spend_at_least = converted(&mut f, "spend_at_least", rate);
    let (valid_from, valid_to) = f.days("valid_from", "valid_to");
    let left = i128::from((amount - spent).0.max(0));
    let has = MicroCents(left * i128::from(Micro::ONE.0 - settings.rules.reserve.0));
    let fund = Fund {
        id: f.text("id").to_string(),
        donor: f.text("donor").to_string(),
        currency: currency.to_string(),
        amount,
        spent,
        in_kind: f.choice("kind", &["cash", "in-kind"]) == Some(1),
        pledged: f.choice("status", &["received", "pledged"]) == Some(1),
        overhead: f.micro("overhead", 0..=999_999).unwrap_or(Micro(0)),
        valid_from,
        valid_to,
        officials: filters.places.officials(&mut f),
        hosts: filters.places.hosts(&mut f),
        courses: filters.courses(&mut f),
        languages: filters.languages(&mut f),
        covers: covers(&mut f),
        spend_at_least,
        has,
    };
    if f.log.errors() == errors {
        check(&mut f, &fund);
    }
    fund
}

/// What one unit of this currency is in the programme's, in billionths.
fn rate(f: &mut Fields, currency: &str, settings: &Settings) -> i64 {
    if currency == settings.currency {
        return 1_000_000_000;
    }
    if let Some((_, rate)) = settings.rates.iter().find(|(c, _)| c == currency) {
        return *rate;
    }
    let spot = f.spot("currency");
    // A rate that is there but wrong has been told.
    if f.has_setting(&format!("rates.{currency}")) {
        return 1_000_000_000;
    }
    let known = settings.rates.iter().map(|(c, _)| c.as_str()).chain([settings.currency.as_str()]);
    let mut help = f.log.did_you_mean(currency, known);
    if help.is_empty() {
        help =
            format!("add it to programme.toml under [rates]: {currency} = what one of it is in {}", settings.currency);
    }
    f.log.add(&codes::UNKNOWN_CURRENCY, spot, format!("there is no rate for {currency}"), help);
    1_000_000_000
}

/// A column's money in the programme's currency, rounded half up to the cent.
fn converted(f: &mut Fields, column: &'static str, rate: i64) -> Option<Cents> {
    let own = f.money(column)?;
    let cents = (2 * i128::from(own.0) * i128::from(rate) + 1_000_000_000).div_euclid(2_000_000_000);
    let cents = i64::try_from(cents).ok().filter(|c| *c <= MOST_MONEY).map(Cents);
    if cents.is_none() {
        let spot = f.spot(column);
        f.log.add(
            &codes::OUT_OF_RANGE,
            spot,
            format!("{column} is more than can be counted with in the programme's currency"),
            "",
        );
    }
    cents
}

fn covers(f: &mut Fields) -> [bool; 7] {
    let words = f.list("covers");
    if words.is_empty() {
        return [true; 7];
    }
    let mut covers = [false; 7];
    let spot = f.spot("covers");
    for word in words {
        match Category::ALL.iter().position(|c| c.word() == word) {
            Some(i) => covers[i] = true,
            None => {
                let all = Category::ALL.map(Category::word);
                let help = match f.log.did_you_mean(word, all) {
                    help if help.is_empty() => format!("write {}", one_of(&all)),
                    help => help,
                };
                f.log.add(&codes::UNKNOWN_CATEGORY, spot, format!("\"{word}\" is not a cost category"), help);
            }
        }
    }
    covers
}

fn check(f: &mut Fields, fund: &Fund) {
    let spent = i128::from(fund.spent.0) * 1_000_000;
    if let Some(floor) = fund.spend_at_least
        && spent + fund.has.0 < i128::from(floor.0) * 1_000_000
    {
        let spot = f.spot("spend_at_least");
        let text = format!(
            "{} must spend {floor}, but spent ({}) and what it has ({}) are less together",
            fund.id,
            fund.spent,
            fund.has.rounded()
        );
        f.log.add(&codes::FLOOR_OUT_OF_REACH, spot, text, "");
    }
    if fund.spent > fund.amount {
        let spot = f.spot("spent");
        let text = format!("{} has spent {} of {}: nothing is left", fund.id, fund.spent, fund.amount);
        f.log.add(&codes::OVERSPENT, spot, text, "");
    }
}
