//! What the edge is told at its start.

use std::net::SocketAddr;
use std::path::PathBuf;

use super::limits::Limits;

/// Where the edge listens, whom it asks, and what it allows.
#[derive(Clone, Debug)]
pub struct Config {
    /// Addresses to serve; TLS where `tls` says so.
    pub listen: Vec<SocketAddr>,
    /// Plain addresses that send everybody to https; only with TLS.
    pub redirect: Vec<SocketAddr>,
    /// The Unix socket of `web::server`.
    pub upstream: PathBuf,
    /// The folder for large request bodies.
    pub spool: PathBuf,
    pub tls: Tls,
    /// The largest request body in bytes.
    pub max_body: u64,
    /// Addresses that take larger ones, and how large.
    pub larger: &'static [(&'static str, u64)],
    pub limits: Limits,
}

impl Config {
    /// Serves nowhere yet, plainly, bodies of up to 25 MiB.
    pub fn new(upstream: impl Into<PathBuf>, spool: impl Into<PathBuf>) -> Self {
        Self {
            listen: Vec::new(),
            redirect: Vec::new(),
            upstream: upstream.into(),
            spool: spool.into(),
            tls: Tls::None,
            max_body: 25 << 20,
            larger: &[],
            limits: Limits::default(),
        }
    }
}

/// Whether and how the edge speaks TLS.
#[derive(Clone, Debug, Default)]
pub enum Tls {
    #[default]
    None,
    /// PEM files: the chain, the key.
    Files { certificate: PathBuf, key: PathBuf },
    /// A certificate for this name, fetched and renewed by itself.
    Automatic(Acme),
}

/// How a certificate is fetched (ACME, RFC 8555, proved by TLS-ALPN, RFC 8737).
#[derive(Clone, Debug)]
pub struct Acme {
    pub domain: String,
    /// The folder that keeps the account and the certificate.
    pub cache: PathBuf,
    /// An e-mail address for the authority.
    pub contact: Option<String>,
    /// The authority's directory; Let's Encrypt where there is none.
    pub directory: Option<String>,
    /// The root, in PEM, by which the directory's own address is trusted; the public ones where there is none.
    pub root: Option<PathBuf>,
}
