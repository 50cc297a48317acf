//! What people do with the appliance, in real browsers against a real edge.

mod desk;
mod signing_in;
