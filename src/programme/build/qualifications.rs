//! qualifications.csv: who is qualified for which course, beside what trainers.csv says.

use super::columns::{Column, Kind, TableId};
use super::fields::Fields;
use super::{Given, Reading};
use crate::programme::id::{CourseId, Dense, Id, TrainerId};
use crate::programme::people::Role;

/// The columns of qualifications.csv.
pub const COLUMNS: &[Column] = &[
    Column::required("trainer", Kind::Name, "a trainer's id"),
    Column::required("course", Kind::Name, "a course's id"),
    Column::required(
        "role",
        Kind::Choice(&["lead", "co"]),
        "`lead` or `co`; a lead may fill a co-trainer's seat, not the reverse",
    ),
];

/// The best role of each trainer in each course, as far as it was read.
pub struct Roles(Vec<Vec<(CourseId, Role)>>);

impl Roles {
    /// Nobody is qualified yet.
    pub fn new(trainers: usize) -> Roles {
        Roles(vec![Vec::new(); trainers])
    }

    /// One qualification; the better of two for the same course counts.
    pub fn add(&mut self, trainer: TrainerId, course: CourseId, role: Role) {
        let own = &mut self.0[trainer.index()];
        match own.iter_mut().find(|(c, _)| *c == course) {
            Some((_, best)) => *best = role.min(*best),
            None => own.push((course, role)),
        }
    }

    /// The roles of one trainer.
    pub fn of(&self, trainer: TrainerId, courses: usize) -> Dense<CourseId, Option<Role>> {
        let mut roles = Dense::filled(None, courses);
        for (course, role) in &self.0[trainer.index()] {
            roles[*course] = Some(*role);
        }
        roles
    }
}

/// Reads qualifications.csv.
pub fn qualifications<'t>(r: &mut Reading<'t>, given: &Given<'t, '_>, roles: &mut Roles) {
    for row in r.rows(TableId::Qualifications) {
        let mut f = Fields::new(r.tables, TableId::Qualifications, row, r.dates, &mut r.log);
        let (trainer, course) = (f.text("trainer"), f.text("course"));
        let (at_trainer, at_course) = (f.spot("trainer"), f.spot("course"));
        let trainer = given.trainer_ids.find(trainer, at_trainer, f.log);
        let course = given.course_ids.find(course, at_course, f.log);
        let role = match f.choice("role", &["lead", "co"]) {
            Some(0) => Some(Role::Lead),
            Some(_) => Some(Role::Co),
            None => None,
        };
        if let (Some(trainer), Some(course), Some(role)) = (trainer, course, role) {
            roles.add(trainer, course, role);
        }
    }
}
