//! courses.csv: what can be taught.

use super::Reading;
use super::codes;
use super::columns::{Column, Kind, TableId};
use super::fields::Fields;
use super::ids::Ids;
use super::tables::Row;
use crate::programme::id::{CourseId, Dense, Id, LanguageId, TagId};
use crate::programme::people::{Course, CourseKind};
use rustc_hash::FxHashMap;

/// The columns of courses.csv.
pub const COLUMNS: &[Column] = &[
    Column::required("id", Kind::Id, "the course's id"),
    Column::required("title", Kind::Text, "its title"),
    Column::required("days", Kind::Whole, "teaching days"),
    Column::with("leads", Kind::Whole, "1", "leads in a team"),
    Column::with("co_trainers", Kind::Whole, "0", "co-trainers in a team"),
    Column::with("min_participants", Kind::Whole, "1", "fewest participants of a session"),
    Column::optional("max_participants", Kind::Whole, "most participants of a session; blank: no limit"),
    Column::required("languages", Kind::List, "languages in which materials exist"),
    Column::with("materials_per_participant", Kind::Money, "0", "materials, per participant"),
    Column::optional(
        "team_needs",
        Kind::List,
        "`prosecutor:1;forensics:1`: at least so many team members carry the tag",
    ),
    Column::optional("tags", Kind::List, "wherever a `courses` filter stands, a tag names all its courses"),
    Column::with("kind", Kind::Choice(&["training", "advice", "product"]), "training", "for reports"),
    Column::optional("title_ar", Kind::Text, "title in Arabic"),
    Column::optional("title_zh", Kind::Text, "title in Chinese"),
    Column::optional("title_en", Kind::Text, "title in English"),
    Column::optional("title_fr", Kind::Text, "title in French"),
    Column::optional("title_ru", Kind::Text, "title in Russian"),
    Column::optional("title_es", Kind::Text, "title in Spanish"),
];

/// Reads the courses.
pub fn courses<'t>(r: &mut Reading<'t>, ids: &Ids<'t, CourseId>) -> Dense<CourseId, Course> {
    let courses: Dense<CourseId, Course> = r.rows(TableId::Courses).iter().map(|row| course(r, row)).collect();
    tags_are_no_ids(r, ids, &courses);
    courses
}

fn course<'t>(r: &mut Reading<'t>, row: &'t Row) -> Course {
    let mut f = Fields::new(r.tables, TableId::Courses, row, r.dates, &mut r.log);
    let languages = languages(&mut f, &mut r.languages);
    let (min, max) = (f.count("min_participants", 0).unwrap_or(1), f.count("max_participants", 1));
    if let Some(max) = max
        && max < min
    {
        let spot = f.spot("max_participants");
        let text = format!("max_participants ({max}) is below min_participants ({min})");
        f.log.add(&codes::RANGE_REVERSED, spot, text, "");
    }
    let seats = |n: Option<i64>, otherwise| n.and_then(|n| u32::try_from(n).ok()).unwrap_or(otherwise);
    let titles = ["ar", "zh", "en", "fr", "ru", "es"].map(|code| (code, f.text(&format!("title_{code}"))));
    Course {
        id: f.text("id").to_string(),
        title: f.text("title").to_string(),
        titles: titles.iter().filter(|(_, t)| !t.is_empty()).map(|(c, t)| (c.to_string(), t.to_string())).collect(),
        days: f.whole("days", 1..=3_660).and_then(|n| i32::try_from(n).ok()).unwrap_or(1),
        leads: seats(f.whole("leads", 0..=50), 1),
        co_trainers: seats(f.whole("co_trainers", 0..=50), 0),
        min_participants: i64::from(min),
        max_participants: max.map(i64::from),
        materials_per_participant: f.price("materials_per_participant"),
        team_needs: team_needs(&mut f, &mut r.tags),
        tags: f.list("tags").into_iter().map(str::to_string).collect(),
        kind: match f.choice("kind", &["training", "advice", "product"]) {
            Some(1) => CourseKind::Advice,
            Some(2) => CourseKind::Product,
            _ => CourseKind::Training,
        },
        languages,
    }
}

/// The languages of a list, without repetition, in the order written.
pub fn languages<'t>(f: &mut Fields<'t, '_>, labels: &mut super::ids::Labels<'t>) -> Vec<LanguageId> {
    let mut languages = Vec::new();
    for code in f.list("languages") {
        if let Some(code) = f.language("languages", code) {
            let language = labels.number(code);
            if !languages.contains(&language) {
                languages.push(language);
            }
        }
    }
    languages
}

fn team_needs<'t>(f: &mut Fields<'t, '_>, tags: &mut super::ids::Labels<'t>) -> Vec<(TagId, u32)> {
    let mut needs: Vec<(TagId, u32)> = Vec::new();
    for item in f.list("team_needs") {
        let (tag, number) = item.split_once(':').map_or((item, "1"), |(a, b)| (a.trim(), b.trim()));
        let spot = f.spot("team_needs");
        match number.parse::<u32>() {
            Ok(n) if n <= 50 && !tag.is_empty() => {
                let tag = tags.number(tag);
                match needs.iter_mut().find(|(t, _)| *t == tag) {
                    Some((_, most)) => *most = n.max(*most),
                    None => needs.push((tag, n)),
                }
            }
            _ => {
                let text = format!("team_needs says \"{item}\"");
                f.log.add(
                    &codes::BAD_NUMBER,
                    spot,
                    text,
                    "write a tag and how many of the team carry it: prosecutor:1",
                );
            }
        }
    }
    needs
}

/// No tag equals a course id: a filter could not tell which is meant.
fn tags_are_no_ids<'t>(r: &mut Reading<'t>, ids: &Ids<'t, CourseId>, courses: &Dense<CourseId, Course>) {
    let mut told: FxHashMap<&str, ()> = FxHashMap::default();
    let column = TableId::Courses.column("tags").unwrap_or(0);
    for (id, course) in courses.iter() {
        for tag in &course.tags {
            if ids.get(tag).is_some() && told.insert(tag, ()).is_none() {
                let spot = r.rows(TableId::Courses)[id.index()].spot_of(column);
                r.log.add(&codes::TAG_IS_COURSE, spot, format!("the tag {tag} is also the id of a course"), "");
            }
        }
    }
}
