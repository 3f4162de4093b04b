//! The single values of a plan file: words of a fixed list, dates, money, goal figures, shares.

use crate::plan::Status;
use crate::programme::day::Day;
use crate::programme::money::Cents;
use crate::programme::people::Role;
use crate::words::{Category, GoalId};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A word of a fixed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word<T>(pub T);

/// A fixed list of words.
pub trait Worded: Copy + 'static {
    const ALL: &'static [Self];
    fn word(self) -> &'static str;
}

macro_rules! worded {
    ($($type:ty: $all:expr;)*) => {$(
        impl Worded for $type {
            const ALL: &'static [Self] = &$all;
            fn word(self) -> &'static str {
                <$type>::word(self)
            }
        }
    )*};
}
worded! {
    Status: [Status::Proposed, Status::Confirmed, Status::Done];
    Role: [Role::Lead, Role::Co];
    Category: Category::ALL;
    GoalId: GoalId::ALL;
}

impl<T: Worded> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.word())
    }
}

impl<'de, T: Worded> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let words = || T::ALL.iter().map(|w| format!("\"{}\"", w.word())).collect::<Vec<_>>().join(", ");
        text(from, &format!("one of {}", words()), |s| T::ALL.iter().copied().find(|w| w.word() == s).map(Word))
    }
}

/// A day, `"2027-03-01"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub Day);

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        text(from, "a date like \"2027-03-01\"", |s| Day::iso(s).map(Date))
    }
}

/// An amount, `"2000.00"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(pub Cents);

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        text(from, "an amount like \"2000.00\"", |s| {
            hundredths(s).and_then(|h| i64::try_from(h).ok()).map(|h| Money(Cents(h)))
        })
    }
}

/// A goal's value or bound as it is written, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure(pub i128);

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let h = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", h / 100, h % 100)
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        text(from, "a figure like \"1234.00\"", |s| hundredths(s).map(Figure))
    }
}

/// A gap: a number with at most four decimals, in ten-thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(pub i128);

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let text = format!("{}.{:04}", self.0 / 10_000, self.0 % 10_000);
        let number: serde_json::Number = text.parse().map_err(serde::ser::Error::custom)?;
        number.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(from)?;
        decimal(&number.to_string(), 4)
            .map(Share)
            .ok_or_else(|| D::Error::custom(format!("{number} is not a share with at most four decimals")))
    }
}

/// Reads a text and makes a value of it.
fn text<'de, D: Deserializer<'de>, T>(
    from: D,
    expected: &str,
    make: impl Fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    struct Text<'e, F>(&'e str, F);
    impl<T, F: Fn(&str) -> Option<T>> Visitor<'_> for Text<'_, F> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
        fn visit_str<E: Error>(self, s: &str) -> Result<T, E> {
            (self.1)(s).ok_or_else(|| E::custom(format!("\"{s}\" is not {}", self.0)))
        }
    }
    from.deserialize_str(Text(expected, make))
}

/// `-12.5` in hundredths.
fn hundredths(text: &str) -> Option<i128> {
    decimal(text, 2)
}

/// A decimal with at most so many places, in units of its last place; None where it is not one.
fn decimal(text: &str, places: usize) -> Option<i128> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let numeric = |s: &str| !s.is_empty() && s.len() <= 30 && s.bytes().all(|b| b.is_ascii_digit());
    if !numeric(whole) || !numeric(part) || part.len() > places {
        return None;
    }
    let value: i128 = format!("{whole}{part:0<places$}").parse().ok()?;
    Some(sign * value)
}
