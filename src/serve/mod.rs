//! Shows the output in a browser while it is worked on.
//!
//! A small HTTP server for this machine alone: it hands out the files of the output as they are,
//! tells open pages when the site has changed, so that they load again, and lays what is wrong
//! with the data over them. It runs in a thread of its own and knows nothing of builds; whoever
//! builds tells it how it went.
//!
//! Pages hear of changes by server-sent events: one way is all that is needed, every browser has
//! had them for a decade, and comes back by itself when the server was gone for a while. The first
//! event of a connection says what is the case now, so nothing is lost in between.

mod body;
mod locate;
mod media;
mod notice;
mod prefix;
mod respond;

pub use prefix::Prefix;
pub use respond::Site;

use self::body::Body;
use self::respond::{Content, Visit, respond};
use crate::diagnostic::{Language, Report, render};
use crate::publish::Summary;
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::json;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout};

/// The port, unless another is asked for; where it is taken, the next that is free.
pub const PORT: u16 = 8021;

/// How many ports are tried.
const PORTS: u16 = 50;

/// Connections at a time; a browser opens six. Beyond that the oldest makes room for the newest: a
/// page that listens comes back by itself, and a visitor who says nothing is not missed.
const CONNECTIONS: usize = 128;

/// How long a connection may last; a page that listens comes back by itself.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// How long a visitor may take to say what is wanted, and be silent in between.
const HEAD: Duration = Duration::from_secs(10);

/// Bytes of the head of a request.
const HEAD_BYTES: usize = 16 * 1024;

/// Headers of a request.
const HEADERS: usize = 64;

/// Threads that read files.
const READERS: usize = 8;

/// How often an open page hears that the server is still there.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// How long to wait when the system has no connection to spare.
const BREATH: Duration = Duration::from_millis(100);

/// Takes a port: the one that is given, or the first free one from [`PORT`] on. A second listener
/// hears for `localhost` where that means IPv6.
///
/// # Errors
/// It is taken, or may not be used.
pub fn listen(port: Option<u16>, lan: bool) -> io::Result<Vec<TcpListener>> {
    let address = if lan { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    let first = match port {
        Some(port) => TcpListener::bind((address, port))?,
        None => (PORT..PORT + PORTS)
            .find_map(|port| TcpListener::bind((address, port)).ok())
            .map_or_else(|| TcpListener::bind((address, 0)), Ok)?,
    };
    let port = first.local_addr()?.port();
    let second = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).ok();
    Ok(std::iter::once(first).chain(second).collect())
}

/// A server at work. It ends with the program.
#[derive(Debug)]
pub struct Preview {
    site: Site,
    state: watch::Sender<State>,
    run: u64,
    changes: u64,
}

/// What there is to know.
#[derive(Debug, Clone)]
struct State {
    /// Names the present state of the site.
    build: Arc<str>,
    /// What the last build had to tell; none before the first.
    told: Option<Arc<str>>,
    /// The event that says all this to a page.
    event: Bytes,
}

/// What the connections share.
#[derive(Debug)]
struct Shared {
    site: Site,
    state: watch::Receiver<State>,
}

impl Preview {
    /// Begins to answer, in a thread of its own.
    ///
    /// # Errors
    /// The system has no thread or no event queue for it.
    pub fn start(site: Site, listeners: Vec<TcpListener>) -> io::Result<Self> {
        // Numbers of another run are others, so that a page that has outlived the server loads
        // again. The standard library has no other source of random numbers.
        let run = RandomState::new().hash_one(0);
        let (state, receiver) = watch::channel(State::new(run, 0, site.language, None));
        let shared = Arc::new(Shared { site: site.clone(), state: receiver });
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(READERS)
            .build()?;
        let listeners = listeners
            .into_iter()
            .map(|listener| listener.set_nonblocking(true).map(|()| listener))
            .collect::<io::Result<Vec<_>>>()?;
        std::thread::Builder::new().name("preview".to_owned()).spawn(move || {
            runtime.block_on(async {
                for listener in listeners {
                    tokio::spawn(accept(listener, shared.clone()));
                }
                std::future::pending::<()>().await;
            });
        })?;
        Ok(Self { site, state, run, changes: 0 })
    }

