//! Rows d, e and g: the screens, read by a signed-in agent; with the growth over the sizes (row j).

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::bench::{Bench, Subject, label};
use crate::client::{Answer, Client, Times, crowd, get, message, repeat};
use crate::data::{LONG, Size};
use crate::figures::{Figure, Measured, Reading, derived};
use crate::service::Service;
use crate::{SIZES, Wish};

fn samples(wish: &Wish) -> usize {
    if wish.quick { 300 } else { 2_000 }
}

fn holds(answer: &Answer, what: &str, least: usize) {
    answer.must_be(200);
    let text = String::from_utf8_lossy(&answer.body);
    let count = text.matches(what).count();
    assert!(count >= least, "{what} is there {count} times");
}

fn reading(mut times: Times, met: impl Fn(&mut Times) -> Option<bool>) -> Reading {
    Reading { shown: times.shown(), met: met(&mut times), figures: times.figures() }
}

/// Row j: how much slower than at S.
fn growth(bench: &mut Bench, what: &str, name: &str, measured: &[(Size, Measured)], most: [f64; 2]) {
    let base = &measured[0].1;
    for ((size, larger), most) in measured.iter().skip(1).zip(most) {
        let aim = if most > 1.4 {
            "≤ 1.5"
        } else if most > 1.2 {
            "≤ 1.3"
        } else {
            "≤ 1.15"
        };
        let growth = derived(&[base, larger], |of| {
            let ratio = of[1].of(name) / of[0].of(name);
            let figures = vec![Figure::less("growth", ratio, "")];
            Reading { shown: format!("× {ratio:.2}"), met: Some(ratio <= most), figures }
        });
        bench.add(label("j", format!("{what}: {} over S", size.name()), aim), &growth);
    }
}

/// d: 50 cards with counters, tags and unread.
pub fn queue(bench: &mut Bench) {
    let samples = samples(&bench.wish);
    let length = Duration::from_secs(if bench.wish.quick { 3 } else { 10 });
    let request = |_: usize| get("/conversations?scope=1", "");
    let check = |answer: &Answer| holds(answer, "class=\"item\"", 40);
    let mut all = Vec::new();
    for size in SIZES {
        let mut services = Subject::new(|build| Service::start(build, &build.data(size)));
        let what = label("d", format!("queue screen, {}, one client", size.name()), "≤ 0.4 / ≤ 2 ms");
        let ask = |service: &mut Service, shares| repeat(service.address, samples / shares, request, check);
        let measured = bench.shares(&mut services, ask, |times| {
            reading(times, |times| (size == Size::Xl).then(|| times.at(50.0) <= 0.4 && times.at(99.0) <= 2.0))
        });
        bench.add(what, &measured);
        all.push((size, measured));
        if size == Size::Xl {
            let ask = |service: &mut Service, shares| {
                crowd(service.address, 64, length / shares as u32, |_, turn| request(turn), check)
            };
            let measured = bench.shares(&mut services, ask, |mut times| {
                let rate = times.rate();
                let shown = format!("{rate:.0} pages/s, {}", times.shown());
                Reading { shown, met: Some(rate >= 6_000.0), figures: times.crowd_figures() }
            });
            bench.add(label("d", "queue screen, XL, 64 clients", "≥ 6 k/s"), &measured);
        }
    }
    growth(bench, "queue screen p50", "p50", &all, [1.15, 1.3]);
}

