//! A request → the response to it.
//!
//! Nothing here knows sockets or threads. What is sent is what the output holds, byte by byte; only
//! to pages a script is added on the way, which shows the reader's browser what happens here.

use super::locate::{self, OWN, Target, locate};
use super::media::media_type;
use super::prefix::Prefix;
use crate::diagnostic::{Language, Words};
use crate::{limits, words};
use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::http::uri::Authority;
use hyper::{Method, Response, StatusCode, Uri};
use memchr::memmem;
use minijinja::HtmlEscape;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

/// The script, in one piece of its own scope.
const SCRIPT: &str = concat!(
    "(function () {\n\"use strict\";\n",
    include_str!("overlay.js"),
    include_str!("reload.js"),
    "})();\n"
);
const STYLE: &str = include_str!("overlay.css");

/// The page of a site that could not be built yet.
const NO_SITE: &str = include_str!("no-site.html");

/// Bytes of a text that show its encoding.
const BEGINNING: u64 = 8 * 1024;

/// What is shown, and to whom.
#[derive(Debug, Clone)]
pub struct Site {
    /// The output of the build.
    pub out: PathBuf,
    /// Where on the server it stands.
    pub prefix: Prefix,
    /// Whether other machines may come.
    pub lan: bool,
    /// The language of what the preview itself says.
    pub language: Language,
}

/// A request, as far as it matters.
#[derive(Debug, Clone)]
pub struct Visit {
    /// GET, HEAD, or what is refused.
    pub method: Method,
    /// What is asked for.
    pub uri: Uri,
    /// Headers; only `Host` is read.
    pub headers: HeaderMap,
    /// The address at which the visitor has found this machine.
    pub local: SocketAddr,
    /// Whether something is sent along.
    pub has_body: bool,
}

/// What follows the head of a response.
#[derive(Debug)]
pub enum Content {
    /// Bytes at hand.
    Whole(Bytes),
    /// The first so many bytes of a file.
    File(File, u64),
    /// Whatever happens from now on.
    Events,
}

