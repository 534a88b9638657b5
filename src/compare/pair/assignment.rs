//! The best way to give each row at most one column and each column at most one row.
//!
//! Shortest augmenting paths over a sparse graph: rows join one after the other, and each time the cheapest chain of
//! changes is found that makes room for the new one. Not being matched is always possible and gains nothing.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// One possible match, and what it gains; only positive gains are ever taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Offer {
    pub(super) column: usize,
    pub(super) gain: f64,
}

/// The column of each row, such that the sum of the gains is the greatest possible; `None` where a row stays alone.
///
/// `offers[row]` are the row's possible matches, each column at most once. Columns are numbered below `columns`.
pub(super) fn assign(offers: &[Vec<Offer>], columns: usize) -> Vec<Option<usize>> {
    let mut state = State {
        offers,
        column_of: vec![None; offers.len()],
        row_of: vec![None; columns],
        row_price: offers.iter().map(|row| highest(row)).collect(),
        column_price: vec![0.0; columns],
    };
    for row in 0..offers.len() {
        state.insert(row);
    }
    state.column_of
}

/// The greatest gain that a row is offered, at least the zero of staying alone.
fn highest(row: &[Offer]) -> f64 {
    row.iter().map(|offer| offer.gain).fold(0.0, f64::max)
}

/// A matching of the rows seen so far, with prices that prove it the best: for each offer the row's price and the
/// column's price together are at least the gain, and equal to it where the two are matched.
struct State<'o> {
    offers: &'o [Vec<Offer>],
    column_of: Vec<Option<usize>>,
    row_of: Vec<Option<usize>>,
    row_price: Vec<f64>,
    column_price: Vec<f64>,
}

/// Where a chain of changes can end.
#[derive(Clone, Copy)]
enum End {
    /// A column that is free.
    Column(usize),
    /// A row that gives up its column and stays alone.
    Row(usize),
}

/// What a search found out: how dear it is to reach each column and row, and over which row each column is reached.
struct Search {
    column_cost: Vec<(usize, f64)>,
    row_cost: Vec<(usize, f64)>,
    reached_from: Vec<Option<usize>>,
    end: End,
    cost: f64,
}

impl State<'_> {
    /// Adds one row, by the cheapest chain of changes.
    fn insert(&mut self, row: usize) {
        let found = self.search(row);
        self.settle_prices(&found);
        self.apply(row, &found);
    }

    /// Dijkstra's search over reduced costs, from the new row to the nearest end.
    fn search(&self, start: usize) -> Search {
        let columns = self.row_of.len();
        let mut found = Search {
            column_cost: Vec::new(),
            row_cost: Vec::new(),
            reached_from: vec![None; columns],
            end: End::Row(start),
            cost: f64::INFINITY,
        };
        let mut best = vec![f64::INFINITY; columns];
        let mut queue = BinaryHeap::new();
        self.visit_row(start, 0.0, &mut found, &mut best, &mut queue);
        while let Some(Step { cost, column }) = queue.pop() {
            if cost >= found.cost {
                break;
            }
            if cost > best[column] {
                continue;
            }
            found.column_cost.push((column, cost));
            match self.row_of[column] {
                None => {
                    found.end = End::Column(column);
                    found.cost = cost;
                    break;
                }
                Some(row) => self.visit_row(row, cost, &mut found, &mut best, &mut queue),
            }
        }
        found
    }

    /// Notes that a row is reached at `cost`: it may end the chain by staying alone, or go on to its offers.
    fn visit_row(&self, row: usize, cost: f64, found: &mut Search, best: &mut [f64], queue: &mut BinaryHeap<Step>) {
        found.row_cost.push((row, cost));
        let alone = cost + self.row_price[row];
        if alone < found.cost {
            found.cost = alone;
            found.end = End::Row(row);
        }
        for offer in self.offers[row].iter().filter(|offer| offer.gain > 0.0) {
            let slack = self.row_price[row] + self.column_price[offer.column] - offer.gain;
            let reached = cost + slack.max(0.0);
            if reached < best[offer.column] {
                best[offer.column] = reached;
                found.reached_from[offer.column] = Some(row);
                queue.push(Step {
                    cost: reached,
                    column: offer.column,
                });
            }
        }
    }

    /// Moves the prices along the search, so that they prove the next matching.
    fn settle_prices(&mut self, found: &Search) {
        for &(row, cost) in &found.row_cost {
            if cost < found.cost {
                self.row_price[row] -= found.cost - cost;
            }
        }
        for &(column, cost) in &found.column_cost {
            if cost < found.cost {
                self.column_price[column] += found.cost - cost;
            }
        }
    }

    /// Changes the matches along the chain, from its end back to the new row.
    fn apply(&mut self, start: usize, found: &Search) {
        let mut column = match found.end {
            End::Column(column) => Some(column),
            End::Row(row) if row == start => None,
            End::Row(row) => self.column_of[row].take(),
        };
        while let Some(here) = column {
            let Some(row) = found.reached_from[here] else { return };
            self.row_of[here] = Some(row);
            column = self.column_of[row].replace(here);
            if row == start {
                return;
            }
        }
    }
}

