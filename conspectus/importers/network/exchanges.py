"""One request in; one answer, bounded in time and size, out."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
import traceback
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, cast
from urllib.parse import SplitResult, quote, urlsplit
from urllib.request import proxy_bypass

from conspectus.fields import shown
from conspectus.importers.network import addresses, faults
from conspectus.importers.network.faults import NetworkError

_CHUNK = 65_536
_GZIP = 31
"""What zlib calls gzip's framing."""
_MOST_HEADER_BYTES = 200_000
_URL_CHARACTERS = "/%:@!$&'()*+,;=~-._?"


class Clock(Protocol):
    """Seconds that pass; a test's own clock needs no patience."""

    def monotonic(self) -> float:
        """Seconds since some moment."""

    def sleep(self, seconds: float) -> None:
        """Let them pass."""


class SystemClock:
    """The machine's clock."""

    def monotonic(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let them pass."""
        time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may cost."""

    seconds: float = 60.0
    """For one exchange, from the first packet to the last."""
    silence: float = 20.0
    """Seconds without a byte, connecting included."""
    size: int = 20_000_000
    """Bytes of an answer, unpacked."""
    redirects: int = 5
    tries: int = 4
    patience: float = 120.0
    """Seconds that may pass between the tries, all together."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; the body of successes only."""

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Line:
    """How the outside is reached."""

    clock: Clock = field(default_factory=SystemClock)
    limits: Limits = Limits()
    resolver: addresses.Resolve = addresses.resolve
    proxies: Mapping[str, str] = field(default_factory=dict)
    """A proxy's address by the scheme of what is asked, as the environment names it."""
    allows_loopback: bool = False
    """For tests against a server on this machine."""


def exchange(line: Line, method: str, url: str, headers: Mapping[str, str]) -> Answer:
    """Ask once, following nothing; raises NetworkError with what went wrong."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    deadline = line.clock.monotonic() + line.limits.seconds
    try:
        connection, wire = _connected(line, parts, deadline)
        try:
            connection.request(method, _target(line, parts), headers=dict(headers))
            answer = connection.getresponse()
            body = _body(answer, host, line.limits.size) if method == "GET" else b""
        finally:
            wire.hang_up()
    except _OverflowError as fault:
        raise faults.too_large(host, line.limits.size) from fault
    except ssl.SSLCertVerificationError as fault:
        raise faults.untrusted(host, fault.verify_message) from fault
    except TimeoutError as fault:
        raise faults.slow(host, line.limits.seconds) from fault
    except (http.client.IncompleteRead, http.client.RemoteDisconnected) as fault:
        raise faults.cut(host) from fault
    except (http.client.HTTPException, zlib.error) as fault:
        raise faults.unreadable(host, "something that is not HTTP") from fault
    except ConnectionRefusedError as fault:
        raise faults.offline(host, "it refuses connections") from fault
    except OSError as fault:
        raise faults.cut(host) from fault
    lowered = {name.lower(): value for name, value in answer.getheaders()}
    return Answer(url, answer.status, lowered, body)


def _connected(
    line: Line, parts: SplitResult, deadline: float
) -> tuple[http.client.HTTPConnection, _BoundedSocket]:
    host = _ascii(parts.hostname or "")
    is_secret = parts.scheme == "https"
    port = parts.port or (443 if is_secret else 80)
    proxy = _proxy(line, parts)
    if proxy is None:
        connection = http.client.HTTPConnection(host, port)
        plain = _plain_socket(line, host, port)
    else:
        _refuse_local_names(line, host, port)
        connection = http.client.HTTPConnection(
            proxy.hostname or "", proxy.port or 80, timeout=line.limits.silence
        )
        if is_secret:
            connection.set_tunnel(host, port)
        try:
            connection.connect()
        except BaseException as fault:
            connection.close()
            # The proxy's answer holds the socket open as long as someone holds the fault.
            traceback.clear_frames(fault.__traceback__)
            if not isinstance(fault, OSError):
                raise
            said = f"the proxy does not lead there ({shown(str(fault))})"
            raise faults.offline(host, said) from fault
        plain = connection.sock
    try:
        plain.settimeout(line.limits.silence)
        if is_secret:
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise
    wire = _BoundedSocket(plain, line, deadline)
    connection.sock = cast("socket.socket", wire)
    return connection, wire


def _plain_socket(line: Line, host: str, port: int) -> socket.socket:
    """Connected to the first of the host's addresses that takes it."""
    refusal: OSError | None = None
    for address in addresses.allowed(
        host, port, line.resolver, allows_loopback=line.allows_loopback
    ):
        try:
            return socket.create_connection((address, port), timeout=line.limits.silence)
        except OSError as fault:
            refusal = fault
    if refusal is None or isinstance(refusal, TimeoutError | ConnectionRefusedError):
        raise refusal or TimeoutError
    raise faults.offline(host, (refusal.strerror or "no way leads there").lower()) from refusal


def _proxy(line: Line, parts: SplitResult) -> SplitResult | None:
    named = line.proxies.get(parts.scheme, "")
    if not named or proxy_bypass(parts.netloc):
        return None
    return urlsplit(named if "://" in named else f"http://{named}")


def _refuse_local_names(line: Line, host: str, port: int) -> None:
    """Behind a proxy, names are its own affair; but digits and this machine's name are ours."""
    is_digits = host.replace(".", "").isdigit() or ":" in host
    if is_digits or host == "localhost" or host.endswith(".localhost"):
        addresses.allowed(host, port, line.resolver, allows_loopback=line.allows_loopback)


def _ascii(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError as fault:
        raise faults.offline(host, "its name is not found") from fault


def _target(line: Line, parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_URL_CHARACTERS)
    query = f"?{quote(parts.query, safe=_URL_CHARACTERS)}" if parts.query else ""
    if parts.scheme == "http" and _proxy(line, parts):
        return f"http://{parts.netloc}{path}{query}"
    return path + query


def _body(answer: http.client.HTTPResponse, host: str, most: int) -> bytes:
    if not 200 <= answer.status < 300:
        return b""
    encoding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise faults.unreadable(host, f'the unknown encoding "{shown(encoding)}"')
    raw = _chunks(answer)
    return _joined(raw, most) if encoding == "identity" else _unpacked(raw, most)


def _chunks(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    """The body as it comes; raises where it ends before the length that was promised."""
    promised = answer.getheader("Content-Length")
    seen = 0
    while chunk := answer.read(_CHUNK):
        seen += len(chunk)
        yield chunk
    if promised is None and not seen and not answer.chunked:
        # Without a length an end looks like a cut; nothing at all is no answer.
        raise http.client.IncompleteRead(b"")
    if promised is not None and promised.isdigit() and seen < int(promised):
        raise http.client.IncompleteRead(b"", int(promised) - seen)


def _joined(chunks: Iterable[bytes], most: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most:
            raise _OverflowError
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], most: int) -> bytes:
    """Gzip's members one after another; never more than one byte above the limit is unpacked."""
    body = bytearray()
    unpacker, is_within = zlib.decompressobj(_GZIP), False
    for chunk in chunks:
        while chunk:
            body += unpacker.decompress(chunk, most - len(body) + 1)
            if len(body) > most:
                raise _OverflowError
            chunk, is_within = unpacker.unused_data, not unpacker.eof
            if unpacker.eof:
                unpacker = zlib.decompressobj(_GZIP)
    if is_within:
        raise http.client.IncompleteRead(b"")
    return bytes(body)


class _OverflowError(Exception):
    """More came than may come."""


class _BoundedSocket:
    """What http.client needs of a socket; every read looks at the deadline and at the size."""

    def __init__(self, plain: socket.socket, line: Line, deadline: float) -> None:
        self._plain = plain
        self._stream = _BoundedStream(plain, line, deadline)

    def sendall(self, sent: Any) -> None:
        self._plain.sendall(sent)

    def makefile(self, mode: str) -> io.BufferedReader:
        del mode
        return io.BufferedReader(self._stream)

    def close(self) -> None:
        """Nothing: http.client closes a connection before it has read what came over it."""

    def hang_up(self) -> None:
        self._plain.close()


class _BoundedStream(io.RawIOBase):
    def __init__(self, plain: socket.socket, line: Line, deadline: float) -> None:
        super().__init__()
        self._plain, self._line, self._deadline = plain, line, deadline
        self._room = line.limits.size + _MOST_HEADER_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._deadline - self._line.clock.monotonic()
        if left <= 0:
            raise TimeoutError
        self._plain.settimeout(min(left, self._line.limits.silence))
        count = self._plain.recv_into(buffer)
        self._room -= count
        if self._room < 0:
            raise _OverflowError
        return count


__all__ = ["Answer", "Clock", "Limits", "Line", "NetworkError", "SystemClock", "exchange"]
