//! A customer's own site on a port of its own: a few fixed pages, served as plainly as can be.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

/// The site; it goes away with its test.
pub struct Site {
    address: SocketAddr,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Site {
    /// Serves these pages, each `(path, html)`; everything else is 404.
    pub fn of(pages: &[(&str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let ended = Arc::new(AtomicBool::new(false));
        let pages: Vec<(String, String)> = pages.iter().map(|(path, html)| ((*path).into(), (*html).into())).collect();
        let stop = Arc::clone(&ended);
        let thread = thread::spawn(move || {
            let pages = Arc::new(pages);
            for visitor in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let pages = Arc::clone(&pages);
                // A browser opens connections ahead of need; one that says nothing must not hold up the next.
                thread::spawn(move || visitor.map(|stream| answer(stream, &pages)));
            }
        });
        Self { address, ended, thread: Some(thread) }
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address of one of its pages.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        let _wakes_the_listener = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _joined = thread.join();
        }
    }
}

fn answer(stream: TcpStream, pages: &[(String, String)]) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut line = String::new();
    while reader.read_line(&mut line).ok()? > 2 {
        line.clear();
    }
    let path = first.split(' ').nth(1)?.split('?').next()?;
    let found = pages.iter().find(|(known, _)| known == path);
    let (status, html) = match (found, path) {
        (Some((_, html)), _) => ("200 OK", html.as_str()),
        // Browsers ask for it unbidden; a 404 would stand in the console.
        (None, "/favicon.ico") => ("204 No Content", ""),
        (None, _) => ("404 Not Found", "not here"),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        html.len()
    );
    let mut writer = stream;
    writer.write_all(head.as_bytes()).ok()?;
    writer.write_all(html.as_bytes()).ok()
}
