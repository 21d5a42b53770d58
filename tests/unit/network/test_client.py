"""The client is polite, patient within bounds, and never led astray."""

from __future__ import annotations

import contextlib
import gzip
import os
import socket
import ssl
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st

from conspectus.importers.network.addresses import allowed
from conspectus.importers.network.client import Client, Keys, client_of, text_of
from conspectus.importers.network.exchanges import Limits, Line
from conspectus.importers.network.faults import NetworkError
from conspectus.settings import Curator, Settings
from tests.unit.network.serving import (
    Server,
    TickingClock,
    client_to,
    moved,
    ok,
    refused,
    serving,
)

AUTHORITY = trustme.CA()
LOCALHOST = AUTHORITY.issue_cert("127.0.0.1", "localhost")

# Who asks


def test_a_request_says_which_program_asks_and_who_runs_it(server: Server) -> None:
    client_to(server).fetch(server.on("/x", ok("moss")))
    assert "User-Agent: Conspectus/" in server.requests[0]
    assert "(mailto:mo@example.org)\r\n" in server.requests[0]


@pytest.mark.parametrize(
    ("survey", "environment", "contact"),
    [
        (Settings(), {}, ""),
        (Settings(base_url="https://moss.example/"), {}, "https://moss.example/"),
        (Settings(curator=Curator("Mo", "https://mo.example")), {}, "https://mo.example"),
        (Settings(), {"CONSPECTUS_CONTACT": "mo@example.org"}, "mo@example.org"),
    ],
)
def test_the_contact_is_the_curators_or_the_environments(
    survey: Settings, environment: dict[str, str], contact: str
) -> None:
    assert client_of(survey, environment).contact == contact


@given(st.text(max_size=300))
def test_no_contact_breaks_out_of_its_header(contact: str) -> None:
    agent = Client(contact).user_agent
    assert agent.isascii()
    assert agent.isprintable()
    assert agent.count("(") <= 1


# Pace


def test_arxiv_is_asked_every_three_seconds_at_most() -> None:
    clock = TickingClock()
    client = Client(line=Line(clock=clock, resolver=lambda host, port: []))
    for _ in range(3):
        with pytest.raises(NetworkError):
            client.fetch("https://export.arxiv.org/api/query")
    assert clock.sleeps == [3.0, 3.0]


def test_every_hop_and_every_retry_keeps_the_pace(server: Server) -> None:
    clock = TickingClock()
    client = client_to(server, clock=clock, gaps={"127.0.0.1": 3.0})
    server.on("/b", refused("503 Busy"), ok("moss"))
    client.fetch(server.on("/a", moved("/b")))
    assert server.paths == ["/a", "/b", "/a", "/b"]
    assert clock.sleeps == [3.0, 2.0, 1.0, 3.0]


def test_a_pause_that_a_host_asks_for_is_kept(server: Server) -> None:
    clock = TickingClock()
    client = client_to(server, clock=clock)
    url = server.on("/x", ok("moss", "Backoff: 7"))
    client.fetch(url)
    client.fetch(url)
    assert clock.sleeps == [7.0]


# Patience


@pytest.mark.parametrize("status", ["429 Too Many", "500 Oops", "502 Bad", "503 Busy", "504 Late"])
def test_a_busy_host_is_asked_again_after_doubling_waits(server: Server, status: str) -> None:
    clock = TickingClock()
    busy = refused(status)
    url = server.on("/x", busy, busy, busy, ok("moss"))
    assert client_to(server, clock=clock).fetch(url).body == b"moss"
    assert clock.sleeps == [2.0, 4.0, 8.0]


@pytest.mark.parametrize(
    "headers",
    [
        ("Retry-After: 20",),
        ("Date: Mon, 17 Mar 2025 10:00:00 GMT", "Retry-After: Mon, 17 Mar 2025 10:00:20 GMT"),
    ],
)
def test_the_wait_that_a_host_asks_for_is_kept(server: Server, headers: tuple[str, ...]) -> None:
    clock = TickingClock()
    url = server.on("/x", refused("429 Too Many", *headers), ok("moss"))
    client_to(server, clock=clock).fetch(url)
    assert clock.sleeps == [20.0]


@pytest.mark.parametrize("asked", ["", "soon", "-5", "Mon, 99 Mar", "٣", "1e9"])
def test_a_wait_that_says_nothing_is_the_usual_one(server: Server, asked: str) -> None:
    clock = TickingClock()
    header = f"Retry-After: {asked}".encode().decode("latin-1")
    reply = refused("503 Busy").replace(b"\r\n\r\n", f"\r\n{header}\r\n\r\n".encode("latin-1"))
    client_to(server, clock=clock).fetch(server.on("/x", reply, ok("moss")))
    assert clock.sleeps == [2.0]


