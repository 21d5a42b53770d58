"""Ports and names."""

from __future__ import annotations

import socket

import pytest

from conspectus.serve.address import AddressError, Listening, listen


def answers(host: str, header: str) -> bool:
    with socket.socket() as unused:
        return Listening(unused, host).answers_to(header)


def test_port_0_picks_a_free_port() -> None:
    listening = listen("127.0.0.1", 0)
    with listening.socket:
        assert listening.port > 0
        assert listening.url == f"http://127.0.0.1:{listening.port}/"
        assert listening.is_local


def test_a_port_in_use_is_said_with_the_next_free_one() -> None:
    taken = listen("127.0.0.1", 0)
    with taken.socket, pytest.raises(AddressError, match=f"port {taken.port} is in use") as said:
        listen("127.0.0.1", taken.port)
    proposed = int(str(said.value).rpartition(" ")[2])
    listen("127.0.0.1", proposed).socket.close()


@pytest.mark.parametrize("host", ["203.0.113.1", "", "a" * 300, "."])
def test_an_address_of_nobody_is_refused(host: str) -> None:
    with pytest.raises(AddressError, match="cannot listen"):
        listen(host, 0)


@pytest.mark.parametrize(
    "header",
    ["localhost", "localhost:8000", "LOCALHOST:1", "127.0.0.1:80", "[::1]:8000", "my.host:8000"],
)
def test_own_names_are_answered(header: str) -> None:
    assert answers("my.host", header)


@pytest.mark.parametrize(
    "header",
    ["", "evil.example", "localhost.evil.example", "localhost:80:80", "a@localhost", "[::1",
     "::1", "localhost/", "localhost:", "localhost:123456", " localhost", "192.168.0.1", "0.0.0.0"],
)  # fmt: skip
def test_other_names_are_not_answered(header: str) -> None:
    assert not answers("127.0.0.1", header)


def test_on_every_address_bare_addresses_are_answered_and_names_are_not() -> None:
    assert answers("0.0.0.0", "192.168.0.1:8000")
    assert answers("::", "[fe80::1]:8000")
    assert not answers("0.0.0.0", "evil.example:8000")
