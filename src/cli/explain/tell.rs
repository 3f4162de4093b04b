//! The answers of `docent explain` in words.

use super::super::exit::Failure;
use super::super::forced;
use super::super::open::Planned;
use super::super::{prose, summary};
use super::why::{Stays, Why};
use crate::explain::instead::{Instead, reasons};
use crate::plan::Plan;
use crate::plan::goals::decimal;
use crate::programme::Programme;
use crate::programme::id::RequestId;
use crate::programme::money::money;
use crate::whatif::compare::{Side, difference, tell};
use crate::words::GoalId;
use std::io::Write;
use std::path::Path;

/// How many names a line has room for.
const NAMES: usize = 6;

/// Why a request is not served.
pub fn why(path: &Path, planned: &Planned, why: &Why, out: &mut dyn Write) -> Result<(), Failure> {
    let programme = &planned.given.programme;
    let id = &programme.requests[why.request].id;
    heading(programme, why.request, "not served", out)?;
    in_the_way(why, out)?;
    match &why.forced {
        None if why.impossible => {}
        None => {
            let text = "No plan that serves it was found, and no proof that there is none (--seconds looks longer).";
            prose::paragraph(out, 2, text)?;
        }
        Some(forced) => {
            let before = Side::of(&planned.path.display().to_string(), &planned.file, programme);
            let after = Side::of("The best plan found that serves it:", forced, programme);
            let text = tell::brief(&difference(&before, &after), false, NAMES);
            for line in text.trim_end().lines() {
                writeln!(out, "  {line}")?;
            }
            if why.proven && why.stays != Stays::Served {
                prose::paragraph(out, 2, "No plan serves it and everybody who is served now: that is proven.")?;
            }
        }
    }
    if why.repairs.is_empty() {
        prose::paragraph(out, 2, "No single change was found with which everybody now served stays served.")?;
    } else {
        writeln!(out, "  With one of these, it is served too, and everybody now served stays so:")?;
        for (i, tried) in why.repairs.iter().enumerate() {
            let price = match tried.price {
                0 => "the plan costs the same".to_owned(),
                d => {
                    let size = summary::shown(GoalId::Cost, &decimal(d.abs()), &programme.currency);
                    format!("the plan costs {size} {}", if d > 0 { "more" } else { "less" })
                }
            };
            prose::paragraph(out, 4, &format!("{}. {}; {price}.", i + 1, tried.says))?;
        }
    }
    if !why.impossible {
        writeln!(out, "  next: docent{} why-not --request {id}", prose::at(path))?;
    }
    Ok(())
}

/// What is in its way.
fn in_the_way(why: &Why, out: &mut dyn Write) -> Result<(), Failure> {
    if why.impossible && why.stays != Stays::Nothing {
        let text = "No plan serves it. Alone it could be served; together with what is done, the money that there is and \
                    what must come before it, it cannot. That is proven.";
        prose::paragraph(out, 2, text)?;
    }
    if why.conflicts.is_empty() && !why.impossible {
        let text = if why.fits {
            "As the plan stands no rule is in its way: it could be added. Planning longer may do so, or another goal comes first."
        } else {
            "As the plan stands no rule alone is in its way; that it could be added was not found either."
        };
        prose::paragraph(out, 2, text)?;
    }
    let when = match why.stays {
        Stays::Nothing => " in any plan",
        Stays::Served => " in any plan that serves all that is served now",
        Stays::Sessions => " while every other session stays as it is",
        Stays::Trips => " while every other session and every trip stays as it is",
    };
    forced::conflicts(2, when, &why.conflicts, out)
}

/// Who it is, and how it stands.
fn heading(programme: &Programme, request: RequestId, how: &str, out: &mut dyn Write) -> Result<(), Failure> {
    let (what, country) = summary::named(programme, request);
    let officials = prose::count(programme.requests[request].participants.max(0) as usize, "official");
    prose::paragraph(out, 0, &format!("{what}, {officials} of {country}: {how}."))?;
    Ok(())
}

/// Why a request is served as it is.
pub fn served(
    planned: &Planned,
    plan: &Plan,
    s: usize,
    request: RequestId,
    ways: &[Instead],
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let programme = &planned.given.programme;
    heading(programme, request, "served", out)?;
    let id = &programme.requests[request].id;
    forced::session(id, planned.file.sessions.iter().find(|s| s.requests.contains(id)), planned, out)?;
    for line in reasons(programme, plan, s, request) {
        prose::paragraph(out, 2, &line)?;
    }
    if !ways.is_empty() {
        prose::paragraph(out, 2, "Otherwise, while every other session stays as it is:")?;
    }
    for way in ways {
        let how = match way.cost {
            Some(cost) => format!("possible, for {} {}", money(cost), programme.currency),
            None if way.conflict.is_empty() => "only with other trips".to_owned(),
            None => {
                let facts: Vec<String> = way.conflict.iter().map(|v| format!("{} ({})", v.rule, v.text)).collect();
                format!("no way; {}", facts.join("; "))
            }
        };
        prose::paragraph(out, 4, &format!("{}: {how}.", way.says))?;
    }
    Ok(())
}