def test_a_wait_of_an_hour_is_said_and_not_waited_for(server: Server) -> None:
    clock = TickingClock()
    url = server.on("/x", refused("429 Too Many", "Retry-After: 3600"))
    with pytest.raises(NetworkError) as raised:
        client_to(server, clock=clock).fetch(url)
    assert (raised.value.remedy, clock.sleeps) == ("it asks to wait for 60 minutes", [])


def test_a_host_that_stays_busy_is_left_alone_after_four_tries(server: Server) -> None:
    url = server.on("/x", refused("503 Busy"))
    with pytest.raises(NetworkError, match=r"127\.0\.0\.1 is out of order \(503\)"):
        client_to(server).fetch(url)
    assert len(server.requests) == 4


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("404 Not Found", "does not know it (404)"),
        ("400 Bad", "refuses the request (400)"),
        ("403 No", "refuses access (403)"),
        ("418 Teapot", "refuses the request (418)"),
    ],
)
def test_a_refusal_is_final(server: Server, status: str, said: str) -> None:
    with pytest.raises(NetworkError) as raised:
        client_to(server).fetch(server.on("/x", refused(status)))
    assert raised.value.message.endswith(said)
    assert len(server.requests) == 1


# Cuts, slowness and floods


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


CUTS = {
    "nothing": lambda connection: None,
    "reset": reset,
    "half a header": b"HTTP/1.1 200 OK\r\nContent-Len",
    "short": b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nmoss",
    "half a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nmoss",
    "bad chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nmoss\r\n",
    "half a gzip": ok(gzip.compress(b"moss" * 99)[:20], "Content-Encoding: gzip"),
}


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
def test_a_cut_connection_is_tried_again(server: Server, cut: bytes) -> None:
    url = server.on("/x", cut, ok("moss"))
    assert client_to(server).fetch(url).body == b"moss"


def test_a_connection_that_is_always_cut_is_said(server: Server) -> None:
    with pytest.raises(NetworkError, match="cut the connection"):
        client_to(server).fetch(server.on("/x", CUTS["short"]))


def drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x")


def drip_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-Moss: y\r\n")


