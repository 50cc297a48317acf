//! A build of the program, and where its data lies.

use std::path::{Path, PathBuf};

use balcao::platform::db;
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use crate::data::{self, Size};
use crate::service::Service;
use crate::{data_people, twin};

/// A release binary of the program.
#[derive(Clone)]
pub struct Build {
    pub program: PathBuf,
    /// In a paired run both builds have data of their own, made in one and the same way out of what this checkout made;
    /// `fresh` in it holds the file as the build itself begins it.
    own: Option<PathBuf>,
}

impl Build {
    /// The build of this checkout, on the data as this checkout made it.
    pub fn alone() -> Self {
        Self { program: env!("CARGO_BIN_EXE_balcao").into(), own: None }
    }

    /// A build that is to be one of a pair: it is started once, so that the schema is its own. It runs from a copy, for a
    /// file that somebody else runs too shares its memory, and one that is built anew meanwhile is another program.
    pub fn paired(program: &Path, name: &str) -> Self {
        let begun = data::folder().join(format!("{name}-fresh"));
        data::empty(&begun);
        let copy = begun.join("balcao");
        std::fs::copy(program, &copy).expect("a copy of the program");
        Service::begin(&copy, &begun);
        let file = begun.join(db::FILE);
        let schema = twin::settle(&file).expect("the file of a first start");
        let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(schema.as_bytes())[..6]);
        let own = data::folder().join(format!("{name}-{digest}"));
        std::fs::create_dir_all(&own).expect("a folder");
        std::fs::copy(&file, own.join("fresh")).expect("a copy");
        Self { program: copy, own: Some(own) }
    }

    /// The folder of one size; whoever uses it leaves its rows as they are.
    pub fn data(&self, size: Size) -> PathBuf {
        self.shaped(data::of(size), size.name())
    }

    /// The folder with 200,000 people, likewise.
    pub fn people(&self) -> PathBuf {
        self.shaped(data_people::of(), "people")
    }

    /// A copy of one size that may be written into.
    pub fn copy(&self, size: Size, name: &str) -> PathBuf {
        let copy = self.own.clone().unwrap_or_else(data::folder).join(name);
        data::copy(&self.data(size), &copy);
        copy
    }

    /// What the data of this build lacks, for each kind that was made.
    pub fn left_out(&self) -> Vec<String> {
        let kinds = ["S", "L", "XL", "people"];
        let said = |kind: &str| {
            let words = std::fs::read_to_string(self.own.as_ref()?.join(kind).join("made")).ok()?;
            Some(format!("{kind}: {words}"))
        };
        kinds.into_iter().filter_map(said).collect()
    }

    fn shaped(&self, base: PathBuf, name: &str) -> PathBuf {
        let Some(own) = &self.own else { return base };
        let folder = own.join(name);
        if !folder.join("made").exists() {
            eprintln!("making {name} again for {} …", own.display());
            data::empty(&folder);
            std::fs::copy(own.join("fresh"), folder.join(db::FILE)).expect("a copy");
            let left_out = twin::fill(&folder.join(db::FILE), &base.join(db::FILE))
                .unwrap_or_else(|error| panic!("its schema does not take the data: {error}"));
            std::fs::write(folder.join("made"), left_out).expect("a mark");
        }
        folder
    }
}

/// The one file of a folder, for the rows that look into it or prepare it.
pub fn open(folder: &Path) -> Connection {
    let conn = Connection::open(folder.join(db::FILE)).expect("the file");
    conn.execute_batch("PRAGMA busy_timeout = 10000").expect("patience");
    conn
}
