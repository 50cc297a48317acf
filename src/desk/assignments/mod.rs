//! Assignments: who holds a conversation; "Assumir" takes it.

pub mod acts;
pub mod web;
