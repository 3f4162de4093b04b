//! When a recurring event happens: RRULE on local wall time, with bounded work.
//!
//! Days are built period by period (RFC 5545 §3.3.10): all days of the period, kept where every BY part passes.

use calcard::icalendar::{ICalendarFrequency as Freq, ICalendarRecurrenceRule as Rule, ICalendarWeekday};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

/// Steps that one rule may take: one step looks at one day or one moment.
const STEPS: u64 = 400_000;
/// Starts that one rule may yield. Only what recurs many times a day has more.
const STARTS: usize = 20_000;

/// Starts of a rule within a window.
#[derive(Debug, Default)]
pub struct Starts {
    /// In order, without repetition; the rule's own start is not among them unless the rule yields it.
    pub at: Vec<NaiveDateTime>,
    /// Where listing them stopped early: there are more from here on.
    pub cut: Option<NaiveDateTime>,
}

/// The starts of `rule` from `start` on that lie in `from..=to` and pass `until`, all in local time.
///
/// `until` says whether a start is still within the rule's UNTIL.
pub fn starts(
    rule: &Rule,
    start: NaiveDateTime,
    from: NaiveDateTime,
    to: NaiveDateTime,
    until: &dyn Fn(NaiveDateTime) -> bool,
) -> Starts {
    let walk = Walk::new(rule, start);
    let mut found = Starts::default();
    let mut left = rule.count.map(u64::from);
    let mut period = 0;
    let skipped = walk.period_before(from);
    if left.is_none() || walk.plain {
        period = skipped;
        if let Some(left) = &mut left {
            match left.checked_sub(skipped) {
                Some(rest) => *left = rest,
                None => return found,
            }
        }
    }
    let mut steps = 0;
    let mut set = Vec::new();
    loop {
        if left == Some(0) {
            return found;
        }
        let Some(first) = walk.first_moment(period) else { return found };
        if first > to {
            return found;
        }
        set.clear();
        let next = walk.period(period, &mut set, &mut steps);
        for at in set.iter().copied().filter(|at| *at >= start) {
            if left == Some(0) || at > to || !until(at) {
                return found;
            }
            if let Some(left) = &mut left {
                *left -= 1;
            }
            if at >= from {
                found.at.push(at);
                if found.at.len() >= STARTS {
                    found.cut = Some(at);
                    return found;
                }
            }
        }
        if steps > STEPS {
            found.cut = Some(first.max(from));
            return found;
        }
        period = next;
    }
}

/// True where the rule recurs within a day, so that a cut list still means that every day is taken.
pub fn within_days(rule: &Rule) -> bool {
    matches!(rule.freq, Freq::Hourly | Freq::Minutely | Freq::Secondly)
        || rule.byhour.len().max(1) * rule.byminute.len().max(1) * rule.bysecond.len().max(1) > 1
}

/// A rule made ready for walking: blanks filled in from the start.
struct Walk<'a> {
    rule: &'a Rule,
    start: NaiveDateTime,
    interval: u64,
    /// First day of a week, 0 = Monday.
    week_start: i64,
    months: Vec<u32>,
    month_days: Vec<i32>,
    year_days: Vec<i32>,
    week_numbers: Vec<i32>,
    /// Weekday (0 = Monday) and which of them in the month or year.
    weekdays: Vec<(u32, Option<i32>)>,
    /// Times of day, for rules by day and above.
    times: Vec<NaiveTime>,
    /// One start per period and no exceptions: periods can be counted without walking.
    plain: bool,
}

