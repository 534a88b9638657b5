//! One file a rule: it fires, stays silent, is accepted, and appears twice.