/// e: the newest 50 of 500 messages, and all of them.
pub fn conversation(bench: &mut Bench) {
    let samples = samples(&bench.wish);
    let address = format!("/conversations/{LONG}?scope=1");
    let whole = format!("{address}&all=1");
    let mut all = Vec::new();
    for size in SIZES {
        let mut services = Subject::new(|build| Service::start(build, &build.data(size)));
        let what = label("e", format!("conversation, 50 of 500, {}", size.name()), "p50 ≤ 0.6 ms");
        let check = |answer: &Answer| holds(answer, "<article", 50);
        let ask =
            |service: &mut Service, shares| repeat(service.address, samples / shares, |_| get(&address, ""), check);
        let measured = bench.shares(&mut services, ask, |times| {
            reading(times, |times| (size == Size::Xl).then(|| times.at(50.0) <= 0.6))
        });
        bench.add(what, &measured);
        all.push((size, measured));
        if size == Size::Xl {
            let check = |answer: &Answer| holds(answer, "<article", 500);
            let ask = |service: &mut Service, shares| {
                repeat(service.address, samples / 2 / shares, |_| get(&whole, ""), check)
            };
            let measured =
                bench.shares(&mut services, ask, |times| reading(times, |times| Some(times.at(50.0) <= 1.5)));
            bench.add(label("e", "conversation, all 500, XL", "p50 ≤ 1.5 ms"), &measured);
            bench.line(label("e", "conversation, 50 of 500, compressed", "≤ 30 KiB"), &mut services, |service| {
                let packed = Client::to(service.address).ask(&get(&address, "accept-encoding: gzip\r\n"));
                packed.must_be(200);
                let kib = packed.body.len() as f64 / 1024.0;
                let figures = vec![Figure::less("size", kib, "KiB")];
                Reading { shown: format!("{kib:.1} KiB"), met: Some(kib <= 30.0), figures }
            });
        }
    }
    growth(bench, "conversation p50", "p50", &all, [1.15, 1.3]);
}

/// g: the search page, at rest and while messages are written.
pub fn search(bench: &mut Bench) {
    let queries = [
        ("rare", "zirconita"),
        ("middle", "aplicativo"),
        ("two words", "boleto+c%C3%B3digo"),
        ("prefix of 2", "co"),
        ("prefix of 3", "obr"),
        ("absent", "inexistente"),
        ("commonest", "nao"),
    ];
    let samples = samples(&bench.wish);
    let quick = |times: &mut Times| Some(times.at(50.0) <= 0.5 && times.at(99.0) <= 4.0);
    let mut all = Vec::new();
    for size in SIZES {
        let mut services = Subject::new(|build| Service::start(build, &build.data(size)));
        let mut each = Vec::new();
        for (name, query) in queries {
            let address = format!("/search?q={query}");
            let least = usize::from(name != "absent" && name != "rare");
            let check = |answer: &Answer| holds(answer, "<mark>", least);
            let ask = |service: &mut Service, shares| {
                repeat(service.address, samples / 2 / shares, |_| get(&address, ""), check)
            };
            let measured = bench.shares(&mut services, ask, |times| reading(times, quick));
            if size == Size::Xl {
                bench.add(label("g", format!("search, {name}, XL"), "≤ 0.5 / ≤ 4 ms"), &measured);
            }
            each.push(measured);
        }
        let worst = derived(&each.iter().collect::<Vec<_>>(), |of| {
            let worst = of.iter().map(|reading| reading.of("p99")).fold(0.0, f64::max);
            Reading { shown: String::new(), met: None, figures: vec![Figure::less("p99", worst, "ms")] }
        });
        all.push((size, worst));
    }
    growth(bench, "search, worst p99", "p99", &all, [1.5, 1.5]);
    let mut services = Subject::new(|build| Service::start(build, &build.copy(Size::Xl, "written")));
    let what = "search, two words, XL, while up to 1,000/s are written";
    bench.line(label("g", what, "≤ 0.5 / ≤ 4 ms"), &mut services, |service| {
        reading(search_while_written(service, samples), quick)
    });
}

/// Ends the writing also where the search finds a fault.
struct Until<'a>(&'a AtomicBool);

impl Drop for Until<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

fn search_while_written(service: &Service, samples: usize) -> Times {
    let (stopping, written) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut client = Client::to(service.address);
            let began = Instant::now();
            for number in 0.. {
                if stopping.load(Ordering::SeqCst) {
                    return;
                }
                let due = began + Duration::from_millis(number as u64);
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
                client.ask(&message(number, "pedido novo com boleto")).must_be(200);
                written.fetch_add(1, Ordering::SeqCst);
            }
        });
        let _until = Until(&stopping);
        let began = Instant::now();
        let request = |_: usize| get("/search?q=boleto+codigo", "");
        let times = repeat(service.address, samples, request, |answer| holds(answer, "<mark>", 1));
        let rate = written.load(Ordering::SeqCst) as f64 / began.elapsed().as_secs_f64();
        eprintln!("{rate:.0} written a second meanwhile");
        times
    })
}
