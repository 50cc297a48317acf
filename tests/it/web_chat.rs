//! The web chat over its own addresses: what a visitor's page sends and gets.

mod files;
mod signs;

use std::sync::Arc;

use balcao::app::App;
use balcao::channels::web_chat;
use balcao::desk::conversations::{self, ConversationId, State};
use balcao::platform::web::http::{Answer, Method, Response};
use serde_json::{Value, json};

use crate::support::{House, Person, request, text};

/// A browser that chats, with the token that it got.
pub struct Visitor {
    pub app: Arc<App>,
    pub token: String,
}

pub fn call(app: &Arc<App>, method: Method, address: &str, body: &str, headers: &[(&str, &str)]) -> Response {
    let mut all = vec![("content-type", "application/json"), ("accept-language", "pt-BR")];
    all.extend_from_slice(headers);
    balcao::answering::handle(app, request(method, address, body, &all))
}

pub fn json_of(response: &Response) -> Value {
    serde_json::from_slice(response.bytes()).unwrap_or_else(|_| panic!("no JSON: {}", text(response)))
}

impl House {
    pub fn visitor(&self, name: &str) -> Visitor {
        self.starts(&json!({ "name": name }))
    }

    fn starts(&self, data: &Value) -> Visitor {
        let response = call(&self.app, Method::Post, "/chat/site/start", &data.to_string(), &[]);
        assert_eq!(response.status, 200, "{}", text(&response));
        let token = json_of(&response)["token"].as_str().expect("a token").to_owned();
        Visitor { app: Arc::clone(&self.app), token }
    }

    fn allow(&self, sites: &str) {
        let (channel, sites) = (self.channel.id, sites.to_owned());
        let now = self.clock.now();
        self.app
            .change(move |conn| {
                let look = web_chat::Look { allowed_sites: sites, ..web_chat::Look::default() };
                web_chat::sql::save(conn, channel, &look, now)
            })
            .expect("the look");
    }

    fn conversation(&self, id: i64) -> conversations::Conversation {
        self.app.read(|conn| conversations::sql::find(conn, ConversationId(id))).expect("a conversation")
    }
}

impl Visitor {
    pub fn send(&self, method: Method, what: &str, body: &str, headers: &[(&str, &str)]) -> Response {
        let bearer = format!("Bearer {}", self.token);
        let mut all = vec![("authorization", bearer.as_str())];
        all.extend_from_slice(headers);
        call(&self.app, method, &format!("/chat/site/{what}"), body, &all)
    }

    pub fn post(&self, what: &str, body: &Value) -> Response {
        self.send(Method::Post, what, &body.to_string(), &[])
    }

    pub fn get(&self, what: &str) -> Response {
        self.send(Method::Get, what, "", &[])
    }

    /// Writes under a key; the message's id.
    pub fn writes(&self, key: &str, body: &str) -> i64 {
        let response = self.post("messages", &json!({ "key": key, "body": body }));
        assert_eq!(response.status, 200, "{}", text(&response));
        json_of(&response)["id"].as_i64().expect("an id")
    }

    pub fn history(&self) -> Value {
        json_of(&self.get("messages"))
    }

    /// Author and body of each message.
    pub fn reads(&self) -> Vec<(String, String)> {
        let history = self.history();
        let of = |message: &Value, field: &str| message[field].as_str().unwrap_or_default().to_owned();
        history["messages"].as_array().expect("messages").iter().map(|m| (of(m, "author"), of(m, "body"))).collect()
    }

    pub fn stream(&self, after: i64) -> (Vec<String>, String) {
        match self.get(&format!("events?after={after}")).answer {
            Answer::Stream(stream) => (stream.topics, stream.backlog),
            other => panic!("no stream but {other:?}"),
        }
    }
}

impl Person {
    pub fn takes(&self, conversation: i64) {
        let response = self.post(&format!("/conversations/{conversation}/assignment"), &[]);
        assert!(response.status < 400, "{}", text(&response));
    }

    pub fn says(&self, conversation: i64, kind: &str, body: &str) {
        let response = self.post(&format!("/conversations/{conversation}/messages"), &[("kind", kind), ("body", body)]);
        assert!(response.status < 400, "{}", text(&response));
    }
}

