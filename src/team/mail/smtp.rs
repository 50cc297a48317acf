//! One mail over the wire: step by step, so that a failure says where; bounded as a whole; beside `certificate.rs` the only file that names lettre.

use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant, UNIX_EPOCH};

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as From, Quit, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::{Address, transport::smtp::Error};

use super::{Mail, MailFault, MailServer, Security, Stage};

/// The longest that one answer of the server may take.
const STEP: Duration = Duration::from_secs(20);
/// How often an attempt's end and the program's are looked for …
const TURN: Duration = Duration::from_millis(100);
/// … and what an attempt may take still when the program ends.
const LAST: Duration = Duration::from_secs(3);
/// Attempts that outlived their limit and hang on a server that trickles; no more are begun beyond these.
const STUCK: usize = 8;
static RUNNING: AtomicUsize = AtomicUsize::new(0);

/// Sends one mail and waits for the server's word, at most so long.
///
/// lettre bounds each read and write; a server that trickles could stretch them for ever. So the attempt runs in a thread
/// of its own: when the time is over it is told to give up, and the text of the mail never leaves after that.
///
/// Where the program is ending, the attempt has only a moment left.
pub fn deliver(server: &MailServer, mail: &Mail, limit: Duration, ending: &AtomicBool) -> Result<(), MailFault> {
    let slow = || MailFault::new(Stage::Silent, "");
    if RUNNING.fetch_add(1, Ordering::SeqCst) >= STUCK {
        RUNNING.fetch_sub(1, Ordering::SeqCst);
        return Err(slow());
    }
    let (server, mail) = (server.clone(), mail.clone());
    let given_up = Arc::new(AtomicBool::new(false));
    let attempt = Attempt { deadline: Instant::now() + limit, given_up: Arc::clone(&given_up) };
    let (tell, told) = sync_channel(1);
    let thread = std::thread::Builder::new().name("mail".to_owned()).spawn(move || {
        let result = attempt.run(&server, &mail);
        RUNNING.fetch_sub(1, Ordering::SeqCst);
        // Who asked may have given up.
        let _gone = tell.send(result);
    });
    if let Err(error) = thread {
        RUNNING.fetch_sub(1, Ordering::SeqCst);
        return Err(MailFault::new(Stage::Talk, &error.to_string()));
    }
    let mut left = limit;
    loop {
        if ending.load(Ordering::SeqCst) {
            left = left.min(LAST);
        }
        let turn = left.min(TURN);
        match told.recv_timeout(turn) {
            Ok(result) => return result,
            Err(_) if left > turn => left -= turn,
            Err(_) => {
                given_up.store(true, Ordering::SeqCst);
                return Err(slow());
            }
        }
    }
}

struct Attempt {
    deadline: Instant,
    given_up: Arc<AtomicBool>,
}

impl Attempt {
    fn run(&self, server: &MailServer, mail: &Mail) -> Result<(), MailFault> {
        let (from, to, content) = compose(server, mail)?;
        let addresses = resolve(server)?;
        let mut connection = self.connect(server, &addresses)?;
        let result = self.talk(&mut connection, server, from, to, &content);
        // The server's last word to the mail has come; how it takes leave changes nothing.
        let _farewell = connection.set_timeout(Some(Duration::from_secs(2))).ok().map(|()| connection.command(Quit));
        result
    }

    /// What one more answer may take.
    fn patience(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now()).clamp(Duration::from_millis(50), STEP)
    }

    fn connect(&self, server: &MailServer, addresses: &[SocketAddr]) -> Result<SmtpConnection, MailFault> {
        let hello = ClientId::default();
        let tls = tls(server)?;
        let wrapper = tls.as_ref().filter(|_| server.security == Security::Tls);
        let mut connection = SmtpConnection::connect(addresses, Some(self.patience()), &hello, wrapper, None)
            .map_err(|error| network(&error))?;
        if let (Security::StartTls, Some(tls)) = (server.security, &tls) {
            connection.starttls(tls, &hello).map_err(|error| MailFault::new(Stage::Tls, &root(&error)))?;
        }
        Ok(connection)
    }

    fn talk(
        &self,
        connection: &mut SmtpConnection,
        server: &MailServer,
        from: Address,
        to: Address,
        content: &[u8],
    ) -> Result<(), MailFault> {
        if !server.username.is_empty() {
            self.time(connection)?;
            let credentials = Credentials::new(server.username.clone(), server.password.clone());
            connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).map_err(at(Stage::SignIn))?;
        }
        let mut options = Vec::new();
        if !from.to_string().is_ascii() || !to.to_string().is_ascii() {
            if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(MailFault::new(Stage::Recipient, "SMTPUTF8").lasting(true));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        self.time(connection)?;
        connection.command(From::new(Some(from), options)).map_err(at(Stage::Sender))?;
        self.time(connection)?;
        connection.command(Rcpt::new(to, Vec::new())).map_err(at(Stage::Recipient))?;
        self.time(connection)?;
        connection.command(Data).map_err(at(Stage::Content))?;
        self.time(connection)?;
        connection.message(content).map_err(at(Stage::Content))?;
        Ok(())
    }

    /// Before each step: is there time left, and does anybody still wait?
    fn time(&self, connection: &mut SmtpConnection) -> Result<(), MailFault> {
        if self.given_up.load(Ordering::SeqCst) || Instant::now() >= self.deadline {
            return Err(MailFault::new(Stage::Silent, ""));
        }
        connection.set_timeout(Some(self.patience())).map_err(|error| MailFault::new(Stage::Talk, &error.to_string()))
    }
}

