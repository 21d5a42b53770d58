"""Bytes become text in whatever encoding they have; a guess is said."""

import pytest

from conspectus.importers.formats.encodings import decode


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        ("Möss\r\n".encode("utf-8-sig"), "Möss\n", ""),
        ("Möss".encode("utf-16"), "Möss", "UTF-16"),
        ("Moss and more".encode("utf-16-be"), "Moss and more", "UTF-16"),
        ("Möss – “so”".encode("cp1252"), "Möss – “so”", "Windows-1252"),
        (b"a\rb\r\nc", "a\nb\nc", ""),
        (b"", "", ""),
    ],
)
def test_the_encoding_is_told(content: bytes, text: str, encoding: str) -> None:
    found = decode(content)

    assert found is not None
    assert (found.text, found.encoding) == (text, encoding)


def test_a_declared_encoding_is_believed() -> None:
    found = decode("% Encoding: ISO8859_5\nМох".encode("iso8859-5"))

    assert found is not None
    assert found.text.endswith("Мох")


def test_a_few_broken_bytes_do_not_spoil_a_utf8_file() -> None:
    found = decode(("Möß " * 50).encode() + b"\xff")

    assert found is not None
    assert (found.encoding, found.lost) == ("", 1)


@pytest.mark.parametrize("content", [b"PK\x03\x04x", b"%PDF-1.7", b"a\0b", bytes(range(1, 32)) * 9])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    assert decode(content) is None
