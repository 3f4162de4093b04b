//! The note that an export leaves in its folder: which plan it is of, so that an older one does not take its place
//! unnoticed, and which files are its own, so that the next export can clear them away.

use serde::{Deserialize, Serialize};

/// The note's name.
pub const MARKER: &str = "docent-export.json";

const FORMAT: &str = "docent-export/1";

/// What is known of the export in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    pub programme: String,
    /// None: of a proposal.
    pub revision: Option<u32>,
    /// Some: only what changed after this revision.
    pub since: Option<u32>,
    pub files: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Written {
    format: String,
    programme: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revision: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<u32>,
    #[serde(default)]
    files: Vec<String>,
}

impl Marker {
    /// Reads a note; None where it is none of ours.
    pub fn read(bytes: &[u8]) -> Option<Marker> {
        let w: Written = serde_json::from_slice(bytes).ok().filter(|w: &Written| w.format == FORMAT)?;
        Some(Marker { programme: w.programme, revision: w.revision, since: w.since, files: w.files })
    }

    /// The note as it is written.
    pub fn text(&self) -> String {
        let written = Written {
            format: FORMAT.to_owned(),
            programme: self.programme.clone(),
            revision: self.revision,
            since: self.since,
            files: self.files.clone(),
        };
        serde_json::to_string_pretty(&written).unwrap_or_default() + "\n"
    }

    /// Why an export of this kind must not take the place of the one that left this note, if it must not.
    pub fn objection(&self, programme: &str, revision: Option<u32>, since: Option<u32>) -> Option<String> {
        if self.programme != programme {
            return Some(format!("it holds the calendars of another programme, \"{}\"", self.programme));
        }
        match (self.revision, revision) {
            (Some(there), None) => {
                return Some(format!("it holds revision {there}, which is adopted; this plan is only a proposal"));
            }
            (Some(there), Some(new)) if new < there => {
                return Some(format!("it holds revision {there}; this is revision {new}, an older one"));
            }
            _ => {}
        }
        match (self.since, since) {
            (None, Some(_)) => {
                Some("it holds whole calendars; what changed since a revision needs a folder of its own".to_owned())
            }
            (Some(_), None) => Some(
                "it holds only what changed since a revision; whole calendars need a folder of their own".to_owned(),
            ),
            _ => None,
        }
    }
}