impl<'a> Walk<'a> {
    fn new(rule: &'a Rule, start: NaiveDateTime) -> Walk<'a> {
        let mut months: Vec<u32> = rule.bymonth.iter().map(|m| u32::from(m.month())).collect();
        let mut month_days: Vec<i32> = rule.bymonthday.iter().map(|d| i32::from(*d)).collect();
        let year_days: Vec<i32> = rule.byyearday.iter().map(|d| i32::from(*d)).collect();
        let week_numbers: Vec<i32> = if matches!(rule.freq, Freq::Yearly) {
            rule.byweekno.iter().map(|w| i32::from(*w)).collect()
        } else {
            Vec::new()
        };
        let mut weekdays: Vec<(u32, Option<i32>)> =
            rule.byday.iter().map(|d| (weekday(d.weekday), d.ordwk.map(i32::from).filter(|n| *n != 0))).collect();
        let no_parts = months.is_empty()
            && month_days.is_empty()
            && year_days.is_empty()
            && week_numbers.is_empty()
            && weekdays.is_empty()
            && rule.byhour.is_empty()
            && rule.byminute.is_empty()
            && rule.bysecond.is_empty()
            && rule.bysetpos.is_empty();
        let plain = no_parts && !matches!(rule.freq, Freq::Yearly | Freq::Monthly);
        if year_days.is_empty() && month_days.is_empty() && week_numbers.is_empty() && weekdays.is_empty() {
            match rule.freq {
                Freq::Yearly => {
                    if months.is_empty() {
                        months.push(start.month());
                    }
                    month_days.push(start.day() as i32);
                }
                Freq::Monthly => month_days.push(start.day() as i32),
                Freq::Weekly => weekdays.push((start.weekday().num_days_from_monday(), None)),
                _ => {}
            }
        } else if !week_numbers.is_empty() && weekdays.is_empty() && month_days.is_empty() && year_days.is_empty() {
            weekdays.push((start.weekday().num_days_from_monday(), None));
        }
        let or = |list: &[u8], own: u32| match list {
            [] => vec![own],
            list => list.iter().map(|v| u32::from(*v)).collect(),
        };
        let mut times = Vec::new();
        for hour in or(&rule.byhour, start.hour()) {
            for minute in or(&rule.byminute, start.minute()) {
                for second in or(&rule.bysecond, start.second()) {
                    times.extend(NaiveTime::from_hms_opt(hour, minute, second.min(59)));
                }
            }
        }
        times.sort_unstable();
        times.dedup();
        Walk {
            rule,
            start,
            interval: u64::from(rule.interval.unwrap_or(1).max(1)),
            week_start: rule.wkst.map_or(0, |d| i64::from(weekday(d))),
            months,
            month_days,
            year_days,
            week_numbers,
            weekdays,
            times,
            plain,
        }
    }

    /// Length of a period in seconds, for rules whose periods have one.
    fn seconds(&self) -> Option<i64> {
        let one = match self.rule.freq {
            Freq::Secondly => 1,
            Freq::Minutely => 60,
            Freq::Hourly => 3_600,
            Freq::Daily => 86_400,
            Freq::Weekly => 7 * 86_400,
            Freq::Monthly | Freq::Yearly => return None,
        };
        one_times(one, self.interval)
    }

    /// A period that ends before `from`, so that nothing in the window comes earlier.
    fn period_before(&self, from: NaiveDateTime) -> u64 {
        if from <= self.start {
            return 0;
        }
        let periods = match self.seconds() {
            Some(seconds) => (from - self.start).num_seconds() / seconds,
            None => {
                let months = i64::from(from.year() - self.start.year()) * 12 + i64::from(from.month())
                    - i64::from(self.start.month());
                let one = if matches!(self.rule.freq, Freq::Yearly) { 12 } else { 1 };
                months / (one * self.interval as i64)
            }
        };
        // A week may begin up to six days before its start's weekday, a numbered week in the year before.
        u64::try_from(periods - 2).unwrap_or(0)
    }

    /// The earliest moment of a period; None beyond the calendar.
    fn first_moment(&self, period: u64) -> Option<NaiveDateTime> {
        let n = i64::try_from(period.checked_mul(self.interval)?).ok()?;
        match self.rule.freq {
            Freq::Yearly => {
                let year = i64::from(self.start.year()).checked_add(n).filter(|y| *y < 10_000)?;
                let first = NaiveDate::from_ymd_opt(year as i32, 1, 1)?;
                // Week 1 may begin in December.
                Some(if self.week_numbers.is_empty() { first } else { first.checked_sub_days(Days::new(4))? }.into())
            }
            Freq::Monthly => {
                let month = i64::from(self.start.year()) * 12 + i64::from(self.start.month0()) + n;
                let year = month.div_euclid(12);
                (year < 10_000).then_some(())?;
                Some(NaiveDate::from_ymd_opt(year as i32, month.rem_euclid(12) as u32 + 1, 1)?.into())
            }
            Freq::Weekly => {
                let back = (i64::from(self.start.weekday().num_days_from_monday()) - self.week_start).rem_euclid(7);
                let days = TimeDelta::try_days(n.checked_mul(7)?.checked_sub(back)?)?;
                Some(self.start.date().checked_add_signed(days)?.into())
            }
            Freq::Daily => Some(self.start.date().checked_add_signed(TimeDelta::try_days(n)?)?.into()),
            _ => {
                let seconds = i64::try_from(period).ok()?.checked_mul(self.seconds()?)?;
                self.start.checked_add_signed(TimeDelta::try_seconds(seconds)?)
            }
        }
    }

    /// Puts the starts of a period into `set`, in order, and says which period comes next.
    fn period(&self, period: u64, set: &mut Vec<NaiveDateTime>, steps: &mut u64) -> u64 {
        *steps += 1;
        let Some(first) = self.first_moment(period) else { return period + 1 };
        let mut next = period + 1;
        match self.rule.freq {
            Freq::Yearly => {
                let year = self.start.year() + (period * self.interval) as i32;
                if !self.week_numbers.is_empty() {
                    self.numbered_weeks(year, set, steps);
                } else {
                    for month in 1..=12 {
                        if self.months.is_empty() || self.months.contains(&month) {
                            self.month(year, month, set, steps);
                        }
                    }
                }
            }
            Freq::Monthly => {
                if self.months.is_empty() || self.months.contains(&first.month()) {
                    self.month(first.year(), first.month(), set, steps);
                }
            }
            Freq::Weekly => {
                for day in first.date().iter_days().take(7) {
                    self.day(day, set, steps);
                }
            }
            Freq::Daily => self.day(first.date(), set, steps),
            _ => {
                if !self.passes(first.date()) {
                    let tomorrow = first.date().checked_add_days(Days::new(1)).map(NaiveDateTime::from);
                    next = next.max(tomorrow.map_or(next, |t| self.period_at(t)));
                } else if !hits(&self.rule.byhour, first.hour()) {
                    let hour = first
                        .date()
                        .and_hms_opt(first.hour(), 0, 0)
                        .and_then(|h| h.checked_add_signed(TimeDelta::hours(1)));
                    next = next.max(hour.map_or(next, |t| self.period_at(t)));
                } else {
                    self.moments(first, set, steps);
                }
            }
        }
        set.sort_unstable();
        set.dedup();
        if !self.rule.bysetpos.is_empty() {
            let all = std::mem::take(set);
            for position in &self.rule.bysetpos {
                let index =
                    if *position > 0 { i64::from(*position) - 1 } else { all.len() as i64 + i64::from(*position) };
                set.extend(usize::try_from(index).ok().and_then(|i| all.get(i)));
            }
            set.sort_unstable();
            set.dedup();
        }
        next
    }

    /// The first period of a rule by hour, minute or second that begins at or after `at`.
    fn period_at(&self, at: NaiveDateTime) -> u64 {
        let seconds = self.seconds().unwrap_or(1).max(1);
        u64::try_from(((at - self.start).num_seconds() + seconds - 1).div_euclid(seconds)).unwrap_or(0)
    }

    /// The moments within one hour, minute or second of a rule by less than a day.
    fn moments(&self, first: NaiveDateTime, set: &mut Vec<NaiveDateTime>, steps: &mut u64) {
        let or = |list: &[u8], own: u32| match list {
            [] => vec![own],
            list => list.iter().map(|v| u32::from(*v)).collect::<Vec<_>>(),
        };
        let (minutes, seconds) = match self.rule.freq {
            Freq::Hourly => (or(&self.rule.byminute, first.minute()), or(&self.rule.bysecond, first.second())),
            _ if !hits(&self.rule.byminute, first.minute()) => return,
            Freq::Minutely => (vec![first.minute()], or(&self.rule.bysecond, first.second())),
            _ if !hits(&self.rule.bysecond, first.second()) => return,
            _ => (vec![first.minute()], vec![first.second()]),
        };
        for minute in &minutes {
            for second in &seconds {
                *steps += 1;
                set.extend(first.date().and_hms_opt(first.hour(), *minute, (*second).min(59)));
            }
        }
    }

    fn month(&self, year: i32, month: u32, set: &mut Vec<NaiveDateTime>, steps: &mut u64) {
        if let Some(first) = NaiveDate::from_ymd_opt(year, month, 1) {
            for day in first.iter_days().take_while(|d| d.month() == month) {
                self.day(day, set, steps);
            }
        }
    }

    /// The days of the numbered weeks of a year (some may lie in the neighbouring years).
    fn numbered_weeks(&self, year: i32, set: &mut Vec<NaiveDateTime>, steps: &mut u64) {
        let (Some(first), Some(after)) = (self.first_week(year), self.first_week(year + 1)) else { return };
        let weeks = (after - first).num_days() / 7;
        for number in &self.week_numbers {
            let number = if *number > 0 { i64::from(*number) } else { weeks + 1 + i64::from(*number) };
            if (1..=weeks).contains(&number) {
                let begin = first + TimeDelta::days(7 * (number - 1));
                for day in begin.iter_days().take(7) {
                    self.day(day, set, steps);
                }
            }
        }
    }

    /// The first day of week 1: the first week with at least four days in the year.
    fn first_week(&self, year: i32) -> Option<NaiveDate> {
        let fourth = NaiveDate::from_ymd_opt(year, 1, 4)?;
        let back = (i64::from(fourth.weekday().num_days_from_monday()) - self.week_start).rem_euclid(7);
        fourth.checked_sub_days(Days::new(back as u64))
    }

    fn day(&self, day: NaiveDate, set: &mut Vec<NaiveDateTime>, steps: &mut u64) {
        *steps += 1;
        if self.passes(day) {
            *steps += self.times.len() as u64;
            set.extend(self.times.iter().map(|t| day.and_time(*t)));
        }
    }

    /// True where every BY part for days lets this day pass.
    fn passes(&self, day: NaiveDate) -> bool {
        let counted = |list: &[i32], from_start: i32, length: i32| {
            list.is_empty() || list.iter().any(|n| *n == from_start || *n == from_start - length - 1)
        };
        let month_length = i32::from(day.num_days_in_month());
        let year_length = if day.leap_year() { 366 } else { 365 };
        (self.months.is_empty() || self.months.contains(&day.month()))
            && counted(&self.month_days, day.day() as i32, month_length)
            && counted(&self.year_days, day.ordinal() as i32, year_length)
            && (self.weekdays.is_empty() || self.weekdays.iter().any(|(w, nth)| self.is_weekday(day, *w, *nth)))
    }

    /// True where the day is this weekday; with `nth`, this one in its month or year.
    fn is_weekday(&self, day: NaiveDate, weekday: u32, nth: Option<i32>) -> bool {
        if day.weekday().num_days_from_monday() != weekday {
            return false;
        }
        let Some(nth) = nth else { return true };
        let by_month = match self.rule.freq {
            Freq::Monthly => true,
            Freq::Yearly if self.week_numbers.is_empty() => !self.months.is_empty(),
            // Elsewhere RFC 5545 allows no number; weeks and days have each weekday once.
            _ => return true,
        };
        let (at, length) = if by_month {
            (day.day0() as i32, i32::from(day.num_days_in_month()))
        } else {
            (day.ordinal0() as i32, if day.leap_year() { 366 } else { 365 })
        };
        if nth > 0 { at / 7 + 1 == nth } else { (length - 1 - at) / 7 + 1 == -nth }
    }
}

fn one_times(seconds: i64, times: u64) -> Option<i64> {
    seconds.checked_mul(i64::try_from(times).ok()?)
}

fn hits(list: &[u8], value: u32) -> bool {
    list.is_empty() || list.iter().any(|v| u32::from(*v) == value)
}

fn weekday(day: ICalendarWeekday) -> u32 {
    match day {
        ICalendarWeekday::Monday => 0,
        ICalendarWeekday::Tuesday => 1,
        ICalendarWeekday::Wednesday => 2,
        ICalendarWeekday::Thursday => 3,
        ICalendarWeekday::Friday => 4,
        ICalendarWeekday::Saturday => 5,
        ICalendarWeekday::Sunday => 6,
    }
}