def continue_for_ever(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


def silence(connection: socket.socket) -> None:
    connection.recv(1)


@pytest.mark.parametrize("endless", [drip, drip_headers, continue_for_ever, silence])
def test_what_never_ends_is_ended(server: Server, endless) -> None:  # type: ignore[no-untyped-def]
    limits = Limits(seconds=50.0, silence=0.2, size=300_000, tries=1)
    client = client_to(server, clock=TickingClock(tick=1.0), limits=limits)
    with pytest.raises(NetworkError):
        client.fetch(server.on("/x", endless))


def test_a_slow_answer_is_said_with_the_time_that_it_had(server: Server) -> None:
    limits = Limits(seconds=50.0, silence=0.2, tries=1)
    with pytest.raises(NetworkError, match="did not answer within 50 s"):
        client_to(server, limits=limits).fetch(server.on("/x", silence))


def test_a_drip_of_bytes_does_not_outlast_the_deadline(server: Server) -> None:
    limits = Limits(seconds=5.0, silence=5.0, size=10**12, tries=1)
    client = client_to(server, clock=TickingClock(tick=1.0), limits=limits)
    with pytest.raises(NetworkError, match="within 5 s"):
        client.fetch(server.on("/x", drip))


@pytest.mark.parametrize("headers", [(), ("Content-Encoding: gzip",)])
def test_an_answer_at_the_limit_is_taken_and_one_byte_more_is_not(
    server: Server, headers: tuple[str, ...]
) -> None:
    packed = gzip.compress if headers else bytes
    client = client_to(server, limits=Limits(size=1_000))
    assert len(client.fetch(server.on("/x", ok(packed(b"x" * 1_000), *headers))).body) == 1_000
    with pytest.raises(NetworkError, match=r"larger than 0\.001 MB"):
        client.fetch(server.on("/x", ok(packed(b"x" * 1_001), *headers)))


def test_a_gzip_bomb_is_refused(server: Server) -> None:
    url = server.on("/x", ok(gzip.compress(bytes(50_000_000)), "Content-Encoding: gzip"))
    client = client_to(server, limits=Limits(size=1_000_000))
    tracemalloc.start()
    with pytest.raises(NetworkError, match="larger than 1 MB"):
        client.fetch(url)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000  # it never lay in memory as a whole


def test_a_bomb_of_many_members_is_refused(server: Server) -> None:
    bomb = gzip.compress(bytes(400_000)) * 10
    client = client_to(server, limits=Limits(size=1_000_000))
    with pytest.raises(NetworkError, match="larger than 1 MB"):
        client.fetch(server.on("/x", ok(bomb, "Content-Encoding: gzip")))


def test_a_packed_answer_is_unpacked_member_by_member(server: Server) -> None:
    packed = gzip.compress(b"mo") + gzip.compress(b"ss")
    answer = client_to(server).fetch(server.on("/x", ok(packed, "Content-Encoding: gzip")))
    assert answer.body == b"moss"


@pytest.mark.parametrize(
    "body",
    [
        ok(b"moss", "Content-Encoding: br"),
        ok(b"moss", "Content-Encoding: gzip"),
        ok(b"moss", "Content-Encoding: gzip, gzip"),
        b"SSH-2.0-moss\r\n\r\n",
        b"\0" * 2_000,
        b"HTTP/1.",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
    ],
)
def test_what_cannot_be_read_is_no_answer(server: Server, body: bytes) -> None:
    with pytest.raises(NetworkError, match=r"answered with|cut the connection"):
        client_to(server).fetch(server.on("/x", body))


@settings(max_examples=30)
@given(noise=st.binary(max_size=400))
def test_noise_never_breaks_the_client(noise: bytes) -> None:
    with serving() as server:
        client = client_to(server, limits=Limits(silence=2.0, tries=1))
        with contextlib.suppress(NetworkError):
            client.fetch(server.on("/x", b"HTTP/1.1 200 OK\r\n" + noise))


@pytest.mark.parametrize("body", [b"\xff\xfe", b"a\0b"])
def test_what_is_no_text_is_said(server: Server, body: bytes) -> None:
    answer = client_to(server).fetch(server.on("/x", ok(body)))
    with pytest.raises(NetworkError, match="no text"):
        text_of(answer)


# Redirects and addresses


def test_redirects_are_followed(server: Server) -> None:
    server.on("/a", moved("/b?q=1"))
    server.on("/b", moved(f"{server.url}/c"))
    server.on("/c", ok("moss"))
    assert client_to(server).fetch(f"{server.url}/a").body == b"moss"


def test_redirects_in_a_circle_end(server: Server) -> None:
    with pytest.raises(NetworkError, match="more than 5 redirects"):
        client_to(server).fetch(server.on("/a", moved("/a")))
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/", "http://169.254.169.254/latest", "http://[fd00::1]/", "http://0.0.0.0/",
        "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::a00:1]/", "http://2130706433.example@x/",
        "file:///etc/passwd", "ftp://example.org/", "//10.0.0.1/x", "http://192.168.1.1:22/",
        "gopher://x", "http://100.64.0.1/", "http://[2002:a00:1::]/", "http://user:pw@10.0.0.1/",
    ],
)  # fmt: skip
def test_no_redirect_leads_to_a_local_address(server: Server, target: str) -> None:
    with pytest.raises(NetworkError):
        client_to(server).fetch(server.on("/a", moved(target)))
    assert len(server.requests) == 1


def test_loopback_is_local_unless_a_test_says_otherwise(server: Server) -> None:
    with pytest.raises(NetworkError, match=r"127\.0\.0\.1 is a local address"):
        client_to(server, allows_loopback=False).fetch(server.on("/a", ok("moss")))
    assert server.requests == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "::1", "10.1.2.3", "fe80::1%eth0", "224.0.0.1", "0.0.0.0", "::", "moss", "1.2.3"],
)
def test_a_public_name_that_leads_home_is_refused(address: str) -> None:
    with pytest.raises(NetworkError):
        allowed("moss.example", 443, lambda host, port: ["93.184.216.34", address],
                allows_loopback=False)  # fmt: skip


def test_an_api_key_does_not_follow_a_redirect_elsewhere(server: Server) -> None:
    client = client_to(server, keys=Keys(zotero="secret"), gaps={})
    other = f"http://localhost:{server.port}/b"
    server.on("/b", ok("moss"))
    resolver = replace(client.line, resolver=lambda host, port: ["127.0.0.1"])
    client.line = resolver
    client.fetch(server.on("/a", moved(other)), {"Zotero-API-Key": "secret"})
    assert ["secret" in request for request in server.requests] == [True, False]


def test_an_offline_machine_is_told_so() -> None:
    def resolver(host: str, port: int) -> list[str]:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    client = Client(line=Line(clock=TickingClock(), resolver=resolver))
    with pytest.raises(NetworkError) as raised:
        client.fetch("https://api.openalex.org/works")
    assert str(raised.value) == "api.openalex.org cannot be reached: its name is not found"
    assert "online" in raised.value.remedy
    assert raised.value.is_final