/// The mail as it goes over the wire. A repetition is the same to the byte.
fn compose(server: &MailServer, mail: &Mail) -> Result<(Address, Address, Vec<u8>), MailFault> {
    let from: Address =
        server.sender_address.parse().map_err(|error| MailFault::new(Stage::Sender, &format!("{error}")))?;
    let to: Address =
        mail.recipient.parse().map_err(|error| MailFault::new(Stage::Recipient, &format!("{error}")).lasting(true))?;
    let name = (!server.sender_name.is_empty()).then(|| server.sender_name.clone());
    let seconds = u64::try_from(mail.created_at.0 / 1000).unwrap_or(0);
    let message = Message::builder()
        .date(UNIX_EPOCH + Duration::from_secs(seconds))
        .message_id(Some(mail.message_id.clone()))
        .from(Mailbox::new(name, from.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(mail.subject.clone())
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
        .header(ContentType::TEXT_PLAIN)
        .body(mail.body.clone())
        .map_err(|error| MailFault::new(Stage::Content, &error.to_string()).lasting(true))?;
    Ok((from, to, message.formatted()))
}

/// The server's addresses. Without protection only this machine is spoken to.
fn resolve(server: &MailServer) -> Result<Vec<SocketAddr>, MailFault> {
    let found = (server.host.as_str(), server.port)
        .to_socket_addrs()
        .map_err(|error| MailFault::new(Stage::Dns, &error.to_string()))?;
    let addresses: Vec<SocketAddr> = found.collect();
    if addresses.is_empty() {
        return Err(MailFault::new(Stage::Dns, &server.host));
    }
    if server.security == Security::None && !addresses.iter().all(|address| address.ip().is_loopback()) {
        return Err(MailFault::new(Stage::Plain, &server.host));
    }
    Ok(addresses)
}

fn tls(server: &MailServer) -> Result<Option<TlsParameters>, MailFault> {
    if server.security == Security::None {
        return Ok(None);
    }
    let wrong = |error: Error| MailFault::new(Stage::Tls, &root(&error));
    let mut builder = TlsParameters::builder(server.host.clone());
    if !server.certificate.is_empty() {
        builder = builder.add_root_certificate(Certificate::from_pem(server.certificate.as_bytes()).map_err(wrong)?);
    }
    builder.build().map(Some).map_err(wrong)
}

/// A failure of one step: a refusal of the server belongs to the step, a lost connection to the network.
fn at(stage: Stage) -> impl Fn(Error) -> MailFault {
    move |error| {
        let hopeless = error.is_permanent() && matches!(stage, Stage::Recipient | Stage::Content);
        if error.is_permanent() || error.is_transient() || error.is_client() {
            MailFault::new(stage, &root(&error)).lasting(hopeless)
        } else {
            network(&error)
        }
    }
}

/// A failure to connect, or of the connection.
fn network(error: &Error) -> MailFault {
    let stage = match kind(error) {
        Some(std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock) => Stage::Silent,
        // rustls tells of certificates and of servers that speak no TLS in this way.
        Some(std::io::ErrorKind::InvalidData) => Stage::Tls,
        Some(_) if error.status().is_none() => Stage::Refused,
        _ => Stage::Talk,
    };
    MailFault::new(stage, &root(error))
}

fn kind(error: &Error) -> Option<std::io::ErrorKind> {
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            return Some(io.kind());
        }
        source = inner.source();
    }
    None
}

/// What the server or the system said, with its number.
fn root(error: &Error) -> String {
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    match error.status() {
        Some(code) => format!("{code} {said}"),
        None if said.is_empty() => error.to_string(),
        None => said,
    }
}