    /// Tells open pages how a build went; no summary means that the site is as it was.
    pub fn tell(&mut self, report: &Report, summary: Option<&Summary>) {
        // Any change makes every open page load again, also one that looks the same: it may show
        // a picture that is another now, and with its place kept it does no harm.
        let is_new = |summary: &Summary| summary.has_changes() || summary.is_by_others;
        self.changes += u64::from(summary.is_some_and(is_new));
        let built = Some((report, summary.is_none()));
        let state = State::new(self.run, self.changes, self.site.language, built);
        self.state.send_if_modified(|before| {
            let is_news = before.event != state.event;
            *before = state;
            is_news
        });
    }
}

impl State {
    /// The state after so many changes. `built` is what the last build had to tell and whether it
    /// was stopped by that; none before the first.
    fn new(run: u64, changes: u64, language: Language, built: Option<(&Report, bool)>) -> Self {
        let build = format!("{run:016x}-{changes}");
        let notice = built.map(|(report, stopped)| notice::notice(report, stopped, language));
        let told = built.map(|(report, _)| render::text(report, language, false));
        let data = json!({ "build": build, "notice": notice, "lost": notice::lost(language) });
        // JSON has no line breaks of its own, so it is one line of data.
        let event = format!("retry: 1000\ndata: {data}\n\n");
        Self { build: build.into(), told: told.map(Into::into), event: event.into() }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let mut open: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            sleep(BREATH).await;
            continue;
        };
        open.retain(|connection| !connection.is_finished());
        if open.len() >= CONNECTIONS
            && let Some(oldest) = open.pop_front()
        {
            oldest.abort();
        }
        // Whatever goes wrong with one connection concerns no other.
        let connection = tokio::spawn(timeout(LIFETIME, converse(stream, shared.clone())));
        open.push_back(connection.abort_handle());
    }
}

/// Answers the requests of one connection.
async fn converse(stream: TcpStream, shared: Arc<Shared>) -> Result<(), hyper::Error> {
    let Ok(local) = stream.local_addr() else { return Ok(()) };
    // A page waits for the event, not for more to come.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let shared = shared.clone();
        async move { Ok::<_, Infallible>(handle(request, local, shared).await) }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_header_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(stream), service)
        .await
}

async fn handle(
    request: Request<Incoming>,
    local: SocketAddr,
    shared: Arc<Shared>,
) -> Response<Body> {
    let (head, body) = request.into_parts();
    let is_head = head.method == Method::HEAD;
    let visit = Visit {
        method: head.method,
        uri: head.uri,
        headers: head.headers,
        local,
        has_body: !body.is_end_stream(),
    };
    let mut state = shared.state.clone();
    // The state is taken before the file is read: a page that is newer than it says loads once
    // too often, one that is older would never load again.
    let now = state.borrow_and_update().clone();
    let first = now.event.clone();
    // Files are read where a slow disk holds up nobody else.
    let read = tokio::task::spawn_blocking(move || {
        respond(&shared.site, &now.build, now.told.as_deref(), &visit)
    });
    let Ok(response) = read.await else {
        let mut response = Response::new(Body::Whole(Bytes::new()));
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        return response;
    };
    response.map(|content| match content {
        Content::Whole(bytes) => Body::Whole(bytes),
        Content::File(file, size) => Body::File(file.into(), size),
        Content::Events if is_head => Body::Whole(Bytes::new()),
        Content::Events => {
            let (sender, receiver) = mpsc::channel(1);
            tokio::spawn(report(first, state, sender));
            Body::Events(receiver)
        }
    })
}

/// Sends events until nobody listens any more.
async fn report(first: Bytes, mut state: watch::Receiver<State>, listener: mpsc::Sender<Bytes>) {
    let mut event = first;
    while listener.send(event).await.is_ok() {
        event = match timeout(SIGN_OF_LIFE, state.changed()).await {
            Ok(Ok(())) => state.borrow_and_update().event.clone(),
            Ok(Err(_)) => return,
            // A comment, which a browser overlooks.
            Err(_) => Bytes::from_static(b":\n\n"),
        };
    }
}
