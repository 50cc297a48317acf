//! TLS: certificates from files, read again when they change, or fetched by themselves.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use futures_util::StreamExt as _;
use rustls_acme::caches::DirCache;
use rustls_acme::{AcmeConfig, is_tls_alpn_challenge};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::Acceptor as Hello;
use tokio_rustls::rustls::{ALL_VERSIONS, ClientConfig, RootCertStore, ServerConfig};
use tokio_rustls::server::TlsStream;

use super::config::{Acme, Tls};
use super::limits::lock;

/// Shakes hands.
pub(super) struct Acceptor {
    current: Mutex<Arc<ServerConfig>>,
    challenge: Option<Arc<ServerConfig>>,
    files: Option<CertificateFiles>,
}

struct CertificateFiles {
    certificate: PathBuf,
    key: PathBuf,
    changed: Mutex<Option<(SystemTime, SystemTime)>>,
}

impl Acceptor {
    /// None without TLS. Call it inside the runtime: the automatic certificate is fetched by a task.
    pub(super) fn new(tls: &Tls) -> io::Result<Option<Self>> {
        match tls {
            Tls::None => Ok(None),
            Tls::Files { certificate, key } => {
                let files =
                    CertificateFiles { certificate: certificate.clone(), key: key.clone(), changed: Mutex::default() };
                *lock(&files.changed) = files.times();
                let current = Mutex::new(load(certificate, key)?);
                Ok(Some(Self { current, challenge: None, files: Some(files) }))
            }
            Tls::Automatic(wanted) => Self::automatic(wanted).map(Some),
        }
    }

    fn automatic(wanted: &Acme) -> io::Result<Self> {
        let name = [&wanted.domain];
        let config = match &wanted.root {
            Some(root) => AcmeConfig::new_with_client_config(name, trusting(root)?),
            None => AcmeConfig::new_with_provider(name, provider()),
        };
        let config = match &wanted.directory {
            Some(directory) => config.directory(directory),
            None => config.directory_lets_encrypt(true),
        };
        let mut state = config
            .contact(wanted.contact.iter().map(|address| format!("mailto:{address}")))
            .cache(DirCache::new(wanted.cache.clone()))
            .state();
        let challenge = state.challenge_rustls_config_with_provider(provider());
        let mut current = ServerConfig::clone(&state.default_rustls_config_with_provider(provider()));
        current.alpn_protocols = protocols();
        tokio::spawn(async move {
            while let Some(event) = state.next().await {
                match event {
                    Ok(event) => tracing::info!(?event, "certificate"),
                    Err(cause) => tracing::error!(?cause, "certificate"),
                }
            }
        });
        Ok(Self { current: Mutex::new(Arc::new(current)), challenge: Some(challenge), files: None })
    }

    /// None where the client was only the certificate authority that looks whether the name is ours.
    pub(super) async fn accept<S>(&self, stream: S) -> io::Result<Option<TlsStream<S>>>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let hello = LazyConfigAcceptor::new(Hello::default(), stream).await?;
        if let Some(challenge) = &self.challenge
            && is_tls_alpn_challenge(&hello.client_hello())
        {
            hello.into_stream(challenge.clone()).await?.shutdown().await?;
            return Ok(None);
        }
        let current = lock(&self.current).clone();
        hello.into_stream(current).await.map(Some)
    }

    /// Reads the files again if they have changed; a pair that is no good is logged and the old one stays.
    pub(super) fn refresh(&self) {
        let Some(files) = &self.files else { return };
        let times = files.times();
        if times.is_none() || *lock(&files.changed) == times {
            return;
        }
        *lock(&files.changed) = times;
        match load(&files.certificate, &files.key) {
            Ok(fresh) => {
                *lock(&self.current) = fresh;
                tracing::info!("the certificate was read again");
            }
            Err(cause) => tracing::error!(%cause, "the certificate changed but stays as it was"),
        }
    }
}

impl CertificateFiles {
    fn times(&self) -> Option<(SystemTime, SystemTime)> {
        let time = |path: &Path| std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
        Some((time(&self.certificate)?, time(&self.key)?))
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn protocols() -> Vec<Vec<u8>> {
    vec![b"h2".to_vec(), b"http/1.1".to_vec()]
}

fn wrong(path: &Path, cause: &dyn std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{} cannot be used for TLS: {cause}", path.display()))
}

/// A client that trusts one root.
fn trusting(root: &Path) -> io::Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    let certificate = CertificateDer::from_pem_file(root).map_err(|cause| wrong(root, &cause))?;
    roots.add(certificate).map_err(|cause| wrong(root, &cause))?;
    let config = ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(ALL_VERSIONS)
        .map_err(|cause| wrong(root, &cause))?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

fn load(certificate: &Path, key: &Path) -> io::Result<Arc<ServerConfig>> {
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|cause| wrong(certificate, &cause))?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(|cause| wrong(key, &cause))?;
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(ALL_VERSIONS)
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, private))
        .map_err(|cause| wrong(certificate, &cause))?;
    config.alpn_protocols = protocols();
    Ok(Arc::new(config))
}
