//! A small HTTP/1.1 client that costs little, and what it measures.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::figures::Figure;

/// One connection that is kept.
pub struct Client {
    stream: BufReader<TcpStream>,
}

/// An answer, whole.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn must_be(&self, status: u16) {
        let body = String::from_utf8_lossy(&self.body);
        assert!(self.status == status, "answered {}, not {status}\n{body}", self.status);
    }
}

impl Client {
    pub fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
        Self { stream: BufReader::with_capacity(64 << 10, stream) }
    }

    pub fn send(&mut self, request: &[u8]) {
        self.stream.get_mut().write_all(request).expect("a sent request");
    }

    pub fn receive(&mut self) -> Answer {
        let mut line = String::new();
        self.stream.read_line(&mut line).expect("a status line");
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line).expect("a header");
            if line == "\r\n" {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("the body");
        Answer { status, body }
    }

    /// Sends and waits.
    pub fn ask(&mut self, request: &[u8]) -> Answer {
        self.send(request);
        self.receive()
    }
}

/// A GET of a signed-in person.
pub fn get(path: &str, more: &str) -> Vec<u8> {
    let cookie = crate::data::TOKEN;
    format!(
        "GET {path} HTTP/1.1\r\nhost: bench\r\ncookie: balcao={cookie}\r\nsec-fetch-site: same-origin\r\n{more}\r\n"
    )
    .into_bytes()
}

/// A visitor's message, each time another one: what is sent again would not be stored again.
pub fn message(visitor: usize, body: &str) -> Vec<u8> {
    static SENT: AtomicUsize = AtomicUsize::new(0);
    let token = crate::data::visitor_token(visitor);
    let json = format!("{{\"key\":\"m{}\",\"body\":\"{body}\"}}", SENT.fetch_add(1, Ordering::Relaxed));
    format!(
        "POST /chat/site/messages HTTP/1.1\r\nhost: bench\r\norigin: http://bench\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{json}",
        json.len()
    )
    .into_bytes()
}

/// Times in milliseconds.
#[derive(Default)]
pub struct Times {
    values: Vec<f64>,
    /// Over how long a crowd gave rise to them.
    length: Duration,
    /// Of the pages that one client got.
    bytes: usize,
}

impl Times {
    pub fn add(&mut self, time: Duration) {
        self.values.push(time.as_secs_f64() * 1e3);
    }

    pub fn join(&mut self, other: Self) {
        self.values.extend(other.values);
        self.length += other.length;
        self.bytes += other.bytes;
    }

    /// A second.
    pub fn rate(&self) -> f64 {
        self.values.len() as f64 / self.length.as_secs_f64()
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// The part-th percentile; there must be a thousand samples behind it unless the run is quick.
    pub fn at(&mut self, percent: f64) -> f64 {
        assert!(!self.values.is_empty(), "nothing was measured");
        self.values.sort_by(f64::total_cmp);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let index = ((self.values.len() - 1) as f64 * percent / 100.0).round() as usize;
        self.values[index]
    }

    /// `p50 0.31 · p99 0.80 ms`.
    pub fn shown(&mut self) -> String {
        format!("p50 {:.2} · p99 {:.2} ms", self.at(50.0), self.at(99.0))
    }

    /// The numbers of a crowd.
    pub fn crowd_figures(&mut self) -> Vec<Figure> {
        let rate = Figure::more("rate", self.rate(), "/s");
        [vec![rate], self.figures()].concat()
    }

    pub fn figures(&mut self) -> Vec<Figure> {
        let figure = |name, value| Figure::less(name, value, "ms").floor(0.05);
        let mut figures = vec![figure("p50", self.at(50.0)), figure("p99", self.at(99.0))];
        if self.bytes > 0 {
            // Builds whose pages are not of one size do not do the same.
            let kib = self.bytes as f64 / self.len() as f64 / 1024.0;
            figures.push(Figure::less("page", kib, "KiB"));
        }
        figures
    }
}

/// One client asks again and again; every answer is checked.
pub fn repeat(
    address: SocketAddr,
    samples: usize,
    request: impl Fn(usize) -> Vec<u8>,
    check: impl Fn(&Answer),
) -> Times {
    let mut client = Client::to(address);
    for number in 0..samples / 10 + 5 {
        check(&client.ask(&request(number)));
    }
    let mut times = Times::default();
    for number in 0..samples {
        let request = request(number);
        let began = Instant::now();
        let answer = client.ask(&request);
        times.add(began.elapsed());
        times.bytes += answer.body.len();
        check(&answer);
    }
    times
}

/// So many clients at once for so long; a few threads hold several connections each, so that the load costs little
/// itself.
pub fn crowd(
    address: SocketAddr,
    clients: usize,
    length: Duration,
    request: impl Fn(usize, usize) -> Vec<u8> + Sync,
    check: impl Fn(&Answer) + Sync,
) -> Times {
    let threads = clients.min(4);
    let each = clients / threads;
    let began = Instant::now();
    let mut all = Times::default();
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|thread| {
                let (request, check) = (&request, &check);
                scope.spawn(move || {
                    let mut connections: Vec<Client> = (0..each).map(|_| Client::to(address)).collect();
                    let mut times = Times::default();
                    for turn in 0.. {
                        if began.elapsed() >= length {
                            break;
                        }
                        let mut sent = Vec::with_capacity(each);
                        for (number, connection) in connections.iter_mut().enumerate() {
                            let bytes = request(thread * each + number, turn);
                            sent.push(Instant::now());
                            connection.send(&bytes);
                        }
                        for (connection, sent) in connections.iter_mut().zip(sent) {
                            let answer = connection.receive();
                            times.add(sent.elapsed());
                            check(&answer);
                        }
                    }
                    times
                })
            })
            .collect();
        for thread in running {
            // What a client finds wrong is told in its own words.
            all.join(thread.join().unwrap_or_else(|words| std::panic::resume_unwind(words)));
        }
    });
    all.length = began.elapsed();
    all
}
