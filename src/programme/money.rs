//! Exact numbers: money in whole cents, other decimals in whole millionths.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

/// Money in cents of the programme's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cents(pub i64);

/// A decimal in millionths (at most six decimals): priorities, shares, weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Micro(pub i64);

/// Money in millionths of a cent: what a fund has and uses, exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct MicroCents(pub i128);

impl Micro {
    /// One.
    pub const ONE: Micro = Micro(1_000_000);
}

impl Cents {
    /// Nothing.
    pub const ZERO: Cents = Cents(0);

    /// This money with `overhead` on top: c × (1 + overhead), exact.
    pub fn with_overhead(self, overhead: Micro) -> MicroCents {
        MicroCents(i128::from(self.0) * i128::from(1_000_000 + overhead.0))
    }
}

impl MicroCents {
    /// The whole cents, rounded half up: only for showing.
    pub fn rounded(self) -> Cents {
        Cents(i64::try_from((self.0 * 2 + 1_000_000).div_euclid(2_000_000)).unwrap_or(i64::MAX))
    }
}

/// Money as it is read: `1,234,567.80`.
pub fn money(cents: Cents) -> String {
    grouped(&cents.to_string())
}

/// A decimal number with its thousands set apart by commas.
pub fn grouped(number: &str) -> String {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number),
    };
    let (whole, decimals) = digits.split_once('.').map_or((digits, ""), |(w, d)| (w, d));
    let mut text = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !decimals.is_empty() {
        text.push('.');
        text.push_str(decimals);
    }
    text
}

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let c = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", c / 100, c % 100)
    }
}

impl Mul<i64> for Cents {
    type Output = Cents;
    fn mul(self, n: i64) -> Cents {
        Cents(self.0 * n)
    }
}

impl Neg for Cents {
    type Output = Cents;
    fn neg(self) -> Cents {
        Cents(-self.0)
    }
}

macro_rules! sums {
    ($($t:ident),*) => {$(
        impl Add for $t { type Output = $t; fn add(self, o: $t) -> $t { $t(self.0 + o.0) } }
        impl Sub for $t { type Output = $t; fn sub(self, o: $t) -> $t { $t(self.0 - o.0) } }
        impl AddAssign for $t { fn add_assign(&mut self, o: $t) { self.0 += o.0; } }
        impl SubAssign for $t { fn sub_assign(&mut self, o: $t) { self.0 -= o.0; } }
        impl Sum for $t { fn sum<I: Iterator<Item = $t>>(i: I) -> $t { i.fold($t(0), |a, b| a + b) } }
    )*};
}
sums!(Cents, Micro, MicroCents);
