//! What sessions that stay as they are take: nothing can be planned against them.

use super::rule_set::RuleSet;
use crate::plan::goals::measure;
use crate::plan::mission::stays;
use crate::plan::{Plan, Session, Status, price};
use crate::programme::Programme;
use crate::programme::day::Span;
use crate::programme::id::{Dense, InterpretationId, PlaceId, QuotaId, RequestId, TrainerId};
use crate::words::RuleId;

/// Days on which a trainer is taken, and the same with the rest after them.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    pub span: Span,
    pub with_rest: Span,
}

/// Sessions that stay and what they take.
pub struct Taken {
    plan: Plan,
    held: Dense<TrainerId, Vec<Held>>,
    counted: Dense<QuotaId, i64>,
}

impl Taken {
    /// By these sessions. Where trips are `loose` those that may be chained with others may change: of them only the sessions'
    /// own days count.
    pub fn by(programme: &Programme, plan: Plan, loose: bool) -> Taken {
        let mut held = Dense::filled(Vec::new(), programme.trainers.len());
        for mission in &plan.missions {
            let person = &programme.trainers[mission.trainer];
            let first = &plan.sessions[mission.sessions[0]];
            let home = stays(programme, mission.trainer, first.place);
            if loose && !home && first.status != Status::Done {
                let own = mission.sessions.iter().map(|s| plan.sessions[*s].span);
                held[mission.trainer].extend(own.map(|span| Held { span, with_rest: span }));
                continue;
            }
            let rest = if home { 0 } else { person.rest_days };
            let with_rest = Span { first: mission.span.first, last: mission.span.last + rest };
            held[mission.trainer].push(Held { span: mission.span, with_rest });
        }
        let prices = price::costs(programme, &plan);
        let counted = programme.quotas.values().map(|q| measure(programme, q, &plan, &prices)).collect();
        Taken { plan, held, counted }
    }

    /// The sessions.
    pub fn sessions(&self) -> &[Session] {
        &self.plan.sessions
    }

    /// True when one of the sessions serves the request.
    pub fn serves(&self, request: RequestId) -> bool {
        self.plan.sessions.iter().any(|s| s.requests.contains(&request))
    }

    /// The days that a trainer is taken.
    pub fn held(&self, trainer: TrainerId) -> &[Held] {
        &self.held[trainer]
    }

    /// What the sessions count in a quota.
    pub fn counted(&self, quota: QuotaId) -> i64 {
        self.counted[quota]
    }

    /// The capacities that a session here on these days would be too much for.
    pub fn crowded(
        &self,
        programme: &Programme,
        place: PlaceId,
        interpreters: Option<InterpretationId>,
        span: Span,
    ) -> RuleSet {
        let full = |limit: Option<u32>, same: &dyn Fn(&Session) -> bool| {
            limit.is_some_and(|limit| {
                let busiest = span
                    .first
                    .to(span.last)
                    .map(|day| self.plan.sessions.iter().filter(|s| s.span.holds(day) && same(s)).count());
                busiest.max().unwrap_or(0) >= limit as usize
            })
        };
        let region = programme.places[place].region;
        let row = |s: &Session| programme.interpreters(s.place, s.working_language, s.language);
        RuleSet::when(full(programme.places[place].max_parallel, &|s| s.place == place), RuleId::PlaceCapacity)
            | RuleSet::when(
                full(region.and_then(|r| programme.regions[r].max_parallel), &|s| {
                    programme.places[s.place].region == region
                }),
                RuleId::RegionCapacity,
            )
            | RuleSet::when(
                full(interpreters.and_then(|i| programme.interpretation[i].max_parallel), &|s| {
                    s.language != s.working_language && row(s) == interpreters
                }),
                RuleId::InterpretationCapacity,
            )
    }

    /// True when a session for the same country is too near.
    pub fn too_near(&self, programme: &Programme, requests: &[RequestId], span: Span) -> bool {
        let Some(gap) = programme.rules.country_gap_days else { return false };
        let near = |s: &&Session| span.first <= s.span.last + gap && s.span.first <= span.last + gap;
        let same = |s: &Session| {
            let countries = |r: &RequestId| programme.country_of(*r);
            s.requests.iter().any(|q| requests.iter().any(|r| countries(r) == countries(q)))
        };
        self.plan.sessions.iter().filter(near).any(same)
    }
}
