//! The edge and the server behind it, over real sockets.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use balcao::platform::edge::config::Config;
use balcao::platform::edge::{self, Edge};
use balcao::platform::web::http::{Body, Request, Response, Stream};
use balcao::platform::web::live::Live;
use balcao::platform::web::server::{self, Server};
use tempfile::TempDir;

mod attacks;
mod fuzz;
mod streams;
mod tls;

/// A small application behind a real edge.
struct Site {
    address: SocketAddr,
    live: Arc<Live>,
    edge: Option<Edge>,
    server: Server,
    folder: TempDir,
}

/// An answer as a client reads it.
#[derive(Debug)]
struct Reply {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Reply {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

impl Site {
    fn new() -> Self {
        Self::with(|_| {})
    }

    fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = TempDir::new().expect("a folder");
        let files = folder.path().to_owned();
        let handler = Arc::new(move |request: Request| answer(&files, request));
        let socket = folder.path().join("inner/web.sock");
        let server = server::serve(&socket, handler, 32).expect("a server");
        let live = Arc::new(Live::default());
        let mut config = Config::new(&socket, folder.path().join("spool"));
        config.listen = vec!["127.0.0.1:0".parse().expect("an address")];
        change(&mut config);
        let edge = edge::start(config, live.clone()).expect("an edge");
        Self { address: edge.addresses()[0], live, edge: Some(edge), server, folder }
    }

    fn connect(&self) -> Client {
        Client::new(TcpStream::connect(self.address).expect("a connection"))
    }

    fn get(&self, path: &str) -> Reply {
        self.connect().get(path)
    }

    /// Another client, unharmed.
    fn is_well(&self) {
        let began = Instant::now();
        assert_eq!(self.get("/hello").text(), "hello");
        assert!(began.elapsed() < Duration::from_secs(2), "slow: {:?}", began.elapsed());
    }
}

fn answer(files: &std::path::Path, request: Request) -> Response {
    let clean = |text: &str| text.bytes().all(|byte| matches!(byte, 0x20..=0x7e));
    assert!(request.path.starts_with('/') && clean(&request.path), "{request:?}");
    assert!(request.headers.iter().all(|(name, value)| clean(name) && clean(value)), "{request:?}");
    assert!(!request.headers.iter().any(|(name, _)| name.starts_with("x-balcao")), "{request:?}");
    let text = |text: String| Response::new(200, "text/plain; charset=utf-8", text.into_bytes());
    match request.path.as_str() {
        "/hello" => text("hello".to_owned()),
        "/page" => text("A page that repeats itself. ".repeat(2048)),
        "/panic" => panic!("as the test asked"),
        "/echo" => text(format!("{request:?}")),
        "/slow" => {
            std::thread::sleep(Duration::from_millis(700));
            text("slow".to_owned())
        }
        "/body" => match &request.body {
            Body::Bytes(bytes) => text(format!("memory {}", bytes.len())),
            Body::Spooled(path) => {
                text(format!("file {} {}", std::fs::read(path).expect("a file").len(), path.display()))
            }
        },
        "/file" => Response::file(files.join("file.bin"), "application/octet-stream"),
        "/missing" => Response::file(files.join("none"), "text/plain"),
        "/split" => Response::nothing().with("x-note", "a\r\nset-cookie: stolen=1"),
        "/stream" => Response::stream(Stream {
            topics: request.query.all("topic").map(str::to_owned).collect(),
            after: request.query.number("after").unwrap_or(0),
            backlog: request.query.text("backlog").to_owned(),
            listener: request.query.text("listener").to_owned(),
        }),
        _ => Response::new(404, "text/plain", &b"none"[..]),
    }
}

/// A client that says what it wants, byte by byte.
struct Client {
    reader: BufReader<TcpStream>,
}

impl Client {
    fn new(stream: TcpStream) -> Self {
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        stream.set_write_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        stream.set_nodelay(true).expect("no delay");
        Self { reader: BufReader::new(stream) }
    }

    fn send(&mut self, bytes: impl AsRef<[u8]>) {
        // A server that has cut the connection is what some tests look for.
        let _cut = self.reader.get_mut().write_all(bytes.as_ref());
    }

    fn get(&mut self, path: &str) -> Reply {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"));
        self.reply().expect("a reply")
    }

