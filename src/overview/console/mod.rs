//! The console: the queue, the contact and the conversation on one screen.

pub mod view;
mod view_actions;
pub mod web;
pub mod web_queue;
