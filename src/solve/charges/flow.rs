//! A flow of classes of costs (those that the same funds may pay) over the funds.

use super::demand::Item;
use std::collections::BTreeMap;

/// Costs that the same funds may pay, and how much of them each pays.
#[derive(Clone, Debug)]
struct Class {
    payers: Vec<usize>,
    demand: i64,
    /// By payer, in the order of `payers`.
    paid: Vec<i64>,
}

/// The flow: classes over funds with room and floor, in cents without overhead.
#[derive(Clone, Debug)]
pub struct Flow {
    classes: Vec<Class>,
    room: Vec<i64>,
    floor: Vec<i64>,
    load: Vec<i64>,
}

impl Flow {
    /// Nothing paid yet.
    pub fn new(items: &[Item], room: Vec<i64>, floor: Vec<i64>) -> Flow {
        let mut demands: BTreeMap<&[usize], i64> = BTreeMap::new();
        for item in items {
            *demands.entry(&item.payers).or_default() += item.amount.0;
        }
        let classes = demands
            .into_iter()
            .map(|(payers, demand)| Class { payers: payers.to_vec(), demand, paid: vec![0; payers.len()] })
            .collect();
        let load = vec![0; room.len()];
        Flow { classes, room, floor, load }
    }

    /// The funds that may pay a class.
    pub fn payers(&self, class: usize) -> &[usize] {
        &self.classes[class].payers
    }

    /// The class that these funds may pay.
    pub fn class_of(&self, payers: &[usize]) -> Option<usize> {
        self.classes.binary_search_by(|c| c.payers.as_slice().cmp(payers)).ok()
    }

    /// What a fund is charged.
    pub fn load(&self, fund: usize) -> i64 {
        self.load[fund]
    }

    /// How much of a class a fund pays.
    pub fn paid(&self, class: usize, fund: usize) -> i64 {
        let c = &self.classes[class];
        c.payers.iter().position(|f| *f == fund).map_or(0, |k| c.paid[k])
    }

    /// Charges part of a class to a fund, whatever its room.
    pub fn force(&mut self, class: usize, fund: usize, amount: i64) {
        if let Some(k) = self.classes[class].payers.iter().position(|f| *f == fund) {
            self.classes[class].paid[k] += amount;
            self.load[fund] += amount;
        }
    }

    /// Pays all classes within the rooms; says which could not be paid, and how much of them is missing.
    pub fn fill(&mut self) -> Vec<(usize, i64)> {
        let mut short = Vec::new();
        for class in 0..self.classes.len() {
            let mut missing = self.classes[class].demand - self.classes[class].paid.iter().sum::<i64>();
            for k in 0..self.classes[class].payers.len() {
                let fund = self.classes[class].payers[k];
                let part = missing.min(self.room[fund] - self.load[fund]).max(0);
                self.force(class, fund, part);
                missing -= part;
            }
            while missing > 0 {
                let sources = self.classes[class].payers.clone();
                let Some((path, spare)) = self.path(&sources, |f| (f.room[f.end] - f.load[f.end]).max(0)) else {
                    break;
                };
                let moved = self.push(&path, missing.min(spare));
                self.force(class, path[0].from, moved);
                missing -= moved;
            }
            if missing > 0 {
                short.push((class, missing));
            }
        }
        short
    }

    /// Raises funds to the floors asked, taking from what others have above theirs; false where that cannot be.
    pub fn lift(&mut self, asked: &[(usize, i64)]) -> bool {
        for (fund, floor) in asked {
            if *floor > self.room[*fund] {
                return false;
            }
        }
        for (fund, floor) in asked {
            self.floor[*fund] = *floor;
        }
        for (fund, floor) in asked {
            while self.load[*fund] < *floor {
                let others: Vec<usize> =
                    (0..self.room.len()).filter(|f| f != fund && self.load[*f] > self.floor[*f]).collect();
                let target = *fund;
                let Some((path, _)) = self.path(&others, |f| if f.end == target { i64::MAX } else { 0 }) else {
                    return false;
                };
                let spare = self.load[path[0].from] - self.floor[path[0].from];
                self.push(&path, spare.min(*floor - self.load[*fund]));
            }
        }
        true
    }

    /// Moves money from dear funds to cheap ones until no exchange helps: then the whole is as cheap as can be.
    pub fn exchange(&mut self, prices: &[i128]) {
        let mut cheap: Vec<usize> = (0..self.room.len()).collect();
        cheap.sort_by_key(|f| (prices[*f], *f));
        let mut again = true;
        while again {
            again = false;
            for to in cheap.clone() {
                for from in cheap.iter().rev().copied().filter(|f| prices[*f] > prices[to]) {
                    loop {
                        let amount = (self.load[from] - self.floor[from]).min(self.room[to] - self.load[to]);
                        if amount <= 0 {
                            break;
                        }
                        let Some((path, _)) = self.path(&[from], |f| if f.end == to { i64::MAX } else { 0 }) else {
                            break;
                        };
                        if self.push(&path, amount) <= 0 {
                            break;
                        }
                        again = true;
                    }
                }
            }
        }
    }

