//! Courses.

use super::Frame;
use super::dice::Dice;
use super::table::{Table, maybe};

const LANGUAGES: [&str; 5] = ["fr", "es", "ar", "ru", "zh"];

pub struct Courses {
    pub all: Vec<Course>,
}

pub struct Course {
    pub id: String,
    pub days: i32,
    pub leads: usize,
    pub co_trainers: usize,
    pub min: i64,
    max: Option<i64>,
    /// The first is en.
    pub languages: Vec<&'static str>,
    materials: i64,
    /// At least one member of the team is a prosecutor.
    pub needs_prosecutor: bool,
}

impl Courses {
    pub fn new(dice: &mut Dice, frame: &Frame) -> Courses {
        let mut all = Vec::new();
        for i in 0..frame.courses {
            let more = dice.between(2, 5) as usize;
            let mut languages = vec!["en"];
            languages.extend(dice.sample(&LANGUAGES, more));
            let min = dice.pick(&[10, 12]);
            all.push(Course {
                id: format!("K{i:02}"),
                days: dice.pick(&[2, 3, 3, 4]),
                leads: if i == 2 { 2 } else { 1 },
                co_trainers: if i == 1 { 1 } else { dice.pick(&[0, 1, 1, 2]) },
                min,
                max: if i == 0 { Some(28) } else { dice.pick(&[Some(25), Some(30), None]) },
                languages,
                materials: dice.pick(&[5, 10, 25]),
                needs_prosecutor: i % 4 == 1,
            });
        }
        Courses { all }
    }

    pub fn file(&self) -> (String, Vec<u8>) {
        let mut t = Table::new(
            "courses",
            "id,title,days,leads,co_trainers,min_participants,max_participants,languages,materials_per_participant,\
             team_needs,tags,kind,title_ar,title_zh,title_en,title_fr,title_ru,title_es",
        );
        for (i, c) in self.all.iter().enumerate() {
            let titled = |text: String| if i == 0 { text } else { String::new() };
            t.row(&[
                c.id.clone(),
                format!("Course {i}"),
                c.days.to_string(),
                c.leads.to_string(),
                c.co_trainers.to_string(),
                c.min.to_string(),
                maybe(c.max),
                c.languages.join(";"),
                c.materials.to_string(),
                if c.needs_prosecutor { "prosecutor:1".to_string() } else { String::new() },
                if i % 2 == 0 { "legal".to_string() } else { "operational;field".to_string() },
                ["training", "advice", "product"][if i < 3 { i } else { 0 }].to_string(),
                titled("دورة 0".to_string()),
                titled("课程 0".to_string()),
                titled("Course 0".to_string()),
                titled("Cours 0".to_string()),
                titled("Курс 0".to_string()),
                titled("Curso 0".to_string()),
            ]);
        }
        t.file()
    }
}
