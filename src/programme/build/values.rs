//! From text to values: numbers, days, words. Exact; nothing here knows where the text stands.

use crate::programme::day::Day;

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoNumber {
    /// It is not written as a number.
    Unreadable,
    /// It has more decimals than are allowed here.
    Decimals,
    /// It is too large to be counted with.
    Large,
}

/// So many digits stand behind a thousands sign.
const THOUSANDS: usize = 3;

/// A decimal in units of 10^-`places`: `decimal("1.5", 2, false)` is 150. `comma`: a decimal comma is read too. Three digits
/// behind the sign where that is too many may be thousands: `60.000` is refused, though `60.0` is a whole number.
pub fn decimal(text: &str, places: u32, comma: bool) -> Result<i64, NoNumber> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = match digits.find(|c| c == '.' || comma && c == ',') {
        Some(i) => (&digits[..i], &digits[i + 1..]),
        None => (digits, ""),
    };
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return Err(NoNumber::Unreadable);
    }
    let thousands = fraction.len() == THOUSANDS && (places as usize) < THOUSANDS;
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > places as usize || thousands {
        return Err(NoNumber::Decimals);
    }
    let padding = std::iter::repeat_n(b'0', places as usize - fraction.len());
    let mut value = 0i64;
    for digit in whole.bytes().chain(fraction.bytes()).chain(padding) {
        value = value.checked_mul(10).and_then(|v| v.checked_add(i64::from(digit - b'0'))).ok_or(NoNumber::Large)?;
    }
    Ok(if negative { -value } else { value })
}

/// The number that a text is where its sign is a thousands sign; None where it cannot be one.
pub fn thousands(text: &str) -> Option<String> {
    let (whole, rest) = text.split_once(['.', ','])?;
    (rest.len() == THOUSANDS && rest.bytes().all(|b| b.is_ascii_digit())).then(|| format!("{whole}{rest}"))
}

/// What `01/03/2027` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Dates {
    #[default]
    Iso,
    DayFirst,
    MonthFirst,
}

/// A day: `2027-03-01` always; `1/3/2027`, `1.3.2027` or `1-3-2027` where the order is given.
pub fn day(text: &str, dates: Dates) -> Option<Day> {
    if let Some(day) = Day::iso(text) {
        return (day.year() >= 1900).then_some(day);
    }
    if dates == Dates::Iso {
        return None;
    }
    let mut parts = text.split(['/', '.', '-']);
    let (a, b, year, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next());
    let number = |s: &str, most: usize| {
        (!s.is_empty() && s.len() <= most && s.bytes().all(|b| b.is_ascii_digit()))
            .then(|| s.parse::<u32>().ok())
            .flatten()
    };
    let (a, b, year) = (number(a, 2)?, number(b, 2)?, number(year, 4)?);
    if rest.is_some() || year < 1900 {
        return None;
    }
    let (day, month) = if dates == Dates::DayFirst { (a, b) } else { (b, a) };
    Day::ymd(year as i32, month, day)
}

/// `yes`/`no`, `true`/`false`, `1`/`0`, in any case.
pub fn yes_no(text: &str) -> Option<bool> {
    let is = |words: [&str; 3]| words.iter().any(|w| text.eq_ignore_ascii_case(w));
    if is(["yes", "true", "1"]) {
        return Some(true);
    }
    is(["no", "false", "0"]).then_some(false)
}

/// A day of the week, 0 = Monday: `mon` or `Monday`.
pub fn weekday(text: &str) -> Option<usize> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let text = text.to_ascii_lowercase();
    DAYS.iter().position(|d| *d == text || d[..3] == *text)
}

/// A time of day in minutes: `09:00`.
pub fn time(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |s: &str| {
        (!s.is_empty() && s.len() <= 2 && s.bytes().all(|b| b.is_ascii_digit()))
            .then(|| s.parse::<u16>().ok())
            .flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (minutes < 60 && hours * 60 + minutes <= 24 * 60).then_some(hours * 60 + minutes)
}

/// The items of a list cell.
pub fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', ',']).map(str::trim).filter(|item| !item.is_empty())
}

