//! The best plan so far: completed and judged before it counts.

use super::Refused;
use super::finish::finish;
use super::report::{Bounds, beats, better, least};
use crate::judge::judge;
use crate::plan::Plan;
use crate::plan::brief::Brief;
use crate::plan::goals::value;
use crate::words::GoalId;

/// The best accepted plan, and what was refused on the way.
pub struct Incumbent<'a> {
    brief: &'a Brief<'a>,
    goals: Vec<GoalId>,
    best: Option<(Plan, Vec<i128>)>,
    /// The best value of each goal that an accepted plan had with the goals before it kept: what tolerances start from.
    marks: Vec<i128>,
    /// The first plan that the judge refused: a bug to report.
    pub refused: Option<Refused>,
}

impl<'a> Incumbent<'a> {
    /// No plan yet.
    pub fn new(brief: &'a Brief<'a>) -> Incumbent<'a> {
        Incumbent { brief, goals: brief.goals(), best: None, marks: Vec::new(), refused: None }
    }

    /// The best plan so far.
    pub fn plan(&self) -> Option<&Plan> {
        self.best.as_ref().map(|(plan, _)| plan)
    }

    /// Its values, in the order of the goals.
    pub fn values(&self) -> Option<&[i128]> {
        self.best.as_ref().map(|(_, values)| values.as_slice())
    }

    /// Completes and judges an engine's plan; takes it when it is better. True when it was taken.
    pub fn offer(&mut self, engine: &'static str, plan: &Plan) -> bool {
        let Ok(plan) = finish(self.brief, plan.clone()) else { return false };
        let values: Vec<i128> = self.goals.iter().map(|g| value(*g, self.brief, &plan)).collect();
        if let Some((_, best)) = &self.best
            && !self.preferred(&values, best)
        {
            return false;
        }
        let verdict = judge(self.brief, &plan);
        let agree = verdict.goals.iter().all(|(g, v)| self.goals.iter().zip(&values).any(|(h, w)| g == h && v == w));
        if !verdict.violations.is_empty() || !agree {
            self.refused.get_or_insert(Refused { engine, plan, violations: verdict.violations });
            return false;
        }
        self.mark(&values);
        self.best = Some((plan, values));
        true
    }

    /// True when `a` is better than `b`: goals within their tolerance of the best value count as equal, unless
    /// everything else is equal too.
    fn preferred(&self, a: &[i128], b: &[i128]) -> bool {
        let clip = |values: &[i128]| -> Vec<i128> {
            self.goals
                .iter()
                .enumerate()
                .map(|(i, g)| {
                    let best = self.marks.get(i).copied().unwrap_or(values[i]);
                    let enough = least(*g, best, self.brief.programme.objective.tolerance(*g));
                    if better(*g, values[i], enough) && !better(*g, values[i], best) { enough } else { values[i] }
                })
                .collect()
        };
        let (x, y) = (clip(a), clip(b));
        if x == y { beats(&self.goals, a, b) } else { beats(&self.goals, &x, &y) }
    }

    /// Remembers the best value of each goal; a better value of one makes those of the goals after it start anew.
    fn mark(&mut self, values: &[i128]) {
        for (i, goal) in self.goals.iter().enumerate() {
            match self.marks.get(i) {
                Some(best) if !better(*goal, values[i], *best) => {}
                Some(_) => {
                    self.marks.truncate(i);
                    self.marks.push(values[i]);
                }
                None => self.marks.push(values[i]),
            }
        }
    }

    /// What later goals must leave of each goal: the best value less its tolerance, or the plan's own where it is less.
    pub fn floors(&self) -> Vec<i128> {
        let values = self.values().unwrap_or(&[]);
        self.goals
            .iter()
            .zip(&self.marks)
            .zip(values)
            .map(|((g, best), value)| {
                let enough = least(*g, *best, self.brief.programme.objective.tolerance(*g));
                if better(*g, enough, *value) { *value } else { enough }
            })
            .collect()
    }

    /// True when every goal of the best plan is as good as its bound says it can be, or given up by its tolerance.
    pub fn proven(&self, bounds: &Bounds) -> bool {
        let Some(values) = self.values() else { return false };
        self.goals.iter().enumerate().all(|(i, g)| {
            let bound = bounds.best(&self.goals, values, i);
            let tolerance = self.brief.programme.objective.tolerance(*g);
            !better(*g, least(*g, bound, tolerance), values[i])
        })
    }
}
