//! `balcao serve`: opens the data folder, listens, and ends cleanly.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::Arc;

use rustix::fs::{FlockOperation, flock};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::arguments::Serve;
use crate::administration::setup;
use crate::answering;
use crate::app::App;
use crate::platform::db::backup;
use crate::platform::edge;
use crate::platform::edge::config::{Acme, Config, Tls};
use crate::platform::time::Clock;
use crate::platform::web;
use crate::team::company;

/// Threads that answer requests: most of them wait for the writer's disk, each with a heap of its own.
const WORKERS: usize = 16;

/// Runs until SIGTERM or SIGINT.
pub fn run(options: &Serve) -> Result<(), String> {
    let folder = &options.data.data;
    let _lock = lock(folder)?;
    if let Some(sentence) = backup::cut_off(folder) {
        return Err(sentence);
    }
    let app = App::open(folder, Clock::System)?.with_public_url(options.public_url.clone());
    serve(&app, options, &[])
}

/// Serves an application that is open; `lines` are printed once it listens, `{address}` standing for where.
pub fn serve(app: &Arc<App>, options: &Serve, lines: &[String]) -> Result<(), String> {
    let mut signals = Signals::new([SIGTERM, SIGINT]).map_err(|error| format!("signals can't be heard: {error}"))?;
    let text = |error: crate::platform::error::Error| error.to_string();
    let socket = app.data.join("run/web.sock");
    let handler = Arc::clone(app);
    let server = web::server::serve(&socket, Arc::new(move |request| answering::handle(&handler, request)), WORKERS)
        .map_err(text)?;
    let mut config = Config::new(&socket, app.data.join("spool"));
    config.larger = crate::routes::LARGER;
    config.tls = tls(options, &app.data);
    let secure = !matches!(config.tls, Tls::None);
    config.listen = listen(options, secure);
    config.redirect = redirect(options, secure)?;
    let addresses =
        config.listen.iter().chain(&config.redirect).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let edge = edge::start(config, Arc::clone(&app.live)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => format!("{addresses} is taken by another program; choose another with --listen (and --redirect)"),
        ErrorKind::PermissionDenied => format!("{addresses} may not be listened on; ports below 1024 need a permission (see the systemd unit in the README)"),
        ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::NotFound => error.to_string(),
        _ => format!("can't listen on {addresses}: {error}"),
    })?;
    let loops = crate::timers::start(app).map_err(text)?;
    let address = address(app, options, &edge, secure);
    say(format_args!("Balcão {} · {address}", env!("CARGO_PKG_VERSION")));
    if !secure && edge.addresses().iter().any(|at| !at.ip().is_loopback()) {
        say(format_args!("Without TLS: put a TLS proxy in front, or start with --tls-domain."));
    } else if !secure {
        say(format_args!("Without TLS only this machine can reach it (choose with --listen)."));
    }
    // Asked of the writer, for this thread needs no connection of its own again.
    if app.change(company::sql::find).map_err(text)?.is_none() {
        let token = setup::web::invite(app).map_err(text)?;
        say(format_args!("First start: open {address}/setup/{token}"));
    }
    for line in lines {
        say(format_args!("{}", line.replace("{address}", &address)));
    }
    signals.forever().next();
    tracing::info!("ending");
    edge.stop();
    loops.stop();
    server.stop();
    app.stop();
    Ok(())
}

fn tls(options: &Serve, data: &Path) -> Tls {
    match (&options.tls_domain, &options.tls_certificate, &options.tls_key) {
        (Some(domain), _, _) => Tls::Automatic(Acme {
            domain: domain.clone(),
            cache: data.join("certificates"),
            contact: options.tls_contact.clone(),
            directory: options.tls_directory.clone(),
            root: options.tls_root.clone(),
        }),
        (None, Some(certificate), Some(key)) => Tls::Files { certificate: certificate.clone(), key: key.clone() },
        _ => Tls::None,
    }
}

fn listen(options: &Serve, secure: bool) -> Vec<SocketAddr> {
    match (options.listen.is_empty(), secure) {
        (false, _) => options.listen.clone(),
        (true, true) => vec![SocketAddr::from((Ipv4Addr::UNSPECIFIED, 443))],
        (true, false) => vec![SocketAddr::from((Ipv4Addr::LOCALHOST, 8080))],
    }
}

/// Where plain connections are sent to https.
fn redirect(options: &Serve, secure: bool) -> Result<Vec<SocketAddr>, String> {
    match (secure, options.redirect.is_empty(), options.listen.is_empty()) {
        (false, false, _) => Err("there is no https to send people to; --redirect needs TLS".to_owned()),
        (true, true, true) => Ok(vec![SocketAddr::from((Ipv4Addr::UNSPECIFIED, 80))]),
        _ => Ok(options.redirect.clone()),
    }
}

/// How people reach it: the public address, else the name of the certificate, else where it listens.
fn address(app: &App, options: &Serve, edge: &edge::Edge, secure: bool) -> String {
    match (&app.public_url, &options.tls_domain, edge.addresses().first()) {
        (Some(url), ..) => url.clone(),
        (None, Some(domain), _) => format!("https://{domain}"),
        (None, None, Some(at)) => format!("{}://{at}", if secure { "https" } else { "http" }),
        (None, None, None) => String::new(),
    }
}

/// Makes the folder where it is missing, and holds it: a second instance is told so.
pub fn lock(folder: &Path) -> Result<File, String> {
    let shown = folder.display();
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| format!("the data folder {shown} can't be made: {error}"))?;
    let path = folder.join("lock");
    let file = File::create(&path).map_err(|error| format!("the data folder {shown} can't be written: {error}"))?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(file),
        Err(rustix::io::Errno::WOULDBLOCK) => Err(format!("another balcao is running on the data folder {shown}")),
        Err(error) => Err(format!("the data folder {shown} can't be locked: {error}")),
    }
}

/// A line for the terminal. Where nobody reads it any more, the service goes on.
fn say(line: std::fmt::Arguments) {
    if writeln!(std::io::stdout(), "{line}").is_err() {
        tracing::info!("{line}");
    }
}