/// True for 1–40 letters, digits, `-` and `_`.
pub fn is_id(text: &str) -> bool {
    (1..=40).contains(&text.chars().count()) && text.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

/// The nearest of the candidates, if one is near enough to be meant.
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = text.to_lowercase();
    let most = (wanted.chars().count() / 3).clamp(1, 3);
    let mut best: Option<(usize, bool, &str)> = None;
    for candidate in candidates {
        let lower = candidate.to_lowercase();
        if candidate.len().abs_diff(text.len()) > 3 * most {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&wanted, &lower);
        if distance > most {
            continue;
        }
        // Exchanged letters are the likelier slip; one wrong letter of two is half the word.
        let other_letters = sorted(&wanted) != sorted(&lower);
        if other_letters && wanted.chars().count() <= 2 {
            continue;
        }
        if best.is_none_or(|b| (distance, other_letters, candidate) < b) {
            best = Some((distance, other_letters, candidate));
        }
    }
    best.map(|(.., candidate)| candidate)
}

fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters
}

#[cfg(test)]
mod tests {
    use super::{Dates, NoNumber, day, decimal, nearest, time, weekday, yes_no};
    use crate::programme::day::Day;

    #[test]
    fn decimals_are_exact() {
        assert_eq!(decimal("1.5", 2, false), Ok(150));
        assert_eq!(decimal("-0.01", 2, false), Ok(-1));
        assert_eq!(decimal("1,5", 2, true), Ok(150));
        assert_eq!(decimal("1.50", 2, false), Ok(150));
        assert_eq!(decimal("1.0", 0, false), Ok(1));
        // It may mean fifteen hundred.
        assert_eq!(decimal("1.500", 2, false), Err(NoNumber::Decimals));
        assert_eq!(decimal("60,000", 2, true), Err(NoNumber::Decimals));
        assert_eq!(decimal("1.000", 0, false), Err(NoNumber::Decimals));
        assert_eq!(decimal("0.125", 6, false), Ok(125_000));
        assert_eq!(decimal(".5", 1, false), Ok(5));
        assert_eq!(decimal("1,5", 2, false), Err(NoNumber::Unreadable));
        assert_eq!(decimal("1.505", 2, false), Err(NoNumber::Decimals));
        assert_eq!(decimal("1,200.50", 2, true), Err(NoNumber::Unreadable));
        assert_eq!(decimal("", 2, false), Err(NoNumber::Unreadable));
        assert_eq!(decimal("1e3", 2, false), Err(NoNumber::Unreadable));
        assert_eq!(decimal("99999999999999999999", 0, false), Err(NoNumber::Large));
    }

    #[test]
    fn days_in_three_orders() {
        let first = Day::ymd(2027, 3, 1);
        assert_eq!(day("2027-03-01", Dates::MonthFirst), first);
        assert_eq!(day("01/03/2027", Dates::DayFirst), first);
        assert_eq!(day("3/1/2027", Dates::MonthFirst), first);
        assert_eq!(day("1.3.2027", Dates::DayFirst), first);
        assert_eq!(day("01/03/2027", Dates::Iso), None);
        assert_eq!(day("31/02/2027", Dates::DayFirst), None);
        assert_eq!(day("1/3/27", Dates::DayFirst), None);
        assert_eq!(day("1/3/2027/4", Dates::DayFirst), None);
    }

    #[test]
    fn words() {
        assert_eq!((yes_no("Yes"), yes_no("0"), yes_no("maybe")), (Some(true), Some(false), None));
        assert_eq!((weekday("Sat"), weekday("sunday"), weekday("so")), (Some(5), Some(6), None));
        assert_eq!((time("09:30"), time("24:00"), time("24:01"), time("9.30")), (Some(570), Some(1440), None, None));
    }

    #[test]
    fn the_nearest_is_near() {
        assert_eq!(nearest("MAL", ["CFT", "MLA"]), Some("MLA"));
        assert_eq!(nearest("wetsern-africa", ["eastern-africa", "western-africa"]), Some("western-africa"));
        assert_eq!(nearest("mla", ["MLA"]), Some("MLA"));
        assert_eq!(nearest("XYZ", ["MLA"]), None);
        assert_eq!((nearest("es", ["en", "fr"]), nearest("rf", ["en", "fr"])), (None, Some("fr")));
    }
}
