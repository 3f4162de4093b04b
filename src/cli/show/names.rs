//! Ids with the names beside them.

use crate::cli::prose::short;
use crate::plan::{Seat, Session};
use crate::programme::Programme;
use crate::programme::id::{CourseId, FundId, PlaceId, RequestId, TrainerId};
use crate::programme::people::Role;

/// How much of a title is shown beside its id.
const TITLE: usize = 38;

/// An id and a name: `T03 Amina Diallo`; only the id where they are the same or there is no name.
fn beside(id: &str, name: &str) -> String {
    if name.is_empty() || name == id { id.to_string() } else { format!("{id} {name}") }
}

/// `MLA Mutual legal assistance`; a long title is cut, so that a row of a table stays low.
pub fn course(programme: &Programme, id: CourseId) -> String {
    short(&beside(&programme.courses[id].id, &programme.courses[id].title), TITLE)
}

/// `Dakar (SEN)`; a place's id where it has no other name.
pub fn place(programme: &Programme, id: PlaceId) -> String {
    let place = &programme.places[id];
    if place.name.is_empty() || place.name == place.id {
        place.id.clone()
    } else {
        format!("{} ({})", place.name, place.id)
    }
}

/// `T03 Amina Diallo`.
pub fn trainer(programme: &Programme, id: TrainerId) -> String {
    beside(&programme.trainers[id].id, &programme.trainers[id].name)
}

/// `F2 Donor`.
pub fn fund(programme: &Programme, id: FundId) -> String {
    beside(&programme.funds[id].id, &programme.funds[id].donor)
}

/// `T03 Amina Diallo (lead)`.
pub fn seat(programme: &Programme, seat: &Seat) -> String {
    let name = trainer(programme, seat.trainer);
    if seat.role == Role::Lead { format!("{name} (lead)") } else { name }
}

/// `R012 SEN, 20`.
pub fn request(programme: &Programme, id: RequestId) -> String {
    let request = &programme.requests[id];
    format!("{} {}, {}", request.id, programme.places[request.place].id, request.participants)
}

/// The session's language, and how it is interpreted: `fr`, `ar from en`.
pub fn language(programme: &Programme, session: &Session) -> String {
    let (to, from) = (&programme.languages[session.language], &programme.languages[session.working_language]);
    if to == from { to.clone() } else { format!("{to}, interpreted from {from}") }
}

/// How many officials attend the session.
pub fn officials(programme: &Programme, session: &Session) -> i64 {
    session.requests.iter().map(|r| programme.requests[*r].participants).sum()
}
