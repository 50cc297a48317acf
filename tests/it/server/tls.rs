//! TLS with a certificate of the test's own, HTTP/1.1 and 2.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use balcao::platform::edge::config::Tls;
use balcao::platform::web::live::Event;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http2::{Builder, SendRequest};
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ALL_VERSIONS, ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::{Site, within};

fn write_certificate(folder: &Path) {
    let made = rcgen::generate_simple_self_signed(vec!["desk.example".to_owned()]).expect("a certificate");
    std::fs::write(folder.join("key.pem"), made.key_pair.serialize_pem()).expect("a key");
    std::fs::write(folder.join("chain.pem"), made.cert.pem()).expect("a chain");
}

fn secure(folder: &Path, quick: bool) -> Site {
    write_certificate(folder);
    Site::with(|config| {
        config.tls = Tls::Files { certificate: folder.join("chain.pem"), key: folder.join("key.pem") };
        config.redirect = vec!["127.0.0.1:0".parse().expect("an address")];
        if quick {
            config.limits.head_time = Duration::from_millis(300);
            config.limits.idle_time = Duration::from_millis(600);
            config.limits.write_time = Duration::from_millis(500);
        }
    })
}

/// A client that trusts what lies in the folder now.
fn trusting(folder: &Path, protocol: &[u8]) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(folder.join("chain.pem")).expect("a certificate")).expect("a root");
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(ALL_VERSIONS)
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    Arc::new(config)
}

fn name() -> ServerName<'static> {
    ServerName::try_from("desk.example").expect("a name")
}

fn ask(site: &Site, folder: &Path, host: &str) -> std::io::Result<String> {
    let session = ClientConnection::new(trusting(folder, b"http/1.1"), name()).expect("a session");
    let mut stream = StreamOwned::new(session, TcpStream::connect(site.address)?);
    write!(stream, "GET /echo HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    Ok(text)
}

#[test]
fn tls_is_told_to_the_handler_and_to_the_browser() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let site = secure(folder.path(), false);
    let text = ask(&site, folder.path(), "desk.example:8443").expect("an answer");
    assert!(text.starts_with("HTTP/1.1 200") && text.contains("secure: true"), "{text}");
    assert!(text.contains("strict-transport-security: max-age="), "{text}");
    assert!(ask(&site, folder.path(), "other.example").expect("an answer").starts_with("HTTP/1.1 421"));
}

#[test]
fn a_plain_listener_sends_everybody_to_https() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let site = secure(folder.path(), false);
    let edge = site.edge.as_ref().expect("an edge");
    let mut client = super::Client::new(TcpStream::connect(edge.addresses()[1]).expect("a connection"));
    client.send("GET /a?b=c HTTP/1.1\r\nHost: desk.example:80\r\n\r\n");
    let reply = client.reply().expect("a reply");
    assert_eq!((reply.status, reply.header("location")), (308, Some("https://desk.example/a?b=c")));
    client.send("GET /a HTTP/1.1\r\nHost: @evil\r\n\r\n");
    assert_eq!(client.reply().map(|reply| reply.status), Some(400));
}

#[test]
fn a_new_certificate_is_taken_without_a_restart() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let site = secure(folder.path(), true);
    assert!(ask(&site, folder.path(), "desk.example").is_ok());
    std::fs::write(folder.path().join("key.pem"), "nonsense").expect("a key");
    std::thread::sleep(Duration::from_millis(1200));
    assert!(ask(&site, folder.path(), "desk.example").is_ok(), "a bad pair must not replace a good one");
    write_certificate(folder.path());
    let later = SystemTime::now() + Duration::from_secs(5);
    std::fs::File::options()
        .append(true)
        .open(folder.path().join("key.pem"))
        .expect("a key")
        .set_modified(later)
        .expect("a time");
    within(Duration::from_secs(5), || ask(&site, folder.path(), "desk.example").is_ok());
}

#[test]
fn a_handshake_that_never_ends_is_cut() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let site = secure(folder.path(), true);
    let (mut silent, mut nonsense) = (site.connect(), site.connect());
    nonsense.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(nonsense.is_cut() && silent.is_cut());
    assert!(ask(&site, folder.path(), "desk.example").is_ok());
}

type Sender = SendRequest<Full<Bytes>>;

