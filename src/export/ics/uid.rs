//! What calendar programs know events by: UUIDs made from names (version 5), never from days, places or people.
//!
//! A session's UID comes from the programme's name and first day and the session's id, both as they are when the session
//! is first exported or adopted; the plan of record keeps it from then on. A session id is never given twice, so no UID
//! is used again after its session was withdrawn.

use crate::programme::Programme;
use uuid::Uuid;

/// docent's own namespace.
const NAMESPACE: Uuid = Uuid::from_u128(0x2f6c_0d1e_8a57_5b3c_9d44_61c7_0e9b_52a8);

/// The UID of a session of this programme.
pub fn session_uid(programme: &Programme, session: &str) -> String {
    let programme = Uuid::new_v5(&NAMESPACE, format!("{}\n{}", programme.name, programme.start).as_bytes());
    Uuid::new_v5(&programme, session.as_bytes()).to_string()
}

/// The UID of an event that belongs to another one.
pub fn derived(uid: &str, what: &str) -> String {
    Uuid::new_v5(&NAMESPACE, format!("{uid}\n{what}").as_bytes()).to_string()
}
