//! The automatic certificate, from a real authority: Pebble, which Let's Encrypt keeps for tests like this.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ALL_VERSIONS, ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::{balcao, company_in, run};

const PATIENCE: Duration = Duration::from_secs(60);

/// A process that ends with this value.
struct Peer(Child);

impl Drop for Peer {
    fn drop(&mut self) {
        // It may have ended already.
        let _gone = self.0.kill();
        let _gone = self.0.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

fn start(program: &str, arguments: &[&str]) -> Peer {
    let mut command = Command::new(program);
    command.args(arguments).env("PEBBLE_VA_NOSLEEP", "1").env("PEBBLE_WFE_NONCEREJECT", "0");
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    Peer(child.unwrap_or_else(|error| panic!("{program}, which tests/run installs: {error}")))
}

/// A root and, signed by it, the certificate of the authority's own address.
fn write_certificates(folder: &Path) {
    let mut root = rcgen::CertificateParams::new(Vec::new()).expect("parameters");
    root.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let root_key = rcgen::KeyPair::generate().expect("a key");
    let root = root.self_signed(&root_key).expect("a root");
    let key = rcgen::KeyPair::generate().expect("a key");
    let leaf = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).expect("parameters");
    let leaf = leaf.signed_by(&key, &root, &root_key).expect("a certificate");
    std::fs::write(folder.join("root.pem"), root.pem()).expect("a file");
    std::fs::write(folder.join("leaf.pem"), leaf.pem()).expect("a file");
    std::fs::write(folder.join("key.pem"), key.serialize_pem()).expect("a file");
}

/// `GET path` over TLS on a port of this machine, trusting one root.
fn ask(port: u16, name: &str, root: &CertificateDer<'static>, path: &str) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(root.clone()).expect("a root");
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(ALL_VERSIONS)
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name_to_prove = ServerName::try_from(name.to_owned()).expect("a name");
    let session = ClientConnection::new(Arc::new(config), name_to_prove).expect("a session");
    let socket = TcpStream::connect(("127.0.0.1", port))?;
    socket.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut stream = StreamOwned::new(session, socket);
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n")?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    Ok(text)
}

#[track_caller]
fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "{what} did not come");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_certificate_is_fetched_from_a_real_authority_and_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    write_certificates(folder.path());
    let [directory, management, names, names_management, service, plain] = std::array::from_fn(|_| free_port());
    let config = serde_json::json!({"pebble": {
        "listenAddress": format!("127.0.0.1:{directory}"), "managementListenAddress": format!("127.0.0.1:{management}"),
        "certificate": at("leaf.pem"), "privateKey": at("key.pem"), "httpPort": plain, "tlsPort": service,
        "ocspResponderURL": "", "externalAccountBindingRequired": false
    }});
    std::fs::write(folder.path().join("pebble.json"), config.to_string()).expect("a file");
    let (resolver, manager) = (format!("127.0.0.1:{names}"), format!("127.0.0.1:{names_management}"));
    let off = ["-http01", "", "-https01", "", "-tlsalpn01", "", "-defaultIPv6", ""];
    let names = [["-dns01", resolver.as_str(), "-management", manager.as_str()].as_slice(), &off].concat();
    let _names = start("pebble-challtestsrv", &names);
    let authority = start("pebble", &["-config", &at("pebble.json"), "-dnsserver", &resolver]);
    let own_root = CertificateDer::from_pem_file(at("root.pem")).expect("a root");
    let issuer = until("the authority", || ask(management, "localhost", &own_root, "/roots/0").ok());
    let issuer = issuer.split_once("\r\n\r\n").expect("a body").1;
    let issuer = CertificateDer::from_pem_slice(issuer.as_bytes()).expect("the issuer's root");

    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("a folder");
    company_in(&data);
    let (listen, redirect) = (format!("127.0.0.1:{service}"), format!("127.0.0.1:{plain}"));
    let address = format!("https://localhost:{directory}/dir");
    let root = at("root.pem");
    let data = data.to_str().expect("a path");
    let mut arguments = vec!["serve", "--data", data, "--listen", &listen, "--redirect", &redirect];
    arguments.extend(["--tls-domain", "desk.example", "--tls-directory", &address, "--tls-root", &root]);
    let serve = || {
        let mut child = balcao(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program");
        let mut first = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut first).expect("a line");
        assert!(first.contains("https://desk.example"), "{first}");
        Peer(child)
    };
    let page = || ask(service, "desk.example", &issuer, "/sign-in").ok();
    let first = serve();
    let answer = until("the certificate", page);
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("strict-transport-security"), "{answer}");
    let mut away = TcpStream::connect(&redirect).expect("a connection");
    write!(away, "GET /sign-in HTTP/1.1\r\nHost: desk.example\r\nConnection: close\r\n\r\n").expect("a request");
    let mut answer = String::new();
    away.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 308") && answer.contains("https://desk.example/sign-in"), "{answer}");

    // The certificate is kept: another start needs no authority.
    drop((first, authority));
    let _second = serve();
    until("the kept certificate", page);
}

#[test]
fn a_redirect_without_tls_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().to_str().expect("a path");
    let answer = run(&["serve", "--data", data, "--listen", "127.0.0.1:0", "--redirect", "127.0.0.1:0"]);
    assert_eq!(answer.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&answer.stderr).contains("--redirect needs TLS"));
}