    /// Makes a fund pay at least `amount` of a class where that can be without changing any price paid: other classes
    /// step aside, or money moves between funds of one price. True when it does now.
    pub fn gather(&mut self, class: usize, fund: usize, amount: i64, prices: &[i128]) -> bool {
        while self.paid(class, fund) < amount {
            let wanted = amount - self.paid(class, fund);
            let givers: Vec<usize> =
                self.classes[class].payers.iter().copied().filter(|g| *g != fund && self.paid(class, *g) > 0).collect();
            let mut moved = 0;
            for giver in givers {
                let limit = wanted.min(self.paid(class, giver));
                // The class moves from giver to fund; fund gets rid of as much, to giver or to one of giver's price.
                let ends = |f: &End| {
                    if f.end == giver {
                        i64::MAX
                    } else if prices[f.end] == prices[giver] && f.end != fund {
                        (f.room[f.end] - f.load[f.end]).min(f.load[giver] - f.floor[giver]).max(0)
                    } else {
                        0
                    }
                };
                let free = if prices[fund] == prices[giver] {
                    (self.room[fund] - self.load[fund]).min(self.load[giver] - self.floor[giver]).clamp(0, limit)
                } else {
                    0
                };
                if free > 0 {
                    self.force(class, giver, -free);
                    self.force(class, fund, free);
                    moved = free;
                    break;
                }
                self.hide(class);
                let found = self.path(&[fund], |f| ends(&f));
                self.show(class);
                if let Some((path, spare)) = found {
                    moved = self.push(&path, limit.min(spare));
                    self.force(class, giver, -moved);
                    self.force(class, fund, moved);
                    if moved > 0 {
                        break;
                    }
                }
            }
            if moved <= 0 {
                return false;
            }
        }
        true
    }

    /// Takes a part of a class that a fund pays out of the flow, room and floor with it.
    pub fn settle(&mut self, class: usize, fund: usize, amount: i64) {
        self.force(class, fund, -amount);
        self.classes[class].demand -= amount;
        self.room[fund] -= amount;
        self.floor[fund] = (self.floor[fund] - amount).max(0);
    }

    /// Keeps a class out of the paths for a while: its numbers turn negative.
    fn hide(&mut self, class: usize) {
        for paid in &mut self.classes[class].paid {
            *paid = -*paid - 1;
        }
    }

    fn show(&mut self, class: usize) {
        for paid in &mut self.classes[class].paid {
            *paid = -(*paid + 1);
        }
    }

    /// The shortest way to hand money on from one of the sources to a fund that can take it, and how much it can take.
    fn path(&self, sources: &[usize], takes: impl Fn(End) -> i64) -> Option<(Vec<Step>, i64)> {
        let mut came: Vec<Option<Step>> = vec![None; self.room.len()];
        let mut seen = vec![false; self.room.len()];
        let mut queue: Vec<usize> = Vec::new();
        for s in sources {
            if !seen[*s] {
                seen[*s] = true;
                queue.push(*s);
            }
        }
        let mut at = 0;
        while at < queue.len() {
            let from = queue[at];
            at += 1;
            for (class, c) in self.classes.iter().enumerate() {
                let Some(k) = c.payers.iter().position(|f| *f == from) else { continue };
                if c.paid[k] <= 0 {
                    continue;
                }
                for to in &c.payers {
                    if seen[*to] {
                        continue;
                    }
                    seen[*to] = true;
                    came[*to] = Some(Step { class, from, to: *to });
                    let can = takes(End { end: *to, room: &self.room, floor: &self.floor, load: &self.load });
                    if can > 0 {
                        let mut path = Vec::new();
                        let mut end = *to;
                        while let Some(step) = came[end] {
                            path.push(step);
                            end = step.from;
                        }
                        path.reverse();
                        return Some((path, can));
                    }
                    queue.push(*to);
                }
            }
        }
        None
    }

    /// Hands up to `limit` on along a way; says how much it was.
    fn push(&mut self, path: &[Step], limit: i64) -> i64 {
        let amount = path.iter().map(|s| self.paid(s.class, s.from)).fold(limit, i64::min);
        for step in path {
            self.force(step.class, step.from, -amount);
            self.force(step.class, step.to, amount);
        }
        amount
    }
}

/// One step of a way: a class moves from one fund to another.
#[derive(Clone, Copy, Debug)]
struct Step {
    class: usize,
    from: usize,
    to: usize,
}

