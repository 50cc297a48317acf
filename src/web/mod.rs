//! The web without any noun: values, forms, events, assets, and the server behind the edge.

pub mod form;
pub mod http;
pub mod live;
