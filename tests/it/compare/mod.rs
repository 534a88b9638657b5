//! Plans laid beside histories; each snapshot shows the whole difference.

mod actions;
mod clauses;
mod expectations;
mod files;
mod overlaps;
mod pair;
mod plan_alone;
mod planning_folder;
mod properties;
mod units;
mod untouched;