/// A fund at the end of a way, and what there is to know of it.
#[derive(Clone, Copy)]
struct End<'a> {
    end: usize,
    room: &'a [i64],
    floor: &'a [i64],
    load: &'a [i64],
}

#[cfg(test)]
mod tests {
    use super::{Flow, Item};
    use crate::programme::money::Cents;
    use crate::words::Category;
    use proptest::prelude::{Strategy, prop, proptest};

    /// The least that can be paid for these items, every division of them tried; None where they cannot be paid.
    fn brute(
        items: &[(Vec<usize>, i64)],
        room: &mut [i64],
        floor: &[i64],
        prices: &[i128],
        loads: &mut [i64],
    ) -> Option<i128> {
        let Some(((payers, amount), rest)) = items.split_first() else {
            return loads
                .iter()
                .zip(floor)
                .all(|(l, f)| l >= f)
                .then(|| loads.iter().zip(prices).map(|(l, p)| i128::from(*l) * p).sum());
        };
        let Some((fund, others)) = payers.split_first() else {
            return (*amount == 0).then(|| brute(rest, room, floor, prices, loads)).flatten();
        };
        let mut best = None;
        for part in 0..=*amount {
            if part > room[*fund] - loads[*fund] {
                break;
            }
            loads[*fund] += part;
            let mut next = vec![(others.to_vec(), amount - part)];
            next.extend_from_slice(rest);
            if let Some(cost) = brute(&next, room, floor, prices, loads)
                && best.is_none_or(|b| cost < b)
            {
                best = Some(cost);
            }
            loads[*fund] -= part;
        }
        best
    }

    fn item(payers: &[usize], amount: i64) -> Item {
        Item { session: 0, category: Category::Venue, request: None, amount: Cents(amount), payers: payers.to_vec() }
    }

    proptest! {
        #[test]
        fn the_flow_is_as_cheap_as_any_division(
            wants in prop::collection::vec((prop::collection::btree_set(0usize..3, 1..=3), 1i64..5), 1..4),
            room in prop::collection::vec(0i64..9, 3),
            floor in prop::collection::vec(0i64..4, 3),
            prices in prop::collection::vec(0i64..4, 3).prop_map(|v| v.into_iter().map(i128::from).collect::<Vec<_>>()),
        ) {
            let wants: Vec<(Vec<usize>, i64)> = wants.into_iter().map(|(p, a)| (p.into_iter().collect(), a)).collect();
            let items: Vec<Item> = wants.iter().map(|(p, a)| item(p, *a)).collect();
            let expected = brute(&wants, &mut room.clone(), &floor, &prices, &mut [0; 3]);
            let mut flow = Flow::new(&items, room, vec![0; 3]);
            let paid = flow.fill().is_empty();
            let asked: Vec<(usize, i64)> = floor.iter().copied().enumerate().filter(|(_, f)| *f > 0).collect();
            let found = (paid && flow.lift(&asked)).then(|| {
                flow.exchange(&prices);
                (0..3).map(|f| i128::from(flow.load(f)) * prices[f]).sum::<i128>()
            });
            assert_eq!(found, expected);
        }

        #[test]
        fn dealing_pays_every_item_and_keeps_the_price(
            wants in prop::collection::vec((prop::collection::btree_set(0usize..4, 1..=4), 1i64..50), 1..9),
            room in prop::collection::vec(20i64..150, 4),
            prices in prop::collection::vec(0i64..3, 4).prop_map(|v| v.into_iter().map(i128::from).collect::<Vec<_>>()),
        ) {
            let items: Vec<Item> = wants.iter().map(|(p, a)| item(&p.iter().copied().collect::<Vec<_>>(), *a)).collect();
            let mut flow = Flow::new(&items, room.clone(), vec![0; 4]);
            if flow.fill().is_empty() {
                flow.exchange(&prices);
                let before: i128 = (0..4).map(|f| i128::from(flow.load(f)) * prices[f]).sum();
                let order = super::super::Order { prices: prices.clone(), ranks: vec![0, 1, 2, 3] };
                let paid = super::super::tidy::deal(items.clone(), flow, &order);
                let mut loads = [0i64; 4];
                for (item, fund, amount) in &paid {
                    assert!(amount.0 > 0 && item.payers.contains(&(fund.0 as usize)));
                    loads[fund.0 as usize] += amount.0;
                }
                assert!(loads.iter().zip(&room).all(|(l, r)| l <= r));
                assert_eq!(paid.iter().map(|p| p.2.0).sum::<i64>(), items.iter().map(|i| i.amount.0).sum::<i64>());
                assert_eq!(loads.iter().zip(&prices).map(|(l, p)| i128::from(*l) * p).sum::<i128>(), before);
            }
        }
    }
}
