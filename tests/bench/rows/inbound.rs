//! Row f: a contact's message over HTTP, on disk before its answer; then up to the agents' screens.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use balcao::platform::db;
use rusqlite::Connection;

use crate::client::{Answer, Client, Times, crowd, message};
use crate::data::{self, Size};
use crate::live::Agents;
use crate::service::Service;
use crate::{Result, SIZES, Wish};

fn stored(folder: &std::path::Path) -> usize {
    let conn = Connection::open(folder.join(db::FILE)).expect("the file");
    conn.query_row("SELECT count(*) FROM message WHERE external_id IS NOT NULL", [], |row| row.get::<_, i64>(0))
        .map(|n| n as usize)
        .expect("a count")
}

fn fine(answer: &Answer) {
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    assert!(answer.body.starts_with(b"{"));
}

/// Durable messages a second with 1, 16 and 64 at once; then accepted → frame with 200 agents.
pub fn messages(wish: &Wish) -> Vec<Result> {
    let mut results = Vec::new();
    let mut base = 0.0;
    for size in SIZES {
        let folder = data::copy_of(size, "inbound");
        let service = Service::start(&folder);
        let mut expected = 0;
        for (round, clients) in [1, 16, 64].into_iter().enumerate() {
            if size != Size::Xl && clients != 16 {
                continue;
            }
            let length = Duration::from_secs(if wish.quick { 3 } else { 10 });
            // Each message is of another visitor, so that nobody is asked to slow down.
            let write = |client: usize, turn: usize| {
                let visitor = (turn * clients + client) * 7 % data::VISITORS;
                message(
                    visitor,
                    &format!("r{round}c{client}t{turn}"),
                    "Bom dia, o pedido ainda não chegou, vocês podem ver?",
                )
            };
            let (rate, mut times) = crowd(service.address, clients, length, write, fine);
            expected += times.len();
            let (aim, met) = match clients {
                16 => ("≥ 6 k/s", Some(rate >= 6_000.0)),
                64 => ("≥ 10 k/s", Some(rate >= 10_000.0)),
                _ => ("–", None),
            };
            let met = if size == Size::Xl { met } else { None };
            let what = format!("inbound, {clients} at once, {}", size.name());
            results.push(Result::new("f", what, format!("{rate:.0}/s, {}", times.shown()), aim, met));
            if clients == 16 {
                match size {
                    Size::S => base = rate,
                    _ => {
                        let ratio = base / rate;
                        let (aim, most) = if size == Size::L { ("≤ 1.15", 1.15) } else { ("≤ 1.3", 1.3) };
                        results.push(Result::new(
                            "j",
                            format!("inbound: {} over S", size.name()),
                            format!("× {ratio:.2}"),
                            aim,
                            Some(ratio <= most),
                        ));
                    }
                }
            }
        }
        service.stop();
        assert_eq!(stored(&folder), expected, "every answered message is stored once");
    }
    let folder = data::copy_of(Size::Xl, "inbound");
    let service = Service::start(&folder);
    for rate in [50, 200] {
        results.push(streams(wish, &service, rate));
    }
    results
}

/// Messages at a steady rate while 200 agents listen.
fn streams(wish: &Wish, service: &Service, rate: usize) -> Result {
    const AGENTS: usize = 200;
    let count = rate * if wish.quick { 6 } else { 30 };
    let agents = Agents::connect(service.address, AGENTS);
    let mut client = Client::to(service.address);
    let mut accepted: HashMap<i64, Instant> = HashMap::new();
    let began = Instant::now();
    for number in 0..count {
        let due = began + Duration::from_micros((number * 1_000_000 / rate) as u64);
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        // Visitors whose conversation lies in the agent's departments: all four.
        let answer = client.ask(&message(number * 13, &format!("s{rate}n{number}"), "E agora, chegou?"));
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
    let mut delivered = 0;
    for (id, accepted) in &accepted {
        for at in seen.get(id).into_iter().flatten() {
            delivered += 1;
            times.add(at.saturating_duration_since(*accepted));
        }
    }
    assert_eq!(delivered, count * AGENTS, "every agent gets every message once");
    let met = (rate == 50).then(|| times.at(50.0) <= 5.0 && times.at(99.0) <= 15.0);
    let shown = format!("{}, {delivered} deliveries, none lost or doubled", times.shown());
    Result::new(
        "f",
        format!("accepted → frame, 200 agents, {rate}/s, XL"),
        shown,
        if rate == 50 { "≤ 5 / ≤ 15 ms" } else { "–" },
        met,
    )
}
