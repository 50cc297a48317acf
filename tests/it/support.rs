//! The house for tests: a real file, a fake clock, people who sign in and click.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use balcao::app::App;
use balcao::contacts::{self, ContactForm, IdentityId};
use balcao::desk::dispositions::{self, Sentiment};
use balcao::platform::text::Language;
use balcao::platform::time;
use balcao::platform::time::{Clock, Timestamp};
use balcao::platform::web::form::Form;
use balcao::platform::web::http::{Body, Method, Request, Response};
use balcao::platform::web::token;
use balcao::team::agents::{self, AgentId, Role};
use balcao::team::channels::{self, Channel, Kind};
use balcao::team::departments::DepartmentId;
use balcao::team::{company, mail};
use tempfile::TempDir;

/// 2026-11-23 12:00 in São Paulo.
pub const START: Timestamp = Timestamp(1_795_446_000_000);

/// A company with two departments (Vendas, Suporte), one person of each role in Vendas, one agent in Suporte.
pub struct House {
    pub app: Arc<App>,
    pub clock: Clock,
    pub sales: DepartmentId,
    pub support: DepartmentId,
    pub channel: Channel,
    pub folder: TempDir,
}

/// A person with a browser.
#[derive(Clone)]
pub struct Person {
    pub app: Arc<App>,
    pub id: AgentId,
    pub cookie: String,
}

impl House {
    /// Builds the house: people Ana (agent), Sofia (senior), Lia (lead), Adm (admin) in Vendas; Beto (agent) in Suporte.
    pub fn new() -> Self {
        Self::with(Clock::fake(START))
    }

    /// The same by another clock.
    pub fn with(clock: Clock) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let app = App::open(folder.path(), clock.clone()).expect("the application");
        let (sales, support, channel) = app
            .change(|conn| {
                company::sql::create(conn, "Loja Exemplo", time::DEFAULT_ZONE, Language::Portuguese, START)?;
                let sales =
                    balcao::administration::departments::acts::create(conn, "Vendas", START)?.expect("a new name");
                let support =
                    balcao::administration::departments::acts::create(conn, "Suporte", START)?.expect("a new name");
                for (name, role, department) in [
                    ("Ana", Role::Agent, sales),
                    ("Sofia", Role::Senior, sales),
                    ("Lia", Role::Lead, sales),
                    ("Adm", Role::Admin, sales),
                    ("Beto", Role::Agent, support),
                ] {
                    let email = format!("{}@loja.example", name.to_lowercase());
                    let id = agents::sql::create(conn, name, &email, role, Language::Portuguese, START)?
                        .expect("a new address");
                    agents::sql::set_departments(conn, id, &[department])?;
                }
                let delivery = dispositions::sql::create(conn, None, "Entrega", Sentiment::Neutral, 1)?;
                dispositions::sql::create(conn, Some(delivery), "Atraso", Sentiment::Negative, 1)?;
                dispositions::sql::offer(conn, delivery, sales)?;
                let id = channels::sql::create(conn, Kind::WebChat, "Site", sales, "site", "segredo", START)?;
                Ok((sales, support, channels::sql::find(conn, id)?))
            })
            .expect("the company");
        Self { app, clock, sales, support, channel, folder }
    }

    /// Signs a person in (without the password's cost) by first name.
    pub fn person(&self, name: &str) -> Person {
        let email = format!("{}@loja.example", name.to_lowercase());
        let token = token::random().expect("random bytes");
        let digest = token::digest(&token);
        let now = self.clock.now();
        let id = self
            .app
            .change(move |conn| {
                let (id, _) = agents::sql::by_email(conn, &email)?.expect("a known person");
                balcao::administration::sign_in::acts::start(conn, id, &a_browser(digest), now)?;
                Ok(id)
            })
            .expect("a session");
        Person { app: Arc::clone(&self.app), id, cookie: format!("balcao={token}") }
    }

    /// One more agent of a department, signed in.
    pub fn colleague(&self, name: &str, department: DepartmentId) -> Person {
        let (name_, email) = (name.to_owned(), format!("{}@loja.example", name.to_lowercase()));
        self.app
            .change(move |conn| {
                let id = agents::sql::create(conn, &name_, &email, Role::Agent, Language::Portuguese, START)?;
                agents::sql::set_departments(conn, id.expect("a new address"), &[department])
            })
            .expect("a colleague");
        self.person(name)
    }

    pub fn ana(&self) -> Person {
        self.person("Ana")
    }

    pub fn sofia(&self) -> Person {
        self.person("Sofia")
    }

    pub fn lia(&self) -> Person {
        self.person("Lia")
    }

    pub fn adm(&self) -> Person {
        self.person("Adm")
    }

    pub fn beto(&self) -> Person {
        self.person("Beto")
    }

    /// A contact with an identity on the house's channel.
    pub fn contact(&self, name: &str) -> IdentityId {
        let (name, channel) = (name.to_owned(), self.channel.id);
        let now = self.clock.now();
        self.app
            .change(move |conn| {
                let draft = ContactForm { name: name.clone(), phone: String::new(), email: String::new() };
                let contact = contacts::sql::create(conn, &draft, now)?;
                contacts::sql::add_identity(conn, contact, channel, &format!("test:{name}:{contact}"), false, now)
            })
            .expect("a contact")
    }

    /// A contact writes on the house's channel.
    pub fn writes(&self, identity: IdentityId, body: &str) -> balcao::channels::acts::Delivery {
        let (channel, body, now) = (self.channel.clone(), body.to_owned(), self.clock.now());
        self.app
            .change(move |conn| {
                let zone = time::Zone::named_or_utc(time::DEFAULT_ZONE);
                balcao::channels::acts::receive(conn, &channel, identity, &body, None, &zone, now)
            })
            .expect("a stored message")
    }

    /// Time passes, and what is due then is done.
    pub fn passes(&self, milliseconds: i64) {
        self.clock.advance(milliseconds);
        while balcao::timers::run_jobs(&self.app).expect("the jobs") > 0 {}
    }

    /// A visit by nobody.
    pub fn get(&self, address: &str) -> Response {
        balcao::answering::handle(&self.app, request(Method::Get, address, "", &[]))
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.app.stop();
    }
}

