//! `docent explain`: why a request is not served, what it would take; and why one is served as it is.

mod json;
mod tell;
mod why;

use super::exit::{Exit, Failure};
use super::forced::{self, Forcing, Trying};
use super::open;
use crate::explain::instead::instead;
use crate::programme::Programme;
use crate::programme::id::RequestId;
use crate::read::plan_file;
use std::io::Write;
use std::path::Path;
use std::time::Instant;
use why::Inquiry;

/// Says why requests are not served and what it would take, or why they are served as they are
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  docent explain               every request that is not served
  docent explain R051          why not, at what price, and what would make room for it
  docent explain R012          (served) why there, and what speaks against other places")]
pub struct Explain {
    /// The requests [default: all that are not served]
    #[arg(value_name = "REQUEST")]
    requests: Vec<String>,

    #[command(flatten)]
    plan: open::PlanArgument,

    #[command(flatten)]
    trying: Trying,
}

impl Explain {
    /// Reads the plan, and explains one request after another.
    pub fn run(&self, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
        let planned = open::plan(path, &self.plan)?;
        forced::askable(path, &planned, self.trying.force)?;
        let programme = &planned.given.programme;
        let plan = plan_file::resolve(programme, &planned.file).0;
        let of = plan.session_of(programme);
        let asked = self.asked(programme, |r| of[r].is_none())?;
        let told = !self.trying.json;
        if asked.is_empty() && told {
            writeln!(out, "Every request is served.")?;
        }
        let forcing = Forcing { about: "", path, planned: &planned, trying: &self.trying };
        let brief = forcing.brief(programme);
        let inquiry = Inquiry::new(forcing, &brief, &plan);
        let (mut documents, mut exit) = (Vec::new(), Exit::Done);
        let mut open = asked.iter().filter(|r| of[**r].is_none()).count();
        let began = Instant::now();
        for (i, request) in asked.into_iter().enumerate() {
            if i > 0 && told {
                writeln!(out)?;
            }
            if let Some(s) = of[request] {
                let ways = instead(&brief, &plan, s, request);
                if told {
                    tell::served(&planned, &plan, s, request, &ways, out)?;
                } else {
                    documents.push(json::served(programme, &plan, s, request, &ways));
                }
                continue;
            }
            // What is left of the time is shared by those who are left.
            let left = self.trying.seconds - began.elapsed().as_secs_f64();
            let share = if self.trying.seconds > 0.0 { left.max(0.1) / open as f64 } else { 0.0 };
            open -= 1;
            let (why, stopped) = inquiry.why(request, share)?;
            if told {
                tell::why(path, &planned, &why, out)?;
                out.flush()?;
            } else {
                documents.push(json::why(&planned, &why));
            }
            if stopped {
                exit = Exit::Interrupted;
                break;
            }
        }
        if !told {
            serde_json::to_writer_pretty(&mut *out, &documents).map_err(|e| Failure::Output(e.into()))?;
            writeln!(out)?;
        }
        Ok(exit)
    }

    /// The requests that are asked about, each once.
    fn asked(&self, programme: &Programme, unserved: impl Fn(RequestId) -> bool) -> Result<Vec<RequestId>, Failure> {
        if self.requests.is_empty() {
            return Ok(programme.requests.ids().filter(|r| unserved(*r)).collect());
        }
        let mut asked = Vec::new();
        for id in &self.requests {
            let request = forced::find(&programme.requests, "request", id, |r| &r.id)?;
            if !asked.contains(&request) {
                asked.push(request);
            }
        }
        Ok(asked)
    }
}
