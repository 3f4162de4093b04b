//! `after`: no request may wait for itself, not even by way of others.

use super::Reading;
use super::codes;
use super::columns::TableId;
use crate::programme::id::{Dense, Id, RequestId};
use crate::programme::people::Request;

/// Tells every circle of requests that wait for one another, each once, and requests that must come after one with
/// which they share a session.
pub fn sequences(r: &mut Reading, requests: &Dense<RequestId, Request>) {
    let column = TableId::Requests.column("after").unwrap_or(0);
    let spot = |id: RequestId| r.tables.table(TableId::Requests).rows[id.index()].spot_of(column);
    for circle in circles(requests) {
        let mut names: Vec<&str> = circle.iter().map(|id| requests[*id].id.as_str()).collect();
        names.push(names[0]);
        let shown =
            if names.len() > 12 { format!("{} … {}", names[..10].join(", "), names[0]) } else { names.join(", ") };
        let text = format!("each of these waits for the next to be completed: {shown}");
        r.log.add(&codes::AFTER_CIRCLE, spot(circle[0]), text, "");
    }
    for (id, request) in requests.iter() {
        for other in &request.after {
            let shared = request.together.is_some() && request.together == requests[*other].together;
            if shared && *other != id {
                let text = format!(
                    "{} comes after {}, but both carry the same together label",
                    request.id, requests[*other].id
                );
                r.log.add(&codes::AFTER_TOGETHER, spot(id), text, "");
            }
        }
    }
}

/// The circles that a depth-first walk meets, without recursion: chains may be long.
fn circles(requests: &Dense<RequestId, Request>) -> Vec<Vec<RequestId>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        OnPath,
        Done,
    }
    let mut marks = Dense::filled(Mark::New, requests.len());
    let mut circles = Vec::new();
    for root in requests.ids() {
        if marks[root] != Mark::New {
            continue;
        }
        let mut path: Vec<(RequestId, usize)> = vec![(root, 0)];
        marks[root] = Mark::OnPath;
        while let Some((id, next)) = path.last_mut() {
            let Some(other) = requests[*id].after.get(*next).copied() else {
                marks[*id] = Mark::Done;
                path.pop();
                continue;
            };
            *next += 1;
            match marks[other] {
                Mark::New => {
                    marks[other] = Mark::OnPath;
                    path.push((other, 0));
                }
                Mark::OnPath => {
                    let from = path.iter().position(|(id, _)| *id == other).unwrap_or(0);
                    circles.push(path[from..].iter().map(|(id, _)| *id).collect());
                }
                Mark::Done => {}
            }
        }
    }
    circles
}
