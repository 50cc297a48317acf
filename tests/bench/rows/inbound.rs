//! Row f: a contact's message over HTTP, on disk before its answer; then up to the agents' screens.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::bench::{Bench, Subject, label};
use crate::build::{self, Build};
use crate::client::{Answer, Client, Times, crowd, message};
use crate::data::{self, Size};
use crate::figures::{Figure, Measured, Reading, derived};
use crate::live::Agents;
use crate::service::Service;
use crate::{SIZES, twin};

/// Who listens while messages come in.
const AGENTS: usize = 200;

/// A service that takes messages, and how many it should hold.
struct Inbox {
    service: Service,
    folder: PathBuf,
    expected: usize,
}

impl Inbox {
    fn open(build: &Build, size: Size) -> Self {
        let folder = build.copy(size, "inbound");
        Self { service: Service::start(build, &folder), folder, expected: 0 }
    }

    fn stored(&self) -> usize {
        let conn = build::open(&self.folder);
        let sql = twin::spelled(&conn, "SELECT count(*) FROM message WHERE external_id IS NOT NULL");
        conn.query_row(&sql.expect("its tables"), [], |row| row.get::<_, i64>(0))
            .map(|n| n as usize)
            .expect("a count of what is stored")
    }
}

fn fine(answer: &Answer) {
    answer.must_be(200);
    assert!(answer.body.starts_with(b"{"));
}

/// Durable messages a second with 1, 16 and 64 at once; then accepted → frame with 200 agents.
pub fn messages(bench: &mut Bench) {
    let length = Duration::from_secs(if bench.wish.quick { 3 } else { 10 });
    let mut base: Option<Measured> = None;
    for size in SIZES {
        let mut inboxes = Subject::new(|build| Inbox::open(build, size));
        for clients in [1, 16, 64] {
            if size != Size::Xl && clients != 16 {
                continue;
            }
            let aim = match clients {
                16 => "≥ 6 k/s",
                64 => "≥ 10 k/s",
                _ => "–",
            };
            let what = label("f", format!("inbound, {clients} at once, {}", size.name()), aim);
            let send = |inbox: &mut Inbox, shares| many(inbox, clients, length / shares as u32);
            let measured = bench.shares(&mut inboxes, send, |mut times| {
                let rate = times.rate();
                let met = match clients {
                    16 => Some(rate >= 6_000.0),
                    64 => Some(rate >= 10_000.0),
                    _ => None,
                };
                let shown = format!("{rate:.0}/s, {}", times.shown());
                Reading { shown, met: met.filter(|_| size == Size::Xl), figures: times.crowd_figures() }
            });
            bench.add(what, &measured);
            if clients != 16 {
                continue;
            }
            let Some(base) = &base else {
                base = Some(measured);
                continue;
            };
            let (aim, most) = if size == Size::L { ("≤ 1.15", 1.15) } else { ("≤ 1.3", 1.3) };
            let growth = derived(&[base, &measured], |of| {
                let ratio = of[0].of("rate") / of[1].of("rate");
                let figures = vec![Figure::less("growth", ratio, "")];
                Reading { shown: format!("× {ratio:.2}"), met: Some(ratio <= most), figures }
            });
            bench.add(label("j", format!("inbound: {} over S", size.name()), aim), &growth);
        }
    }
    let seconds = if bench.wish.quick { 6 } else { 30 };
    let mut watched = Subject::new(|build| {
        let service = Inbox::open(build, Size::Xl).service;
        (Agents::connect(service.address, AGENTS), service)
    });
    for rate in [50, 200] {
        let aim = if rate == 50 { "≤ 5 / ≤ 15 ms" } else { "–" };
        let send = |(agents, service): &mut (Agents, Service), shares| {
            streams(service, agents, rate, (rate * seconds).div_ceil(shares))
        };
        let measured = bench.shares(&mut watched, send, |mut times| {
            let met = (rate == 50).then(|| times.at(50.0) <= 5.0 && times.at(99.0) <= 15.0);
            let shown = format!("{}, {} deliveries, none lost or doubled", times.shown(), times.len());
            Reading { shown, met, figures: times.figures() }
        });
        bench.add(label("f", format!("accepted → frame, 200 agents, {rate}/s, XL"), aim), &measured);
    }
}

/// So many visitors at once for so long.
fn many(inbox: &mut Inbox, clients: usize, length: Duration) -> Times {
    // Each message is of another visitor, so that nobody is asked to slow down.
    let before = inbox.expected;
    let write = |client: usize, turn: usize| {
        let visitor = (before + turn * clients + client) * 7 % data::VISITORS;
        message(visitor, "Bom dia, o pedido ainda não chegou, vocês podem ver?")
    };
    let times = crowd(inbox.service.address, clients, length, write, fine);
    inbox.expected += times.len();
    let (stored, expected) = (inbox.stored(), inbox.expected);
    assert!(stored == expected, "{stored} of {expected} answered messages are stored");
    times
}

/// Messages at a steady rate while 200 agents listen.
fn streams(service: &Service, agents: &Agents, rate: usize, count: usize) -> Times {
    let mut client = Client::to(service.address);
    let mut accepted: HashMap<i64, Instant> = HashMap::new();
    let began = Instant::now();
    for number in 0..count {
        let due = began + Duration::from_micros((number * 1_000_000 / rate) as u64);
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        // Visitors whose conversation lies in the agent's departments: all four.
        let answer = client.ask(&message(number * 13, "E agora, chegou?"));
        fine(&answer);
        let text = String::from_utf8_lossy(&answer.body);
        let id = text
            .split("\"id\":")
            .nth(1)
            .and_then(|rest| rest.split([',', '}']).next())
            .and_then(|id| id.parse().ok())
            .expect("an id");
        accepted.insert(id, Instant::now());
    }
    let deadline = Instant::now() + Duration::from_secs(10);
    while agents.count() < count * AGENTS && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(20));
    }
    let seen = agents.take();
    let mut times = Times::default();
    for (id, accepted) in &accepted {
        for at in seen.get(id).into_iter().flatten() {
            times.add(at.saturating_duration_since(*accepted));
        }
    }
    // Every agent gets every message once.
    assert!(times.len() == count * AGENTS, "{} of {} deliveries came", times.len(), count * AGENTS);
    times
}
