//! GSD plans.
