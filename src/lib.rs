//! Balcão, the customer-service desk in one file. The code map.

pub mod error;
pub mod text;
pub mod web;
