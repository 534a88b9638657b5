//! `dependency-cycle`: units that wait for each other.

use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Plan, PlanLocation, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D006",
        name: "dependency-cycle",
        summary: "units depend on each other in a circle",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A chain of `dependsOn` that leads back to where it began, or a unit that depends on itself. Of several circles that
share units one is shown; the next one appears when that is settled.

## Why it matters
No order of commits can satisfy it, so the order can't be judged.

## Example
```json
{"units": [{"id": "U1", "dependsOn": ["U2"]}, {"id": "U2", "dependsOn": ["U1"]}]}
```
```text
warning[D006]: units depend on each other in a circle: `U1 → U2 → U1`
  help: take one of these dependencies out, or move what both need into a unit that comes first
```

## How to settle it
Take one of the dependencies out, or move what both units need into a third that comes first.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let plan = comparison.plan;
    let mut needs = plan.dependencies();
    drop_what_can_be_ordered(&mut needs);
    for cycle in cycles(&needs) {
        findings.add(found(plan, &needs, &cycle));
    }
}

/// One dependency: the unit that is needed, and where that is said.
type Need<'a> = (usize, &'a PlanLocation);

/// Empties the needs of every unit from which no circle can be reached, and drops those units from the others' needs.
fn drop_what_can_be_ordered(needs: &mut [Vec<Need<'_>>]) {
    let mut needed_by = vec![Vec::new(); needs.len()];
    for (unit, own) in needs.iter().enumerate() {
        own.iter().for_each(|&(needed, _)| needed_by[needed].push(unit));
    }
    let mut open: Vec<usize> = needs.iter().map(Vec::len).collect();
    let mut ready: Vec<usize> = (0..needs.len()).filter(|&unit| open[unit] == 0).collect();
    while let Some(unit) = ready.pop() {
        for &waiting in &needed_by[unit] {
            open[waiting] -= 1;
            if open[waiting] == 0 {
                ready.push(waiting);
            }
        }
    }
    for own in needs.iter_mut() {
        own.retain(|&(needed, _)| open[needed] > 0);
    }
    for (own, open) in needs.iter_mut().zip(open) {
        if open == 0 {
            own.clear();
        }
    }
}

/// The circles that are met when the first need of each unit is followed; each begins at its first unit in the plan.
fn cycles(needs: &[Vec<Need<'_>>]) -> Vec<Vec<usize>> {
    let mut walk_of = vec![usize::MAX; needs.len()];
    let mut cycles = Vec::new();
    for start in 0..needs.len() {
        let mut path = Vec::new();
        let mut at = start;
        while walk_of[at] == usize::MAX && !needs[at].is_empty() {
            walk_of[at] = start;
            path.push(at);
            at = needs[at][0].0;
        }
        let begins = path.iter().position(|&unit| unit == at);
        if let (true, Some(begins)) = (walk_of[at] == start, begins) {
            cycles.push(from_first(&path[begins..]));
        }
    }
    cycles
}

fn from_first(cycle: &[usize]) -> Vec<usize> {
    let first = (0..cycle.len()).min_by_key(|&at| cycle[at]).unwrap_or(0);
    let mut rotated = cycle.to_vec();
    rotated.rotate_left(first);
    rotated
}

fn found(plan: &Plan, needs: &[Vec<Need<'_>>], cycle: &[usize]) -> Found {
    let names: Vec<String> = cycle.iter().map(|&unit| plan.unit_name(unit)).collect();
    let message = match names.as_slice() {
        [own] => format!("unit `{own}` depends on itself"),
        _ => format!(
            "units depend on each other in a circle: `{} → {}`",
            names.join(" → "),
            names[0]
        ),
    };
    let place = needs[cycle[0]].first().map(|need| need.1.clone()).unwrap_or_default();
    let mut sorted = names.clone();
    sorted.sort();
    let mut found = Found::new(place, message).detail(sorted.join(", "));
    for (&unit, name) in cycle.iter().zip(&names).skip(1) {
        found = found.related(&plan.units[unit].location, format!("unit `{name}`"));
    }
    found.help("take one of these dependencies out, or move what both need into a unit that comes first")
}