impl Person {
    pub fn get(&self, address: &str) -> Response {
        balcao::answering::handle(&self.app, request(Method::Get, address, "", &[("cookie", &self.cookie)]))
    }

    /// As a script asks for a part of a page.
    pub fn fetch(&self, address: &str) -> Response {
        balcao::answering::handle(
            &self.app,
            request(Method::Get, address, "", &[("cookie", &self.cookie), ("x-fragment", "1")]),
        )
    }

    pub fn post(&self, address: &str, fields: &[(&str, &str)]) -> Response {
        balcao::answering::handle(&self.app, request(Method::Post, address, &body(fields), &[("cookie", &self.cookie)]))
    }

    /// As a page sends a form with a file; a large one as the edge hands it on, spooled to disk.
    pub fn upload(&self, address: &str, name: &str, content: &[u8]) -> Response {
        let mut bytes =
            format!("--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").into_bytes();
        bytes.extend(content);
        bytes.extend(b"\r\n--xx--\r\n");
        let headers = [("cookie", self.cookie.as_str()), ("content-type", "multipart/form-data; boundary=xx")];
        let mut asked = request(Method::Post, address, "", &headers);
        let spool = tempfile::NamedTempFile::new().expect("a spool");
        asked.body = if bytes.len() > 256 << 10 {
            std::fs::write(spool.path(), bytes).expect("a body");
            Body::Spooled(spool.path().to_owned())
        } else {
            Body::Bytes(bytes)
        };
        balcao::answering::handle(&self.app, asked)
    }

    /// As a script sends a form.
    pub fn send(&self, address: &str, fields: &[(&str, &str)]) -> Response {
        balcao::answering::handle(
            &self.app,
            request(Method::Post, address, &body(fields), &[("cookie", &self.cookie), ("x-fragment", "1")]),
        )
    }
}

/// A mail server that nothing is sent through.
pub fn mail_server(app: &Arc<App>) {
    let server = mail::MailServer {
        host: "localhost".to_owned(),
        port: 1,
        security: mail::Security::None,
        username: String::new(),
        password: String::new(),
        sender_name: "Loja".to_owned(),
        sender_address: "balcao@loja.example".to_owned(),
        certificate: String::new(),
    };
    app.change(move |conn| mail::sql::set_server(conn, &server, START)).expect("a mail server");
}

/// A form body.
pub fn body(fields: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| format!("{name}={}", balcao::platform::web::form::encode(value));
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// A request as the edge would hand it on, from this machine and this site.
pub fn request(method: Method, address: &str, body: &str, headers: &[(&str, &str)]) -> Request {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut all =
        vec![("host".to_owned(), "balcao.test".to_owned()), ("sec-fetch-site".to_owned(), "same-origin".to_owned())];
    if method == Method::Post && !headers.iter().any(|(name, _)| *name == "content-type") {
        all.push(("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
    }
    for (name, value) in headers {
        all.retain(|(known, _)| known != name);
        all.push(((*name).to_owned(), (*value).to_owned()));
    }
    Request {
        method,
        path: path.to_owned(),
        query: Form::parse(query.as_bytes()),
        headers: all,
        body: Body::Bytes(body.as_bytes().to_vec()),
        peer: IpAddr::V4(Ipv4Addr::LOCALHOST),
        secure: false,
    }
}

/// The body as text.
pub fn text(response: &Response) -> String {
    String::from_utf8_lossy(response.bytes()).into_owned()
}

/// A browser that signs in with this token's digest.
pub fn a_browser(digest: Vec<u8>) -> balcao::administration::sign_in::acts::Browser {
    let (user_agent, address) = ("test".to_owned(), "127.0.0.1".to_owned());
    balcao::administration::sign_in::acts::Browser { digest, user_agent, address }
}
