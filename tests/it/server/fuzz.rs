//! Everything that parses what a stranger sends, fed with seeded nonsense.
//!
//! `FUZZ_SECONDS=600 FUZZ_SEED=7 cargo test --test it fuzz` runs longer and elsewhere; a failure prints what was sent.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr};
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::net::UnixListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use balcao::platform::edge::files::{Range, range};
use balcao::platform::web::form::{self, Form};
use balcao::platform::web::http::{Body, Method, Request};
use balcao::platform::web::inner;

use super::Site;

/// A small generator of numbers: the same seed, the same run.
struct Dice(u64);

impl Dice {
    fn seeded() -> Self {
        Self(setting("FUZZ_SEED", 0x0bad_5eed))
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(sides.max(1)).expect("sides")).expect("a side")
    }

    fn pick<'a>(&mut self, from: &[&'a [u8]]) -> &'a [u8] {
        from[self.roll(from.len())]
    }

    /// One of the seeds, changed in a few places.
    fn nonsense(&mut self, seeds: &[&[u8]]) -> Vec<u8> {
        let mut bytes = self.pick(seeds).to_vec();
        for _ in 0..self.roll(6) {
            let at = self.roll(bytes.len() + 1);
            let to = at + self.roll(bytes.len() - at + 1).min(12);
            match self.roll(7) {
                0 if at < bytes.len() => bytes[at] ^= 1 << self.roll(8),
                1 if at < bytes.len() => bytes[at] = u8::try_from(self.roll(256)).expect("a byte"),
                2 => drop(bytes.drain(at..to)),
                3 => {
                    let again = bytes[at..to].repeat(1 + self.roll(40));
                    bytes.splice(at..at, again);
                }
                4 => bytes.truncate(at),
                5 => drop(bytes.splice(at..to, self.pick(seeds).iter().copied())),
                _ => drop(bytes.splice(at..at, self.pick(WORDS).iter().copied())),
            }
            bytes.truncate(64 << 10);
        }
        bytes
    }
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn end() -> Instant {
    Instant::now() + Duration::from_secs(setting("FUZZ_SECONDS", 2))
}

/// What parsers stumble over.
const WORDS: &[&[u8]] = &[
    b"\r\n",
    b"\n",
    b"\r",
    b"\r\n\r\n",
    b"\0",
    b"%",
    b"%00",
    b"%0d%0a",
    b"%zz",
    b"%C3%A1",
    b"\xc3\xa1",
    b"\xff",
    b"+",
    b"&",
    b"=",
    b";",
    b"..",
    b"//",
    b" ",
    b"\t",
    b":",
    b",",
    b"\"",
    b"-",
    b"-1",
    b"18446744073709551616",
    b"Content-Length: 5\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Host: b\r\n",
    b"Expect: 100-continue\r\n",
    b"Connection: upgrade\r\nUpgrade: h2c\r\n",
    b"X-Balcao-Body: /etc/passwd\r\n",
    b"x-balcao-file: /etc/passwd\r\n",
    b"Range: bytes=0-\r\n",
    b"0\r\n\r\n",
    b"HTTP/1.1",
    b"HTTP/1.0",
];

#[test]
fn nonsense_breaks_no_parser() {
    const SEEDS: &[&[u8]] = &[
        b"text=Ol%C3%A1+%2B+1%26x&tag=1&tag=2&empty",
        b"/conversations/7/pause%20x",
        b"bytes=0-99",
        b"bytes=-5",
        b"a=1; b=\"2\"; __Host-session=abcdef",
        b"en-GB,en;q=0.9,pt;q=0.5",
        b"",
    ];
    let (mut dice, end, mut runs) = (Dice::seeded(), end(), 0);
    while Instant::now() < end {
        let bytes = dice.nonsense(SEEDS);
        let length = u64::try_from(dice.roll(5000)).expect("a length");
        let held = catch_unwind(AssertUnwindSafe(|| parse(&bytes, length)));
        assert!(held.is_ok(), "by {}", bytes.escape_ascii());
        runs += 1;
    }
    println!("{runs} parsed");
}

fn parse(bytes: &[u8], length: u64) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let form = Form::parse(bytes);
    assert!(!form.text("text").contains('\0'));
    assert_eq!(Form::parse(format!("x={}", form::encode(&text)).as_bytes()).text("x"), text.replace('\0', ""));
    if let Some(path) = form::decode_path(&text) {
        assert!(!path.chars().any(char::is_control));
    }
    if let Range::Part(part) = range(&text, length) {
        assert!(part.start() <= part.end() && *part.end() < length);
    }
    let path = PathBuf::from(std::ffi::OsString::from_vec(bytes.to_vec()));
    assert_eq!(inner::decode_path(&inner::encode_path(&path)), Some(path));
    let _any = inner::decode_path(&text);
    let _any = balcao::platform::text::Language::from_header(&text);
    let request = Request {
        method: Method::Get,
        path: text.clone(),
        query: form,
        headers: vec![("cookie".to_owned(), text)],
        body: Body::Bytes(Vec::new()),
        peer: IpAddr::V4(Ipv4Addr::LOCALHOST),
        secure: false,
    };
    let _any = (request.cookie("a"), request.cookie("__Host-session"), request.segments());
}

