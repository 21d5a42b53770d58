"""A post office with a certificate that this test trusts, and letters to be sent there."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.unit.digest.postoffice import Office, open_office


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture(scope="session")
def authority_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture
def trusted(authority_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment in which the office's certificate is a good one."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority_file))
    return authority_file


@pytest.fixture
def office(certificate: ssl.SSLContext, trusted: Path) -> Iterator[Office]:
    with open_office(certificate) as running:
        yield running
