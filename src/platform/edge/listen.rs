//! Listening, accepting, and one task for each connection.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;

use super::exchange::{Exchanges, to_https};
use super::gate::{Gate, Refusal};
use super::limits::Limits;
use super::socket::{Conn, Socket};
use super::tls::Acceptor;

/// Connections that the system keeps for us in a burst.
const BACKLOG: u32 = 4096;

/// What every connection shares.
pub(super) struct Door {
    pub(super) exchanges: Arc<Exchanges>,
    pub(super) gate: Arc<Gate>,
    pub(super) limits: Limits,
    pub(super) connections: usize,
    pub(super) tls: Option<Acceptor>,
    pub(super) stopping: watch::Receiver<bool>,
}

/// What a listener does with its connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    Plain,
    Tls,
    /// Sends everybody to https.
    Redirect,
}

/// Binds an address.
pub(super) fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address).and_then(|()| socket.listen(BACKLOG)).map_err(|cause| {
        let why = match cause.kind() {
            io::ErrorKind::AddrInUse => "another program listens there already".to_owned(),
            io::ErrorKind::PermissionDenied => "ports below 1024 need a privilege".to_owned(),
            io::ErrorKind::AddrNotAvailable => "this machine has no such address".to_owned(),
            _ => cause.to_string(),
        };
        io::Error::new(cause.kind(), format!("Cannot listen on {address}: {why}."))
    })
}

/// Accepts until the edge stops.
pub(super) async fn accept(listener: TcpListener, manner: Manner, door: Arc<Door>) {
    let mut stopping = door.stopping.clone();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stopped(&mut stopping) => return,
        };
        match accepted {
            Ok((stream, address)) => admit(stream, address.ip().to_canonical(), manner, &door),
            // The client is gone already; the next one is not.
            Err(cause) if cause.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(cause) => {
                // Out of descriptors or memory: the connection stays in the backlog until some are free again.
                tracing::warn!(%cause, "cannot accept");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

fn admit(stream: TcpStream, peer: IpAddr, manner: Manner, door: &Arc<Door>) {
    if let Err(cause) = stream.set_nodelay(true) {
        tracing::debug!(%cause, "no TCP_NODELAY");
    }
    let conn = Arc::new(Conn::new(peer, manner == Manner::Tls));
    let place = match door.gate.enter(&conn, door.connections, door.limits.per_address) {
        Ok(place) => place,
        Err(full) => {
            if manner != Manner::Tls {
                turn_away(&stream, &full);
            }
            return;
        }
    };
    let (task_door, task_conn) = (door.clone(), conn.clone());
    let task = tokio::spawn(async move {
        let _place = place;
        serve(stream, &task_conn, manner, &task_door).await;
    });
    conn.abort_with(task.abort_handle());
}

fn turn_away(stream: &TcpStream, full: &Refusal) {
    let answer: &[u8] = match full {
        Refusal::InAll => {
            b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 2\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        }
        Refusal::ForAddress => {
            b"HTTP/1.1 429 Too Many Requests\r\nretry-after: 2\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        }
    };
    // A fresh socket takes so few bytes at once, or nobody is there to read them.
    let _unread = stream.try_write(answer);
}

async fn serve(stream: TcpStream, conn: &Arc<Conn>, manner: Manner, door: &Arc<Door>) {
    let socket = Socket::new(stream, conn.clone());
    match (manner, &door.tls) {
        (Manner::Tls, Some(acceptor)) => match acceptor.accept(socket).await {
            Ok(Some(stream)) => {
                let (_, session) = stream.get_ref();
                if let Some(name) = session.server_name() {
                    let _only_once = conn.name.set(name.to_owned());
                }
                if session.alpn_protocol() == Some(b"h2") {
                    conn.speaks_h2();
                    Box::pin(two(stream, conn, door)).await;
                } else {
                    Box::pin(one(stream, conn, manner, door)).await;
                }
            }
            Ok(None) => {}
            Err(cause) => tracing::debug!(peer = %conn.peer, %cause, "no handshake"),
        },
        _ => Box::pin(one(socket, conn, manner, door)).await,
    }
}

/// HTTP/1.1. Times are the watchdog's.
async fn one<S: AsyncRead + AsyncWrite + Unpin>(stream: S, conn: &Arc<Conn>, manner: Manner, door: &Arc<Door>) {
    let service = service_fn(|request| {
        let (exchanges, conn) = (door.exchanges.clone(), conn.clone());
        Box::pin(async move {
            Ok::<_, io::Error>(match manner {
                Manner::Redirect => to_https(&request),
                Manner::Plain | Manner::Tls => exchanges.answer(&conn, request).await,
            })
        })
    });
    let mut http = http1::Builder::new();
    http.header_read_timeout(None).max_header_size(16 << 10).max_headers(64).max_buf_size(16 << 10);
    let mut serving = pin!(http.serve_connection(TokioIo::new(stream), service));
    let mut stopping = door.stopping.clone();
    let ended = tokio::select! {
        ended = &mut serving => ended,
        () = stopped(&mut stopping) => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(cause) = ended {
        tracing::debug!(peer = %conn.peer, %cause, "connection");
    }
}

/// HTTP/2, after ALPN chose it.
async fn two<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(stream: S, conn: &Arc<Conn>, door: &Arc<Door>) {
    let service = service_fn(|request| {
        let (exchanges, conn) = (door.exchanges.clone(), conn.clone());
        Box::pin(async move { Ok::<_, io::Error>(exchanges.answer(&conn, request).await) })
    });
    let mut http = http2::Builder::new(TokioExecutor::new());
    http.timer(TokioTimer::new())
        .max_concurrent_streams(32)
        .max_header_list_size(16 << 10)
        .initial_stream_window_size(256 << 10)
        .initial_connection_window_size(1 << 20)
        .max_send_buf_size(64 << 10)
        .max_pending_accept_reset_streams(20)
        .max_local_error_reset_streams(100)
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(10));
    let mut serving = pin!(http.serve_connection(TokioIo::new(stream), service));
    let mut stopping = door.stopping.clone();
    let ended = tokio::select! {
        ended = &mut serving => ended,
        () = stopped(&mut stopping) => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(cause) = ended {
        tracing::debug!(peer = %conn.peer, %cause, "connection");
    }
}

async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error means that the edge itself is gone, which is as good as stopping.
    let _stop = stopping.wait_for(|stop| *stop).await;
}
