//! The headers that every answer carries.

use crate::platform::web::http::Response;

/// Scripts, styles and connections come from here alone; nothing inline; framed by nobody.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    media-src 'self' blob:; font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors ";

/// Adds what the handler has not set itself: content policy, no sniffing, no referrer to others, no caching of pages.
pub fn secure(mut response: Response) -> Response {
    let mut add = |name: &'static str, value: &str| {
        if response.header(name).is_none() {
            response.headers.push((name.into(), value.to_owned()));
        }
    };
    add("content-security-policy", &framed_by("'none'"));
    add("x-content-type-options", "nosniff");
    add("referrer-policy", "same-origin");
    add("cross-origin-opener-policy", "same-origin");
    add("permissions-policy", "camera=(), geolocation=(), payment=()");
    add("cache-control", "no-store");
    response
}

/// The content policy with these frame ancestors, e.g. `'self' https://loja.example`.
pub fn framed_by(ancestors: &str) -> String {
    format!("{POLICY}{ancestors}")
}
