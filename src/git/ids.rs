//! Object ids between gix's shape and the model's.

use crate::model::ObjectId;

/// The id in the shape that the rest of drift knows.
pub(super) fn to_model(id: &gix::oid) -> ObjectId {
    match ObjectId::from_bytes(id.as_bytes()) {
        Some(id) => id,
        None => unreachable!("git's ids have 20 or 32 bytes"),
    }
}

/// The id in gix's shape.
pub(super) fn to_gix(id: ObjectId) -> gix::ObjectId {
    match gix::ObjectId::try_from(id.as_bytes()) {
        Ok(id) => id,
        Err(_) => unreachable!("the model's ids have 20 or 32 bytes"),
    }
}
