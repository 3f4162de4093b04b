//! Pins of all three kinds, which can be kept: one session that is done, one that is confirmed, one that is wanted.
//!
//! They belong to the first three requests, and their teams to the first four trainers.

use super::Frame;
use super::courses::{Course, Courses};
use super::ground::Ground;
use super::people::People;
use super::requests::Requests;
use super::table::Table;
use crate::programme::day::Day;

pub struct Pins {
    all: Vec<Pin>,
}

struct Pin {
    request: String,
    label: &'static str,
    start: Day,
    place: String,
    languages: bool,
    /// Numbers of trainers.
    team: Vec<usize>,
    status: &'static str,
    ids: Vec<String>,
}

impl Pins {
    /// The pins; the requests are made such that each of them can be kept.
    pub fn new(frame: &Frame, ground: &Ground, courses: &Courses, people: &People, requests: &mut Requests) -> Pins {
        // Mondays, weeks apart: before the plan is made, and well after.
        let starts = [frame.start + 7, frame.as_of + 35, frame.as_of + 63];
        let statuses = ["done", "confirmed", "wanted"];
        // Where nobody rests on Mondays to Thursdays.
        let hosts = ground.of_region(0);
        let mut all = Vec::new();
        for (i, request) in requests.all.iter_mut().enumerate().take(3) {
            let course = &courses.all[request.course];
            let place = hosts[i % hosts.len()];
            request.place = place;
            request.participants = course.min + 4 + i as i64;
            request.languages = vec!["en"];
            request.interpretation = true;
            request.hosts = String::new();
            request.shared = false;
            request.together = "";
            request.after = None;
            (request.earliest, request.latest) = (None, None);
            let team = team(people, request.course, course);
            all.push(Pin {
                request: request.id.clone(),
                label: if i == 0 { "" } else { ["", "opening", ""][i] },
                start: starts[i],
                place: ground.places[place].id.clone(),
                languages: i < 2,
                ids: team.iter().map(|t| people.all[*t].id.clone()).collect(),
                team,
                status: statuses[i],
            });
        }
        if let Some(wanted) = all.get_mut(2) {
            wanted.ids.truncate(1);
            wanted.place.clear();
        }
        Pins { all }
    }

    /// The Mondays of the weeks for which something is pinned.
    pub fn weeks(&self) -> Vec<Day> {
        self.all.iter().map(|p| p.start).collect()
    }

    /// Who is in which week in a pinned team.
    pub fn teams(&self) -> Vec<(&[usize], Day)> {
        self.all.iter().map(|p| (p.team.as_slice(), p.start)).collect()
    }

    pub fn file(&self) -> (String, Vec<u8>) {
        let mut t = Table::new("pins", "request,session,start,place,language,working_language,trainers,status");
        for p in &self.all {
            let language = if p.languages { "en".to_string() } else { String::new() };
            t.row(&[
                p.request.clone(),
                p.label.to_string(),
                p.start.to_string(),
                p.place.clone(),
                language.clone(),
                language,
                p.ids.join(";"),
                if p.status == "wanted" { String::new() } else { p.status.to_string() },
            ]);
        }
        t.file()
    }
}

/// The team that every course has among the first trainers: leads first.
fn team(people: &People, number: usize, course: &Course) -> Vec<usize> {
    let seats = course.leads + course.co_trainers;
    let mut team: Vec<usize> = (0..seats).map(|seat| seat % 4).collect();
    if course.needs_prosecutor && !team.iter().any(|t| people.all[*t].prosecutor) {
        team[seats - 1] = 3;
    }
    debug_assert!(team.iter().all(|t| people.all[*t].courses.iter().any(|(k, _)| *k == number)));
    team
}
