//! Every kind of finding: its stable id, how grave it is, what it means and what to do about it.
//! docs/findings.md is written from here (a test keeps them equal).

use crate::words::Level;

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable and kebab-case.
    pub id: &'static str,
    pub level: Level,
    pub means: &'static str,
    /// What a file with it looks like.
    pub example: &'static str,
    /// What to do about it, when there is nothing more exact to say.
    pub remedy: &'static str,
}

macro_rules! codes {
    ($($name:ident = $level:ident $id:literal: $means:literal, $example:literal, $remedy:literal;)*) => {
        $(#[doc = $means]
        pub const $name: Code =
            Code { id: $id, level: Level::$level, means: $means, example: $example, remedy: $remedy };)*
        /// Every kind of finding, in the order of the documentation.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    // Files
    NO_PROGRAMME = Error "no-programme":
        "There is no programme folder or workbook where one was named, or it cannot be read.",
        "docent -C programe check",
        "name a folder with programme.toml, or an .xlsx workbook; docent new DIR makes one";
    MISSING_FILE = Error "missing-file":
        "A programme needs programme.toml, courses, trainers, requests and funds, as files or as sheets.",
        "a folder without funds.csv",
        "add the file or the sheet; a table without rows is its header alone";
    UNKNOWN_FILE = Warning "unknown-file":
        "A table that docent does not know, and does not read.",
        "quota.csv instead of quotas.csv",
        "rename it if it is one of docent's tables, or ignore this";
    UNREADABLE_FILE = Error "unreadable-file":
        "A file could not be read from the disk, or is not what its name says.",
        "a text file that is called programme.xlsx",
        "close it in other programs, or save it again";
    BAD_TOML = Error "bad-toml":
        "A TOML file is not written as TOML.",
        "name = \"Training 2027",
        "texts stand between quotes, sections between brackets, and every key on a line of its own";
    MISSING_COLUMN = Error "missing-column":
        "A table lacks a column that it cannot do without.",
        "courses.csv with the header id,title,languages (no days)",
        "add the column, or say under [columns.TABLE] in programme.toml how your sheet calls it";
    UNKNOWN_COLUMN = Warning "unknown-column":
        "A column that docent does not know, and does not read.",
        "the header languges in requests.csv",
        "rename it if it is one of docent's columns, or say so under [columns.TABLE] in programme.toml";
    DUPLICATE_COLUMN = Error "duplicate-column":
        "Two columns of one table have the same name.",
        "id,title,title,days",
        "delete or rename one of them";
    EXTRA_CELLS = Error "extra-cells":
        "A row has more cells than the header has columns.",
        "R1,MLA,SEN,20,fr, en",
        "put a cell that holds the separator between quotes, or separate its list with the other sign";
    OPEN_QUOTE = Error "open-quote":
        "A quoted cell is never closed, so that the rest of the file disappears in it.",
        "R1,\"MLA,SEN,20,fr",
        "close the quote; a quote inside a quoted cell is written twice";
    UNUSED_RENAME = Warning "unused-rename":
        "programme.toml renames a column that the table's header does not have, or for a table that does not exist.",
        "\"Pays\" = \"place\" while requests.csv has no column Pays",
        "write the header exactly as it stands in the table";

    // Keys and cells
    MISSING_KEY = Error "missing-key":
        "programme.toml lacks a key that it cannot do without.",
        "[programme] without end",
        "add it to programme.toml";
    UNKNOWN_KEY = Warning "unknown-key":
        "A key that docent does not know, and does not read.",
        "rest_day = 2 under [rules]",
        "correct its name or its section, or delete it";
    DUPLICATE_KEY = Error "duplicate-key":
        "A key of the programme's settings is given twice.",
        "two rows rules.rest_days in the sheet programme",
        "delete one of them";
    MISSING_VALUE = Error "missing-value":
        "A cell is blank that every row must fill.",
        "R1,MLA,,20,fr (no place)",
        "fill the cell, or delete the row";
    BAD_ID = Error "bad-id":
        "An id is 1 to 40 letters, digits, hyphens and underscores.",
        "R 001",
        "write letters, digits, - and _ only, at most 40 of them";
    DUPLICATE_ID = Error "duplicate-id":
        "Two rows of one table have the same id.",
        "R001 in two rows of requests.csv",
        "give one of them another id";
    DUPLICATE_ROW = Error "duplicate-row":
        "Two rows say something about the same thing.",
        "two rows from VIE to DKR in travel.csv",
        "delete one of them";
    BAD_NUMBER = Error "bad-number":
        "A cell should hold a number and does not; money has at most two decimals, heads and days have none.",
        "1.200,50 or 12.5 participants",
        "write digits with a decimal point, without thousands signs: 1200.50";
    OUT_OF_RANGE = Error "out-of-range":
        "A number or a date lies outside what makes sense there.",
        "overhead 1.13 instead of 0.13",
        "correct the number";
    BAD_DATE = Error "bad-date":
        "A cell should hold a date and does not.",
        "01/03/2027 without dates = \"dmy\" under [input]",
        "write 2027-03-01, or say under [input] in programme.toml how your dates are written";
    BAD_TIME = Error "bad-time":
        "A time of day cannot be read, or a day ends before it begins.",
        "day_start = \"9 am\"",
        "write 09:00";
    BAD_YES_NO = Error "bad-yes-no":
        "A cell should say yes or no and does not.",
        "must = perhaps",
        "write yes or no";
    BAD_WORD = Error "bad-word":
        "A cell should hold one of a few words and does not.",
        "kind = cashh in funds.csv",
        "write one of the words";
    DATES_REVERSED = Error "dates-reversed":
        "A period ends before it begins.",
        "earliest 2027-05-01, latest 2027-04-01",
        "exchange the two dates, or correct one";
    RANGE_REVERSED = Error "range-reversed":
        "A minimum is above its maximum.",
        "min_participants 30, max_participants 20",
        "exchange the two numbers, or correct one";
    TOO_LARGE = Error "too-large":
        "All prices or funds together are more than can be counted with exactly.",
        "a fare of 1000000000 for 100000 participants",
        "correct the largest prices, or use a currency with larger units";
    BAD_ORDER = Error "bad-order":
        "objective.order does not name each goal once.",
        "order = [\"coverage\", \"cost\"]",
        "name commitments, coverage, cost and preferences, most important first";
    ORDER_FIXED = Warning "order-fixed":
        "objective.order names kept or stability, whose place is fixed: after commitments, when there is a baseline.",
        "order = [\"commitments\", \"coverage\", \"kept\", \"cost\", \"preferences\"]",
        "leave it out of the order";
    OWN_RATE = Error "own-rate":
        "[rates] says that the programme's own currency is worth something else than itself.",
        "USD = 1.08 while currency = \"USD\"",
        "delete the rate, or correct programme.currency";

    // Names
    UNKNOWN_PLACE = Error "unknown-place":
        "No row of places.csv and no state of the atlas has this id (nor, where they may stand, a region or a country).",
        "home = VEI",
        "add the place to places.csv, or correct the name";
    UNKNOWN_COURSE = Error "unknown-course":
        "No course (nor, in a filter, a tag) has this id.",
        "course = MAL",
        "add it to courses.csv, or correct the name";
    UNKNOWN_TRAINER = Error "unknown-trainer":
        "No trainer has this id.",
        "trainer = T99 in absences.csv",
        "add it to trainers.csv, or correct the name";
    UNKNOWN_REQUEST = Error "unknown-request":
        "No request has this id.",
        "after = R999",
        "add it to requests.csv, or correct the name";
    UNKNOWN_REGION = Warning "unknown-region":
        "A filter names a region in which no place lies, and which the atlas does not have: it lets nothing pass.",
        "regions = wetsern-africa in funds.csv",
        "correct the name, or give places.csv places in that region";
    UNKNOWN_COUNTRY = Warning "unknown-country":
        "A filter names a country in which no place lies, and which the atlas does not have: it lets nothing pass.",
        "countries = SNE in funds.csv",
        "correct the name; countries are named as in places.csv, most often by ISO 3166 alpha-3 code";
    UNKNOWN_LANGUAGE = Warning "unknown-language":
        "A request asks for a language that no course has materials in, or a filter names one that nobody teaches or asks for.",
        "languages = fra where courses say fr",
        "write language codes the same way everywhere";
    UNKNOWN_TAG = Warning "unknown-tag":
        "A course needs a tag that no trainer carries: it can never be taught.",
        "team_needs = prosecutor:1 while trainers carry procsecutor",
        "write tags the same way in courses.csv and trainers.csv";
    UNKNOWN_CATEGORY = Error "unknown-category":
        "A fund covers something that is not a cost category.",
        "covers = hotel",
        "write venue, interpretation, materials, participants, fees, travel or allowance";
    UNKNOWN_CURRENCY = Error "unknown-currency":
        "A fund is in a currency for which programme.toml has no rate.",
        "currency = EUR without EUR under [rates]",
        "add the rate under [rates] in programme.toml";
    UNKNOWN_TIMEZONE = Warning "unknown-timezone":
        "No IANA time zone has this name; UTC is taken instead.",
        "timezone = Africa/Dakkar",
        "write a name such as Africa/Dakar, or leave it blank for the atlas's";
    UNKNOWN_CALENDAR = Warning "unknown-calendar":
        "A busy calendar whose name fits no trainer, and is not read.",
        "busy/T99.ics",
        "name it after the trainer: busy/T01.ics or busy/T01-outlook.ics";
    CALENDAR = Warning "calendar":
        "A part of a busy calendar could not be read.",
        "an event without a start",
        "docent busy FILE.ics shows what it blocks";
    NOT_IN_ATLAS = Warning "not-in-atlas":
        "A place whose country looks like an ISO 3166 code, but is none of the atlas's, and whose weekend is blank: sat;sun is taken.",
        "country = SNE",
        "correct the country's ISO 3166 alpha-3 code, or fill weekend";
    TAG_IS_COURSE = Error "tag-is-course":
        "A course tag is also the id of a course, so that a filter could mean either.",
        "tags = MLA while a course is called MLA",
        "rename the tag";

    // What does not fit together
    HALF_POSITION = Warning "half-position":
        "A place has a latitude without a longitude, or the reverse: the other one is the capital's.",
        "lat 14.7, lon blank",
        "fill both, or neither";
    NEVER_WORKS = Error "never-works":
        "All seven days of a place are weekend days.",
        "weekend = mon;tue;wed;thu;fri;sat;sun",
        "name the days on which nobody works";
    SAME_PLACE = Warning "same-place":
        "A row of travel.csv leads from a place to itself, and is not read.",
        "VIE,VIE,100,1",
        "delete the row";
    NOT_JOINED = Error "not-joined":
        "There is no way between a home and a host where its trainer is qualified to teach, or between a request's place and a host of it.",
        "no [travel] and no row VIE,DKR in travel.csv",
        "add a row to travel.csv, or a section [travel] to programme.toml";
    NO_HOST = Warning "no-host":
        "A request names only regions in which no place of places.csv can host it, so that it can never be served.",
        "hosts = western-africa, with no place there in places.csv",
        "add a place of the region to places.csv, or name places";
    TOGETHER_COURSES = Error "together-courses":
        "Requests that must share one session ask for different courses.",
        "R1 (MLA) and R2 (CFT) with the label A",
        "give them different labels, or the same course";
    LONELY_LABEL = Warning "lonely-label":
        "Only one request carries a together label.",
        "together = westafrica in one row, west-africa in the others",
        "write the label the same way in all rows, or delete it";
    AFTER_CIRCLE = Error "after-circle":
        "Requests wait for one another in a circle, so that none can ever be first.",
        "R1 after R2, R2 after R1",
        "delete one of them from after";
    AFTER_TOGETHER = Error "after-together":
        "A request must come after another one with which it shares its session.",
        "R2 after R1, both with the label A",
        "delete the label or the entry in after";
    OVERSPENT = Warning "overspent":
        "A fund has spent more than it has.",
        "amount 1000, spent 1200",
        "correct spent or amount; the fund pays nothing";
    FLOOR_OUT_OF_REACH = Error "floor-out-of-reach":
        "A fund must spend more than it has.",
        "amount 1000, spend_at_least 1200",
        "lower spend_at_least, or the reserve under [rules]";
    EMPTY_QUOTA = Warning "empty-quota":
        "A quota has neither a minimum nor a maximum.",
        "min and max blank",
        "fill min or max, or delete the row";
    DUPLICATE_PIN = Error "duplicate-pin":
        "Two rows of pins.csv pin the same request.",
        "R001 in two rows",
        "put everything into one row; trainers are a list";
    PIN_INCOMPLETE = Error "pin-incomplete":
        "A confirmed or done request needs start, place, language and a full team.",
        "status = done, trainers blank",
        "fill the cell, or set status to wanted";
    PIN_TEAM = Error "pin-team":
        "More trainers are pinned than the course's team has seats.",
        "three trainers for a course with one lead and one co-trainer",
        "delete trainers, or change leads and co_trainers in courses.csv";
    PIN_CONTRADICTION = Error "pin-contradiction":
        "Requests that are pinned to the same session have different values.",
        "R1 and R2 with session A, start 2027-03-01 and 2027-03-08",
        "make them equal, or give them different session labels";
    DONE_ON_WEEKEND = Error "done-on-weekend":
        "A done session starts on a weekend day of its place, so that its days cannot be told.",
        "start = 2027-03-06 (a Saturday)",
        "correct the start, or the weekend in places.csv";
    PIN_ON_WEEKEND = Warning "pin-on-weekend":
        "A request is pinned to a weekend day of its place, or of all its hosts, and can never be served.",
        "start = 2027-03-06 (a Saturday)",
        "correct the start, or the weekend in places.csv";

    // Scenarios
    BAD_SCENARIO = Error "bad-scenario":
        "A scenario file says something that docent cannot follow.",
        "a [[change]] without table",
        "a change names its table and rows, and has set, scale, add or remove";
    SCENARIO_CIRCLE = Error "scenario-circle":
        "Scenario files extend one another in a circle.",
        "a.toml extends b.toml, b.toml extends a.toml",
        "delete one extends";
    NO_MATCH = Error "no-match":
        "A change of a scenario matches no row.",
        "id = \"T99\" in table trainers",
        "correct the id or the condition";
    REMOVES_HISTORY = Error "removes-history":
        "A scenario removes a trainer who taught a session that is done.",
        "remove = true for T01, who is pinned in a done session",
        "what is done stays done: set available_to instead";
    REMOVES_PROMISE = Warning "removes-promise":
        "A scenario removes a trainer whom a confirmed pin names: the pin goes too, and nobody counts its promise as broken.",
        "remove = true for T02, who is confirmed for R004",
        "set available_to instead, or add the pin again with others";

    // Plan files
    PLAN_JSON = Error "plan-json":
        "A plan file is not JSON, or ends in the middle.",
        "a plan.json with marks of a merge conflict in it",
        "mend the place, or write the file again with docent plan";
    PLAN_FORMAT = Error "plan-format":
        "A file that is named as a plan is none, or is one of another format.",
        "docent show -p report.json",
        "name a file that docent plan or docent adopt has written";
    PLAN_SHAPE = Error "plan-shape":
        "A plan file has a key or a value where it should not be.",
        "start = 1 March in a session",
        "write it again with docent plan";
    FROZEN_SESSION = Error "frozen-session":
        "A session of the baseline is frozen, and the programme no longer has what it needs, or pins something else.",
        "--freeze-until 2027-06-01 while the place of a session in May was removed",
        "put back what is missing, or let --freeze-until be an earlier day";
    OTHER_PROGRAMME = Error "other-programme":
        "A baseline is a plan of another programme: the programme has none of the requests that it tells of.",
        "--baseline ../2026/adopted.json",
        "name a plan that was made for this programme";
}