def test_a_closed_port_is_told_so(server: Server) -> None:
    closed = socket.create_server(("127.0.0.1", 0))
    port = closed.getsockname()[1]
    closed.close()
    with pytest.raises(NetworkError, match="refuses connections"):
        client_to(server).fetch(f"http://127.0.0.1:{port}/")


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """The certificate of an authority made for this test, which vouches for 127.0.0.1."""
    path = tmp_path / "authority.pem"
    AUTHORITY.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture
def secret_server() -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    LOCALHOST.configure_cert(context)
    with serving(context) as running:
        yield running


def test_a_certificate_that_nobody_vouches_for_is_refused(secret_server: Server) -> None:
    url = secret_server.on("/x", ok("moss"))
    with pytest.raises(NetworkError, match="the certificate of 127") as raised:
        client_to(secret_server).fetch(url)
    assert raised.value.is_final
    assert secret_server.requests == []


def test_a_certificate_that_the_environment_vouches_for_is_accepted(
    secret_server: Server, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    url = secret_server.on("/x", ok("moss"))
    assert client_to(secret_server).fetch(url).body == b"moss"


def test_a_certificate_of_another_host_is_refused(
    secret_server: Server, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    client = client_to(secret_server)
    client.line = replace(client.line, resolver=lambda host, port: ["127.0.0.1"])
    with pytest.raises(NetworkError, match="is not accepted"):
        client.fetch(f"https://moss.example:{secret_server.port}/x")


def test_a_redirect_out_of_encryption_is_refused(
    secret_server: Server, server: Server, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    url = secret_server.on("/x", moved(server.on("/y", ok("moss"))))
    with pytest.raises(NetworkError, match="without encryption"):
        client_to(secret_server).fetch(url)
    assert server.requests == []


def test_a_proxy_of_the_environment_is_asked_for_plain_addresses(server: Server) -> None:
    client = client_to(server)
    client.line = replace(client.line, proxies={"http": server.url})
    server.on("http://moss.example/x", ok("moss"))
    assert client.fetch("http://moss.example/x").body == b"moss"


def test_a_proxy_that_refuses_is_told_so(server: Server) -> None:
    client = client_to(server)
    client.line = replace(client.line, proxies={"https": server.url})
    server.on("moss.example:443", refused("403 Forbidden"))
    with pytest.raises(NetworkError, match="the proxy does not lead there"):
        client.fetch("https://moss.example/x")
    assert len(server.requests) == 1


def test_behind_a_proxy_the_certificate_is_still_verified(
    server: Server, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    LOCALHOST.configure_cert(context)

    def tunnel(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with (
            contextlib.suppress(OSError),
            context.wrap_socket(connection, server_side=True) as secret,
        ):
            secret.recv(65_536)
            secret.sendall(ok("moss"))

    server.on("localhost:443", tunnel)
    server.on("moss.example:443", tunnel)
    client = client_to(server)
    client.line = replace(client.line, proxies={"https": server.url})
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    assert client.fetch("https://localhost/x").body == b"moss"
    with pytest.raises(NetworkError, match="is not accepted"):
        client.fetch("https://moss.example/x")


def test_a_proxy_is_not_asked_for_local_addresses(server: Server) -> None:
    client = client_to(server, allows_loopback=False)
    client.line = replace(client.line, proxies={"http": server.url})
    with pytest.raises(NetworkError, match="local address"):
        client.fetch("http://169.254.169.254/latest")
    assert server.requests == []


# Probing links


def test_a_link_may_lead_out_of_encryption(
    secret_server: Server, server: Server, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    url = secret_server.on("/x", moved(server.on("/y", ok("moss"))))
    assert client_to(secret_server).probe(url) == 200


@pytest.mark.parametrize(
    ("replies", "status"),
    [
        ([ok()], 200),
        ([refused("404 No"), ok()], 200),
        ([refused("405 No"), refused("410 Gone")], 410),
        ([refused("404 No")], 404),
        ([refused("500 No")], 500),
    ],
)
def test_a_link_is_dead_only_where_get_says_so_too(
    server: Server, replies: list[bytes], status: int
) -> None:
    assert client_to(server).probe(server.on("/x", *replies)) == status


def test_environment_variables_are_not_needed() -> None:
    assert client_of(Settings(), {}).keys == Keys()
    assert "CONSPECTUS_OPENALEX_KEY" not in os.environ
