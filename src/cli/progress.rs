//! What is seen while docent plans: one line that is written over on a terminal, else a line per news.

use super::exit::Failure;
use super::interrupt;
use super::prose::percent;
use crate::plan::brief::Brief;
use crate::programme::money::grouped;
use crate::solve::report::{GoalReport, Proof, figure};
use crate::solve::{self, Options, Outcome, Progress, Start};
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often the line on a terminal is drawn anew.
const TICK: Duration = Duration::from_millis(250);

/// Between two lines of a log.
const PAUSE: Duration = Duration::from_millis(1000);

/// Plans, and shows how far it is; Ctrl-C ends it with the best plan so far. `about`: what it is planned for, where that is one of
/// several questions; may be empty.
pub fn solve(about: &str, brief: &Brief, options: &Options, start: &Start) -> Result<Outcome, Failure> {
    let interrupt = interrupt::watch()?;
    let display = Display::new(about);
    let over = AtomicBool::new(false);
    let outcome = std::thread::scope(|scope| {
        if display.ticks() {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    display.tick();
                    std::thread::sleep(TICK);
                }
            });
        }
        let outcome = solve::plan(brief, options, start, &|progress| display.tell(progress), interrupt);
        over.store(true, Ordering::Relaxed);
        outcome
    });
    display.end();
    Ok(outcome)
}

/// The display on standard error.
pub struct Display {
    about: String,
    began: Instant,
    terminal: bool,
    seen: Mutex<Seen>,
}

/// What was told so far.
struct Seen {
    news: String,
    told: String,
    at: Option<Instant>,
}

impl Display {
    /// A display whose seconds count from now; `about` stands before its news, and may be empty.
    pub fn new(about: &str) -> Display {
        Display {
            about: if about.is_empty() { String::new() } else { format!("{about}  ") },
            began: Instant::now(),
            terminal: std::io::stderr().is_terminal(),
            seen: Mutex::new(Seen { news: String::from("reading the question"), told: String::new(), at: None }),
        }
    }

    /// True where the line is to be drawn anew between two pieces of news, so that its seconds move.
    pub fn ticks(&self) -> bool {
        self.terminal
    }

    /// Takes in where the run stands.
    pub fn tell(&self, progress: &Progress) {
        let Ok(mut seen) = self.seen.lock() else { return };
        seen.news = news(progress);
        if self.terminal {
            self.draw(&seen.news);
        } else if seen.news != seen.told && seen.at.is_none_or(|t| t.elapsed() >= PAUSE) {
            let _ = writeln!(std::io::stderr(), "{:>5} s  {}{}", self.began.elapsed().as_secs(), self.about, seen.news);
            seen.told = seen.news.clone();
            seen.at = Some(Instant::now());
        }
    }

    /// Draws the line anew.
    pub fn tick(&self) {
        if let Ok(seen) = self.seen.lock() {
            self.draw(&seen.news);
        }
    }

    /// Takes the line away: what follows stands on a clean screen.
    pub fn end(&self) {
        if self.terminal {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }

    fn draw(&self, news: &str) {
        let line: String =
            format!("{:>4} s  {}{news}", self.began.elapsed().as_secs(), self.about).chars().take(98).collect();
        let mut err = std::io::stderr();
        let _ = write!(err, "\r\x1b[K{line}");
        let _ = err.flush();
    }
}

/// Where a run stands, in a line: the goals that are settled, the one that is worked on.
fn news(progress: &Progress) -> String {
    let open = progress.goals.iter().find(|g| g.proof == Proof::Feasible);
    let goal = match open {
        Some(report) => open_goal(report),
        None if progress.goals.is_empty() => "no plan yet".to_string(),
        None => "every goal is settled".to_string(),
    };
    if progress.stage.is_empty() { goal } else { format!("{goal}  ({})", progress.stage) }
}

fn open_goal(report: &GoalReport) -> String {
    let (best, bound) = (figure(report.goal, report.value), figure(report.goal, report.bound));
    let limit = if report.goal.maximised() { "at most" } else { "at least" };
    format!(
        "{}: best so far {}, {limit} {}, gap {}",
        report.goal,
        grouped(&best),
        grouped(&bound),
        percent(report.gap())
    )
}
