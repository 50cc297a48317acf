//! Event streams: catching up, fan-out, cutting, and many of them.

use std::io::BufRead as _;
use std::time::{Duration, Instant};

use balcao::platform::web::live::Event;

use super::{Client, Site, within};

impl Client {
    pub(super) fn follow(&mut self, query: &str) {
        self.send(format!("GET /stream?{query} HTTP/1.1\r\nHost: a\r\n\r\n"));
        let (status, head) = self.head().expect("a head");
        assert_eq!(status, 200, "{head}");
        assert!(head.contains("text/event-stream") && head.contains("chunked"), "{head}");
    }

    /// The next chunk as text; empty at the end of the stream.
    pub(super) fn chunk(&mut self) -> String {
        let mut line = String::new();
        self.reader.read_line(&mut line).expect("a chunk's length");
        let size = usize::from_str_radix(line.trim(), 16).expect("a length");
        let mut bytes = vec![0; size + 2];
        std::io::Read::read_exact(&mut self.reader, &mut bytes).expect("a chunk");
        bytes.truncate(size);
        String::from_utf8(bytes).expect("text")
    }

    /// The next frame that is no heartbeat.
    fn heard(&mut self) -> String {
        loop {
            let chunk = self.chunk();
            if chunk != ": \n\n" {
                return chunk;
            }
        }
    }
}

fn event(id: i64, topics: &str) -> Event {
    Event::new(id, topics, "message", &format!("{{\"n\":{id}}}"))
}

fn frame(id: i64) -> String {
    format!("id: {id}\nevent: message\ndata: {{\"n\":{id}}}\n\n")
}

#[test]
fn a_stream_catches_up_and_then_hears_each_event_once() {
    let site = Site::new();
    site.live.publish(&[event(1, "a"), event(2, "b"), event(3, "a b"), event(4, "c")]);
    let mut client = site.connect();
    client.follow("topic=a&topic=b&after=1&backlog=retry:+500%0A%0A&listener=agent:5");
    assert_eq!(client.heard(), format!("retry: 500\n\n{}{}", frame(2), frame(3)));
    assert_eq!(site.live.listeners("a"), ["agent:5"]);
    site.live.publish(&[event(5, "a b"), event(6, "c"), event(7, "b")]);
    site.live.publish(&[Event::new(0, "a", "typing", "{}")]);
    assert_eq!([client.heard(), client.heard()], [frame(5), frame(7)]);
    assert_eq!(client.heard(), "event: typing\ndata: {}\n\n");
    drop(client);
    within(Duration::from_secs(2), || site.live.listeners("a").is_empty() && site.live.listeners("b").is_empty());
}

#[test]
fn a_stream_that_is_too_far_behind_is_told_to_begin_anew() {
    let site = Site::new();
    for group in 0..100 {
        let events: Vec<Event> = (1..=100).map(|number| event(group * 100 + number, "a")).collect();
        site.live.publish(&events);
    }
    let mut client = site.connect();
    client.follow("topic=a&after=5");
    assert_eq!(client.heard(), "event: reset\ndata: {}\n\n");
    site.live.publish(&[event(10_001, "a")]);
    assert_eq!(client.heard(), frame(10_001));
}

#[test]
fn signing_out_ends_the_streams_of_that_topic_only() {
    let site = Site::new();
    let (mut gone, mut stays) = (site.connect(), site.connect());
    gone.follow("topic=a&topic=session:7");
    stays.follow("topic=a");
    site.live.publish(&[event(1, "a")]);
    assert_eq!([gone.heard(), stays.heard()], [frame(1), frame(1)]);
    site.live.publish(&[Event::new(0, "session:7", "cut", "{}"), event(2, "a")]);
    assert_eq!(gone.heard(), "event: cut\ndata: {}\n\n");
    assert_eq!(gone.heard(), "");
    assert_eq!(stays.heard(), frame(2));
    assert_eq!(gone.get("/hello").text(), "hello", "the connection itself is of use again");
}

#[test]
fn a_stream_that_reads_nothing_is_cut_and_the_others_go_on() {
    let site = Site::with(|config| config.limits.stream_buffer = 64 << 10);
    let (mut deaf, mut hears) = (site.connect(), site.connect());
    deaf.follow("topic=a&listener=visitor:1");
    hears.follow("topic=a&listener=agent:1");
    let text = "x".repeat(16 << 10);
    let end = Instant::now() + Duration::from_secs(20);
    let mut id = 0;
    while site.live.listeners("a") != ["agent:1"] {
        assert!(Instant::now() < end, "never cut");
        id += 1;
        site.live.publish(&[Event::new(id, "a", "message", &text)]);
        while !hears.heard().starts_with(&format!("id: {id}\n")) {}
    }
    site.is_well();
}

#[test]
fn streams_are_kept_warm_and_end_when_the_edge_stops() {
    let mut site = Site::with(|config| config.limits.heartbeat = Duration::from_millis(150));
    let mut client = site.connect();
    client.follow("topic=a&listener=agent:1");
    assert_eq!([client.chunk(), client.chunk()], [": \n\n", ": \n\n"]);
    site.edge.take().expect("an edge").stop();
    let mut last = client.chunk();
    while last == ": \n\n" {
        last = client.chunk();
    }
    assert_eq!(last, "");
    assert!(site.live.listeners("a").is_empty());
}

#[test]
fn a_stream_without_topics_ends_at_once() {
    let site = Site::new();
    let mut client = site.connect();
    client.follow("backlog=a%0A%0A");
    assert_eq!([client.heard(), client.heard()], ["a\n\n", ""]);
}

#[test]
fn two_hundred_streams_hear_every_message_in_order() {
    const STREAMS: usize = 200;
    const MESSAGES: i64 = 400;
    let site = Site::new();
    let mut clients: Vec<Client> = (0..STREAMS).map(|_| site.connect()).collect();
    for (number, client) in clients.iter_mut().enumerate() {
        client.follow(&format!("topic=department:1&topic=agent:{number}&listener=agent:{number}"));
    }
    let began = Instant::now();
    for id in 1..=MESSAGES {
        site.live.publish(&[event(id, "department:1")]);
    }
    for client in &mut clients {
        let mut heard = 0;
        while heard < MESSAGES {
            for line in client.heard().lines().filter_map(|line| line.strip_prefix("id: ")) {
                assert_eq!(line.parse::<i64>().expect("a number"), heard + 1);
                heard += 1;
            }
        }
    }
    println!("{STREAMS} streams x {MESSAGES} messages in {:?}", began.elapsed());
    site.is_well();
}
