//! Which units come after which, directly and by way of others.

use crate::model::Plan;
use std::collections::HashMap;

/// The plan's explicit order: an edge for each `dependsOn` that names a unit.
pub(super) struct Dependencies {
    /// For each unit the units that it comes after.
    before: Vec<Vec<usize>>,
    /// For each unit the units that come after it.
    after: Vec<Vec<usize>>,
    /// For each lane the lanes that it comes after: by a unit's dependency, or by a reference to the lane's name.
    lanes_before: Vec<Vec<usize>>,
}

impl Dependencies {
    pub fn new(plan: &Plan) -> Self {
        let before = direct(plan);
        let mut after = vec![Vec::new(); plan.units.len()];
        for (unit, others) in before.iter().enumerate() {
            others.iter().for_each(|&other| after[other].push(unit));
        }
        Self {
            lanes_before: lanes_before(plan, &before),
            before,
            after,
        }
    }

    /// The units that `unit` names as coming before it, in the order it names them.
    pub fn direct(&self, unit: usize) -> &[usize] {
        &self.before[unit]
    }

    /// All units that come before or after `unit`, by whatever way.
    pub fn ordered_with(&self, unit: usize) -> Vec<usize> {
        let mut all = reachable(&self.before, unit);
        all.extend(reachable(&self.after, unit));
        all
    }

    /// Whether one of two lanes comes after the other, by whatever way.
    pub fn lanes_are_ordered(&self, one: usize, other: usize) -> bool {
        reachable(&self.lanes_before, one).contains(&other) || reachable(&self.lanes_before, other).contains(&one)
    }
}

/// What each unit comes after; a unit that names itself says nothing of the order.
fn direct(plan: &Plan) -> Vec<Vec<usize>> {
    let named = plan.dependencies().into_iter().enumerate();
    named
        .map(|(unit, needs)| {
            needs
                .into_iter()
                .map(|(needed, _)| needed)
                .filter(|&it| it != unit)
                .collect()
        })
        .collect()
}

fn lanes_before(plan: &Plan, before: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut lanes = vec![Vec::new(); plan.lanes.len()];
    for (unit, others) in before.iter().enumerate() {
        let lane = plan.units[unit].lane;
        let others = others.iter().map(|&other| plan.units[other].lane);
        if let Some(before) = lanes.get_mut(lane) {
            before.extend(others.filter(|&other| other != lane));
        }
    }
    let names = plan.lanes.iter().enumerate().map(|(at, it)| (it.name.as_str(), at));
    let by_name: HashMap<&str, usize> = names.filter(|(name, _)| !name.is_empty()).collect();
    for (index, lane) in plan.lanes.iter().enumerate() {
        let words = lane
            .references
            .iter()
            .flat_map(|text| text.split([' ', ',', ':', '"', '[', ']']));
        let named = words.filter_map(|word| by_name.get(word).copied());
        lanes[index].extend(named.filter(|&other| other != index));
    }
    lanes
}

/// What can be reached from `start`, which itself counts only where a cycle leads back to it.
fn reachable(edges: &[Vec<usize>], start: usize) -> Vec<usize> {
    let mut seen = vec![false; edges.len()];
    let mut found = Vec::new();
    let mut open = edges[start].clone();
    while let Some(next) = open.pop() {
        if !std::mem::replace(&mut seen[next], true) {
            found.push(next);
            open.extend_from_slice(&edges[next]);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Dependencies;
    use crate::model::{Lane, Located, Plan, PlanLocation, Unit};

    fn plan(units: &[(usize, &str, &str)], lanes: usize) -> Plan {
        let located = |value: &str| Located {
            value: value.to_owned(),
            location: PlanLocation::default(),
        };
        let unit = |&(lane, id, after): &(usize, &str, &str)| Unit {
            lane,
            id: id.into(),
            depends_on: vec![located(after)],
            ..Unit::default()
        };
        let lane = |index: usize| Lane {
            name: format!("lane{index}"),
            ..Lane::default()
        };
        Plan {
            lanes: (0..lanes).map(lane).collect(),
            units: units.iter().map(unit).collect(),
            ..Plan::default()
        }
    }

    #[test]
    fn names_are_looked_for_in_the_own_lane_first() {
        let plan = plan(
            &[(0, "1", ""), (1, "1", "lane0/1"), (1, "2", "1"), (1, "3", "nobody")],
            2,
        );
        let dependencies = Dependencies::new(&plan);
        assert_eq!(dependencies.direct(1), [0]);
        assert_eq!(dependencies.direct(2), [1]);
        assert!(dependencies.direct(3).is_empty());
        assert!(dependencies.lanes_are_ordered(0, 1));
        assert_eq!(dependencies.ordered_with(0), [1, 2]);
    }

    #[test]
    fn units_without_a_lane_and_cycles_are_no_trouble() {
        let plan = plan(&[(0, "1", "2"), (0, "2", "1"), (0, "3", "3")], 0);
        let dependencies = Dependencies::new(&plan);
        assert!(dependencies.ordered_with(0).contains(&1));
        assert!(dependencies.direct(2).is_empty());
    }
}
