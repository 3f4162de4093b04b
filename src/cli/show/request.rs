//! The plan by request: what everybody who asked gets.

use super::names;
use crate::cli::grid::{Column, grid};
use crate::cli::prose::days;
use crate::plan::Plan;
use crate::programme::Programme;

/// Requests in file order.
pub fn table(programme: &Programme, plan: &Plan) -> String {
    let of = plan.session_of(programme);
    let rows = programme.requests.iter().map(|(r, request)| {
        let languages: Vec<&str> = request.languages.iter().map(|l| programme.languages[*l].as_str()).collect();
        let promised = if request.must {
            "\nmust"
        } else if programme.pin(r).is_some() {
            "\npinned"
        } else {
            ""
        };
        let answer = of[r].map(|s| &plan.sessions[s]);
        vec![
            format!("{}{promised}", request.id),
            names::course(programme, request.course),
            names::place(programme, request.place),
            request.participants.to_string(),
            languages.join(", "),
            answer.map_or("not served".to_string(), |s| {
                let with = s.requests.len() - 1;
                let with = if with == 0 { String::new() } else { format!(", with {with} more") };
                format!(
                    "{} {}{with}\n{}, {}",
                    s.id,
                    days(s.span),
                    names::place(programme, s.place),
                    names::language(programme, s)
                )
            }),
        ]
    });
    grid(
        &[
            Column::Whole("request"),
            Column::Left("course"),
            Column::Left("from"),
            Column::Right("officials"),
            Column::Left("wants"),
            Column::Whole("gets"),
        ],
        rows.collect(),
    )
}
