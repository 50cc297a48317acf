//! The service in a process of its own.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::build::Build;
use crate::client::{Client, get};

/// How long a polite end may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running service; ends politely with this value.
pub struct Service {
    child: Child,
    /// Held open, as a terminal would be.
    _output: BufReader<ChildStdout>,
    pub address: SocketAddr,
    began: Instant,
    /// From the start of the program to the first 200 of the queue screen.
    pub ready: Duration,
}

impl Service {
    /// Starts on a folder and asks for the queue screen until it comes.
    pub fn start(build: &Build, folder: &Path) -> Self {
        let mut service = Self::begin(&build.program, folder);
        let answer = Client::to(service.address).ask(&get("/conversations?scope=1", ""));
        answer.must_be(200);
        service.ready = service.began.elapsed();
        service
    }

    /// Starts on a folder and waits until it listens.
    pub fn begin(program: &Path, folder: &Path) -> Self {
        let began = Instant::now();
        let said = folder.join("said");
        let mut child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&said).expect("a file for what it says"))
            .spawn()
            .expect("the program");
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        output.read_line(&mut line).expect("a line");
        let Some(address) = line.trim().rsplit("http://").next().and_then(|text| text.parse().ok()) else {
            child.kill().expect("a kill");
            child.wait().expect("its end");
            panic!("it does not start: {line}{}", std::fs::read_to_string(said).expect("what it says"));
        };
        Self { child, _output: output, address, began, ready: Duration::ZERO }
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
}

impl Drop for Service {
    fn drop(&mut self) {
        let running = |child: &mut Child| matches!(child.try_wait(), Ok(None));
        if !running(&mut self.child) {
            return;
        }
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).expect("a signal");
        let asked = Instant::now();
        while running(&mut self.child) {
            if asked.elapsed() > PATIENCE {
                eprintln!("a service does not end when asked, and is killed");
                self.child.kill().expect("a kill");
                self.child.wait().expect("its end");
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}
