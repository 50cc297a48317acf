//! Markup components without any noun.

pub mod chart;
pub mod colour;
pub mod dialog;
pub mod form;
pub mod icon;
pub mod page;
pub mod prose;
