//! Stylesheets, scripts and icons: embedded, joined into few files, named by their digest, cached for ever.

use std::borrow::Cow;
use std::io::Write as _;
use std::sync::{LazyLock, OnceLock};

use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use crate::platform::error::{Error, Result};
use crate::platform::web::http::{Request, Response};

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// One served file: its digest stands in its name.
pub struct Asset {
    address: String,
    content_type: &'static str,
    plain: Vec<u8>,
    brotli: OnceLock<Vec<u8>>,
}

/// The console's style, one file per component in `assets/css`.
pub static STYLE: LazyLock<Asset> = LazyLock::new(|| Asset::joined("balcao", "css/", "css"));
/// The console's behaviours, one module each in `assets/js`, joined into one.
pub static SCRIPT: LazyLock<Asset> = LazyLock::new(|| Asset::joined("balcao", "js/", "js"));
/// What the pages beside the console need on top: boards, reports, settings, in `assets/pages`.
pub static PAGES_STYLE: LazyLock<Asset> = LazyLock::new(|| Asset::joined("pages", "pages/", "css"));
/// Their behaviours, which find the console's in `balcao`.
pub static PAGES_SCRIPT: LazyLock<Asset> = LazyLock::new(|| Asset::joined("pages", "pages/", "js"));
/// The chat's style.
pub static CHAT_STYLE: LazyLock<Asset> = LazyLock::new(|| Asset::joined("chat", "chat/", "css"));
/// The chat's script.
pub static CHAT_SCRIPT: LazyLock<Asset> = LazyLock::new(|| Asset::joined("chat", "chat/", "js"));
/// The icon of the tab.
pub static ICON: LazyLock<Asset> = LazyLock::new(|| Asset::joined("icon", "icon", "svg"));

impl Asset {
    /// Joins every file under a prefix with that ending, in the order of their names. Scripts share one module:
    /// each file is a block of its own, and what others use it hangs on the `balcao` object.
    fn joined(name: &str, prefix: &str, ending: &'static str) -> Self {
        let mut paths: Vec<Cow<str>> =
            Files::iter().filter(|path| path.starts_with(prefix) && path.ends_with(&format!(".{ending}"))).collect();
        paths.sort();
        let mut plain = Vec::new();
        for file in paths.iter().filter_map(|path| Files::get(path)) {
            match ending {
                "js" => {
                    plain.extend_from_slice(b"{\n");
                    plain.extend_from_slice(&file.data);
                    plain.extend_from_slice(b"}\n");
                }
                _ => plain.extend_from_slice(&file.data),
            }
        }
        let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(&plain)[..8]);
        let content_type = match ending {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        };
        Self { address: format!("/assets/{name}-{digest}.{ending}"), content_type, plain, brotli: OnceLock::new() }
    }

    /// The address, with the digest in it.
    pub fn address(&self) -> &str {
        &self.address
    }

    fn brotli(&self) -> &[u8] {
        self.brotli.get_or_init(|| {
            let mut out = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
            // Writing into memory does not fail.
            match out.write_all(&self.plain) {
                Ok(()) => out.into_inner(),
                Err(_) => Vec::new(),
            }
        })
    }
}

/// Answers `/assets/NAME`; a name with another digest is of another version and unknown.
pub fn show(request: &Request) -> Result<Response> {
    let known: [&Asset; 7] = [&STYLE, &SCRIPT, &PAGES_STYLE, &PAGES_SCRIPT, &CHAT_STYLE, &CHAT_SCRIPT, &ICON];
    let asset = known.into_iter().find(|asset| asset.address == request.path).ok_or(Error::NotFound)?;
    let small =
        request.header("accept-encoding").is_some_and(|list| list.split(',').any(|one| one.trim().starts_with("br")));
    let response = if small && !asset.brotli().is_empty() {
        Response::new(200, asset.content_type, asset.brotli().to_vec()).with("content-encoding", "br")
    } else {
        Response::new(200, asset.content_type, asset.plain.clone())
    };
    Ok(response.with("cache-control", "public, max-age=31536000, immutable").with("vary", "accept-encoding"))
}

/// One embedded file by its path, for the widget's script.
pub fn file(path: &str) -> Result<Cow<'static, [u8]>> {
    Files::get(path).map(|file| file.data).ok_or(Error::NotFound)
}
