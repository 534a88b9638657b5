//! The shapes that leave drift and are kept: frozen by version, whatever the model becomes.

pub mod v1;
