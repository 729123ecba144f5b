//! A small client that sends exactly what it is given: servers are tried with what no browser says.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// How long to wait for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status; 0 if there was no answer at all.
    pub status: u16,
    /// Headers, by their names in lower case.
    pub headers: BTreeMap<String, String>,
    /// What follows the head.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Connects to a port of this machine.
pub fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Asks for a path with GET, as a browser does.
pub fn get(port: u16, path: &str) -> Answer {
    ask(port, "GET", path)
}

/// Asks for a path with any method.
pub fn ask(port: u16, method: &str, path: &str) -> Answer {
    let host = format!("127.0.0.1:{port}");
    send(port, format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
}

/// Sends bytes, and reads until the other side closes.
pub fn send(port: u16, request: impl AsRef<[u8]>) -> Answer {
    let mut stream = connect(port);
    // The other side may answer, and close, before it has heard everything.
    let _ = stream.write_all(request.as_ref());
    let mut bytes = Vec::new();
    let mut piece = [0; 65536];
    while let Ok(size @ 1..) = stream.read(&mut piece) {
        bytes.extend_from_slice(&piece[..size]);
    }
    read(&bytes)
}

fn read(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
    let (head, body) = end.map_or((bytes, &[][..]), |end| (&bytes[..end], &bytes[end + 4..]));
    let head = String::from_utf8_lossy(head);
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap_or("0");
    let headers = lines.filter_map(|line| line.split_once(':'));
    Answer {
        status: status.parse().unwrap(),
        headers: headers.map(|(k, v)| (k.to_lowercase(), v.trim().to_owned())).collect(),
        body: body.to_owned(),
    }
}
