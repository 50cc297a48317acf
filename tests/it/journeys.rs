//! What people do with the appliance, in real browsers against a real edge.

mod chat;
mod console;
mod desk;
mod signing_in;
