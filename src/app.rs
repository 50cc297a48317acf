//! The application: one value that answers requests; one transaction per request.

use std::net::IpAddr;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;

use crate::platform::db::readers::Readers;
use crate::platform::db::writer::{Outcome, Writer};
use crate::platform::db::{self, migrations};
use crate::platform::error::{Error, Result};
use crate::platform::text::{Language, Phrase, common};
use crate::platform::time::{Clock, Timestamp};
use crate::platform::ui;
use crate::platform::web::form::Form;
use crate::platform::web::http::{Body, Method, Request, Response};
use crate::platform::web::live::Live;
use crate::platform::web::throttle::Throttle;
use crate::routes;
use crate::team::agents::{self, Agent, SessionId};
use crate::team::company::{self, Company};

/// Everything that lives as long as the program.
pub struct App {
    /// The data folder.
    pub data: PathBuf,
    /// The public address without a slash at its end, where it was given on the command line.
    pub public_url: Option<String>,
    /// A number of this start of the program: what an earlier start had claimed is free again.
    pub boot: i64,
    /// Set when the program ends: whoever waits for others waits no longer.
    pub ending: AtomicBool,
    pub clock: Clock,
    pub live: Arc<Live>,
    pub writer: Writer,
    readers: Readers,
    pub throttle: Throttle,
    /// How often visitors may do what.
    pub rates: crate::channels::web_chat::rate::Rates,
    /// The digest of the setup page's token, while the setup waits to be done.
    pub setup: Mutex<Option<Vec<u8>>>,
    /// Rung after a change that made work due.
    pub bell: crate::platform::jobs::Bell,
    writer_thread: Mutex<Option<JoinHandle<()>>>,
}

/// What every handler gets: a connection (a snapshot for GET, the transaction for POST), the request, the time.
pub struct Visit<'a> {
    pub conn: &'a Connection,
    pub app: &'a App,
    pub request: &'a Request,
    /// The fields of the body for POST, of the query for GET.
    pub form: &'a Form,
    pub now: Timestamp,
    pub language: Language,
    pub company: Company,
}

/// A visit by a signed-in person.
pub struct Cx<'a> {
    visit: Visit<'a>,
    pub agent: Agent,
    pub session: SessionId,
}

impl<'a> Deref for Cx<'a> {
    type Target = Visit<'a>;
    fn deref(&self) -> &Self::Target {
        &self.visit
    }
}

impl Visit<'_> {
    /// Whether a script asked for a part of a page.
    pub fn wants_fragment(&self) -> bool {
        self.request.header("x-fragment").is_some()
    }

    /// The address that links in mails and embed codes start with.
    pub fn public_url(&self) -> String {
        match &self.app.public_url {
            Some(url) => url.clone(),
            None if !self.company.public_url.is_empty() => self.company.public_url.clone(),
            None => self.request.origin(),
        }
    }
}

impl App {
    /// Opens (or makes) the data file in a folder and starts the writer.
    ///
    /// # Errors
    /// One sentence for a person: a newer file, a broken one, a folder that can't be written.
    pub fn open(data: &Path, clock: Clock) -> Result<Arc<Self>, String> {
        let path = data.join(db::FILE);
        let conn = db::open_writer(&path)
            .map_err(|error| format!("the data file {} can't be opened: {error}", path.display()))?;
        migrations::migrate(&conn, &path).map_err(|refused| refused.to_string())?;
        let live = Arc::new(Live::default());
        let (writer, thread) = Writer::start(conn, Arc::clone(&live)).map_err(|error| error.to_string())?;
        Ok(Arc::new(Self {
            data: data.to_owned(),
            public_url: None,
            ending: AtomicBool::new(false),
            boot: boot().map_err(|error| error.to_string())?,
            clock,
            live,
            writer,
            readers: Readers::new(&path),
            throttle: Throttle::default(),
            rates: crate::channels::web_chat::rate::Rates::default(),
            setup: Mutex::new(None),
            bell: crate::platform::jobs::Bell::default(),
            writer_thread: Mutex::new(Some(thread)),
        }))
    }

    /// The same with the public address of the command line; only before the application is shared.
    #[must_use]
    pub fn with_public_url(mut self: Arc<Self>, url: Option<String>) -> Arc<Self> {
        if let Some(app) = Arc::get_mut(&mut self) {
            app.public_url = url.map(|url| url.trim_end_matches('/').to_owned());
        }
        self
    }

    /// Lets the writer finish what is queued and fold the WAL in.
    pub fn stop(&self) {
        self.writer.stop();
        let thread = self.writer_thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread
            && thread.join().is_err()
        {
            tracing::error!("the writer ended with a panic");
        }
    }

    /// The data file.
    pub fn file(&self) -> PathBuf {
        self.data.join(db::FILE)
    }

    /// Reads in one snapshot.
    pub fn read<T>(&self, look: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.readers.read(look)
    }

    /// The same on a connection of its own, for what takes seconds.
    pub fn read_apart<T>(&self, look: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        Readers::new(&self.file()).read(look)
    }