/// A column to look at next; the cheapest comes first, and of equals the one with the lower number.
#[derive(Clone, Copy)]
struct Step {
    cost: f64,
    column: usize,
}

impl Ord for Step {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_cost = other.cost.total_cmp(&self.cost);
        by_cost.then_with(|| other.column.cmp(&self.column))
    }
}

impl PartialOrd for Step {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Step {}

#[cfg(test)]
mod tests {
    use super::{Offer, assign};
    use proptest::prelude::*;

    fn offers(gains: &[Vec<f64>]) -> Vec<Vec<Offer>> {
        let row = |row: &Vec<f64>| {
            let offer = |(column, &gain)| Offer { column, gain };
            row.iter().enumerate().map(offer).collect()
        };
        gains.iter().map(row).collect()
    }

    fn total(gains: &[Vec<f64>], columns: &[Option<usize>]) -> f64 {
        let gain = |(row, column): (usize, &Option<usize>)| column.map_or(0.0, |column| gains[row][column]);
        columns.iter().enumerate().map(gain).sum()
    }

    fn brute_force(gains: &[Vec<f64>], used: &mut Vec<bool>) -> f64 {
        let Some((row, rest)) = gains.split_first() else {
            return 0.0;
        };
        let mut best = brute_force(rest, used);
        for column in 0..used.len() {
            if !used[column] {
                used[column] = true;
                best = best.max(row[column] + brute_force(rest, used));
                used[column] = false;
            }
        }
        best
    }

    #[test]
    fn the_best_sum_wins_over_the_best_pair() {
        let gains = [vec![5.0, 4.0], vec![4.5, 1.0]];
        assert_eq!(assign(&offers(&gains), 2), [Some(1), Some(0)]);
    }

    #[test]
    fn a_match_that_gains_nothing_is_not_made() {
        assert_eq!(assign(&offers(&[vec![0.0, -1.0]]), 2), [None]);
        assert_eq!(assign(&[], 0), Vec::<Option<usize>>::new());
        assert_eq!(assign(&[Vec::new()], 3), [None]);
    }

    #[test]
    fn a_row_gives_way_where_another_gains_more() {
        assert_eq!(
            assign(&offers(&[vec![1.0], vec![3.0], vec![2.0]]), 1),
            [None, Some(0), None]
        );
    }

    proptest! {
        #[test]
        fn nothing_better_exists(
            gains in (1_usize..6, 1_usize..6).prop_flat_map(|(rows, columns)| {
                prop::collection::vec(prop::collection::vec((-4_i32..12).prop_map(|it| f64::from(it) / 2.0), columns), rows)
            })
        ) {
            let columns = gains[0].len();
            let found = assign(&offers(&gains), columns);
            let mut taken: Vec<usize> = found.iter().flatten().copied().collect();
            taken.sort_unstable();
            taken.dedup();
            prop_assert_eq!(taken.len(), found.iter().flatten().count());
            let best = brute_force(&gains, &mut vec![false; columns]);
            prop_assert!((total(&gains, &found) - best).abs() < 1e-9, "{:?} of {}", found, best);
        }
    }
}
