//! A list worked off by all cores: the answer is the same as on one.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

/// More threads than this are not worth their start.
const MOST: usize = 8;

/// What `work` makes of the items, in their order. Every core takes a row of items that stand side by side; fewer than
/// `few` are left to one.
pub fn share<T: Sync, R: Send>(items: &[T], few: usize, work: impl Fn(&[T]) -> Vec<R> + Sync) -> Vec<R> {
    let cores = if items.len() < few { 1 } else { thread::available_parallelism().map_or(1, NonZero::get).min(MOST) };
    if cores == 1 {
        return work(items);
    }
    let work = &work;
    thread::scope(|scope| {
        let rows = items.chunks(items.len().div_ceil(cores).max(1));
        let rows: Vec<_> = rows.map(|row| scope.spawn(move || work(row))).collect();
        rows.into_iter().flat_map(|row| row.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_stand_in_the_order_of_the_items() {
        for n in [0, 1, 7, 1000] {
            let items: Vec<usize> = (0..n).collect();
            let doubled = share(&items, 5, |row| row.iter().map(|i| 2 * i).collect());
            assert_eq!(doubled, items.iter().map(|i| 2 * i).collect::<Vec<_>>());
        }
    }
}
