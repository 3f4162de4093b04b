//! Requests.

use super::Frame;
use super::courses::Courses;
use super::dice::Dice;
use super::ground::{Ground, ONLINE};
use super::table::{Table, maybe, yes};
use crate::programme::day::Day;

pub struct Requests {
    pub all: Vec<Request>,
}

pub struct Request {
    pub id: String,
    pub course: usize,
    pub place: usize,
    pub participants: i64,
    pub languages: Vec<&'static str>,
    pub interpretation: bool,
    pub hosts: String,
    pub earliest: Option<Day>,
    pub latest: Option<Day>,
    preferred: Option<Day>,
    /// In hundredths.
    priority: i64,
    pub must: bool,
    pub shared: bool,
    pub together: &'static str,
    pub after: Option<usize>,
    received: Option<Day>,
}

impl Requests {
    pub fn new(dice: &mut Dice, frame: &Frame, ground: &Ground, courses: &Courses) -> Requests {
        let mut all: Vec<Request> = Vec::new();
        for i in 0..frame.requests {
            let place = dice.below(ground.places.len());
            let course = dice.below(courses.all.len());
            let pooled = i > 2 && dice.chance(50);
            let home = &ground.places[place];
            let mut languages: Vec<&str> =
                home.languages.iter().copied().filter(|l| courses.all[course].languages.contains(l)).collect();
            if languages.is_empty() || dice.chance(20) && !languages.contains(&"en") {
                languages.push("en");
            }
            let weeks = i64::from(frame.weeks());
            let width = dice.between(6, 26).min(weeks - 2);
            let earliest = frame.start + 7 * dice.between(0, (weeks - width).max(0)) as i32;
            let latest = (earliest + 7 * width as i32 - 1).min(frame.end);
            let hosts = if pooled || dice.chance(20) {
                format!("G{}", home.region)
            } else if dice.chance(10) {
                format!("{};{ONLINE}", home.id)
            } else {
                String::new()
            };
            all.push(Request {
                id: format!("R{i:04}"),
                course,
                place,
                participants: if pooled { dice.between(5, 9) } else { dice.between(14, 25) },
                languages,
                interpretation: !dice.chance(15),
                hosts,
                earliest: (!dice.chance(10)).then_some(earliest),
                latest: (!dice.chance(10)).then_some(latest),
                preferred: dice.chance(40).then(|| earliest + 7 * dice.between(0, width / 2) as i32),
                priority: dice.pick(&[100, 100, 100, 150, 200, 250, 300, 500]),
                must: dice.chance(5),
                shared: pooled || dice.chance(30),
                together: "",
                after: if i > 4 && dice.chance(10) { Some(dice.below(i)) } else { None },
                received: dice.chance(50).then(|| frame.start - dice.between(20, 200) as i32),
            });
        }
        let mut requests = Requests { all };
        requests.make_sure(frame, ground, courses);
        requests
    }

    /// Two requests that belong together, one that follows another, one online, one promised, one without
    /// interpretation, whatever luck gave; as far as there are so many.
    fn make_sure(&mut self, frame: &Frame, ground: &Ground, courses: &Courses) {
        let n = self.all.len();
        if n > 4 {
            let course = self.all[3].course;
            let min = courses.all[course].min;
            let region = ground.places[self.all[3].place].region;
            let near = ground.of_region(region);
            for (k, i) in [3, 4].into_iter().enumerate() {
                let r = &mut self.all[i];
                r.course = course;
                r.place = near[k % near.len()];
                r.participants = min / 2 + 1 + k as i64;
                r.languages = vec!["en"];
                r.hosts = format!("G{region}");
                r.shared = true;
                r.together = "joint";
                r.after = None;
                (r.earliest, r.latest) = (None, None);
            }
            self.all[4].preferred = Some(frame.as_of + 70);
        }
        if n > 5 {
            let r = &mut self.all[5];
            r.hosts = format!("{};{ONLINE}", ground.places[r.place].id);
            r.must = true;
            (r.after, r.interpretation) = (None, false);
            (r.earliest, r.latest) = (Some(frame.as_of), Some(frame.end));
            r.priority = 125;
            r.received = Some(frame.start - 30);
        }
        if n > 6 {
            let r = &mut self.all[6];
            r.after = Some(5);
            (r.earliest, r.latest) = (None, Some(frame.end));
        }
        // Nobody waits for those of a label of whom another waits, and nobody for himself.
        for i in 0..n {
            let late = self.all[i].after.is_some_and(|a| !self.all[a].together.is_empty() || a >= i);
            if late {
                self.all[i].after = None;
            }
        }
    }

    pub fn file(&self) -> (String, Vec<u8>) {
        let mut t = Table::new(
            "requests",
            "id,course,place,participants,languages,interpretation,hosts,earliest,latest,preferred,priority,must,shared,\
             together,after,received,Who comes,note",
        );
        for (i, r) in self.all.iter().enumerate() {
            t.row(&[
                r.id.clone(),
                format!("K{:02}", r.course),
                format!("P{:03}", r.place),
                r.participants.to_string(),
                r.languages.join(";"),
                if r.interpretation { String::new() } else { "no".to_string() },
                r.hosts.clone(),
                maybe(r.earliest),
                maybe(r.latest),
                maybe(r.preferred),
                priority(r.priority),
                yes(r.must),
                if r.shared { String::new() } else { "no".to_string() },
                r.together.to_string(),
                maybe(r.after.map(|a| format!("R{a:04}"))),
                maybe(r.received),
                ["prosecutors", "judges", "police, customs"][i % 3].to_string(),
                if i % 4 == 0 { "illustrative".to_string() } else { String::new() },
            ]);
        }
        t.file()
    }
}

/// Hundredths without zeros at the end.
fn priority(hundredths: i64) -> String {
    match hundredths % 100 {
        0 => (hundredths / 100).to_string(),
        part => format!("{}.{part:02}", hundredths / 100),
    }
}
