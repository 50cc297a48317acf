//! The house behind a real edge, for browsers.

use std::net::SocketAddr;
use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use balcao::app::App;
use balcao::platform::edge::config::Config;
use balcao::platform::edge::{self, Edge};
use balcao::platform::time::Clock;
use balcao::platform::web::live::Event;
use balcao::platform::web::server::{self, Server};
use balcao::platform::web::token;
use balcao::team::agents;
use serde_json::json;

use crate::browser::Browser;
use crate::support::House;

/// Everybody's password in browser tests.
pub const PASSWORD: &str = "senha de teste 1";

/// An application that answers over the network, on a free port of this machine.
pub struct Served {
    // In this order: the edge ends before the server.
    _edge: Edge,
    _server: Server,
    app: Arc<App>,
    address: SocketAddr,
}

impl Served {
    /// Opens the doors of an application whose files lie in `folder`.
    pub fn new(app: &Arc<App>, folder: &Path) -> Self {
        let socket = folder.join("inner/web.sock");
        let handler = Arc::clone(app);
        let server = server::serve(&socket, Arc::new(move |request| balcao::answering::handle(&handler, request)), 16)
            .expect("a server");
        let mut config = Config::new(&socket, folder.join("spool"));
        config.larger = balcao::routes::LARGER;
        config.listen = vec!["127.0.0.1:0".parse().expect("an address")];
        let edge = edge::start(config, Arc::clone(&app.live)).expect("an edge");
        let address = edge.addresses()[0];
        Self { _edge: edge, _server: server, app: Arc::clone(app), address }
    }

    /// Where it listens.
    pub fn socket(&self) -> SocketAddr {
        self.address
    }

    /// The address of a page.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Signs a person in without the form.
    #[track_caller]
    pub fn sign_in(&self, browser: &Browser, email: &str) {
        let token = token::random().expect("random bytes");
        let (digest, email, now) = (token::digest(&token), email.to_owned(), self.app.clock.now());
        self.app
            .change(move |conn| {
                let (id, _) = agents::sql::by_email(conn, &email)?.expect("a known person");
                balcao::administration::sign_in::acts::start(conn, id, &crate::support::a_browser(digest), now)
            })
            .expect("a session");
        let wanted = json!({"name": "balcao", "value": token, "url": self.at("/"), "httpOnly": true});
        browser.devtools("Network.setCookie", &wanted);
    }
}

/// A house that answers over the network; by the real clock, for browsers have no other.
pub struct Desk {
    // Before the house, whose end stops the application.
    served: Served,
    house: House,
}

impl Desk {
    /// Opens the house.
    pub fn open() -> Self {
        let house = House::with(Clock::System);
        Self { served: Served::new(&house.app, house.folder.path()), house }
    }

    /// Where it listens.
    pub fn socket(&self) -> SocketAddr {
        self.served.socket()
    }

    /// The address of a page.
    pub fn at(&self, path: &str) -> String {
        self.served.at(path)
    }

    /// A browser in which this person is signed in, on the page.
    #[track_caller]
    pub fn browser_of(&self, name: &str, path: &str) -> Browser {
        let browser = Browser::open();
        self.served.sign_in(&browser, &email(name));
        browser.goto(&self.at(path));
        browser
    }

    /// Ends every agent's stream, as a lost connection would.
    pub fn cut_streams(&self) {
        self.house.app.live.publish(&[Event::new(0, "team", "cut", "{}")]);
    }

    /// Gives a person the password of the tests, for signing in by the form.
    pub fn set_password(&self, name: &str) {
        let email = email(name);
        let hash = agents::password::hash(PASSWORD).expect("a hash");
        let now = self.house.clock.now();
        self.house
            .app
            .change(move |conn| {
                let (id, _) = agents::sql::by_email(conn, &email)?.expect("a known person");
                agents::acts::set_password(conn, id, &hash, now)
            })
            .expect("a password");
    }
}

fn email(name: &str) -> String {
    format!("{}@loja.example", name.to_lowercase())
}

impl Deref for Desk {
    type Target = House;
    fn deref(&self) -> &House {
        &self.house
    }
}

/// Fails the test where the page, as it stands, is not for everybody, in either theme.
#[track_caller]
pub fn assert_for_everybody(browser: &Browser) {
    for theme in [Browser::light, Browser::dark] {
        theme(browser);
        browser.assert_plain_accessibility();
        browser.assert_no_axe_violations();
    }
    browser.light();
}