#[test]
fn a_visitor_starts_writes_and_finds_everything_after_a_reload() {
    let house = House::new();
    let maria = house.visitor("Maria");
    assert_eq!(maria.history()["conversation"], Value::Null);
    maria.writes("k1", "Bom dia");
    maria.writes("k2", "Meu pedido não chegou");
    let history = maria.history();
    assert_eq!(history["conversation"]["number"], "20261123000001");
    assert_eq!(history["conversation"]["state"], "waiting");
    assert_eq!(history["conversation"]["position"], 1);
    let expected = [
        ("system", "Seu número de protocolo é 20261123000001"),
        ("contact", "Bom dia"),
        ("contact", "Meu pedido não chegou"),
    ];
    assert_eq!(maria.reads(), expected.map(|(author, body)| (author.to_owned(), body.to_owned())));
    assert_eq!(history["messages"][1]["key"], "k1");
    let joao = house.visitor("João");
    joao.writes("k1", "Oi");
    assert_eq!(joao.history()["conversation"]["position"], 2);
    assert_eq!(joao.reads().len(), 2, "each visitor reads the own messages only");
}

#[test]
fn a_repeated_delivery_is_stored_once_even_after_the_closing() {
    let house = House::new();
    let maria = house.visitor("Maria");
    let first = maria.writes("k1", "Bom dia");
    assert_eq!(json_of(&maria.post("messages", &json!({"key": "k1", "body": "Bom dia"})))["repeated"], true);
    assert_eq!(maria.writes("k1", "Bom dia"), first);
    assert_eq!(maria.post("end", &json!({})).status, 200);
    assert_eq!(maria.writes("k1", "Bom dia"), first);
    assert_eq!(maria.history()["conversation"]["state"], "closed");
    assert_eq!(house.conversation(1).inbound, 1);
}

#[test]
fn two_messages_at_once_open_one_conversation() {
    let house = House::new();
    let maria = house.visitor("Maria");
    std::thread::scope(|scope| {
        for turn in 0..8 {
            let maria = &maria;
            scope.spawn(move || maria.writes(&format!("k{turn}"), "ao mesmo tempo"));
        }
    });
    assert_eq!(house.conversation(1).inbound, 8);
    assert!(house.app.read(|conn| conversations::sql::find(conn, ConversationId(2))).is_err());
}

#[test]
fn what_is_written_comes_back_as_it_was_written() {
    let house = House::new();
    let maria = house.visitor("Maria");
    let longest = "ã".repeat(100_000);
    let texts = [
        "  espaços e\n\nlinhas\t ",
        "<b>negrito</b> & \"aspas\" <script>alert(1)</script>",
        "שלום مرحبا \u{202e}x\u{202c}",
        "👩‍👩‍👧‍👦 🇧🇷 👍🏽 e\u{301}",
        "'; DROP TABLE message; --",
        &longest,
    ];
    for (turn, text) in texts.iter().enumerate() {
        maria.writes(&format!("k{turn}"), text);
    }
    let bodies: Vec<String> = maria.reads().into_iter().skip(1).map(|(_, body)| body).collect();
    assert_eq!(bodies, texts);
}

