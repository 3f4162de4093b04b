//! Trainers, what they are qualified for, and when they are not there.

use super::Frame;
use super::courses::Courses;
use super::dice::Dice;
use super::ground::Ground;
use super::pins::Pins;
use super::table::{Table, maybe};
use crate::programme::day::Day;

const LANGUAGES: [&str; 6] = ["en", "fr", "es", "ar", "ru", "zh"];

pub struct People {
    pub all: Vec<Trainer>,
    absences: Vec<(usize, Day, Day, &'static str)>,
    /// Path and events of each busy calendar.
    busy: Vec<(String, Vec<u8>)>,
}

pub struct Trainer {
    pub id: String,
    home: usize,
    languages: Vec<String>,
    /// Course and whether they lead it.
    pub courses: Vec<(usize, bool)>,
    fee_day: i64,
    pub prosecutor: bool,
    barred: String,
}

impl People {
    pub fn new(dice: &mut Dice, frame: &Frame, ground: &Ground, courses: &Courses) -> People {
        let mut all = Vec::new();
        for i in 0..frame.trainers {
            let home = if i < 2 || dice.chance(30) { i % 2 } else { dice.below(ground.places.len()) };
            let mut languages: Vec<String> = if i < 4 || dice.chance(85) { vec!["en".to_string()] } else { Vec::new() };
            let mut also: Vec<&str> = vec![dice.pick(ground.places[home].languages)];
            let more = dice.between(1, 2) as usize;
            also.extend(dice.sample(&LANGUAGES, more));
            for (n, language) in also.into_iter().enumerate() {
                let known = |l: &String| l.split(':').next() == Some(language);
                if !languages.iter().any(known) {
                    let assist = n > 1 || i == 0 && n > 0;
                    languages.push(if assist { format!("{language}:assist") } else { language.to_string() });
                }
            }
            let numbers: Vec<usize> = (0..courses.all.len()).collect();
            let many = dice.between(2, 6) as usize;
            let courses = dice.sample(&numbers, many).into_iter().map(|k| (k, dice.chance(55))).collect();
            all.push(Trainer {
                id: format!("T{i:03}"),
                home,
                languages,
                courses,
                fee_day: if dice.chance(40) { 0 } else { 50 * dice.between(6, 14) },
                prosecutor: i % 3 == 0,
                barred: if i % 7 == 5 {
                    format!("G{};{}", frame.regions - 1, ground.places[2].country)
                } else {
                    String::new()
                },
            });
        }
        // The first trainers, who all speak English, can fill every team.
        for (k, course) in courses.all.iter().enumerate() {
            for seat in 0..(course.leads + course.co_trainers) {
                let trainer = &mut all[seat % 4];
                trainer.courses.retain(|(known, _)| *known != k);
                trainer.courses.push((k, seat < course.leads));
            }
        }
        People { all, absences: Vec::new(), busy: Vec::new() }
    }

