//! What the machine can do at this moment: the floor under every durable write, and who else is at work.

use std::fs::{OpenOptions, read_to_string};
use std::os::unix::fs::FileExt as _;
use std::time::Instant;

/// Overwrites of 4 KiB, each with fdatasync: p50 and rate; the load average of the last minute.
pub fn line() -> String {
    let path = crate::data::folder().join("probe");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).expect("a file for the probe");
    let block = [7_u8; 4096];
    file.write_all_at(&block, 0).expect("a write");
    file.sync_all().expect("a sync");
    let began = Instant::now();
    let mut times: Vec<f64> = (0..200)
        .map(|_| {
            let one = Instant::now();
            file.write_all_at(&block, 0).expect("a write");
            file.sync_data().expect("a sync");
            one.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    let rate = 200.0 / began.elapsed().as_secs_f64();
    times.sort_by(f64::total_cmp);
    let load = read_to_string("/proc/loadavg").unwrap_or_default();
    format!("{:.2} ms, {rate:.0}/s; {}", times[100], load.split(' ').next().unwrap_or("?"))
}
