//! The service in a process of its own.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::client::{Client, get};

/// A running service; ends with this value.
pub struct Service {
    child: Child,
    /// Held open, as a terminal would be.
    _output: BufReader<ChildStdout>,
    pub address: SocketAddr,
    /// From the start of the program to the first 200 of the queue screen.
    pub ready: Duration,
}

impl Service {
    /// Starts on a folder and asks for the queue screen until it comes.
    pub fn start(folder: &Path) -> Self {
        let began = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_balcao"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        output.read_line(&mut line).expect("a line");
        let address = line.trim().rsplit("http://").next().and_then(|text| text.parse().ok()).expect("an address");
        let answer = Client::to(address).ask(&get("/conversations?scope=1", ""));
        assert_eq!(answer.status, 200);
        Self { child, _output: output, address, ready: began.elapsed() }
    }

    /// Proportional set size in MiB, as the kernel counts it.
    pub fn memory(&self) -> f64 {
        let path = format!("/proc/{}/smaps_rollup", self.child.id());
        let text = std::fs::read_to_string(path).expect("the kernel's count");
        let line = text.lines().find(|line| line.starts_with("Pss:")).expect("a line");
        line.split_whitespace().nth(1).and_then(|kib| kib.parse::<f64>().ok()).expect("a number") / 1024.0
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().expect("a kill");
        self.child.wait().expect("its end");
    }

    /// A polite end.
    pub fn stop(mut self) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).expect("a signal");
        self.child.wait().expect("its end");
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It has ended already, mostly.
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}
