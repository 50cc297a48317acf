//! Copies of the data file: whole, checked, on disk before the command says so.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::migrations::VERSION;

/// Attachments lie in this folder of the data folder, and beside a backup under its name with `.files` behind it.
pub const FILES: &str = "files";

/// Where a backup keeps the attachments.
pub fn files_of(backup: &Path) -> PathBuf {
    let mut name = backup.as_os_str().to_owned();
    name.push(".files");
    PathBuf::from(name)
}

/// Copies the database into a new file, while the service may run; then the attachments. Answers its size in bytes.
///
/// # Errors
/// One sentence: the target exists, the disk is full, the copy is not whole.
pub fn write(data: &Path, target: &Path) -> Result<u64, String> {
    write_database(data, target)?;
    let failed = |error: std::io::Error| format!("the backup {} could not be written: {error}", target.display());
    copy_folder(&data.join(FILES), &files_of(target)).map_err(failed)?;
    fs::metadata(target).map(|found| found.len()).map_err(failed)
}

/// The same without the attachments.
///
/// # Errors
/// One sentence.
pub fn write_database(data: &Path, target: &Path) -> Result<(), String> {
    let shown = target.display();
    if target.exists() {
        return Err(format!("{shown} exists already; a backup never writes over a file"));
    }
    let source = data.join(super::FILE);
    if !source.exists() {
        return Err(format!("there is no {}", source.display()));
    }
    let failed = |error: &dyn std::fmt::Display| format!("the backup {shown} could not be written: {error}");
    let reading = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(&source, reading).map_err(|error| failed(&error))?;
    let copied = conn.execute("VACUUM INTO ?", [target.to_string_lossy()]);
    if let Err(error) = copied {
        // Half a copy must not look like one; where it can't be removed either, the first error says enough.
        let _half = fs::remove_file(target);
        return Err(failed(&error));
    }
    File::open(target).and_then(|file| file.sync_all()).map_err(|error| failed(&error))?;
    check(target)
}

/// What a backup takes the place of.
const PARTS: [&str; 4] = [super::FILE, "balcao.db-wal", "balcao.db-shm", FILES];
/// The folder in which a restore makes ready.
const READY: &str = "restoring";

/// Puts a backup in the place of the data: made ready beside it first, then exchanged by renaming. The old data stays
/// beside it, under the name that is answered.
///
/// # Errors
/// One sentence; the old data is in its place again then, or the sentence says where it lies.
pub fn restore(data: &Path, backup: &Path, stamp: &str) -> Result<Option<PathBuf>, String> {
    check(backup)?;
    let failed = |error: std::io::Error| format!("the backup could not be put in place, nothing has changed: {error}");
    let ready = data.join(READY);
    make_ready(backup, &ready).map_err(failed)?;
    let aside = data.join(format!("before-restore-{stamp}"));
    fs::create_dir(&aside).map_err(failed)?;
    if let Err(error) = exchange(data, &ready, &aside) {
        return Err(match rename_parts(&aside, data) {
            Ok(_) => failed(error),
            Err(again) => format!("the restore broke off ({error}; {again}); the old data lies in {}", aside.display()),
        });
    }
    let unfinished = |error: std::io::Error| format!("restored, but {} could not be tidied: {error}", data.display());
    fs::remove_dir(&ready).map_err(unfinished)?;
    let kept = fs::read_dir(&aside).map_err(unfinished)?.next().is_some();
    if !kept {
        fs::remove_dir(&aside).map_err(unfinished)?;
    }
    File::open(data).and_then(|folder| folder.sync_all()).map_err(unfinished)?;
    Ok(kept.then_some(aside))
}

/// What to say of a folder in which a restore was cut off between the old data and the new; None where all is well.
pub fn cut_off(data: &Path) -> Option<String> {
    let halfway = data.join(READY).exists() && !data.join(super::FILE).exists();
    halfway.then(|| {
        format!(
            "a restore into {} was cut off: run it again; the old data lies there in before-restore-…",
            data.display()
        )
    })
}

fn make_ready(backup: &Path, ready: &Path) -> std::io::Result<()> {
    match fs::remove_dir_all(ready) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::create_dir(ready)?;
    let fresh = ready.join(super::FILE);
    fs::copy(backup, &fresh)?;
    File::open(&fresh)?.sync_all()?;
    copy_folder(&files_of(backup), &ready.join(FILES))
}

/// The database itself goes first and comes last: what is in between has none, and is known by that.
fn exchange(data: &Path, ready: &Path, aside: &Path) -> std::io::Result<()> {
    rename_parts(data, aside)?;
    File::open(data)?.sync_all()?;
    for name in PARTS.iter().rev() {
        rename(&ready.join(name), &data.join(name))?;
    }
    Ok(())
}

fn rename_parts(from: &Path, to: &Path) -> std::io::Result<()> {
    PARTS.iter().try_for_each(|name| rename(&from.join(name), &to.join(name)))
}

fn rename(from: &Path, to: &Path) -> std::io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether a file is a whole database of this program or an older one.
pub fn check(path: &Path) -> Result<(), String> {
    let shown = path.display();
    let open = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX);
    let conn = open.map_err(|error| format!("{shown} can't be opened: {error}"))?;
    let wrong = |error: rusqlite::Error| format!("{shown} is no data file of this program: {error}");
    let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(wrong)?;
    conn.query_row("SELECT count(*) FROM company", [], |_| Ok(())).map_err(wrong)?;
    if version > VERSION {
        return Err(format!("{shown} is of version {version}, and this program knows only up to {VERSION}"));
    }
    let verdict: String = conn.query_row("PRAGMA quick_check", [], |row| row.get(0)).map_err(wrong)?;
    if verdict == "ok" { Ok(()) } else { Err(format!("{shown} is damaged: {verdict}")) }
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    let entries = match fs::read_dir(from) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        found => found?,
    };
    fs::create_dir_all(to)?;
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            let target = to.join(entry.file_name());
            fs::copy(entry.path(), &target)?;
            File::open(&target)?.sync_all()?;
        }
    }
    Ok(())
}
