//! The plan as a picture: a row per place, a bar per session, months along the top. Inline SVG, no script; in
//! strips, so that paper may break between them.

use super::markup::escape;
use crate::plan::Plan;
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use crate::programme::id::{CourseId, Dense, PlaceId};

const LEFT: i64 = 150;
const WIDTH: i64 = 1000;
const ROW: i64 = 22;
const TOP: i64 = 26;

/// A strip has about so many rows: as many as fit a printed page.
const ROWS: usize = 24;

/// The colours that there are, one after the other by course; the next course has the first colour again, hatched.
const COLOURS: usize = 12;

/// The SVG elements, one under the other: the places by strips, each with the months of the whole programme above it. Empty
/// where there are no sessions.
pub fn svg(programme: &Programme, plan: &Plan) -> String {
    let first = plan.sessions.iter().map(|s| s.span.first).fold(programme.start, Day::min);
    let last = plan.sessions.iter().map(|s| s.span.last).fold(programme.end, Day::max);
    let whole = Span { first: month_start(first), last: month_start(month_start(last) + 31) - 1 };
    let lanes = lanes(programme, plan);
    let mut strips: Vec<&[Lanes]> = Vec::new();
    let mut rest = &lanes[..];
    while !rest.is_empty() {
        let (mut rows, mut n) = (0, 0);
        while n < rest.len() && (n == 0 || rows + rest[n].1 <= ROWS) {
            rows += rest[n].1;
            n += 1;
        }
        let (strip, others) = rest.split_at(n);
        strips.push(strip);
        rest = others;
    }
    let tints = tints(programme, plan);
    strips.into_iter().map(|strip| picture(programme, plan, whole, strip, &tints)).collect()
}

/// One strip.
fn picture(programme: &Programme, plan: &Plan, whole: Span, lanes: &[Lanes], tints: &Tints) -> String {
    let x = |day: Day| LEFT + (WIDTH - LEFT) * i64::from(day - whole.first) / i64::from(whole.days());
    let height = TOP + ROW * lanes.iter().map(|(_, n, _)| *n as i64).sum::<i64>();
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"Sessions by place and date\">\n<g class=\"months\">\n"
    );
    let mut month = whole.first;
    while month <= whole.last {
        let (at, next) = (x(month), month_start(month + 31));
        // No room for a name where a programme has many months.
        let label = if x(next) - at > 22 { month.date().format("%b").to_string() } else { String::new() };
        svg.push_str(&format!(
            "<line x1=\"{at}\" y1=\"0\" x2=\"{at}\" y2=\"{height}\"/><text x=\"{}\" y=\"14\">{label}</text>\n",
            at + 4
        ));
        month = next;
    }
    svg.push_str("</g>\n");
    let mut y = TOP;
    for (place, deep, bars) in lanes {
        let p = &programme.places[*place];
        let name = if p.name.is_empty() { &p.id } else { &p.name };
        svg.push_str(&format!("<text class=\"place\" x=\"0\" y=\"{}\">{}</text>\n", y + 14, escape(name)));
        for (session, lane) in bars {
            let s = &plan.sessions[*session];
            let (from, to) = (x(s.span.first), x(s.span.last + 1));
            let course = &programme.courses[s.course];
            let title = format!("{} {}, {} to {}", s.id, course.title, s.span.first, s.span.last);
            svg.push_str(&format!(
                "<g><title>{}</title><rect class=\"{} {}\" x=\"{from}\" y=\"{}\" width=\"{}\" height=\"16\" rx=\"2\"/></g>\n",
                escape(&title),
                s.status.word(),
                tint(tints[s.course].unwrap_or(0)),
                y + ROW * *lane as i64 + 2,
                (to - from).max(3),
            ));
        }
        y += ROW * *deep as i64;
    }
    svg.push_str("</svg>\n");
    svg
}

/// By course that has sessions: how many such courses come before it.
type Tints = Dense<CourseId, Option<usize>>;

fn tints(programme: &Programme, plan: &Plan) -> Tints {
    let mut numbers = 0..;
    let held = programme.courses.ids().map(|c| plan.sessions.iter().any(|s| s.course == c));
    held.map(|held| if held { numbers.next() } else { None }).collect()
}

/// The classes of a colour.
fn tint(n: usize) -> String {
    let again = if n >= COLOURS { " again" } else { "" };
    format!("c{}{again}", n % COLOURS)
}

/// Which colour is which course.
pub fn legend(programme: &Programme, plan: &Plan) -> String {
    let tints = tints(programme, plan);
    let mut html = String::from("<p class=\"legend\">");
    for (c, course) in programme.courses.iter() {
        let Some(n) = tints[c] else { continue };
        html.push_str(&format!(
            "<span><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"{}\" width=\"10\" height=\"10\"/></svg>{}</span>\n",
            tint(n),
            escape(&course.title)
        ));
    }
    html + "</p>\n"
}

/// A place, how many lanes it needs so that its bars do not cover each other, and the sessions with their lanes.
type Lanes = (PlaceId, usize, Vec<(usize, usize)>);

/// The places where sessions are held, in table order.
fn lanes(programme: &Programme, plan: &Plan) -> Vec<Lanes> {
    let mut all = Vec::new();
    for place in programme.places.ids() {
        let mut free: Vec<Day> = Vec::new();
        let mut bars = Vec::new();
        for (i, s) in plan.sessions.iter().enumerate().filter(|(_, s)| s.place == place) {
            let lane = free.iter().position(|last| *last < s.span.first).unwrap_or(free.len());
            if lane == free.len() {
                free.push(s.span.last);
            } else {
                free[lane] = s.span.last;
            }
            bars.push((i, lane));
        }
        if !bars.is_empty() {
            all.push((place, free.len(), bars));
        }
    }
    all
}

/// The first day of the month of a day.
fn month_start(day: Day) -> Day {
    use chrono::Datelike;
    day - (day.date().day() as i32 - 1)
}
