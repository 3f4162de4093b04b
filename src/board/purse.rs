//! Which funds may pay: a fixed set of funds per string of the funds table, met with each other for one cost.

use crate::programme::Programme;
use crate::programme::day::Day;
use crate::programme::id::{CourseId, FundId, Id, LanguageId, PlaceId};
use crate::words::Category;

/// A set of funds. Funds beyond the first 256 of a programme are left to the exact side: the search spends none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Purse(pub [u64; 4]);

impl Purse {
    /// How many funds a purse can name.
    pub const MOST: usize = 256;

    /// Adds a fund.
    pub fn put(&mut self, fund: FundId) {
        let i = fund.index();
        if i < Purse::MOST {
            self.0[i / 64] |= 1 << (i % 64);
        }
    }

    /// The funds that both name.
    pub fn meet(self, other: Purse) -> Purse {
        let (a, b) = (self.0, other.0);
        Purse([a[0] & b[0], a[1] & b[1], a[2] & b[2], a[3] & b[3]])
    }

    /// True when it names this fund.
    pub fn has(self, fund: FundId) -> bool {
        let i = fund.index();
        i < Purse::MOST && self.0[i / 64] >> (i % 64) & 1 == 1
    }

    /// True when the other purse names all its funds.
    pub fn within(self, other: Purse) -> bool {
        self.0.iter().zip(other.0).all(|(a, b)| a & !b == 0)
    }

    /// Its funds in file order.
    pub fn funds(self) -> impl Iterator<Item = FundId> {
        (0..Purse::MOST).filter(move |i| self.0[i / 64] >> (i % 64) & 1 == 1).map(FundId::new)
    }
}

/// The funds that pass each string.
#[derive(Clone, Debug)]
pub struct Strings {
    hosts: Vec<Purse>,
    officials: Vec<Purse>,
    courses: Vec<Purse>,
    languages: Vec<Purse>,
    covers: [Purse; 7],
    /// By day: valid from this day or earlier; valid to this day or later.
    since: Vec<Purse>,
    until: Vec<Purse>,
    /// True where a fund has a validity at all.
    pub dated: bool,
}

impl Strings {
    /// The strings of a programme's funds over a horizon of `days` days from `base`.
    pub fn new(programme: &Programme, base: Day, days: usize) -> Strings {
        let set = |passes: &dyn Fn(FundId) -> bool| {
            let mut purse = Purse::default();
            programme.funds.ids().filter(|f| passes(*f)).for_each(|f| purse.put(f));
            purse
        };
        let funds = &programme.funds;
        let day = |i: usize| base + i32::try_from(i).unwrap_or(i32::MAX);
        Strings {
            hosts: programme.places.ids().map(|p| set(&|f| funds[f].hosts[p])).collect(),
            officials: programme.places.ids().map(|p| set(&|f| funds[f].officials[p])).collect(),
            courses: programme.courses.ids().map(|c| set(&|f| funds[f].courses[c])).collect(),
            languages: programme.languages.ids().map(|l| set(&|f| funds[f].languages[l])).collect(),
            covers: Category::ALL.map(|c| set(&|f| funds[f].covers[c as usize])),
            since: (0..days).map(|i| set(&|f| funds[f].valid_from.is_none_or(|d| d <= day(i)))).collect(),
            until: (0..days).map(|i| set(&|f| funds[f].valid_to.is_none_or(|d| day(i) <= d))).collect(),
            dated: funds.values().any(|f| f.valid_from.is_some() || f.valid_to.is_some()),
        }
    }

    /// The funds that may pay for a session of this kind over these days, whatever the category and the officials.
    pub fn session(&self, place: PlaceId, course: CourseId, language: LanguageId, first: i32, last: i32) -> Purse {
        self.hosts[place.index()]
            .meet(self.courses[course.index()])
            .meet(self.languages[language.index()])
            .meet(self.valid(first, last))
    }

    /// The funds that are valid on all these days.
    pub fn valid(&self, first: i32, last: i32) -> Purse {
        let at = |list: &Vec<Purse>, day: i32| list[(day.max(0) as usize).min(list.len() - 1)];
        at(&self.since, first).meet(at(&self.until, last))
    }

    /// The funds that cover this category.
    pub fn covers(&self, category: Category) -> Purse {
        self.covers[category as usize]
    }

    /// The funds that may pay for officials from this place.
    pub fn officials(&self, place: PlaceId) -> Purse {
        self.officials[place.index()]
    }
}
