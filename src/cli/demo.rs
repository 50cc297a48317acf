//! `balcao demo`: a sample company on loopback, made anew at every start.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use super::arguments::{Data, Demo, Serve};
use super::serve;
use crate::app::App;
use crate::demo;
use crate::platform::time::Clock;
use crate::team::agents::password;

/// Fills a fresh folder and serves it.
pub fn run(options: &Demo) -> Result<(), String> {
    let folder = PathBuf::from("demo-data");
    let _lock = serve::lock(&folder)?;
    for name in ["balcao.db", "balcao.db-wal", "balcao.db-shm"] {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(format!("the last demo can't be removed: {error}"));
            }
            _ => {}
        }
    }
    let app = App::open(&folder, Clock::System)?;
    let hash = password::hash(demo::PASSWORD).map_err(|error| error.to_string())?;
    let now = app.clock.now();
    let sample = app.change(move |conn| demo::sql::fill(conn, &hash, now)).map_err(|error| error.to_string())?;
    demo::files::fill(&app).map_err(|error| error.to_string())?;
    let options = Serve {
        data: Data { data: folder },
        listen: vec![options.listen],
        public_url: None,
        tls_domain: None,
        tls_contact: None,
        tls_directory: None,
        tls_root: None,
        redirect: Vec::new(),
        tls_certificate: None,
        tls_key: None,
    };
    serve::serve(&app, &options, &demo::sql::greeting(&sample))
}
