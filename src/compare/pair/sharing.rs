//! Whether a commit that stands for one unit does another one's work too.
//!
//! Sharing is likelier the more of the unit's files the commit touches, and less likely where the unit only looks at work,
//! or stands far from the other unit. Like the weights of the signs these are points, and above zero it is shared.

use super::graph::Edge;
use super::signs::{Belonging, Signs};
use super::survey::{Survey, UnitFacts};

/// Points that all sharing has to make up for.
const THRESHOLD: f64 = -1.9;
const MET: f64 = 2.0;
const EXCLUSIVE: f64 = 0.5;
const CONTAINED: f64 = 0.5;
const MISSES: f64 = -1.0;
/// There is no other commit that could have done the work.
const ONLY_ONE: f64 = 0.3;
/// The unit looks at work that is there already.
const ONLY_LOOKS: f64 = -1.2;
/// For each unit that stands between the two.
const APART: f64 = -0.3;

/// How much speaks for the commit of `edge`, which stands for the unit `owner`, doing the work of the edge's unit too.
pub(super) fn fitness(survey: &Survey<'_>, edge: &Edge, owner: usize) -> f64 {
    let signs = &edge.signs;
    let unit = &survey.units[edge.unit];
    let is_only = survey.lanes[survey.plan.units[edge.unit].lane].has_one;
    if signs.belonging == Belonging::OtherScope {
        return THRESHOLD;
    }
    if is_only && is_told(signs, unit) {
        return signs.contained;
    }
    let all_its_own = signs.met >= 0.99 && signs.exclusive >= 0.99;
    let looks = if unit.only_looks && !all_its_own {
        ONLY_LOOKS
    } else {
        0.0
    };
    let only = if is_only { ONLY_ONE } else { 0.0 };
    let between = edge.unit.abs_diff(owner).saturating_sub(1) as f64;
    THRESHOLD + of_signs(signs) + looks + only + APART * between
}

fn of_signs(signs: &Signs) -> f64 {
    let misses = if signs.misses { MISSES } else { 0.0 };
    let words = signs.title + signs.text + CONTAINED * signs.contained;
    MET * signs.met + EXCLUSIVE * signs.exclusive + words + signs.named + misses
}

/// Whether the message tells of the unit's work, though the paths may not.
fn is_told(signs: &Signs, unit: &UnitFacts) -> bool {
    let enough = if unit.patterns == 0 { 0.5 } else { 0.8 };
    let in_subject = signs.title >= 0.5;
    let anywhere = !unit.only_looks && signs.contained >= enough && signs.title >= 0.1;
    signs.foreign < 0.5 && (in_subject || anywhere)
}