    /// Absences and busy calendars; whoever is pinned is there.
    pub fn spend_time(&mut self, dice: &mut Dice, frame: &Frame, pins: &Pins) {
        for i in 0..self.all.len() {
            let free = |first: Day, last: Day| {
                pins.teams().iter().all(|(team, week)| !team.contains(&i) || last < *week - 4 || first > *week + 10)
            };
            for _ in 0..dice.between(1, 3) {
                let first = frame.start + dice.between(0, i64::from(frame.end - frame.start)) as i32;
                let last = first + dice.pick(&[0, 4, 11, 18]);
                let reason = dice.pick(&["leave", "court", ""]);
                if free(first, last) {
                    self.absences.push((i, first, last, reason));
                }
            }
            if i % 5 == 3 {
                let name = if i % 2 == 0 { "" } else { "-office" };
                let start = frame.start + 7 * dice.between(0, i64::from(frame.weeks()) - 5) as i32;
                if free(start, start + 34) {
                    self.busy.push((format!("busy/{}{name}.ics", self.all[i].id), calendar(&self.all[i].id, start)));
                }
            }
        }
        if self.absences.is_empty() {
            self.absences.push((self.all.len() - 1, frame.end, frame.end, "leave"));
        }
    }

    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut trainers = Table::new(
            "trainers",
            "id,name,home,languages,courses,fee_day,max_days,max_days_year,max_days_away,rest_days,target_days,\
             available_from,available_to,tags,barred,email",
        );
        let mut qualifications = Table::new("qualifications", "trainer,course,role");
        for (i, t) in self.all.iter().enumerate() {
            let mut inline = Vec::new();
            for (n, (course, leads)) in t.courses.iter().enumerate() {
                let course = format!("K{course:02}");
                match (n % 2, *leads) {
                    (0, true) => qualifications.row(&[t.id.clone(), course, "lead".to_string()]),
                    (0, false) => qualifications.row(&[t.id.clone(), course, "co".to_string()]),
                    (_, true) => inline.push(course),
                    (_, false) => inline.push(format!("{course}:co")),
                }
            }
            let given = |on: bool, value: i64| maybe(on.then_some(value));
            trainers.row(&[
                t.id.clone(),
                format!("Trainer {i}"),
                format!("P{:03}", t.home),
                t.languages.join(";"),
                inline.join(";"),
                t.fee_day.to_string(),
                given(i % 3 != 1, 60 + 20 * (i as i64 % 3)),
                given(i % 3 == 1, 70),
                given(i % 6 == 2, 14),
                given(i % 5 == 1, 4),
                given(i % 2 == 0, 30),
                if i % 9 == 4 { "2027-01-18".to_string() } else { String::new() },
                if i % 9 == 5 { "2029-12-31".to_string() } else { String::new() },
                if t.prosecutor { "prosecutor;senior".to_string() } else { "forensics".to_string() },
                t.barred.clone(),
                if i % 2 == 0 { format!("trainer{i}@example.org") } else { String::new() },
            ]);
        }
        let mut absences = Table::new("absences", "trainer,from,to,reason");
        for (i, first, last, reason) in &self.absences {
            absences.row(&[self.all[*i].id.clone(), first.to_string(), last.to_string(), reason.to_string()]);
        }
        let mut files = vec![trainers.file(), qualifications.file(), absences.file()];
        files.extend(self.busy.iter().cloned());
        files
    }
}

/// A few days away, a morning every week for a month, and something that does not block.
fn calendar(trainer: &str, start: Day) -> Vec<u8> {
    let day = |d: Day| d.to_string().replace('-', "");
    let lines = [
        "BEGIN:VCALENDAR".to_string(),
        "VERSION:2.0".to_string(),
        "PRODID:-//docent//random//EN".to_string(),
        "BEGIN:VEVENT".to_string(),
        format!("UID:{trainer}-1@example.org"),
        "DTSTAMP:20261124T000000Z".to_string(),
        format!("DTSTART;VALUE=DATE:{}", day(start)),
        format!("DTEND;VALUE=DATE:{}", day(start + 4)),
        "SUMMARY:Trial".to_string(),
        "END:VEVENT".to_string(),
        "BEGIN:VEVENT".to_string(),
        format!("UID:{trainer}-2@example.org"),
        "DTSTAMP:20261124T000000Z".to_string(),
        format!("DTSTART:{}T090000", day(start + 9)),
        format!("DTEND:{}T120000", day(start + 9)),
        "RRULE:FREQ=WEEKLY;COUNT=4".to_string(),
        "SUMMARY:Hearing".to_string(),
        "END:VEVENT".to_string(),
        "BEGIN:VEVENT".to_string(),
        format!("UID:{trainer}-3@example.org"),
        "DTSTAMP:20261124T000000Z".to_string(),
        format!("DTSTART;VALUE=DATE:{}", day(start + 20)),
        "TRANSP:TRANSPARENT".to_string(),
        "SUMMARY:Birthday".to_string(),
        "END:VEVENT".to_string(),
        "END:VCALENDAR".to_string(),
        String::new(),
    ];
    lines.join("\r\n").into_bytes()
}
