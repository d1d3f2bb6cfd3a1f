//! The screens: the files of `web/dist`, which the build script puts into the binary.
//!
//! Where they were not built (`make web`) there are none, and the plain pages stand at the root as
//! well. Names of files carry a hash of their content, so browsers may keep them for ever; the page
//! that names them is asked for anew. Every address below `/c/` is a screen: which one is the
//! business of the page's own script.

use axum::Router;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::error::PageError;

/// Names and bytes; a name with `.gz` after it is the same file compressed.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/screens.rs"));

/// The screens load their own scripts, styles and images and talk to this server; to nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Whether the binary has the screens.
pub(crate) fn is_built() -> bool {
    !FILES.is_empty()
}

/// The page of all screens and what it loads.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/", get(page))
        .route("/c/{*screen}", get(page))
        .route("/icon.svg", get(icon))
        .route("/assets/{name}", get(asset))
}

async fn page(headers: HeaderMap) -> Response {
    file("index.html", &headers, "no-cache")
}

/// A browser asks for the icon with every address that the screens put into its bar.
async fn icon(headers: HeaderMap) -> Response {
    file("icon.svg", &headers, "public, max-age=86400")
}

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    file(&format!("assets/{name}"), &headers, "public, max-age=31536000, immutable")
}

fn find(name: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes)
}

fn file(name: &str, headers: &HeaderMap, keep: &'static str) -> Response {
    let plain = find(name);
    let packed = find(&format!("{name}.gz")).filter(|_| takes_gzip(headers));
    let Some(bytes) = packed.or(plain) else { return PageError::NotFound.into_response() };
    let mut response = bytes.into_response();
    let set = response.headers_mut();
    set.insert(CONTENT_TYPE, HeaderValue::from_static(media_type(name)));
    set.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    set.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    set.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if packed.is_some() {
        set.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|text| {
        let mut codings = text.split(',').map(str::trim);
        codings.any(|coding| coding.split(';').next() == Some("gzip") && !coding.ends_with("q=0"))
    })
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, end)| end) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(text: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(text))])
    }

    #[test]
    fn compressed_files_go_to_those_who_take_them() {
        assert!(takes_gzip(&accepting("gzip, deflate, br")));
        assert!(takes_gzip(&accepting("br, gzip;q=0.5")));
        assert!(!takes_gzip(&accepting("gzip;q=0, br")));
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        let response = file("assets/../index.html", &HeaderMap::new(), "no-cache");
        assert_eq!(response.status(), axum::http::StatusCode::NOT_FOUND);
    }

    #[test]
    fn every_file_of_the_page_is_there_and_known() {
        let Some(page) = find("index.html") else { return };
        let page = String::from_utf8_lossy(page);
        for named in page.split('"').filter(|text| text.starts_with("/assets/")) {
            assert!(find(&named[1..]).is_some(), "{named}");
        }
        for (name, _) in FILES {
            let name = name.strip_suffix(".gz").unwrap_or(name);
            assert_ne!(media_type(name), "application/octet-stream", "{name}");
        }
    }
}
