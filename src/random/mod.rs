//! Seeded synthetic programmes of any size, in which every table and column occurs: for tests and benchmarks.

mod courses;
mod dice;
mod ground;
mod money;
mod people;
mod pins;
mod requests;
mod settings;
mod table;

use crate::programme::day::Day;
use crate::programme::money::Micro;
use dice::Dice;

/// What kind of programme is wished for. The same wish gives the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// At least 1.
    pub requests: u32,
    /// At least 4; None: what fits the requests.
    pub trainers: Option<u32>,
    /// At least 4, online places not counted; None: what fits the requests.
    pub places: Option<u32>,
    /// At least 12; None: 50.
    pub weeks: Option<u32>,
    pub seed: u64,
    /// Which share of what everything would cost the funds have.
    pub tight: Micro,
    /// May one mission visit several sessions?
    pub chain: bool,
}

impl Default for Wish {
    fn default() -> Wish {
        Wish { requests: 60, trainers: None, places: None, weeks: None, seed: 1, tight: Micro(600_000), chain: true }
    }
}

/// The files of a programme folder: paths inside it, and what they hold.
pub fn programme(wish: &Wish) -> Vec<(String, Vec<u8>)> {
    let mut dice = Dice::new(wish.seed);
    let frame = Frame::new(wish);
    let ground = ground::Ground::new(&mut dice, &frame);
    let courses = courses::Courses::new(&mut dice, &frame);
    let mut people = people::People::new(&mut dice, &frame, &ground, &courses);
    let mut requests = requests::Requests::new(&mut dice, &frame, &ground, &courses);
    let pins = pins::Pins::new(&frame, &ground, &courses, &people, &mut requests);
    people.spend_time(&mut dice, &frame, &pins);
    let money = money::Money::new(&mut dice, &frame, &ground, &courses, &requests);
    let mut files = vec![("programme.toml".to_string(), settings::settings(wish, &frame))];
    files.extend(ground.files(&mut dice, &frame, &pins));
    files.push(courses.file());
    files.extend(people.files());
    files.push(requests.file());
    files.push(pins.file());
    files.extend(money.files());
    files
}

/// The sizes that everything else follows.
struct Frame {
    requests: usize,
    trainers: usize,
    places: usize,
    regions: usize,
    courses: usize,
    start: Day,
    end: Day,
    /// The day the plan is made: a tenth of the time has passed.
    as_of: Day,
    tight: Micro,
}

impl Frame {
    fn new(wish: &Wish) -> Frame {
        let requests = wish.requests.max(1) as usize;
        let places = wish.places.map_or(requests / 5 + 4, |n| n.max(4) as usize);
        let weeks = wish.weeks.unwrap_or(50).clamp(12, 500) as i32;
        // A Monday.
        let start = Day::ymd(2027, 1, 4).unwrap_or(Day(739_985));
        Frame {
            requests,
            trainers: wish.trainers.map_or(requests / 5 + 6, |n| n.max(4) as usize),
            places,
            regions: (places / 6).clamp(2, 8),
            courses: (requests / 10).clamp(3, 12),
            start,
            end: start + (7 * weeks - 3),
            as_of: start + 7 * (weeks / 10).max(2),
            tight: wish.tight,
        }
    }

    /// How many weeks the programme has.
    fn weeks(&self) -> i32 {
        (self.end - self.start + 3) / 7
    }
}
