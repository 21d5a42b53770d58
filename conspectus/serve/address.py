"""Where the preview listens, and the names by which a browser may call it."""

from __future__ import annotations

import errno
import ipaddress
import re
import socket
from contextlib import suppress
from dataclasses import dataclass

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^\[\]:/@\s]+))(?::\d{1,5})?")
_PORTS_TO_TRY = 50


class AddressError(Exception):
    """The address cannot be listened on; the message says why, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Listening:
    """A socket that is bound, and how it was asked for."""

    socket: socket.socket
    host: str
    """As the user gave it."""

    @property
    def port(self) -> int:
        """The port, also where the system picked it."""
        return int(self.socket.getsockname()[1])

    @property
    def url(self) -> str:
        """What a browser on this machine opens."""
        name = "127.0.0.1" if self.is_wildcard else self.host
        return f"http://{f'[{name}]' if ':' in name else name}:{self.port}/"

    @property
    def is_wildcard(self) -> bool:
        """Whether every address of this machine is listened on."""
        return self.host in {"0.0.0.0", "::"}

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        address = str(self.socket.getsockname()[0])
        with suppress(ValueError):
            return ipaddress.ip_address(address).is_loopback
        return False

    def answers_to(self, header: str) -> bool:
        """Whether a Host header names this server.

        A page of a stranger that points its own name here (DNS rebinding) is told apart by that
        name; on a wildcard any bare address is taken, for an address cannot be pointed elsewhere.
        """
        match = _HOST.fullmatch(header.lower())
        if match is None:
            return False
        name = match[1] or match[2]
        return name in _LOCAL or name == self.host.lower() or (self.is_wildcard and _is_ip(name))


def listen(host: str, port: int) -> Listening:
    """Bind a socket; raises `AddressError` with the next free port where this one is taken."""
    try:
        return Listening(_bound(host, port), host)
    except (OSError, UnicodeError) as refusal:
        raise AddressError(_explained(refusal, host, port)) from refusal


def _explained(refusal: Exception, host: str, port: int) -> str:
    number = getattr(refusal, "errno", None)
    if number == errno.EADDRINUSE:
        free = _next_free(host, port)
        hint = f"port {free} is free: write --port {free}" if free else "write --port 0"
        return f"port {port} is in use; {hint}"
    if number in {errno.EACCES, errno.EPERM}:
        return f"port {port} needs more rights than this user has; write --port 8000"
    return f"cannot listen on {host}: write --host 127.0.0.1, or an address of this machine"


def _next_free(host: str, port: int) -> int | None:
    for candidate in range(port + 1, min(port + 1 + _PORTS_TO_TRY, 65536)):
        with suppress(OSError):
            _bound(host, candidate).close()
            return candidate
    return None


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    bound = socket.socket(family, kind, protocol)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(128)  # here already, so that two previews cannot both believe in one port
    except OSError:
        bound.close()
        raise
    return bound


def _is_ip(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
