//! Readings: how far each person has read a conversation.

pub mod sql;
pub mod web;
