//! The report: one self-contained page without scripts, made to be mailed and printed.

use super::gantt;
use super::markup::escape;
use super::tables::{Cell, Table, tables};
use crate::plan::{Plan, Status};
use crate::programme::Programme;
use crate::programme::money::{Cents, money};

/// What stands above the tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The day that the plan was made for, and what it is (a proposal, revision 3 …).
    pub state: String,
    /// True for a plan of record: what no pin fixes is planned then, as calendars say, and no longer proposed.
    pub adopted: bool,
    /// Sentences: how much is served, what it costs, what is broken.
    pub facts: Vec<String>,
    /// Goal, value, bound, how good; as words.
    pub goals: Vec<[String; 4]>,
}

/// The page's bytes.
pub fn render(programme: &Programme, plan: &Plan, heading: &Heading) -> Vec<u8> {
    let mut page = String::from("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.push_str(&format!("<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n", escape(&programme.name)));
    page.push_str(&format!(
        "<h1>{}</h1>\n<p class=\"state\">{}</p>\n",
        escape(&programme.name),
        escape(&heading.state)
    ));
    page.push_str("<ul>\n");
    for fact in &heading.facts {
        page.push_str(&format!("<li>{}</li>\n", escape(fact)));
    }
    page.push_str(
        "</ul>\n<h2>How good the plan is</h2>\n<div class=\"scroll\">\n<table>\n<thead><tr><th>goal</th><th class=\"n\">this plan</th>",
    );
    page.push_str("<th class=\"n\">no plan is better than</th><th>what is known</th></tr></thead>\n<tbody>\n");
    for [goal, value, bound, proof] in &heading.goals {
        page.push_str(&format!(
            "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td></tr>\n",
            escape(goal),
            escape(value),
            escape(bound),
            escape(proof)
        ));
    }
    page.push_str("</tbody>\n</table>\n</div>\n");
    if !plan.sessions.is_empty() {
        page.push_str("<h2>All dates at a glance</h2>\n<div class=\"scroll\">\n");
        page.push_str(&gantt::svg(programme, plan));
        page.push_str("</div>\n");
        page.push_str(&gantt::legend(programme, plan));
    }
    for table in tables(programme, plan).iter().filter(|t| t.name != "charges") {
        section(&mut page, table, heading.adopted);
    }
    page.push_str("</body>\n</html>\n");
    page.into_bytes()
}

/// Columns that a page has no room for: what they say stands beside them, or in the other exports.
const LEFT_OUT: [&str; 15] = [
    "course",
    "place",
    "places",
    "country",
    "region",
    "working_language",
    "overhead",
    "valid_from",
    "cost_venue",
    "cost_interpretation",
    "cost_materials",
    "cost_participants",
    "cost_fees",
    "cost_travel",
    "cost_allowance",
];

/// A table under its title; columns without any content are left out.
fn section(page: &mut String, table: &Table, adopted: bool) {
    if table.rows.is_empty() {
        return;
    }
    let shown: Vec<usize> = (0..table.columns.len())
        .filter(|c| !LEFT_OUT.contains(&table.columns[*c]) && table.rows.iter().any(|r| told(&r[*c])))
        .collect();
    page.push_str(&format!(
        "<h2>{}</h2>\n<div class=\"scroll\">\n<table class=\"wide\">\n<thead><tr>",
        title(table.name)
    ));
    for c in &shown {
        let side = if table.rows.iter().any(|r| is_number(&r[*c])) { " class=\"n\"" } else { "" };
        page.push_str(&format!("<th{side}>{}</th>", table.columns[*c].replace('_', " ")));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        page.push_str("<tr>");
        for c in &shown {
            let side = match &row[*c] {
                cell if is_number(cell) => " class=\"n\"",
                Cell::Day(_) => " class=\"d\"",
                _ => "",
            };
            let word = word(&row[*c]);
            let planned = adopted && table.columns[*c] == "status" && word == Status::Proposed.word();
            page.push_str(&format!("<td{side}>{}</td>", if planned { "planned".into() } else { escape(&word) }));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n</div>\n");
}

fn title(name: &str) -> &'static str {
    match name {
        "sessions" => "Sessions",
        "missions" => "Who is on mission when",
        "funds" => "Funds",
        _ => "Not served",
    }
}

fn told(cell: &Cell) -> bool {
    match cell {
        Cell::Blank => false,
        Cell::Text(text) => !text.is_empty(),
        Cell::Money(cents) => *cents != Cents::ZERO,
        Cell::Count(_) | Cell::Decimal(_) | Cell::Day(_) => true,
    }
}

fn is_number(cell: &Cell) -> bool {
    matches!(cell, Cell::Count(_) | Cell::Money(_) | Cell::Decimal(_))
}

fn word(cell: &Cell) -> String {
    match cell {
        // Lists may break between their members.
        Cell::Text(text) => text.replace(';', "; "),
        Cell::Count(n) => n.to_string(),
        Cell::Money(cents) => money(*cents),
        Cell::Decimal(micro) => format!("{}.{:02}", micro.0 / 1_000_000, micro.0.rem_euclid(1_000_000) / 10_000),
        Cell::Day(day) => day.to_string(),
        Cell::Blank => String::new(),
    }
}

const STYLE: &str = "\
body { font: 15px/1.45 system-ui, sans-serif; color: #1b1f24; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.7rem; margin-bottom: 0; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
.state { color: #57606a; margin-top: .2rem; }
table { border-collapse: collapse; font-size: .85rem; } .wide { font-size: .75rem; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #d8dee4; }
th { border-bottom: 2px solid #8c959f; } .n { text-align: right; font-variant-numeric: tabular-nums; }
.n, .d { white-space: nowrap; } .scroll { overflow-x: auto; } .scroll > svg { display: block; min-width: 44rem; margin-bottom: .6rem; }
svg { width: 100%; height: auto; } svg text { font: 11px system-ui, sans-serif; fill: #1b1f24; }
svg line { stroke: #d8dee4; } .months text { fill: #57606a; }
.proposed { fill-opacity: .75; } .done { fill-opacity: .35; }
.legend span { display: inline-block; margin-right: 1.2rem; font-size: .8rem; } .legend svg { width: .8rem; height: .8rem; margin-right: .3rem; }
.c0 { fill: #1f6feb; } .c1 { fill: #bf5700; } .c2 { fill: #2d7d46; } .c3 { fill: #8250df; }
.c4 { fill: #b3261e; } .c5 { fill: #0b7285; } .c6 { fill: #7a5c00; } .c7 { fill: #57606a; }
.c8 { fill: #d63384; } .c9 { fill: #5e8c00; } .c10 { fill: #d4a72c; } .c11 { fill: #6639ba; } .again { stroke: #1b1f24; stroke-width: 2; stroke-dasharray: 2 2; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } .scroll { overflow: visible; } .scroll > svg { min-width: 0; } h2 { break-after: avoid; } tr, svg { break-inside: avoid; } thead { display: table-header-group; } @page { size: A4 landscape; margin: 12mm; } }
";
