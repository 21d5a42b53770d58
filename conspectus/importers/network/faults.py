"""What the network refuses, as a curator is told of it."""

from __future__ import annotations

from conspectus.problems import Location, Problem, error


class NetworkError(Exception):
    """A request that brought nothing: one line of what happened, and one of what to do."""

    def __init__(
        self,
        message: str,
        remedy: str,
        *,
        is_passing: bool = False,
        is_final: bool = False,
        is_missing: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.is_passing = is_passing
        """Whether asking again may help."""
        self.is_final = is_final
        """Whether the host will answer no further request of this run either."""
        self.is_missing = is_missing
        """Whether the host answered, and has nothing under this name."""

    def problem(self, place: str) -> Problem:
        """The same as a problem of the source that was asked for."""
        return error(Location(place), self.message, self.remedy)


def offline(host: str, said: str) -> NetworkError:
    """The host's name or address leads nowhere."""
    return NetworkError(
        f"{host} cannot be reached: {said}",
        "see whether this machine is online; a file can be imported without a network",
        is_final=True,
    )


def slow(host: str, seconds: float) -> NetworkError:
    """Nothing, or not enough, came in time."""
    return NetworkError(
        f"{host} did not answer within {seconds:g} s", "try again later", is_passing=True
    )


def cut(host: str) -> NetworkError:
    """The connection ended in the middle."""
    return NetworkError(f"{host} cut the connection", "try again later", is_passing=True)


def unreadable(host: str, said: str) -> NetworkError:
    """What came is no answer."""
    return NetworkError(
        f"{host} answered with {said}", "try again later, or download a file and import that"
    )


def too_large(host: str, most: int) -> NetworkError:
    """The answer would never end, or a small one unpacks to a huge one."""
    return NetworkError(
        f"the answer of {host} is larger than {most / 1_000_000:g} MB",
        "ask for less, or download a file and import that",
    )


def untrusted(host: str, said: str) -> NetworkError:
    """The certificate does not prove that the host is who it says."""
    return NetworkError(
        f"the certificate of {host} is not accepted: {said}",
        "where a proxy of your own signs, name its certificates in the variable SSL_CERT_FILE",
        is_final=True,
    )


def local(host: str, address: str) -> NetworkError:
    """The address lies in this machine or its network."""
    where = f" ({address})" if address != host else ""
    return NetworkError(
        f"{host} is a local address{where}, and is not asked", "name a public address"
    )
