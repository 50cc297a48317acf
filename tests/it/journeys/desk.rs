//! The house behind a real edge, for browsers.

use std::net::SocketAddr;
use std::ops::Deref;
use std::sync::Arc;

use balcao::agents;
use balcao::edge::{self, Edge};
use balcao::time::Clock;
use balcao::web::live::Event;
use balcao::web::server::{self, Server};
use serde_json::json;

use crate::browser::Browser;
use crate::support::House;

/// Everybody's password in browser tests.
pub const PASSWORD: &str = "senha de teste 1";

/// A house that answers over the network; by the real clock, for browsers have no other.
pub struct Desk {
    // In this order: the edge ends before the server, and both before the house.
    _edge: Edge,
    _server: Server,
    house: House,
    address: SocketAddr,
}

impl Desk {
    /// Opens on a free port of this machine.
    pub fn open() -> Self {
        let house = House::with(Clock::System);
        let socket = house.folder.path().join("inner/web.sock");
        let app = Arc::clone(&house.app);
        let server = server::serve(&socket, Arc::new(move |request| app.handle(request)), 16).expect("a server");
        let mut config = edge::Config::new(&socket, house.folder.path().join("spool"));
        config.listen = vec!["127.0.0.1:0".parse().expect("an address")];
        let edge = edge::start(config, Arc::clone(&house.app.live)).expect("an edge");
        let address = edge.addresses()[0];
        Self { _edge: edge, _server: server, house, address }
    }

    /// Where it listens.
    pub fn socket(&self) -> SocketAddr {
        self.address
    }

    /// The address of a page.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A browser in which this person is signed in, on the page.
    #[track_caller]
    pub fn browser_of(&self, name: &str, path: &str) -> Browser {
        let browser = Browser::open();
        self.sign_in(&browser, name);
        browser.goto(&self.at(path));
        browser
    }

    /// Signs a person in without the form.
    #[track_caller]
    pub fn sign_in(&self, browser: &Browser, name: &str) {
        let person = self.house.person(name);
        let (cookie, token) = person.cookie.split_once('=').expect("a cookie has a name");
        let wanted = json!({"name": cookie, "value": token, "url": self.at("/"), "httpOnly": true});
        browser.devtools("Network.setCookie", &wanted);
    }

    /// Ends every agent's stream, as a lost connection would.
    pub fn cut_streams(&self) {
        self.house.app.live.publish(&[Event::new(0, "team", "cut", "{}")]);
    }

    /// Gives a person the password of the tests, for signing in by the form.
    pub fn set_password(&self, name: &str) {
        let email = format!("{}@loja.example", name.to_lowercase());
        let hash = agents::password::hash(PASSWORD).expect("a hash");
        let now = self.house.clock.now();
        self.house
            .app
            .change(move |conn| {
                let (id, _) = agents::sql::by_email(conn, &email)?.expect("a known person");
                agents::sql::set_password(conn, id, &hash, now)
            })
            .expect("a password");
    }
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