#[test]
fn nonsense_on_the_wire_is_answered_or_cut() {
    const SEEDS: &[&[u8]] = &[
        b"GET /echo?a=b HTTP/1.1\r\nHost: a\r\nCookie: a=b; c=d\r\nAccept-Encoding: gzip\r\n\r\n",
        b"POST /body HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
        b"POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\nT: u\r\n\r\n",
        b"HEAD /page HTTP/1.1\r\nHost: a\r\nRange: bytes=1-5\r\n\r\nGET /file HTTP/1.1\r\nHost: a\r\nRange: bytes=1-5\r\n\r\n",
        b"GET /stream?topic=a&after=x HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n",
        b"OPTIONS /hello HTTP/1.1\r\nHost: [::1]:80\r\nOrigin: http://a\r\n\r\n",
    ];
    let site = Site::with(|config| {
        config.limits.head_time = Duration::from_millis(100);
        config.limits.body_time = Duration::from_millis(100);
    });
    std::fs::write(site.folder.path().join("file.bin"), "0123456789").expect("a file");
    let (mut dice, end, mut runs) = (Dice::seeded(), end(), 0);
    while Instant::now() < end {
        let bytes = dice.nonsense(SEEDS);
        let mut client = site.connect();
        client.send(&bytes);
        let stream = client.reader.get_mut();
        let _gone = stream.shutdown(std::net::Shutdown::Write);
        // A stream would go on; whatever comes within the first read is judged.
        let mut answer = [0; 4096];
        let size = match stream.read(&mut answer) {
            Err(cause) if cause.kind() == std::io::ErrorKind::WouldBlock => {
                panic!("silence for {}", bytes.escape_ascii())
            }
            Err(_) => 0,
            Ok(size) => size,
        };
        let answer = &answer[..size];
        let fine = size == 0 || (answer.starts_with(b"HTTP/1.") && !answer.starts_with(b"HTTP/1.1 50"));
        assert!(fine || answer.starts_with(b"HTTP/1.1 505"), "{} for {}", answer.escape_ascii(), bytes.escape_ascii());
        runs += 1;
        if runs % 200 == 0 {
            site.is_well();
        }
    }
    site.is_well();
    println!("{runs} sent");
}

#[test]
fn nonsense_from_behind_reaches_nobody() {
    const SEEDS: &[&[u8]] = &[
        b"HTTP/1.1 200 -\r\ncontent-type: text/html\r\ncontent-length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 -\r\nx-balcao-topics: a b\r\nx-balcao-after: 7\r\nx-balcao-listener: agent:1\r\ncontent-length: 0\r\n\r\n",
        b"HTTP/1.1 200 -\r\nx-balcao-file: /nowhere\r\ncontent-length: 0\r\n\r\n",
        b"HTTP/1.1 204 -\r\n\r\n",
        b"HTTP/1.1 304 -\r\netag: \"a\"\r\n\r\n",
    ];
    let folder = tempfile::TempDir::new().expect("a folder");
    let socket = folder.path().join("nonsense.sock");
    let listener = UnixListener::bind(&socket).expect("a socket");
    let next = Arc::new(Mutex::new(Vec::new()));
    let says = next.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, says) = (stream.expect("a connection"), says.clone());
            std::thread::spawn(move || {
                let mut question = [0; 4096];
                while let Ok(1..) = stream.read(&mut question) {
                    let ready = question.starts_with(b"GET /-/ready");
                    let answer =
                        if ready { b"HTTP/1.1 204 -\r\n\r\n".to_vec() } else { says.lock().expect("a lock").clone() };
                    if stream.write_all(&answer).is_err() || !ready {
                        return;
                    }
                }
            });
        }
    });
    let site = Site::with(|config| {
        config.upstream = socket;
        config.limits.answer_time = Duration::from_secs(2);
    });
    let (mut dice, end, mut runs) = (Dice::seeded(), end(), 0);
    while Instant::now() < end {
        let bytes = dice.nonsense(SEEDS);
        next.lock().expect("a lock").clone_from(&bytes);
        let mut client = site.connect();
        client.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
        let mut answer = [0; 4096];
        let size = client.reader.get_mut().read(&mut answer).expect("an answer");
        let answer = answer[..size].to_ascii_lowercase();
        assert!(answer.starts_with(b"http/1.1 "), "{} for {}", answer.escape_ascii(), bytes.escape_ascii());
        let head = answer.split(|byte| *byte == b'\n').take_while(|line| *line != b"\r");
        assert!(!head.into_iter().any(|line| line.starts_with(b"x-balcao-")), "for {}", bytes.escape_ascii());
        runs += 1;
    }
    println!("{runs} answered");
}
