//! Whether what was pasted is a certificate.

use lettre::transport::smtp::client::Certificate;

/// Whether this is a certificate that a server can be checked against.
pub fn is_certificate(pem: &str) -> bool {
    Certificate::from_pem(pem.as_bytes()).is_ok()
        && pem.contains("-----BEGIN CERTIFICATE-----")
        && pem.contains("-----END CERTIFICATE-----")
}
