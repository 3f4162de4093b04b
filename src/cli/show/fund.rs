//! The plan by fund: what each has, what it pays, what is left and until when.

use super::names;
use crate::cli::grid::{Column, grid};
use crate::cli::prose::days;
use crate::plan::Plan;
use crate::plan::goals::uses;
use crate::programme::Programme;
use crate::programme::money::{Cents, money};
use crate::words::Category;

/// Two tables: the funds, and what each pays by session.
pub fn table(programme: &Programme, plan: &Plan) -> String {
    let used = uses(programme, plan);
    let mut rows = Vec::new();
    for (f, fund) in programme.funds.iter() {
        let mut notes = Vec::new();
        if fund.in_kind {
            notes.push("in kind".to_string());
        }
        if fund.pledged {
            notes.push("pledged".to_string());
        }
        if let Some(floor) = fund.spend_at_least {
            notes.push(format!("spend at least {}", money(floor)));
        }
        rows.push(vec![
            names::fund(programme, f),
            money(fund.has.rounded()),
            money(used[f].rounded()),
            money((fund.has - used[f]).rounded()),
            fund.valid_to.map_or(String::new(), |d| d.to_string()),
            notes.join(", "),
        ]);
    }
    let mut text = grid(
        &[
            Column::Left("fund"),
            Column::Right("has"),
            Column::Right("used, with overhead"),
            Column::Right("left"),
            Column::Whole("until"),
            Column::Left(""),
        ],
        rows,
    );
    let mut rows = Vec::new();
    for f in programme.funds.ids() {
        let mut first = true;
        for s in &plan.sessions {
            let paid = s.charges.iter().filter(|c| c.fund == f);
            let total: Cents = paid.clone().map(|c| c.amount).sum();
            if total == Cents::ZERO {
                continue;
            }
            let what: Vec<&str> =
                Category::ALL.iter().filter(|k| paid.clone().any(|c| c.category == **k)).map(|k| k.word()).collect();
            let alone = s.charges.iter().all(|c| c.fund == f);
            rows.push(vec![
                if first { names::fund(programme, f) } else { String::new() },
                format!("{} {}", s.id, programme.courses[s.course].id),
                names::place(programme, s.place),
                days(s.span),
                if alone { "everything".to_string() } else { what.join(", ") },
                money(total),
            ]);
            first = false;
        }
    }
    text.push('\n');
    text.push_str(&grid(
        &[
            Column::Left("pays"),
            Column::Left("session"),
            Column::Left("where"),
            Column::Whole("when"),
            Column::Left("for"),
            Column::Right("amount"),
        ],
        rows,
    ));
    text
}