#[test]
fn what_can_not_be_a_message_is_refused_in_words_and_changes_nothing() {
    let house = House::new();
    let maria = house.visitor("Maria");
    let refused = |body: &str| {
        let response = maria.send(Method::Post, "messages", body, &[]);
        assert!(json_of(&response)["error"].as_str().is_some_and(|words| words.len() > 10), "{}", text(&response));
        response.status
    };
    assert_eq!(refused(r#"{"key":"a","body":" \n "}"#), 422);
    assert_eq!(refused(&json!({"key": "a", "body": "x".repeat(100_001)}).to_string()), 422);
    assert_eq!(refused(&json!({"key": "k".repeat(101), "body": "x"}).to_string()), 422);
    assert_eq!(refused(r#"{"key":"a","body":"x","files":["unknown"]}"#), 422);
    for broken in ["", "{", "null", "\"x\"", r#"{"body":1}"#, "\u{0}", &"[".repeat(100_000)] {
        assert_eq!(refused(broken), 400, "{broken:.20}");
    }
    assert_eq!(maria.history()["conversation"], Value::Null, "nothing was opened");
}

#[test]
fn only_the_own_address_and_allowed_sites_may_call() {
    let house = House::new();
    let maria = house.visitor("Maria");
    let from =
        |headers: &[(&str, &str)]| maria.send(Method::Post, "messages", r#"{"key":"a","body":"oi"}"#, headers).status;
    assert_eq!(from(&[("origin", "http://evil.example"), ("sec-fetch-site", "cross-site")]), 403);
    assert_eq!(from(&[("origin", "null")]), 403);
    assert_eq!(from(&[("origin", "")]), 403);
    assert_eq!(from(&[("sec-fetch-site", "cross-site")]), 403);
    assert_eq!(from(&[("origin", "http://balcao.test.evil.example")]), 403);
    assert_eq!(from(&[("origin", "http://loja.example"), ("sec-fetch-site", "cross-site")]), 403);
    house.allow("http://loja.example\nhttps://outra.example");
    assert_eq!(from(&[("origin", "http://loja.example"), ("sec-fetch-site", "cross-site")]), 200);
    assert_eq!(from(&[("origin", "http://evil.example")]), 403);
    assert_eq!(from(&[("origin", "http://balcao.test")]), 200);
    let start = |origin: &str| {
        call(&house.app, Method::Post, "/chat/site/start", r#"{"name":"x"}"#, &[("origin", origin)]).status
    };
    assert_eq!((start("http://evil.example"), start("https://outra.example")), (403, 200));
    assert_eq!(house.conversation(1).inbound, 1, "the refused ones wrote nothing");
}

#[test]
fn the_frame_may_stand_on_allowed_sites_only() {
    let house = House::new();
    let policy = |house: &House, address: &str| {
        house.get(address).header("content-security-policy").expect("a policy").to_owned()
    };
    assert!(policy(&house, "/chat/site/frame").ends_with("frame-ancestors 'self'"));
    assert!(policy(&house, "/chat/site").ends_with("frame-ancestors 'none'"));
    house.allow("https://loja.example");
    assert!(policy(&house, "/chat/site/frame").ends_with("frame-ancestors 'self' https://loja.example"));
    assert_eq!(house.get("/chat/unknown/frame").status, 404);
    assert_eq!(house.get("/chat/unknown/widget.js").status, 404);
}

#[test]
fn an_unknown_token_is_told_to_start_again() {
    let house = House::new();
    let nobody = Visitor { app: Arc::clone(&house.app), token: "x".to_owned() };
    assert_eq!(nobody.get("messages").status, 401);
    assert_eq!(nobody.get("events").status, 401);
    for what in ["messages", "typing", "marks", "end", "transcript", "files"] {
        assert_eq!(nobody.post(what, &json!({"body": "oi"})).status, 401, "{what}");
    }
}

#[test]
fn a_customer_whom_the_site_vouches_for_is_one_person_in_every_browser() {
    let house = House::new();
    // HMAC-SHA256 of "cliente-42" under "segredo", made with another program.
    let hash = "47683d4a36cac7b910e8470f0d1decc6a634ffeae39398de9df52ad17ded1e91";
    let known = json!({"name": "Maria", "identifier": "cliente-42", "hash": hash});
    let phone = house.starts(&known);
    phone.writes("a", "do celular");
    let laptop = house.starts(&known);
    assert_eq!(laptop.reads().last().map(|(_, body)| body.clone()), Some("do celular".to_owned()));
    laptop.writes("b", "do computador");
    assert_eq!(house.conversation(1).inbound, 2);
    for wrong in ["", "00", &hash[..62], &hash.replace('4', "5"), "não é hex"] {
        let data = json!({"name": "Eva", "identifier": "cliente-42", "hash": wrong}).to_string();
        let response = call(&house.app, Method::Post, "/chat/site/start", &data, &[]);
        assert_eq!(response.status, 422);
        assert!(text(&response).contains("assinatura"), "{}", text(&response));
    }
    let same_name = house.starts(&json!({"name": "Maria", "email": "maria@x.example"}));
    assert_eq!(same_name.reads().len(), 0, "a typed name opens nobody's history");
}

#[test]
fn what_the_chat_asks_for_is_needed_and_checked() {
    let house = House::new();
    let start = |data: &str| call(&house.app, Method::Post, "/chat/site/start", data, &[]);
    assert_eq!(json_of(&start("{}"))["fields"]["name"], "Preencha este campo.");
    let response = start(r#"{"name":"x","email":"nope","phone":"12"}"#);
    assert_eq!(response.status, 422);
    assert!(json_of(&response)["fields"]["email"].is_string() && json_of(&response)["fields"]["phone"].is_string());
    assert_eq!(start("{").status, 400);
}

#[test]
fn a_note_a_disposition_and_an_address_never_reach_the_visitor() {
    let house = House::new();
    let (maria, ana) = (house.visitor("Maria"), house.ana());
    crate::support::mail_server(&house.app);
    maria.writes("k1", "Bom dia");
    let before = maria.history()["event"].as_i64().expect("an event");
    ana.takes(1);
    ana.says(1, "note", "SEGREDO da equipe");
    ana.says(1, "chat", "Já vou ver");
    ana.says(1, "note", "SEGREDO de novo");
    let edited = ana.post("/conversations/1/notes/6", &[("body", "SEGREDO mudado, @Sofia")]);
    assert_eq!(edited.status, 303, "{}", text(&edited));
    assert_eq!(ana.post("/conversations/1/notes/4/deletion", &[]).status, 303);
    let about = [("title", "SEGREDO no quadro"), ("to", "1"), ("conversation", "1")];
    assert_eq!(ana.post("/tickets", &about).status, 303);
    assert_eq!(ana.post("/tickets/1/closing", &[("note", "SEGREDO do ticket"), ("conversation", "1")]).status, 303);
    let response = ana.post("/conversations/1/closing", &[("disposition", "2"), ("body", "SEGREDO do fim")]);
    assert_eq!(response.status, 303, "{}", text(&response));
    house.passes(balcao::desk::closings::HELD);
    let (topics, backlog) = maria.stream(before);
    assert_eq!(topics, ["chat:1"]);
    assert_eq!(backlog.matches("event: message").count(), 1, "one message of the team is the visitor's: {backlog}");
    let json = text(&maria.get("messages"));
    // Everything that the visitor's side can ask for, and what it is sent: the transcript's mail too.
    let widget = text(&house.get("/chat/site/widget.js"));
    let rating = text(&maria.post("rating", &json!({"score": 5})));
    let transcript = text(&maria.post("transcript", &json!({"email": "maria@x.example"})));
    let mails: String = house
        .app
        .read(|conn| {
            let sql =
                "SELECT coalesce(group_concat(subject || body), '') FROM outbox WHERE recipient = 'maria@x.example'";
            Ok(conn.query_row(sql, [], |row| row.get(0)).expect("the mails"))
        })
        .expect("the mails");
    let pages = [
        json.clone(),
        backlog,
        text(&house.get("/chat/site")),
        text(&house.get("/chat/site/frame")),
        widget,
        rating,
        transcript,
        mails.clone(),
    ]
    .concat();
    assert!(mails.contains("Já vou ver"), "the transcript was sent, for the test to look at: {mails}");
    for secret in ["SEGREDO", "note", "Atraso", "Entrega", "ana@", "agent_id", "segredo"] {
        assert!(!pages.contains(secret), "{secret} in {pages}");
    }
    let at = |turn: usize| maria.history()["messages"][turn]["at"].clone();
    let expected = format!(
        concat!(
            r#"{{"conversation":{{"number":"20261123000001","state":"closed","seen":{}}},"messages":["#,
            r#"{{"id":1,"author":"system","body":"Seu número de protocolo é 20261123000001","at":{}}},"#,
            r#"{{"id":2,"author":"contact","body":"Bom dia","at":{},"key":"k1"}},"#,
            r#"{{"id":3,"author":"system","body":"Ana entrou na conversa","at":{}}},"#,
            r#"{{"id":5,"author":"agent","name":"Ana","body":"Já vou ver","at":{}}},"#,
            r#"{{"id":10,"author":"system","body":"Atendimento finalizado","at":{}}}],"#,
            r#""more":false,"first":1,"last":10,"event":{}}}"#
        ),
        maria.history()["conversation"]["seen"],
        at(0),
        at(1),
        at(2),
        at(3),
        at(4),
        maria.history()["event"],
    );
    assert_eq!(json, expected, "byte for byte");
}

#[test]
fn thanks_stay_in_the_closed_conversation_and_more_reopens_it() {
    let house = House::new();
    let maria = house.visitor("Maria");
    maria.writes("k1", "Bom dia");
    assert_eq!(maria.post("end", &json!({})).status, 200);
    assert_eq!(maria.post("end", &json!({})).status, 200, "ending twice is no fault");
    maria.writes("k2", "Obrigada!");
    assert_eq!(house.conversation(1).state, State::Closed);
    maria.writes("k3", "Ah, mais uma coisa");
    assert_eq!(house.conversation(1).state, State::WaitingAgent);
    assert!(maria.reads().contains(&("system".to_owned(), "Conversa reaberta".to_owned())));
    maria.post("end", &json!({}));
    house.clock.advance(25 * 60 * 60 * 1000);
    maria.writes("k4", "Voltei");
    assert_eq!(house.conversation(2).previous, Some(ConversationId(1)));
    assert_eq!(maria.history()["conversation"]["number"], "20261124000001");
    assert_eq!(maria.reads().first().map(|(_, body)| body.contains("20261123000001")), Some(true), "history goes on");
}

#[test]
fn older_messages_come_page_by_page_and_missed_ones_after_the_last() {
    let house = House::new();
    let maria = house.visitor("Maria");
    for turn in 0..119 {
        house.clock.advance(1_000);
        maria.writes(&format!("k{turn}"), &turn.to_string());
    }
    let newest = maria.history();
    assert_eq!((newest["messages"].as_array().map(Vec::len), &newest["more"]), (Some(50), &json!(true)));
    let older = json_of(&maria.get(&format!("messages?before={}", newest["first"])));
    let oldest = json_of(&maria.get(&format!("messages?before={}", older["first"])));
    assert_eq!((oldest["messages"].as_array().map(Vec::len), &oldest["more"]), (Some(20), &json!(false)));
    let after = json_of(&maria.get(&format!("messages?after={}", older["last"])));
    assert_eq!(after["messages"], newest["messages"]);
}

#[test]
fn marks_move_forward_only_and_never_past_what_there_is() {
    let house = House::new();
    let (maria, ana) = (house.visitor("Maria"), house.ana());
    maria.writes("k1", "Bom dia");
    ana.takes(1);
    ana.says(1, "chat", "Olá");
    assert_eq!(maria.post("marks", &json!({"delivered": 4})).status, 204);
    let marks = || (house.conversation(1).delivered_to, house.conversation(1).read_to);
    let marks: &dyn Fn() -> (i64, i64) = &marks;
    assert_eq!(marks(), (4, 0));
    maria.post("marks", &json!({"delivered": 9_999, "read": 9_999}));
    assert_eq!(marks(), (4, 4));
    maria.post("marks", &json!({"delivered": 1, "read": 1}));
    assert_eq!(marks(), (4, 4));
    maria.post("marks", &json!({"delivered": -5, "read": -5}));
    assert_eq!(marks(), (4, 4));
}

#[test]
fn a_flood_is_slowed_down_for_its_sender_alone() {
    let house = House::new();
    let (maria, joao) = (house.visitor("Maria"), house.visitor("João"));
    let statuses: Vec<u16> =
        (0..70).map(|turn| maria.post("messages", &json!({"key": turn.to_string(), "body": "x"})).status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 60);
    assert_eq!(statuses.last(), Some(&429));
    joao.writes("k", "oi");
    house.clock.advance(1_000);
    maria.writes("later", "agora devagar");
}

#[test]
fn the_widget_and_the_page_speak_the_visitors_language() {
    let house = House::new();
    let get = |address: &str, language: &str| {
        text(&balcao::answering::handle(
            &house.app,
            request(Method::Get, address, "", &[("accept-language", language)]),
        ))
    };
    assert!(get("/chat/site", "en-GB,en").contains("Start chatting"));
    assert!(get("/chat/site", "pt-BR").contains("Começar conversa"));
    assert!(get("/chat/site", "fr,de").contains("Começar conversa"));
    assert!(get("/chat/site/widget.js", "en").contains("Open the chat"));
    let page = get("/chat/site", "pt-BR");
    assert!(!page.contains(" style=") && !page.contains("onclick"), "nothing inline");
}
