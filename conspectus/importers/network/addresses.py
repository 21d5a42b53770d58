"""A host's name in; the addresses at which it may be asked, none of them local, out."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator

from conspectus.importers.network import faults

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
"""A host and a port in; addresses as digits out."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[str]:
    """The addresses that the system knows for a name, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def allowed(host: str, port: int, resolver: Resolve, *, allows_loopback: bool) -> list[str]:
    """The host's addresses; raises NetworkError where it has none, or one that is local.

    The addresses that were looked at are the ones to connect to: a name that is asked twice may
    lead elsewhere the second time.
    """
    try:
        found = resolver(host, port)
    except (OSError, UnicodeError) as fault:
        raise faults.offline(host, "its name is not found") from fault
    for address in found:
        if not _is_allowed(address, allows_loopback=allows_loopback):
            raise faults.local(host, address)
    if not found:
        raise faults.offline(host, "its name is not found")
    return found


def _is_allowed(text: str, *, allows_loopback: bool) -> bool:
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if allows_loopback and address.is_loopback:
        return True
    return all(each.is_global and not each.is_multicast for each in _meant(address))


def _meant(address: Address) -> Iterator[Address]:
    """The address, and those that it carries within."""
    yield address
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield address.teredo[1]
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
