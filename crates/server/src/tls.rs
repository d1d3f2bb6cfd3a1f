//! TLS for the listener: a certificate chain and its key out of PEM files.
//!
//! Versions and suites are rustls's own: TLS 1.2 and 1.3 with forward secrecy and nothing older.

use std::path::Path;
use std::sync::Arc;

use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;

use crate::ServeError;

/// What greets clients with this certificate.
///
/// # Errors
/// [`ServeError::Tls`] if a file cannot be read, or the two do not belong together.
pub(crate) fn acceptor(certificate: &Path, key: &Path) -> Result<TlsAcceptor, ServeError> {
    let failed = |what, path: &Path, source: Box<dyn std::error::Error + Send + Sync>| {
        ServeError::Tls { what, path: path.to_owned(), source }
    };
    let chain = CertificateDer::pem_file_iter(certificate).and_then(Iterator::collect);
    let chain: Vec<CertificateDer<'static>> =
        chain.map_err(|source| failed("the certificate", certificate, source.into()))?;
    let private = PrivateKeyDer::from_pem_file(key)
        .map_err(|source| failed("the key", key, source.into()))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|source| failed("the certificate", certificate, source.into()))?
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .map_err(|source| failed("the certificate", certificate, source.into()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
