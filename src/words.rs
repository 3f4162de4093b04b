//! The words that all floors share. Words only, no arithmetic.

use std::fmt;

/// The seven cost categories, in the order in which they are written everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    Venue,
    Interpretation,
    Materials,
    Participants,
    Fees,
    Travel,
    Allowance,
}

impl Category {
    /// Every category, in order.
    pub const ALL: [Category; 7] = [
        Category::Venue,
        Category::Interpretation,
        Category::Materials,
        Category::Participants,
        Category::Fees,
        Category::Travel,
        Category::Allowance,
    ];

    /// The word in files and tables.
    pub fn word(self) -> &'static str {
        match self {
            Category::Venue => "venue",
            Category::Interpretation => "interpretation",
            Category::Materials => "materials",
            Category::Participants => "participants",
            Category::Fees => "fees",
            Category::Travel => "travel",
            Category::Allowance => "allowance",
        }
    }
}

/// The rules that every plan obeys, in the order in which they are listed everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleId {
    RequestOnce,
    Together,
    Host,
    Participants,
    Language,
    WorkingLanguage,
    InterpretationCapacity,
    Qualification,
    TeamNeeds,
    Barred,
    Window,
    WorkingDays,
    PlaceCapacity,
    RegionCapacity,
    After,
    CountryGap,
    Mission,
    Availability,
    Overlap,
    MaxDaysAway,
    MaxDays,
    Budget,
    QuotaMax,
    Pin,
}

impl RuleId {
    /// Every rule, in order.
    pub const ALL: [RuleId; 24] = [
        RuleId::RequestOnce,
        RuleId::Together,
        RuleId::Host,
        RuleId::Participants,
        RuleId::Language,
        RuleId::WorkingLanguage,
        RuleId::InterpretationCapacity,
        RuleId::Qualification,
        RuleId::TeamNeeds,
        RuleId::Barred,
        RuleId::Window,
        RuleId::WorkingDays,
        RuleId::PlaceCapacity,
        RuleId::RegionCapacity,
        RuleId::After,
        RuleId::CountryGap,
        RuleId::Mission,
        RuleId::Availability,
        RuleId::Overlap,
        RuleId::MaxDaysAway,
        RuleId::MaxDays,
        RuleId::Budget,
        RuleId::QuotaMax,
        RuleId::Pin,
    ];

    /// The rule's id in files, tables and messages.
    pub fn word(self) -> &'static str {
        match self {
            RuleId::RequestOnce => "request-once",
            RuleId::Together => "together",
            RuleId::Host => "host",
            RuleId::Participants => "participants",
            RuleId::Language => "language",
            RuleId::WorkingLanguage => "working-language",
            RuleId::InterpretationCapacity => "interpretation-capacity",
            RuleId::Qualification => "qualification",
            RuleId::TeamNeeds => "team-needs",
            RuleId::Barred => "barred",
            RuleId::Window => "window",
            RuleId::WorkingDays => "working-days",
            RuleId::PlaceCapacity => "place-capacity",
            RuleId::RegionCapacity => "region-capacity",
            RuleId::After => "after",
            RuleId::CountryGap => "country-gap",
            RuleId::Mission => "mission",
            RuleId::Availability => "availability",
            RuleId::Overlap => "overlap",
            RuleId::MaxDaysAway => "max-days-away",
            RuleId::MaxDays => "max-days",
            RuleId::Budget => "budget",
            RuleId::QuotaMax => "quota-max",
            RuleId::Pin => "pin",
        }
    }

    /// The rule with this id.
    pub fn named(word: &str) -> Option<RuleId> {
        RuleId::ALL.into_iter().find(|r| r.word() == word)
    }
}

/// The goals, in their default order with a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GoalId {
    Commitments,
    Kept,
    Stability,
    Coverage,
    Cost,
    Preferences,
}

impl GoalId {
    /// Every goal, in the default order with a baseline.
    pub const ALL: [GoalId; 6] =
        [GoalId::Commitments, GoalId::Kept, GoalId::Stability, GoalId::Coverage, GoalId::Cost, GoalId::Preferences];

    /// The word in files and tables.
    pub fn word(self) -> &'static str {
        match self {
            GoalId::Commitments => "commitments",
            GoalId::Kept => "kept",
            GoalId::Stability => "stability",
            GoalId::Coverage => "coverage",
            GoalId::Cost => "cost",
            GoalId::Preferences => "preferences",
        }
    }

    /// The goal with this word.
    pub fn named(word: &str) -> Option<GoalId> {
        GoalId::ALL.into_iter().find(|g| g.word() == word)
    }

    /// True where more is better.
    pub fn maximised(self) -> bool {
        matches!(self, GoalId::Kept | GoalId::Coverage)
    }

    /// How many exact units make one of what is shown: goal values are whole numbers of these units.
    /// Points are in millionths, cost in millionths of a cent, the penalty in sevenths of a millionth.
    pub fn units(self) -> i128 {
        match self {
            GoalId::Commitments | GoalId::Stability => 1,
            GoalId::Kept | GoalId::Coverage => 1_000_000,
            GoalId::Cost => 100_000_000,
            GoalId::Preferences => 7_000_000,
        }
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Error,
    Warning,
}

/// Where something stands: a file as the user knows it (relative to the programme folder; `requests.csv`,
/// `programme.xlsx[requests]`, a scenario file), its line and column, both counted from 1; 0 = unknown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct At {
    pub file: String,
    pub line: u32,
    pub column: u32,
}

/// What `check` finds: where, what is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub level: Level,
    /// Stable id of the kind of finding (`unknown-course`), documented in docs/findings.md.
    pub code: &'static str,
    pub at: At,
    /// What is wrong and what was expected.
    pub text: String,
    /// The nearest right thing or the next step; may be empty.
    pub help: String,
}

/// A rule that a plan breaks: ids first, the sentence last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub rule: RuleId,
    pub subjects: Vec<String>,
    pub text: String,
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for GoalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