/// Runs a test with an HTTP/2 client.
fn with_h2<F: Future<Output = ()>>(site: &Site, folder: &Path, window: u32, test: impl FnOnce(Sender) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let stream = tokio::net::TcpStream::connect(site.address).await.expect("a connection");
        let stream = TlsConnector::from(trusting(folder, b"h2")).connect(name(), stream).await.expect("a handshake");
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
        let mut builder = Builder::new(TokioExecutor::new());
        builder.initial_stream_window_size(window);
        let (sender, connection) = builder.handshake(TokioIo::new(stream)).await.expect("HTTP/2");
        let connection = tokio::spawn(connection);
        let all = tokio::time::timeout(Duration::from_secs(20), test(sender));
        all.await.expect("in time");
        connection.abort();
    });
}

fn request(method: &str, path: &str, body: &'static [u8]) -> Request<Full<Bytes>> {
    let uri = format!("https://desk.example{path}");
    let request = Request::builder().method(method).uri(uri);
    request
        .header("cookie", "a=1")
        .header("cookie", "b=2")
        .body(Full::new(Bytes::from_static(body)))
        .expect("a request")
}

async fn text(response: Response<hyper::body::Incoming>) -> String {
    String::from_utf8(response.into_body().collect().await.expect("a body").to_bytes().to_vec()).expect("text")
}

#[test]
fn http_2_carries_requests_side_by_side() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let site = secure(folder.path(), false);
    with_h2(&site, folder.path(), 65_535, |mut sender| async move {
        let slow = sender.send_request(request("GET", "/slow", b""));
        let echo = text(sender.send_request(request("GET", "/echo?x=1", b"")).await.expect("an answer")).await;
        assert!(echo.contains("(\"cookie\", \"a=1; b=2\")") && echo.contains("(\"host\", \"desk.example\")"), "{echo}");
        let posted = sender.send_request(request("POST", "/body", &[b'x'; 300_000])).await.expect("an answer");
        assert!(text(posted).await.starts_with("file 300000"));
        let head = sender.send_request(request("HEAD", "/page", b"")).await.expect("an answer");
        assert_eq!(head.headers()["content-length"], "57344");
        assert!(text(head).await.is_empty());
        assert_eq!(
            text(sender.send_request(request("GET", "/page", b"")).await.expect("an answer")).await.len(),
            57_344
        );
        assert_eq!(sender.send_request(request("PUT", "/page", b"")).await.expect("an answer").status(), 405);
        assert_eq!(text(slow.await.expect("an answer")).await, "slow");
    });
}

#[test]
fn http_2_carries_event_streams() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let site = secure(folder.path(), false);
    let live = &site.live;
    with_h2(&site, folder.path(), 65_535, |mut sender| async move {
        let stream =
            sender.send_request(request("GET", "/stream?topic=a&listener=agent:1", b"")).await.expect("a stream");
        let mut body = stream.into_body();
        assert_eq!(live.listeners("a"), ["agent:1"]);
        live.publish(&[Event::new(7, "a", "message", "{}")]);
        let frame = body.frame().await.expect("a frame").expect("a frame").into_data().expect("data");
        assert_eq!(&frame[..], b"id: 7\nevent: message\ndata: {}\n\n");
        drop(body);
        while !live.listeners("a").is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
}

#[test]
fn an_http_2_connection_outlives_the_answers_it_has_taken() {
    let folder = tempfile::TempDir::new().expect("a folder");
    write_certificate(folder.path());
    let site = Site::with(|config| {
        config.tls = Tls::Files { certificate: folder.path().join("chain.pem"), key: folder.path().join("key.pem") };
        config.limits.write_time = Duration::from_millis(300);
    });
    with_h2(&site, folder.path(), 65_535, |mut sender| async move {
        for path in ["/page", "/hello", "/page"] {
            assert!(!text(sender.send_request(request("GET", path, b"")).await.expect("an answer")).await.is_empty());
            tokio::time::sleep(Duration::from_millis(700)).await;
        }
    });
}

#[test]
fn an_http_2_client_that_takes_nothing_or_only_resets_is_cut() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let site = secure(folder.path(), true);
    with_h2(&site, folder.path(), 1000, |mut sender| async move {
        let stuck = sender.send_request(request("GET", "/page", b"")).await.expect("a head");
        // Every byte that is read opens the window again, so nothing is.
        tokio::time::sleep(Duration::from_millis(1500)).await;
        assert!(stuck.into_body().collect().await.is_err(), "must be cut");
    });
    with_h2(&site, folder.path(), 65_535, |mut sender| async move {
        for _ in 0..2000 {
            if sender.ready().await.is_err() {
                return;
            }
            drop(sender.send_request(request("GET", "/slow", b"")));
            tokio::task::yield_now().await;
        }
    });
    assert!(ask(&site, folder.path(), "desk.example").is_ok());
}
