//! `balcao backup` and `balcao restore`.

use super::arguments::Backup;
use super::serve;
use crate::platform::db::backup;
use crate::platform::time::Clock;

/// Writes a backup beside a running service.
pub fn write(options: &Backup) -> Result<(), String> {
    let bytes = backup::write(&options.data.data, &options.file)?;
    println!("{} ({} kB), checked", options.file.display(), bytes / 1024);
    Ok(())
}

/// Puts a backup in place; refuses while the service runs.
pub fn restore(options: &Backup) -> Result<(), String> {
    let _lock = serve::lock(&options.data.data)?;
    let stamp = Clock::System.now().0.to_string();
    match backup::restore(&options.data.data, &options.file, &stamp)? {
        Some(aside) => println!("restored; what was there before lies in {}", aside.display()),
        None => println!("restored"),
    }
    Ok(())
}