/// Answers a request. `build` names the present state of the site; `told` is what the last build
/// had to tell, none before the first.
pub fn respond(site: &Site, build: &str, told: Option<&str>, visit: &Visit) -> Response<Content> {
    let mut response = admit(site, visit).unwrap_or_else(|| answer(site, build, told, visit));
    for (name, value) in [
        // A preview that is stale is worse than one that takes a millisecond more.
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Pages of other sites have no business with a draft.
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Turns away who has no business here.
fn admit(site: &Site, visit: &Visit) -> Option<Response<Content>> {
    if !names_us(site, visit) {
        let words = words!(
            "这个地址不对。请用程序显示的网址打开预览。\n",
            "This is not an address of the preview. Open the one that the program shows.\n"
        );
        return Some(plain(site, StatusCode::MISDIRECTED_REQUEST, &words));
    }
    if !matches!(visit.method, Method::GET | Method::HEAD) {
        let words = words!("预览只能看，不能改。\n", "The preview is only for reading.\n");
        let mut response = plain(site, StatusCode::METHOD_NOT_ALLOWED, &words);
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(response);
    }
    if visit.has_body {
        let words = words!("请求里不该带内容。\n", "A request brings nothing along.\n");
        let mut response = plain(site, StatusCode::PAYLOAD_TOO_LARGE, &words);
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        return Some(response);
    }
    None
}

/// Tells whether a request is meant for this server. A page of another site can have its name lead
/// to this machine, and would then read the preview as its own (DNS rebinding); but its browser
/// still says that name.
fn names_us(site: &Site, visit: &Visit) -> bool {
    let mut hosts = visit.headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let Ok(host) = Authority::try_from(host.as_bytes()) else { return false };
    std::iter::once(&host).chain(visit.uri.authority()).all(|name| is_ours(site, name, visit.local))
}

fn is_ours(site: &Site, authority: &Authority, local: SocketAddr) -> bool {
    let name = authority.host();
    let loopback = ["127.0.0.1", "localhost", "[::1]"];
    let named = loopback.iter().any(|ours| name.eq_ignore_ascii_case(ours)) || {
        let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        site.lan && address.is_ok_and(|address| address == local.ip().to_canonical())
    };
    let rest = authority.as_str().strip_prefix(name);
    let ported = match rest.and_then(|rest| rest.strip_prefix(':')) {
        Some(port) => port == local.port().to_string(),
        None => rest == Some("") && local.port() == 80,
    };
    named && ported
}

fn answer(site: &Site, build: &str, told: Option<&str>, visit: &Visit) -> Response<Content> {
    match locate(&site.out, &site.prefix, visit.uri.path()) {
        Target::File(path) => {
            file(site, build, &path).unwrap_or_else(|| missing(site, build, told))
        }
        Target::Elsewhere(path) => redirect(site, &path, visit.uri.query()),
        Target::Own(name) => own(site, build, told, &name),
        Target::Missing => missing(site, build, told),
        Target::Outside => {
            let path = site.prefix.path();
            let words = words!("网站在 {path} 下面。\n", "The site stands below {path}\n");
            plain(site, StatusCode::NOT_FOUND, &words)
        }
        Target::Unreadable => {
            let words = words!("看不懂这个地址。\n", "This address can't be read.\n");
            plain(site, StatusCode::BAD_REQUEST, &words)
        }
    }
}

fn own(site: &Site, build: &str, told: Option<&str>, name: &str) -> Response<Content> {
    match name {
        "events" => with_type(Content::Events, "text/event-stream"),
        "preview.js" => bytes(SCRIPT, "text/javascript; charset=utf-8"),
        "preview.css" => bytes(STYLE, "text/css; charset=utf-8"),
        _ => missing(site, build, told),
    }
}

/// A file of the output. None if it can't be read: it has just been removed, or never could be.
fn file(site: &Site, build: &str, path: &Path) -> Option<Response<Content>> {
    let mut file = File::open(path).ok()?;
    let size = file.metadata().ok()?.len();
    let kind = media_type(&path.to_string_lossy());
    let charset = match kind.starts_with("text/") && is_utf8(&mut file).ok()? {
        true => "; charset=utf-8",
        // A text in another encoding is left to the browser, which guesses.
        false => "",
    };
    let kind_and_charset = format!("{kind}{charset}");
    if kind == "text/html" && usize::try_from(size).is_ok_and(|size| size <= limits::PAGE_BYTES) {
        let mut page = Vec::new();
        file.read_to_end(&mut page).ok()?;
        return Some(bytes(with_script(page, site, build), &kind_and_charset));
    }
    Some(with_type(Content::File(file, size), &kind_and_charset))
}

/// Tells whether a file begins as UTF-8 does, and rewinds it.
fn is_utf8(file: &mut File) -> io::Result<bool> {
    let mut beginning = Vec::new();
    file.take(BEGINNING).read_to_end(&mut beginning)?;
    file.rewind()?;
    // A character that is cut at the end is none that is wrong.
    Ok(std::str::from_utf8(&beginning).err().is_none_or(|error| error.error_len().is_none()))
}

/// Adds the script to a page: at the end of its body, where all that it may need stands above.
fn with_script(page: Vec<u8>, site: &Site, build: &str) -> Vec<u8> {
    let path = site.prefix.path();
    let tag = format!("<script src=\"{path}{OWN}/preview.js\" data-build=\"{build}\"></script>\n");
    let end = memmem::rfind(&page, b"</body>").or_else(|| memmem::rfind(&page, b"</BODY>"));
    let (before, after) = page.split_at(end.unwrap_or(page.len()));
    [before, tag.as_bytes(), after].concat()
}

/// What is shown for an address that leads nowhere: the site's own page for that, as its host will
/// show it; or, while there is no site at all, what keeps it from being built.
fn missing(site: &Site, build: &str, told: Option<&str>) -> Response<Content> {
    let page = locate::file(&site.out, crate::site::routes::MISSING);
    if let Some(mut response) = page.and_then(|path| file(site, build, &path)) {
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    }
    let title = match told {
        Some(_) => words!("网站还没有生成", "The site is not built yet"),
        None => words!("正在生成网站", "The site is being built"),
    };
    let hint = words!("生成以后，这里会自动显示。", "It will show here as soon as it is.");
    let language = match site.language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    let escaped = |text: &str| HtmlEscape(text).to_string();
    let page = NO_SITE
        .replace("{language}", language)
        .replace("{style}", &format!("{}{OWN}/preview.css", site.prefix.path()))
        .replace("{title}", &escaped(title.get(site.language)))
        .replace("{hint}", &escaped(hint.get(site.language)))
        // The last, since it may hold anything.
        .replace("{told}", &escaped(told.unwrap_or("")));
    let page = with_script(page.into_bytes(), site, build);
    let mut response = bytes(page, "text/html; charset=utf-8");
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response
}

/// Sends a visitor on, for this once: what stands at a path may be another thing tomorrow.
fn redirect(site: &Site, path: &str, query: Option<&str>) -> Response<Content> {
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    let Ok(location) = HeaderValue::try_from(format!("{path}{query}")) else {
        let words = words!("看不懂这个地址。\n", "This address can't be read.\n");
        return plain(site, StatusCode::BAD_REQUEST, &words);
    };
    let mut response = Response::new(Content::Whole(Bytes::new()));
    *response.status_mut() = StatusCode::TEMPORARY_REDIRECT;
    response.headers_mut().insert(header::LOCATION, location);
    response
}

fn plain(site: &Site, status: StatusCode, words: &Words) -> Response<Content> {
    let mut response = bytes(words.get(site.language).to_owned(), "text/plain; charset=utf-8");
    *response.status_mut() = status;
    response
}

fn bytes(content: impl Into<Bytes>, kind: &str) -> Response<Content> {
    with_type(Content::Whole(content.into()), kind)
}

fn with_type(content: Content, kind: &str) -> Response<Content> {
    let mut response = Response::new(content);
    if let Ok(kind) = HeaderValue::try_from(kind) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}
