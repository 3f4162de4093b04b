//! A question made a scenario: the request is promised, and pinned as it is asked for.

use super::obstacles::Asked;
use crate::programme::Programme;
use crate::whatif::quick::Quick;

/// The scenario in which a request is to be served as asked.
pub fn scenario(programme: &Programme, asked: &Asked) -> Quick {
    let id = &programme.requests[asked.request].id;
    let wanted = wanted(programme, asked);
    let so: String =
        wanted.iter().map(|(what, value)| format!(", {what} {}", value.replace(['"', '[', ']'], ""))).collect();
    let name = format!("{id} is served{so}");
    let mut text =
        format!("name = \"{name}\"\n\n[[change]]\ntable = \"requests\"\nid = \"{id}\"\nset = {{ must = true }}\n");
    if !wanted.is_empty() {
        let cells: Vec<String> = wanted.iter().map(|(column, value)| format!("{column} = {value}")).collect();
        text += "\n[[change]]\ntable = \"pins\"\n";
        text += &match programme.pin(asked.request) {
            Some(_) => format!("id = \"{id}\"\nset = {{ {} }}\n", cells.join(", ")),
            None => format!("add = {{ request = \"{id}\", {} }}\n", cells.join(", ")),
        };
    }
    Quick { name, text }
}

/// The cells of pins.csv that say what is asked, as a scenario file writes them.
pub fn wanted(programme: &Programme, asked: &Asked) -> Vec<(&'static str, String)> {
    let pinned = programme.pin(asked.request).map_or(&[][..], |pin| &pin.trainers);
    let mut cells = Vec::new();
    cells.extend(asked.start.map(|day| ("start", day.to_string())));
    cells.extend(asked.place.map(|place| ("place", format!("\"{}\"", programme.places[place].id))));
    cells.extend(asked.language.map(|l| ("language", format!("\"{}\"", programme.languages[l]))));
    cells.extend(asked.trainer.map(|trainer| {
        let mut team: Vec<_> = pinned.iter().copied().chain([trainer]).collect();
        team.sort();
        team.dedup();
        let ids: Vec<String> = team.iter().map(|t| format!("\"{}\"", programme.trainers[*t].id)).collect();
        ("trainers", format!("[{}]", ids.join(", ")))
    }));
    cells
}