    /// Changes in one transaction; answers when it is on disk.
    pub fn change<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.decide(move |conn| match change(conn) {
            Ok(value) => (Outcome::Keep, Ok(value)),
            Err(error) => (Outcome::Undo, Err(error)),
        })?
    }

    /// Hands a change to the writer, and rings for the loops where it made work due.
    fn decide<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> (Outcome, T) + Send + 'static,
    ) -> Result<T> {
        let (due, value) = self.writer.decide(move |conn| {
            let (outcome, value) = change(conn);
            (outcome, (crate::platform::jobs::take_scheduled(), value))
        })?;
        if due {
            self.bell.ring();
        }
        Ok(value)
    }

    /// Answers one request. HEAD comes as GET. Never panics on input; every failure is a page.
    pub fn handle(self: &Arc<Self>, request: Request) -> Response {
        let request = Arc::new(request);
        let asker = Language::from_header(request.header("accept-language").unwrap_or(""));
        let response = self.route(&request).unwrap_or_else(|error| failure(&request, asker, error));
        crate::platform::web::headers::secure(response)
    }

    fn route(self: &Arc<Self>, request: &Arc<Request>) -> Result<Response> {
        let segments = request.segments().ok_or(Error::NotFound)?;
        let path: Vec<&str> = segments.iter().map(String::as_str).collect();
        if request.method == Method::Post && !routes::is_channel(&path) {
            same_origin(request)?;
        }
        if let Some(answer) = routes::slow(self, request, &path) {
            return answer;
        }
        match request.method {
            Method::Get | Method::Options => {
                let now = self.clock.now();
                self.read(|conn| answer(self, conn, request, &request.query, now, &path))
            }
            Method::Post => {
                let app = Arc::clone(self);
                let request = Arc::clone(request);
                self.decide(move |conn| {
                    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
                    let form = posted(&request);
                    let now = app.clock.now();
                    let result = answer(&app, conn, &request, &form, now, &path);
                    let outcome = match &result {
                        Ok(response) if response.status < 400 => Outcome::Keep,
                        _ => Outcome::Undo,
                    };
                    (outcome, result)
                })?
            }
        }
    }
}

/// The fields of a form body; other types have none.
pub fn posted(request: &Request) -> Form {
    match &request.body {
        Body::Bytes(bytes)
            if request
                .header("content-type")
                .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) =>
        {
            Form::parse(bytes)
        }
        _ => Form::default(),
    }
}

/// Builds the visit, lets public addresses answer, then asks who is there.
fn answer(
    app: &App,
    conn: &Connection,
    request: &Request,
    form: &Form,
    now: Timestamp,
    path: &[&str],
) -> Result<Response> {
    let Some(company) = company::sql::find(conn)? else {
        return routes::before_setup(app, request, path);
    };
    let language = Language::from_header(request.header("accept-language").unwrap_or(company.language.code()));
    let visit = Visit { conn, app, request, form, now, language, company };
    if let Some(answer) = routes::public(&visit, request.method, path) {
        return answer;
    }
    let Some((session, agent)) = crate::platform::web::session::signed_in(&visit)? else {
        return crate::platform::web::session::ask(&visit);
    };
    let visit = Visit { language: agent.language, ..visit };
    routes::agent(&Cx { visit, agent, session }, request.method, path)
}

/// A form of another site is refused: browsers say where a request comes from (Fetch Metadata, or Origin before it).
fn same_origin(request: &Request) -> Result<()> {
    match request.header("sec-fetch-site") {
        Some("same-origin" | "none") => return Ok(()),
        Some(_) => return Err(Error::Forbidden),
        None => {}
    }
    match request.header("origin") {
        Some(origin) if origin.split_once("://").map(|(_, host)| host) == Some(request.host()) => Ok(()),
        Some(_) => Err(Error::Forbidden),
        // No browser sends a POST without either; a program with a session of its own may.
        None => Ok(()),
    }
}

/// The page for an error.
fn failure(request: &Request, language: Language, error: Error) -> Response {
    // A script shows the line itself; a person gets a page.
    let page = |status: u16, line: String| match request.header("x-fragment") {
        Some(_) => Response::new(status, "text/plain; charset=utf-8", line.into_bytes()),
        None => Response { status, ..Response::html(ui::page::plain(language, &line)) },
    };
    let say = |phrase: Phrase| phrase.say(language).to_owned();
    match error {
        Error::NotFound => page(404, say(common::NOT_FOUND)),
        Error::Forbidden => page(403, say(common::FORBIDDEN)),
        Error::Conflict(phrase) => page(409, say(phrase)),
        Error::Busy => page(503, say(common::BUSY)).with("retry-after", "1"),
        Error::Internal(cause) => {
            let reference = reference();
            tracing::error!(reference, path = request.path, "{cause}");
            page(500, common::BROKEN.fill(language, &[("reference", &reference)]))
        }
    }
}

/// Random: two starts do not share it.
fn boot() -> Result<i64> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(i64::from_le_bytes(bytes) & i64::MAX)
}

/// Eight characters that stand in the log and on the page.
fn reference() -> String {
    let mut bytes = [0_u8; 5];
    match getrandom::fill(&mut bytes) {
        Ok(()) => data_encoding::BASE32_NOPAD.encode(&bytes),
        Err(_) => "-".to_owned(),
    }
}

/// The client's address for throttling: IPv6 by its /64, for that is what one customer gets.
pub fn network_of(peer: IpAddr) -> String {
    match peer {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[allow(unused_imports)] // Handlers name the noun through here.
pub use agents::Role;
