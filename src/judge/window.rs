//! Session days lie within the programme and within earliest..latest of every request; unless the session is confirmed
//! or frozen, it starts not before as_of + the larger of the programme's and the place's lead_days.

use super::case::{Case, breach};
use super::name;
use crate::plan::Status;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (i, session) in case.open_sessions() {
        let what = name::session(programme, session);
        if session.span.first < programme.start || session.span.last > programme.end {
            let text =
                format!("{what} lies outside the programme, which runs {} to {}.", programme.start, programme.end);
            found.push(breach(RuleId::Window, vec![session.id.clone()], text));
        }
        for id in &session.requests {
            let request = &programme.requests[*id];
            let subjects = || vec![request.id.clone(), session.id.clone()];
            if let Some(earliest) = request.earliest
                && session.span.first < earliest
            {
                let text = format!("{what} starts before {earliest}, the earliest day of {}.", request.id);
                found.push(breach(RuleId::Window, subjects(), text));
            }
            if let Some(latest) = request.latest
                && session.span.last > latest
            {
                let text = format!("{what} ends after {latest}, the latest day of {}.", request.id);
                found.push(breach(RuleId::Window, subjects(), text));
            }
        }
        if let Some(as_of) = programme.as_of
            && case.status[i] == Status::Proposed
        {
            let lead = programme.rules.lead_days.max(programme.places[session.place].lead_days);
            if session.span.first < as_of + lead {
                let text = format!(
                    "{what} starts before {}: {} after {as_of} are needed for a session in {}.",
                    as_of + lead,
                    name::count(i64::from(lead), "day"),
                    name::place(programme, session.place)
                );
                found.push(breach(RuleId::Window, vec![session.id.clone()], text));
            }
        }
    }
    found
}
