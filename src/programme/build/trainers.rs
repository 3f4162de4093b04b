//! trainers.csv: who teaches, in which languages, and when they are there.

use super::codes;
use super::columns::{Column, Kind, TableId};
use super::fields::Fields;
use super::ids::Labels;
use super::qualifications::{self, Roles};
use super::tables::Row;
use super::{Given, Reading};
use crate::programme::id::{CourseId, Dense, Id, LanguageId, PlaceId, TrainerId};
use crate::programme::people::{Role, Trainer};
use crate::programme::policy::Rules;

/// The columns of trainers.csv.
pub const COLUMNS: &[Column] = &[
    Column::required("id", Kind::Id, "the trainer's id"),
    Column::required("name", Kind::Text, "their name"),
    Column::required("home", Kind::Name, "the place where they live"),
    Column::required(
        "languages",
        Kind::List,
        "`en;fr;es:assist`: a bare code means able to teach, `:assist` only to assist",
    ),
    Column::optional(
        "courses",
        Kind::List,
        "`MLA:lead;CFT:co`: the same as rows of qualifications.csv; a bare id means lead",
    ),
    Column::with("fee_day", Kind::Money, "0", "fee per mission day; at home or online per session day"),
    Column::optional("max_days", Kind::Whole, "most mission days in the whole programme; blank: no limit"),
    Column::optional("max_days_year", Kind::Whole, "most mission days in one calendar year; blank: no limit"),
    Column::optional("max_days_away", Kind::Whole, "longest mission; blank: the programme's"),
    Column::optional("rest_days", Kind::Whole, "free days after a mission that travelled; blank: the programme's"),
    Column::optional("target_days", Kind::Whole, "mission days beyond this are a penalty; blank: none is"),
    Column::optional("available_from", Kind::Day, "first day of their availability"),
    Column::optional("available_to", Kind::Day, "last day of their availability"),
    Column::optional("tags", Kind::List, "what they bring, as `team_needs` names it"),
    Column::optional("barred", Kind::List, "place, country or region ids where they are not sent"),
    Column::optional("email", Kind::Text, "for their calendar"),
];

/// The trainers, and which of them could be read without an error.
pub struct Trainers {
    pub trainers: Dense<TrainerId, Trainer>,
    pub sound: Dense<TrainerId, bool>,
}

/// Reads the trainers. Languages and tags are numbered already where courses name them.
pub fn trainers<'t>(r: &mut Reading<'t>, given: &Given<'t, '_>, rules: &Rules) -> Trainers {
    let mut roles = Roles::new(r.rows(TableId::Trainers).len());
    let mut trainers: Dense<TrainerId, Trainer> = Dense::default();
    let mut sound = Dense::default();
    for (i, row) in r.rows(TableId::Trainers).iter().enumerate() {
        let errors = r.log.errors();
        let (trainer, whole) = trainer(r, row, TrainerId::new(i), given, rules, &mut roles);
        trainers.push(trainer);
        sound.push(whole && r.log.errors() == errors);
    }
    qualifications::qualifications(r, given, &mut roles);
    for id in trainers.ids() {
        trainers[id].roles = roles.of(id, given.courses.len());
    }
    Trainers { trainers, sound }
}

/// A row, and whether its home is known (a column that is missing is told once, not in every row).
fn trainer<'t>(
    r: &mut Reading<'t>,
    row: &'t Row,
    id: TrainerId,
    given: &Given<'t, '_>,
    rules: &Rules,
    roles: &mut Roles,
) -> (Trainer, bool) {
    let mut f = Fields::new(r.tables, TableId::Trainers, row, r.dates, &mut r.log);
    let (teaches, assists) = languages(&mut f, &mut r.languages);
    for item in f.list("courses") {
        let (course, role) = item.split_once(':').map_or((item, "lead"), |(a, b)| (a.trim(), b.trim()));
        let spot = f.spot("courses");
        let role = match role {
            "lead" => Some(Role::Lead),
            "co" => Some(Role::Co),
            _ => {
                let text = format!("courses says \"{item}\"");
                f.log.add(&codes::BAD_WORD, spot, text, "write a course id, or one with its role: MLA:lead, CFT:co");
                None
            }
        };
        if let (Some(course), Some(role)) = (given.course_ids.find(course, spot, f.log), role) {
            roles.add(id, course, role);
        }
    }
    let home = f.text("home");
    let spot = f.spot("home");
    let home = given.names.find(home, spot, f.log);
    let (available_from, available_to) = f.days("available_from", "available_to");
    let trainer = Trainer {
        id: f.text("id").to_string(),
        name: f.text("name").to_string(),
        home: home.unwrap_or(PlaceId(0)),
        teaches,
        assists,
        roles: Dense::<CourseId, Option<Role>>::default(),
        fee_day: f.price("fee_day"),
        max_days: f.count("max_days", 0),
        max_days_year: f.count("max_days_year", 0),
        max_days_away: f.count("max_days_away", 1).unwrap_or(rules.max_days_away),
        rest_days: f.count("rest_days", 0).unwrap_or(rules.rest_days),
        target_days: f.count("target_days", 0),
        available_from,
        available_to,
        tags: {
            let mut tags: Vec<_> = f.list("tags").into_iter().map(|t| r.tags.number(t)).collect();
            tags.sort();
            tags.dedup();
            tags
        },
        barred: given.filters().barred(&mut f),
        email: f.text("email").to_string(),
        absences: Vec::new(),
    };
    (trainer, home.is_some())
}

/// The languages in which a trainer is able to teach, and those in which only to assist.
fn languages<'t>(f: &mut Fields<'t, '_>, labels: &mut Labels<'t>) -> (Vec<LanguageId>, Vec<LanguageId>) {
    let (mut teaches, mut assists) = (Vec::new(), Vec::new());
    for item in f.list("languages") {
        let (code, how) = item.split_once(':').map_or((item, "teach"), |(a, b)| (a.trim(), b.trim()));
        let list = match how {
            "teach" => &mut teaches,
            "assist" => &mut assists,
            _ => {
                let (spot, text) = (f.spot("languages"), format!("languages says \"{item}\""));
                f.log.add(&codes::BAD_WORD, spot, text, "write a language code, or one with :assist");
                continue;
            }
        };
        if let Some(code) = f.language("languages", code) {
            let language = labels.number(code);
            if !list.contains(&language) {
                list.push(language);
            }
        }
    }
    assists.retain(|l| !teaches.contains(l));
    (teaches, assists)
}
