//! Rows d, e and g: the screens, read by a signed-in agent; with the growth over the sizes (row j).

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use crate::client::{Answer, Client, crowd, get, message, repeat};
use crate::data::{self, LONG, Size};
use crate::service::Service;
use crate::{Result, SIZES, Wish};

fn samples(wish: &Wish) -> usize {
    if wish.quick { 300 } else { 2_000 }
}

fn holds(answer: &Answer, what: &str, least: usize) {
    assert_eq!(answer.status, 200);
    let text = String::from_utf8_lossy(&answer.body);
    assert!(text.matches(what).count() >= least, "{what} is there {} times", text.matches(what).count());
}

/// Row j: how much slower than at S.
fn growth(results: &mut Vec<Result>, what: &str, figures: &[(Size, f64)], most: [f64; 2]) {
    let base = figures[0].1;
    for ((size, figure), most) in figures.iter().skip(1).zip(most) {
        let ratio = figure / base;
        let aim = if most > 1.4 {
            "≤ 1.5"
        } else if most > 1.2 {
            "≤ 1.3"
        } else {
            "≤ 1.15"
        };
        results.push(Result::new(
            "j",
            format!("{what}: {} over S", size.name()),
            format!("× {ratio:.2}"),
            aim,
            Some(ratio <= most),
        ));
    }
}

/// d: 50 cards with counters, tags and unread.
pub fn queue(wish: &Wish) -> Vec<Result> {
    let mut results = Vec::new();
    let mut figures = Vec::new();
    for size in SIZES {
        let service = Service::start(&data::of(size));
        let request = |_: usize| get("/conversations?scope=1", "");
        let check = |answer: &Answer| holds(answer, "class=\"item\"", 40);
        let mut times = repeat(service.address, samples(wish), request, check);
        let met = times.at(50.0) <= 0.4 && times.at(99.0) <= 2.0;
        figures.push((size, times.at(50.0)));
        results.push(Result::new(
            "d",
            format!("queue screen, {}, one client", size.name()),
            times.shown(),
            "≤ 0.4 / ≤ 2 ms",
            (size == Size::Xl).then_some(met),
        ));
        if size == Size::Xl {
            let length = Duration::from_secs(if wish.quick { 3 } else { 10 });
            let (rate, mut times) = crowd(service.address, 64, length, |_, _| get("/conversations?scope=1", ""), check);
            let shown = format!("{rate:.0} pages/s, {}", times.shown());
            results.push(Result::new("d", "queue screen, XL, 64 clients", shown, "≥ 6 k/s", Some(rate >= 6_000.0)));
        }
        service.stop();
    }
    growth(&mut results, "queue screen p50", &figures, [1.15, 1.3]);
    results
}

/// e: the newest 50 of 500 messages, and all of them.
pub fn conversation(wish: &Wish) -> Vec<Result> {
    let mut results = Vec::new();
    let mut figures = Vec::new();
    for size in SIZES {
        let service = Service::start(&data::of(size));
        let address = format!("/conversations/{LONG}?scope=1");
        let mut times =
            repeat(service.address, samples(wish), |_| get(&address, ""), |answer| holds(answer, "<article", 50));
        let met = times.at(50.0) <= 0.6;
        figures.push((size, times.at(50.0)));
        results.push(Result::new(
            "e",
            format!("conversation, 50 of 500, {}", size.name()),
            times.shown(),
            "p50 ≤ 0.6 ms",
            (size == Size::Xl).then_some(met),
        ));
        if size == Size::Xl {
            let all = format!("{address}&all=1");
            let mut times =
                repeat(service.address, samples(wish) / 2, |_| get(&all, ""), |answer| holds(answer, "<article", 500));
            results.push(Result::new(
                "e",
                "conversation, all 500, XL",
                times.shown(),
                "p50 ≤ 1.5 ms",
                Some(times.at(50.0) <= 1.5),
            ));
            let packed = Client::to(service.address).ask(&get(&address, "accept-encoding: gzip\r\n")).body.len();
            results.push(Result::new(
                "e",
                "conversation, 50 of 500, compressed",
                format!("{:.1} KiB", packed as f64 / 1024.0),
                "≤ 30 KiB",
                Some(packed <= 30 << 10),
            ));
        }
        service.stop();
    }
    growth(&mut results, "conversation p50", &figures, [1.15, 1.3]);
    results
}

/// g: the search page, at rest and while messages are written.
pub fn search(wish: &Wish) -> Vec<Result> {
    let queries = [
        ("rare", "zirconita"),
        ("middle", "aplicativo"),
        ("two words", "boleto+c%C3%B3digo"),
        ("prefix of 2", "co"),
        ("prefix of 3", "obr"),
        ("absent", "inexistente"),
        ("commonest", "nao"),
    ];
    let mut results = Vec::new();
    let mut worst = Vec::new();
    for size in SIZES {
        let service = Service::start(&data::of(size));
        let mut largest = 0.0_f64;
        for (name, query) in queries {
            let address = format!("/search?q={query}");
            let least = usize::from(name != "absent" && name != "rare");
            let mut times = repeat(
                service.address,
                samples(wish) / 2,
                |_| get(&address, ""),
                |answer| holds(answer, "<mark>", least),
            );
            largest = largest.max(times.at(99.0));
            if size == Size::Xl {
                let met = times.at(50.0) <= 0.5 && times.at(99.0) <= 4.0;
                results.push(Result::new(
                    "g",
                    format!("search, {name}, XL"),
                    times.shown(),
                    "≤ 0.5 / ≤ 4 ms",
                    Some(met),
                ));
            }
        }
        worst.push((size, largest));
        service.stop();
    }
    growth(&mut results, "search, worst p99", &worst, [1.5, 1.5]);
    let copy = data::copy_of(Size::Xl, "written");
    let service = Service::start(&copy);
    let (stopping, written) = (AtomicBool::new(false), AtomicUsize::new(0));
    let mut times = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut client = Client::to(service.address);
            let began = std::time::Instant::now();
            for number in 0.. {
                if stopping.load(Ordering::SeqCst) {
                    return;
                }
                let due = began + Duration::from_millis(number as u64);
                std::thread::sleep(due.saturating_duration_since(std::time::Instant::now()));
                assert_eq!(client.ask(&message(number, &format!("g{number}"), "pedido novo com boleto")).status, 200);
                written.fetch_add(1, Ordering::SeqCst);
            }
        });
        let began = std::time::Instant::now();
        let times = repeat(
            service.address,
            samples(wish),
            |_| get("/search?q=boleto+codigo", ""),
            |answer| holds(answer, "<mark>", 1),
        );
        stopping.store(true, Ordering::SeqCst);
        eprintln!(
            "{:.0} written a second meanwhile",
            written.load(Ordering::SeqCst) as f64 / began.elapsed().as_secs_f64()
        );
        times
    });
    let met = times.at(50.0) <= 0.5 && times.at(99.0) <= 4.0;
    results.push(Result::new(
        "g",
        "search, two words, XL, while up to 1,000/s are written",
        times.shown(),
        "≤ 0.5 / ≤ 4 ms",
        Some(met),
    ));
    service.stop();
    results
}
