//! The least of an HTTP client: one page after another over one connection to this machine.

use super::Result;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// A client that keeps its connection and opens a new one where the server has closed it.
pub struct Client {
    port: u16,
    connection: Option<BufReader<TcpStream>>,
}

impl Client {
    /// A client of the server on this machine at a port.
    pub fn new(port: u16) -> Self {
        Self { port, connection: None }
    }

    /// The body of a page, or none where the server does not answer, or not with success.
    pub fn page(&mut self, path: &str) -> Option<Vec<u8>> {
        for _ in 0..2 {
            if let Ok((status, body)) = self.get(path) {
                return (status == 200).then_some(body);
            }
            self.connection = None;
        }
        None
    }

    fn get(&mut self, path: &str) -> Result<(u16, Vec<u8>)> {
        let reader = match &mut self.connection {
            Some(reader) => reader,
            none => {
                let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                none.insert(BufReader::new(stream))
            }
        };
        let host = format!("127.0.0.1:{}", self.port);
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: keep-alive\r\n\r\n");
        reader.get_mut().write_all(request.as_bytes())?;
        let status = line(reader)?;
        let status: u16 = status.split(' ').nth(1).ok_or("no status")?.parse()?;
        let mut length = None;
        let mut chunked = false;
        let mut closes = false;
        loop {
            let header = line(reader)?.to_ascii_lowercase();
            match header.split_once(':').map(|(name, value)| (name, value.trim())) {
                Some(("content-length", value)) => length = Some(value.parse::<usize>()?),
                Some(("transfer-encoding", "chunked")) => chunked = true,
                Some(("connection", "close")) => closes = true,
                None if header.is_empty() => break,
                _ => {}
            }
        }
        let body = match (chunked, length) {
            (true, _) => chunks(reader)?,
            (false, Some(length)) => exactly(reader, length)?,
            (false, None) => {
                closes = true;
                let mut body = Vec::new();
                reader.read_to_end(&mut body)?;
                body
            }
        };
        if closes {
            self.connection = None;
        }
        Ok((status, body))
    }
}

fn line(reader: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Err("the connection was closed".into());
    }
    line.truncate(line.trim_end().len());
    Ok(line)
}

fn exactly(reader: &mut impl Read, length: usize) -> Result<Vec<u8>> {
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(body)
}

fn chunks(reader: &mut impl BufRead) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = line(reader)?;
        let size = usize::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16)?;
        if size == 0 {
            while !line(reader)?.is_empty() {}
            return Ok(body);
        }
        body.append(&mut exactly(reader, size)?);
        line(reader)?;
    }
}
