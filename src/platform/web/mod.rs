//! The web without any noun: values, forms, events, assets, and the server behind the edge.

pub mod assets;
mod crew;
pub mod form;
mod gzip;
pub mod headers;
pub mod http;
pub mod inner;
pub mod live;
pub mod multipart;
mod percent;
pub mod rate_limiter;
pub mod server;
pub mod token;
