//! `docent rules`: what every rule demands and every goal measures.

use super::exit::{Exit, Failure};
use super::prose::{nearest, paragraph};
use crate::rules::goals::{GOALS, GoalStatement};
use crate::rules::{RULES, Statement};
use std::io::{self, Write};

/// Every rule and goal: what it demands, an example, how it can be relaxed
#[derive(clap::Args)]
pub struct Rules {
    /// The id of one rule or goal, as `verify` and `check` name it
    #[arg(value_name = "ID")]
    id: Option<String>,
}

impl Rules {
    /// Prints all of them in short, or one in full.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let Some(id) = &self.id else {
            list(out)?;
            return Ok(Exit::Done);
        };
        if let Some(rule) = RULES.iter().find(|r| r.id.word() == id) {
            tell_rule(out, rule)?;
        } else if let Some(goal) = GOALS.iter().find(|g| g.id.word() == id) {
            tell_goal(out, goal)?;
        } else {
            let ids = RULES.iter().map(|r| r.id.word()).chain(GOALS.iter().map(|g| g.id.word()));
            let help = match nearest(id, ids) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "`docent rules` lists them all".to_string(),
            };
            return Err(Failure::new(Exit::Usage, format!("there is no rule or goal `{id}`")).help(help));
        }
        Ok(Exit::Done)
    }
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "Rules: every plan obeys all of them.\n")?;
    for rule in &RULES {
        writeln!(out, "{}", rule.id)?;
        paragraph(out, 4, rule.demands)?;
    }
    writeln!(out, "\nGoals: what a plan is made for, the first one first.\n")?;
    for goal in &GOALS {
        writeln!(out, "{}", goal.id)?;
        paragraph(out, 4, goal.measures)?;
    }
    writeln!(out, "\n`docent rules ID` tells one in full: why, an example, how it can be relaxed.")
}

fn tell_rule(out: &mut dyn Write, rule: &Statement) -> io::Result<()> {
    writeln!(out, "{}", rule.id)?;
    heading(out, "Demands", rule.demands)?;
    heading(out, "Why", rule.why)?;
    heading(out, "In symbols", rule.symbols)?;
    heading(out, "Example", rule.example)?;
    writeln!(out, "\nRelaxations")?;
    for relaxation in rule.relaxations {
        paragraph(out, 4, &format!("- {relaxation}"))?;
    }
    Ok(())
}

fn tell_goal(out: &mut dyn Write, goal: &GoalStatement) -> io::Result<()> {
    writeln!(out, "{}", goal.id)?;
    heading(out, "Measures", goal.measures)?;
    heading(out, "Why", goal.why)?;
    heading(out, "Example", goal.example)
}

fn heading(out: &mut dyn Write, title: &str, text: &str) -> io::Result<()> {
    writeln!(out, "\n{title}")?;
    paragraph(out, 4, text)
}
