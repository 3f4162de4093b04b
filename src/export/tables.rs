//! A plan as flat tables: what `export --csv` and `--xlsx` write. Knows the plan, not the formats.

use crate::plan::Plan;
use crate::plan::goals::uses;
use crate::plan::mission::stays;
use crate::plan::price::costs;
use crate::programme::Programme;
use crate::programme::calendar::session_days;
use crate::programme::day::Day;
use crate::programme::money::{Cents, Micro};
use crate::words::Category;

/// A table: its name, its header, its rows (as many cells as the header has).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: &'static str,
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    Count(i64),
    /// In the programme's currency.
    Money(Cents),
    Decimal(Micro),
    Day(Day),
    Blank,
}

/// Sessions, missions, charges, funds and unserved requests, in this order.
pub fn tables(programme: &Programme, plan: &Plan) -> Vec<Table> {
    vec![
        sessions(programme, plan),
        missions(programme, plan),
        charges(programme, plan),
        funds(programme, plan),
        unserved(programme, plan),
    ]
}

fn text(s: impl Into<String>) -> Cell {
    Cell::Text(s.into())
}

fn day(d: Option<Day>) -> Cell {
    d.map_or(Cell::Blank, Cell::Day)
}

fn yes(b: bool) -> Cell {
    text(if b { "yes" } else { "no" })
}

fn sessions(programme: &Programme, plan: &Plan) -> Table {
    let prices = costs(programme, plan);
    let rows = plan.sessions.iter().zip(&prices).map(|(s, price)| {
        let (course, place) = (&programme.courses[s.course], &programme.places[s.place]);
        let requests: Vec<&str> = s.requests.iter().map(|r| programme.requests[*r].id.as_str()).collect();
        let team: Vec<String> =
            s.team.iter().map(|seat| format!("{}:{}", programme.trainers[seat.trainer].id, seat.role.word())).collect();
        let mut row = vec![
            text(&s.id),
            text(s.status.word()),
            text(&course.id),
            text(&course.title),
            text(&place.id),
            text(&place.name),
            text(&programme.countries[place.country].id),
            place.region.map_or(Cell::Blank, |r| text(&programme.regions[r].id)),
            text(&programme.languages[s.language]),
            text(&programme.languages[s.working_language]),
            Cell::Day(s.span.first),
            Cell::Day(s.span.last),
            Cell::Count(session_days(place.week, s.span).count() as i64),
            Cell::Count(s.requests.iter().map(|r| programme.requests[*r].participants).sum()),
            text(requests.join(";")),
            text(team.join(";")),
        ];
        row.extend(price.by_category.iter().map(|c| Cell::Money(*c)));
        row.push(Cell::Money(price.total()));
        row
    });
    Table {
        name: "sessions",
        columns: vec![
            "session",
            "status",
            "course",
            "title",
            "place",
            "place_name",
            "country",
            "region",
            "language",
            "working_language",
            "start",
            "end",
            "days",
            "officials",
            "requests",
            "team",
            "cost_venue",
            "cost_interpretation",
            "cost_materials",
            "cost_participants",
            "cost_fees",
            "cost_travel",
            "cost_allowance",
            "cost_total",
        ],
        rows: rows.collect(),
    }
}

fn missions(programme: &Programme, plan: &Plan) -> Table {
    let rows = plan.missions.iter().map(|m| {
        let trainer = &programme.trainers[m.trainer];
        let sessions: Vec<&str> = m.sessions.iter().map(|s| plan.sessions[*s].id.as_str()).collect();
        let places: Vec<&str> =
            m.sessions.iter().map(|s| programme.places[plan.sessions[*s].place].id.as_str()).collect();
        let travels = m.sessions.first().is_some_and(|s| !stays(programme, m.trainer, plan.sessions[*s].place));
        vec![
            text(&trainer.id),
            text(&trainer.name),
            text(&programme.places[trainer.home].id),
            Cell::Day(m.span.first),
            Cell::Day(m.span.last),
            Cell::Count(i64::from(m.span.days())),
            yes(travels),
            text(sessions.join(";")),
            text(places.join(";")),
        ]
    });
    Table {
        name: "missions",
        columns: vec!["trainer", "name", "home", "depart", "return", "days", "travels", "sessions", "places"],
        rows: rows.collect(),
    }
}

fn charges(programme: &Programme, plan: &Plan) -> Table {
    let mut rows = Vec::new();
    for s in &plan.sessions {
        for c in &s.charges {
            let fund = &programme.funds[c.fund];
            rows.push(vec![
                text(&s.id),
                text(c.category.word()),
                c.request.map_or(Cell::Blank, |r| text(&programme.requests[r].id)),
                text(&fund.id),
                text(&fund.donor),
                Cell::Money(c.amount),
                Cell::Money(c.amount.with_overhead(fund.overhead).rounded()),
            ]);
        }
    }
    Table {
        name: "charges",
        columns: vec!["session", "category", "request", "fund", "donor", "amount", "with_overhead"],
        rows,
    }
}

fn funds(programme: &Programme, plan: &Plan) -> Table {
    let used = uses(programme, plan);
    let rows = programme.funds.iter().map(|(f, fund)| {
        let covers: Vec<&str> = Category::ALL.iter().filter(|c| fund.covers[**c as usize]).map(|c| c.word()).collect();
        vec![
            text(&fund.id),
            text(&fund.donor),
            text(if fund.in_kind { "in-kind" } else { "cash" }),
            text(if fund.pledged { "pledged" } else { "received" }),
            Cell::Money(fund.amount),
            Cell::Money(fund.spent),
            Cell::Money(fund.has.rounded()),
            Cell::Money(used[f].rounded()),
            Cell::Money((fund.has - used[f]).rounded()),
            Cell::Decimal(fund.overhead),
            day(fund.valid_from),
            day(fund.valid_to),
            fund.spend_at_least.map_or(Cell::Blank, Cell::Money),
            text(if covers.len() == Category::ALL.len() { String::new() } else { covers.join(";") }),
        ]
    });
    Table {
        name: "funds",
        columns: vec![
            "fund",
            "donor",
            "kind",
            "status",
            "amount",
            "spent_before",
            "has",
            "used",
            "left",
            "overhead",
            "valid_from",
            "valid_to",
            "spend_at_least",
            "covers",
        ],
        rows: rows.collect(),
    }
}

fn unserved(programme: &Programme, plan: &Plan) -> Table {
    let of = plan.session_of(programme);
    let rows = programme.requests.iter().filter(|(r, _)| of[*r].is_none()).map(|(r, request)| {
        let (course, place) = (&programme.courses[request.course], &programme.places[request.place]);
        let languages: Vec<&str> = request.languages.iter().map(|l| programme.languages[*l].as_str()).collect();
        vec![
            text(&request.id),
            text(&course.id),
            text(&course.title),
            text(&place.id),
            text(&place.name),
            Cell::Count(request.participants),
            text(languages.join(";")),
            day(request.earliest),
            day(request.latest),
            Cell::Decimal(request.priority),
            yes(programme.is_promised(r)),
            text(&request.note),
        ]
    });
    Table {
        name: "unserved",
        columns: vec![
            "request",
            "course",
            "title",
            "place",
            "place_name",
            "officials",
            "languages",
            "earliest",
            "latest",
            "priority",
            "promised",
            "note",
        ],
        rows: rows.collect(),
    }
}
