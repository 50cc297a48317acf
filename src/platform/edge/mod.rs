//! The edge: what faces the network. The only folder with async; it knows the application as a Unix socket.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use crate::platform::web::live::Live;

pub mod config;
mod exchange;
mod file_body;
pub mod files;
mod gate;
pub mod limits;
mod listen;
mod outgoing;
mod socket;
mod spool;
mod streams;
mod tls;
mod upstream;
mod wire;

use config::Config;
use exchange::Exchanges;
use gate::Gate;
use limits::Budget;
use listen::{Door, Manner};
use spool::Bodies;
use streams::Hub;
use upstream::Upstream;

/// Descriptors kept back for the database and the inner sockets, where there are enough.
const RESERVED: usize = 256;
/// The descriptor limit is raised up to this where the system lets us.
const DESCRIPTORS: usize = 16_384;

/// For answers that are on their way out when the edge stops.
const GOODBYE: Duration = Duration::from_millis(30);

/// The running edge; `stop` ends it.
pub struct Edge {
    addresses: Vec<SocketAddr>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

/// Starts the edge in a thread of its own. An error is one sentence about what cannot be had.
pub fn start(config: Config, live: Arc<Live>) -> io::Result<Edge> {
    Bodies::clear(&config.spool)?;
    let (stop, stopping) = watch::channel(false);
    let (ready, started) = mpsc::channel();
    let thread = std::thread::Builder::new().name("edge".to_owned()).spawn(move || {
        // Four threads are enough for files; everything else happens in this one.
        let runtime = Builder::new_current_thread().enable_all().max_blocking_threads(4).build();
        match runtime {
            Ok(runtime) => run(&runtime, config, live, stopping, &ready),
            Err(cause) => drop(ready.send(Err(cause))),
        }
    })?;
    let addresses = started.recv().map_err(io::Error::other)??;
    Ok(Edge { addresses, stop, thread: Some(thread) })
}

impl Edge {
    /// Where it listens, with real ports, in the order of `listen` and then `redirect`.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Stops accepting, finishes what is in flight, ends.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the edge had panicked");
        }
    }
}

impl Drop for Edge {
    fn drop(&mut self) {
        self.end();
    }
}

type StartSignal = mpsc::Sender<io::Result<Vec<SocketAddr>>>;

fn run(runtime: &Runtime, config: Config, live: Arc<Live>, stopping: watch::Receiver<bool>, ready: &StartSignal) {
    runtime.block_on(async {
        let opened = open(&config, live, stopping);
        let (door, hub, addresses) = match opened {
            Ok(opened) => opened,
            Err(cause) => return drop(ready.send(Err(cause))),
        };
        if ready.send(Ok(addresses)).is_err() {
            return;
        }
        let mut stopping = door.stopping.clone();
        let watchdog = watch_over(&door);
        tokio::pin!(watchdog);
        tokio::select! {
            () = &mut watchdog => {}
            _ = stopping.wait_for(|stop| *stop) => {}
        }
        hub.close();
        let emptied = async {
            // The connections know; what has no request in flight after a moment would wait for one.
            tokio::time::sleep(GOODBYE).await;
            while door.gate.count() > 0 {
                door.gate.cut_idle();
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        if tokio::time::timeout(door.limits.stop_time, emptied).await.is_err() {
            tracing::warn!(connections = door.gate.count(), "cut at the end");
        }
    });
}

type OpenEdge = (Arc<Door>, Arc<Hub>, Vec<SocketAddr>);

fn open(config: &Config, live: Arc<Live>, stopping: watch::Receiver<bool>) -> io::Result<OpenEdge> {
    let limits = config.limits.clone();
    let tls = tls::Acceptor::new(&config.tls)?;
    let manner = if tls.is_some() { Manner::Tls } else { Manner::Plain };
    let mut listeners = Vec::new();
    for (address, manner) in config
        .listen
        .iter()
        .map(|address| (address, manner))
        .chain(config.redirect.iter().map(|address| (address, Manner::Redirect)))
    {
        listeners.push((listen::bind(*address)?, manner));
    }
    let addresses = listeners.iter().map(|(listener, _)| listener.local_addr()).collect::<io::Result<Vec<_>>>()?;
    let (connections, files) = share(descriptors());
    let (memory, files) = (Budget::new(limits.held), Budget::new(files));
    let hub = Hub::new(live, &limits);
    let exchanges = Exchanges {
        upstream: Upstream::new(config.upstream.clone(), &limits),
        bodies: Bodies::new(config, &limits, memory.clone(), files.clone()),
        hub: hub.clone(),
        memory,
        files,
    };
    let connections = limits.connections.unwrap_or(connections);
    let (exchanges, gate) = (Arc::new(exchanges), Arc::new(Gate::default()));
    let door = Arc::new(Door { exchanges, gate, limits, connections, tls, stopping });
    for (listener, manner) in listeners {
        tokio::spawn(listen::accept(listener, manner, door.clone()));
    }
    let (events, runner) = (hub.attach(), hub.clone());
    tokio::spawn(async move { runner.run(events).await });
    Ok((door, hub, addresses))
}

/// Cuts who breaks a limit of time, and looks for new certificates.
async fn watch_over(door: &Door) {
    let mut tick = tokio::time::interval(door.limits.tick());
    let mut seen = tokio::time::Instant::now();
    loop {
        tick.tick().await;
        door.gate.watch(&door.limits);
        if let Some(tls) = &door.tls
            && seen.elapsed() > Duration::from_secs(30).min(door.limits.idle_time)
        {
            seen = tokio::time::Instant::now();
            tls.refresh();
        }
    }
}

/// How many descriptors there are, after raising the limit as far as the system lets us.
fn descriptors() -> usize {
    let old = getrlimit(Resource::Nofile);
    let most = u64::try_from(DESCRIPTORS).unwrap_or(u64::MAX);
    let wanted = old.maximum.unwrap_or(most).min(most);
    if old.current.is_some_and(|current| current < wanted)
        && let Err(cause) = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: old.maximum })
    {
        tracing::debug!(%cause, "the descriptor limit stays");
    }
    let now = getrlimit(Resource::Nofile).current.unwrap_or(most).min(most);
    usize::try_from(now).unwrap_or(DESCRIPTORS)
}

/// Shares descriptors between connections and the files that they send or spool. tiny_http ends for good when it
/// finds none left, so that the sum stays well below what there is.
fn share(descriptors: usize) -> (usize, usize) {
    let reserved = RESERVED.min(descriptors / 2);
    let files = (descriptors - reserved) / 8;
    (descriptors - reserved - files, files)
}
