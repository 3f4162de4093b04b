//! The tables of a programme and what their columns hold. Each table's columns stand in its own file.

use super::{
    absences, courses, funds, holidays, interpretation, pins, places, qualifications, quotas, regions, requests,
    trainers, travel,
};

/// What a column holds; says how its text is read, compared and scaled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The row's own id.
    Id,
    /// One id or label.
    Name,
    /// Ids or labels, separated by `;` or `,`.
    List,
    /// Free text.
    Text,
    /// Money, at most two decimals.
    Money,
    /// A number with decimals.
    Decimal,
    /// A whole number.
    Whole,
    /// A quota's limit: money where the measure is `cost`, else a whole number.
    Limit,
    Day,
    YesNo,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Days of the week.
    Weekdays,
    /// A time of day, `09:00`.
    Time,
}

impl Kind {
    /// True where numbers stand.
    pub fn numeric(self) -> bool {
        matches!(self, Kind::Money | Kind::Decimal | Kind::Whole | Kind::Limit)
    }

    /// What it is called in the documentation.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Id => "id",
            Kind::Name => "name",
            Kind::List => "list",
            Kind::Text => "text",
            Kind::Money => "money",
            Kind::Decimal => "number",
            Kind::Whole | Kind::Limit => "whole number",
            Kind::Day => "date",
            Kind::YesNo => "yes/no",
            Kind::Choice(_) => "word",
            Kind::Weekdays => "weekdays",
            Kind::Time => "time",
        }
    }
}

/// One column of a table, or one key of programme.toml.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
    /// What a blank cell means, in the words of the file; blank where nothing is meant.
    pub default: &'static str,
    /// For the documentation.
    pub about: &'static str,
}

impl Column {
    /// A column that every row must fill.
    pub const fn required(name: &'static str, kind: Kind, about: &'static str) -> Column {
        Column { name, kind, required: true, default: "", about }
    }

    /// A column that may be blank, without a default.
    pub const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Column {
        Column { name, kind, required: false, default: "", about }
    }

    /// A column that may be blank, with a default.
    pub const fn with(name: &'static str, kind: Kind, default: &'static str, about: &'static str) -> Column {
        Column { name, kind, required: false, default, about }
    }
}

/// The tables of a programme folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableId {
    Regions,
    Places,
    Courses,
    Trainers,
    Qualifications,
    Absences,
    Requests,
    Funds,
    Travel,
    Holidays,
    Interpretation,
    Quotas,
    Pins,
}

impl TableId {
    /// Every table, in the order in which they are listed everywhere.
    pub const ALL: [TableId; 13] = [
        TableId::Regions,
        TableId::Places,
        TableId::Courses,
        TableId::Trainers,
        TableId::Qualifications,
        TableId::Absences,
        TableId::Requests,
        TableId::Funds,
        TableId::Travel,
        TableId::Holidays,
        TableId::Interpretation,
        TableId::Quotas,
        TableId::Pins,
    ];

    /// The table's name: that of its file without `.csv`, and of its sheet.
    pub fn word(self) -> &'static str {
        match self {
            TableId::Regions => "regions",
            TableId::Places => "places",
            TableId::Courses => "courses",
            TableId::Trainers => "trainers",
            TableId::Qualifications => "qualifications",
            TableId::Absences => "absences",
            TableId::Requests => "requests",
            TableId::Funds => "funds",
            TableId::Travel => "travel",
            TableId::Holidays => "holidays",
            TableId::Interpretation => "interpretation",
            TableId::Quotas => "quotas",
            TableId::Pins => "pins",
        }
    }

    /// The table with this name.
    pub fn named(word: &str) -> Option<TableId> {
        TableId::ALL.into_iter().find(|t| t.word() == word)
    }

    /// True when no programme is without it.
    pub fn required(self) -> bool {
        matches!(self, TableId::Courses | TableId::Trainers | TableId::Requests | TableId::Funds)
    }

    /// Its columns. The first is the one by which a scenario names rows.
    pub fn columns(self) -> &'static [Column] {
        match self {
            TableId::Regions => regions::COLUMNS,
            TableId::Places => places::COLUMNS,
            TableId::Courses => courses::COLUMNS,
            TableId::Trainers => trainers::COLUMNS,
            TableId::Qualifications => qualifications::COLUMNS,
            TableId::Absences => absences::COLUMNS,
            TableId::Requests => requests::COLUMNS,
            TableId::Funds => funds::COLUMNS,
            TableId::Travel => travel::COLUMNS,
            TableId::Holidays => holidays::COLUMNS,
            TableId::Interpretation => interpretation::COLUMNS,
            TableId::Quotas => quotas::COLUMNS,
            TableId::Pins => pins::COLUMNS,
        }
    }

    /// The number of the column with this name.
    pub fn column(self, name: &str) -> Option<usize> {
        self.columns().iter().position(|c| c.name == name)
    }
}