    fn head(&mut self) -> Option<(u16, String)> {
        let mut head = String::new();
        loop {
            let mut line = String::new();
            match self.reader.read_line(&mut line) {
                Ok(0) | Err(_) => return None,
                Ok(_) if line == "\r\n" => break,
                Ok(_) => head.push_str(&line),
            }
        }
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some((status, head))
    }

    /// The next answer with a length, or None where the connection is cut.
    fn reply(&mut self) -> Option<Reply> {
        let (status, head) = self.head()?;
        let mut reply = Reply { status, head, body: Vec::new() };
        let length = reply.header("content-length").map_or(0, |text| text.parse().expect("a length"));
        reply.body.resize(length, 0);
        self.reader.read_exact(&mut reply.body).ok()?;
        Some(reply)
    }

    /// Whether the server ends the connection within the time that reads wait.
    fn is_cut(&mut self) -> bool {
        let mut rest = Vec::new();
        match self.reader.read_to_end(&mut rest) {
            Ok(_) => true,
            Err(cause) => cause.kind() == std::io::ErrorKind::ConnectionReset,
        }
    }
}

#[test]
fn a_request_reaches_the_handler_as_it_was_sent() {
    let site = Site::new();
    let mut client = site.connect();
    client.send("GET /echo?a=%C3%A1&b=1 HTTP/1.1\r\nHost: desk.example:81\r\nX-One: 1\r\nX-Balcao-Peer: 9.9.9.9\r\nConnection: x\r\n\r\n");
    let reply = client.reply().expect("a reply");
    assert_eq!(reply.status, 200);
    for part in [
        "path: \"/echo\"",
        "(\"a\", \"á\")",
        "(\"host\", \"desk.example:81\")",
        "(\"x-one\", \"1\")",
        "peer: 127.0.0.1",
        "secure: false",
    ] {
        assert!(reply.text().contains(part), "{part} in {}", reply.text());
    }
    assert!(!reply.text().contains("9.9.9.9") && !reply.text().contains("connection"), "{}", reply.text());
    assert!(!reply.head.contains("x-balcao"), "{}", reply.head);
}

#[test]
fn one_connection_carries_many_requests_in_order() {
    let site = Site::new();
    let mut client = site.connect();
    for _ in 0..3 {
        assert_eq!(client.get("/hello").text(), "hello");
    }
    client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\nGET /hello HTTP/1.1\r\nHost: a\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(client.reply().expect("the first").text(), "slow");
    assert_eq!(client.reply().expect("the second").text(), "hello");
    assert_eq!(client.reply().expect("the third").status, 404);
}

#[test]
fn head_tells_the_length_and_sends_nothing() {
    let site = Site::new();
    let whole = site.get("/page");
    let mut client = site.connect();
    client.send("HEAD /page HTTP/1.1\r\nHost: a\r\n\r\n");
    let (status, head) = client.head().expect("a head");
    assert_eq!(status, 200);
    assert!(head.contains(&format!("content-length: {}", whole.body.len())), "{head}");
    assert_eq!(client.get("/hello").text(), "hello");
}

#[test]
fn a_handler_that_panics_costs_one_answer() {
    let site = Site::new();
    let mut client = site.connect();
    assert_eq!(client.get("/panic").status, 500);
    assert_eq!(client.get("/hello").text(), "hello");
}

#[test]
fn all_workers_work_when_there_is_work_for_all() {
    let site = Site::new();
    let mut clients: Vec<Client> = (0..16).map(|_| site.connect()).collect();
    let began = Instant::now();
    clients.iter_mut().for_each(|client| client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert!(clients.iter_mut().all(|client| client.reply().is_some_and(|reply| reply.text() == "slow")));
    assert!(began.elapsed() < Duration::from_millis(1400), "one after the other: {:?}", began.elapsed());
}

#[test]
fn a_large_body_reaches_the_handler_as_a_file_that_goes_away() {
    let site = Site::new();
    let mut client = site.connect();
    for (size, place) in [(0, "memory"), (1000, "memory"), (200_000, "memory"), (1_000_000, "file")] {
        client.send(format!("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: {size}\r\n\r\n"));
        client.send(vec![b'x'; size]);
        let reply = client.reply().expect("a reply");
        assert!(reply.text().starts_with(&format!("{place} {size}")), "{size}: {}", reply.text());
        if let Some(path) = reply.text().split(' ').nth(2) {
            within(Duration::from_secs(2), || !std::path::Path::new(path).exists());
        }
    }
    client.send("POST /body HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    assert_eq!(client.head().map(|(status, _)| status), Some(100));
    client.send("hello");
    assert_eq!(client.reply().expect("a reply").text(), "memory 5");
    let chunk = format!("{:x}\r\n{}\r\n", 100_000, "y".repeat(100_000));
    client.send("POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    client.send(format!("{}0\r\n\r\n", chunk.repeat(5)));
    assert!(client.reply().expect("a reply").text().starts_with("file 500000"));
}

#[test]
fn a_file_is_sent_whole_or_in_part_or_not_again() {
    let site = Site::new();
    let bytes: Vec<u8> = (0..200_000u32).map(|number| (number % 251) as u8).collect();
    std::fs::write(site.folder.path().join("file.bin"), &bytes).expect("a file");
    let mut client = site.connect();
    let whole = client.get("/file");
    assert_eq!((whole.status, whole.body.len()), (200, bytes.len()));
    assert!(whole.body == bytes && whole.header("accept-ranges") == Some("bytes"));
    let mut ask = |line: &str| {
        client.send(format!("GET /file HTTP/1.1\r\nHost: a\r\n{line}\r\n\r\n"));
        client.reply().expect("a reply")
    };
    let part = ask("Range: bytes=100000-100009");
    assert_eq!((part.status, &part.body[..]), (206, &bytes[100_000..=100_009]));
    assert_eq!(part.header("content-range"), Some("bytes 100000-100009/200000"));
    assert_eq!(ask("Range: bytes=200000-").status, 416);
    let tag = whole.header("etag").expect("a tag");
    assert_eq!(ask(&format!("If-None-Match: {tag}")).status, 304);
    assert_eq!(ask(&format!("Range: bytes=0-9\r\nIf-Range: {tag}")).status, 206);
    assert_eq!(ask("Range: bytes=0-9\r\nIf-Range: \"other\"").status, 200);
    client.send("HEAD /file HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(client.head().expect("a head").1.contains("content-length: 200000"));
    assert_eq!(client.get("/missing").status, 404);
}

#[test]
fn text_is_compressed_for_those_who_take_it() {
    let site = Site::new();
    let plain = site.get("/page");
    let mut client = site.connect();
    client.send("GET /page HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br, gzip\r\n\r\n");
    let small = client.reply().expect("a reply");
    assert_eq!((small.header("content-encoding"), small.header("vary")), (Some("gzip"), Some("accept-encoding")));
    assert!(small.body.len() * 10 < plain.body.len(), "{}", small.body.len());
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(&small.body[..]).read_to_end(&mut text).expect("gzip");
    assert!(text == plain.body);
    client.send("GET /hello HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
    assert_eq!(client.reply().expect("a reply").text(), "hello");
}

#[test]
fn stopping_finishes_what_is_in_flight() {
    let mut site = Site::new();
    let mut client = site.connect();
    let mut idle = site.connect();
    assert_eq!(idle.get("/hello").status, 200);
    client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    std::thread::sleep(Duration::from_millis(100));
    let began = Instant::now();
    site.edge.take().expect("an edge").stop();
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    assert_eq!(client.reply().expect("the answer").text(), "slow");
    assert!(idle.is_cut());
    assert!(TcpStream::connect(site.address).is_err(), "still listening");
    site.server.stop();
}

#[test]
fn a_taken_port_is_said_in_one_sentence() {
    let site = Site::new();
    let mut config = Config::new(site.server.socket(), site.folder.path().join("spool"));
    config.listen = vec![site.address];
    let cause = edge::start(config, Arc::new(Live::default())).err().expect("an error");
    assert_eq!(cause.kind(), std::io::ErrorKind::AddrInUse);
    assert_eq!(cause.to_string(), format!("Cannot listen on {}: another program listens there already.", site.address));
}

/// Waits for a condition, and fails when it does not come.
#[track_caller]
fn within(time: Duration, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + time;
    while !holds() {
        assert!(Instant::now() < end, "not within {time:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
