//! What follows the head of a response, piece by piece.

use hyper::body::{Body as Pieces, Bytes, Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::mpsc::Receiver;

/// Bytes of a file that are sent at a time.
const PIECE: usize = 64 * 1024;

/// The body of a response.
#[derive(Debug)]
pub enum Body {
    /// Bytes at hand.
    Whole(Bytes),
    /// A file, and how many bytes of it are still to come.
    File(File, u64),
    /// Pieces as they come, without an end.
    Events(Receiver<Bytes>),
}

impl Pieces for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let piece = match self.get_mut() {
            Self::Whole(bytes) if bytes.is_empty() => None,
            Self::Whole(bytes) => Some(Ok(std::mem::take(bytes))),
            Self::File(_, 0) => None,
            Self::File(file, left) => {
                let size = usize::try_from(*left).map_or(PIECE, |left| left.min(PIECE));
                let mut piece = vec![0; size];
                let mut buffer = ReadBuf::new(&mut piece);
                let read = ready!(Pin::new(file).poll_read(context, &mut buffer));
                let filled = buffer.filled().len();
                piece.truncate(filled);
                *left -= filled as u64;
                Some(match read {
                    // Its length has been promised.
                    Ok(()) if filled == 0 => Err(io::ErrorKind::UnexpectedEof.into()),
                    read => read.map(|()| piece.into()),
                })
            }
            Self::Events(events) => ready!(events.poll_recv(context)).map(Ok),
        };
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.size_hint().exact(), Some(0))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::File(_, left) => SizeHint::with_exact(*left),
            Self::Events(_) => SizeHint::default(),
        }
    }
}
