//! What people do with the appliance, in real browsers against a real edge.

mod actions;
mod chat;
mod console;
mod desk;
mod flow;
mod people;
mod pictures;
mod record;
mod register;
mod settings;
mod signing_in;
mod tickets;
mod timeline;
mod visitor;
