"""The one client: an address in; what is there, asked for politely, out.

It says who asks, keeps each host's pace, waits and asks again where a host is busy, and gives up
in words that a curator can act upon.
"""

from __future__ import annotations

import email.utils
import os
import re
import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies

from conspectus import __version__
from conspectus.fields import is_url
from conspectus.importers.network import faults
from conspectus.importers.network.exchanges import (
    Answer,
    Clock,
    Limits,
    Line,
    SystemClock,
    exchange,
)
from conspectus.importers.network.faults import NetworkError
from conspectus.settings import Settings

CONTACT, OPENALEX_KEY, ZOTERO_KEY = (
    "CONSPECTUS_CONTACT",
    "CONSPECTUS_OPENALEX_KEY",
    "CONSPECTUS_ZOTERO_KEY",
)
"""Variables of the environment: who asks, and keys to services that want one."""

_GAPS = {
    "export.arxiv.org": 3.0,
    "arxiv.org": 3.0,
    "api.crossref.org": 0.5,
    "api.openalex.org": 0.2,
    "doi.org": 0.5,
}
"""Seconds between two requests to a host, as its owners ask for; 1 for all others."""
_GAP = 1.0
_FIRST_WAIT = 2.0
_BUSY = frozenset((429, 500, 502, 503, 504))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_HEAD_IS_UNKNOWN = frozenset((400, 403, 404, 405, 406, 501))
_SAYS_WHO = re.compile(r"[^\w.@:/+~%?=&-]")
_EMAIL = re.compile(r"(?:mailto:)?([^\s@]+@[^\s@]+\.[^\s@]+)")


@dataclass(frozen=True, slots=True)
class Bases:
    """Where the services are; each without a slash at its end."""

    arxiv: str = "https://export.arxiv.org"
    openalex: str = "https://api.openalex.org"
    crossref: str = "https://api.crossref.org"
    doi: str = "https://doi.org"
    hugging_face: str = "https://huggingface.co"
    zotero: str = "https://api.zotero.org"


@dataclass(frozen=True, slots=True)
class Keys:
    """What some services want to be asked with; never printed."""

    openalex: str = ""
    zotero: str = ""


@dataclass(slots=True, eq=False)
class Client:
    """One run's way to the network; it remembers when it last asked whom."""

    contact: str = ""
    bases: Bases = Bases()
    keys: Keys = Keys()
    line: Line = field(default_factory=Line)
    gaps: Mapping[str, float] = field(default_factory=lambda: dict(_GAPS))
    _free_at: dict[str, float] = field(default_factory=dict)
    """When a host may be asked again."""
    _turns: dict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))
    """Held by who asks a host: links of several hosts may lead to one."""

    @property
    def user_agent(self) -> str:
        """The program, and where its user can be reached."""
        program = f"Conspectus/{__version__}"
        contact = _SAYS_WHO.sub("", self.contact)[:200]
        if not contact or not contact.isascii():
            return program
        is_email = _EMAIL.fullmatch(contact) and not contact.startswith("mailto:")
        return f"{program} ({'mailto:' if is_email else '+'}{contact})"

    @property
    def email(self) -> str:
        """The contact where it is an e-mail address, for services that ask for one."""
        match = _EMAIL.fullmatch(_SAYS_WHO.sub("", self.contact))
        return match[1] if match else ""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """What is at the address; raises NetworkError unless it answers with success."""
        waited = 0.0
        for number in range(1, self.line.limits.tries + 1):
            wait = _FIRST_WAIT * 2 ** (number - 1)
            try:
                answer = self._follow("GET", url, headers or {})
            except NetworkError as fault:
                refusal = fault
                if not fault.is_passing:
                    raise
            else:
                if answer.status not in _BUSY:
                    return _success(answer)
                refusal = _refusal(answer)
                wait = max(wait, _asked_wait(answer))
            waited += wait
            if number == self.line.limits.tries or waited > self.line.limits.patience:
                break
            self.line.clock.sleep(wait)
        raise _exhausted(refusal, wait, self.line.limits)

    def probe(self, url: str) -> int:
        """The status with which an address answers; raises NetworkError where nothing does.

        Asks twice at most, and with GET where a server knows no HEAD.
        """
        try:
            status = self._follow("HEAD", url, {}, is_strict=False).status
        except NetworkError as fault:
            if not fault.is_passing:
                raise
            status = 0
        if status and status not in _HEAD_IS_UNKNOWN:
            return status
        return self._follow("GET", url, {}, is_strict=False).status

    def _follow(
        self, method: str, url: str, headers: Mapping[str, str], *, is_strict: bool = True
    ) -> Answer:
        """Ask, and go where the answer sends, a bounded number of times."""
        first = urlsplit(url).hostname or ""
        sent = {"Accept": "*/*", "Accept-Encoding": "gzip", **headers}
        sent |= {"User-Agent": self.user_agent, "Connection": "close"}
        for _ in range(self.line.limits.redirects + 1):
            if not is_url(url):
                raise faults.unreadable(first, "an address that is none")
            host = urlsplit(url).hostname or ""
            with self._turns[host]:
                answer = self._in_turn(host, method, url, sent)
            target = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not target:
                return answer
            after = urljoin(url, target)
            if is_strict and url.startswith("https:") and not after.startswith("https:"):
                raise faults.unreadable(host, "an address without encryption")
            if urlsplit(after).hostname != host:
                sent = {name: value for name, value in sent.items() if "Key" not in name}
            url = after
        raise faults.unreadable(first, f"more than {self.line.limits.redirects} redirects")

    def _in_turn(self, host: str, method: str, url: str, sent: Mapping[str, str]) -> Answer:
        self._wait_for(host)
        try:
            answer = exchange(self.line, method, url, sent)
        finally:
            self._free_at[host] = self.line.clock.monotonic() + self.gaps.get(host, _GAP)
        self._heed(host, answer)
        return answer

    def _wait_for(self, host: str) -> None:
        left = self._free_at.get(host, 0.0) - self.line.clock.monotonic()
        if left > 0:
            self.line.clock.sleep(left)

    def _heed(self, host: str, answer: Answer) -> None:
        """A host that is not yet refusing may ask for a pause already."""
        pause = answer.headers.get("backoff", "")
        if pause.isdigit():
            bounded = min(float(pause[:9]), self.line.limits.patience)
            self._free_at[host] = max(self._free_at[host], self.line.clock.monotonic() + bounded)


def client_of(settings: Settings, environment: Mapping[str, str] = os.environ) -> Client:
    """The client of a survey: its curator is who asks, unless the environment says otherwise."""
    contact = (
        environment.get(CONTACT)
        or settings.curator.url
        or settings.base_url
        or settings.subscribe_email
        or settings.repository
    )
    keys = Keys(environment.get(OPENALEX_KEY, ""), environment.get(ZOTERO_KEY, ""))
    return Client(contact, keys=keys, line=replace(Line(), proxies=getproxies()))


def text_of(answer: Answer) -> str:
    """The body as text; raises NetworkError where it is none."""
    host = urlsplit(answer.url).hostname or ""
    try:
        text = answer.body.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise faults.unreadable(host, "what is no text") from fault
    if "\0" in text:
        raise faults.unreadable(host, "what is no text")
    return text


def _success(answer: Answer) -> Answer:
    if 200 <= answer.status < 300:
        return answer
    raise _refusal(answer)


def _refusal(answer: Answer) -> NetworkError:
    host = urlsplit(answer.url).hostname or ""
    status = answer.status
    if status in (404, 410):
        return NetworkError(
            f"{host} does not know it ({status})", "compare it letter by letter", is_missing=True
        )
    if status in (401, 403):
        return NetworkError(
            f"{host} refuses access ({status})",
            f"it may want a key or a contact: see {CONTACT} in content.md",
            is_final=True,
        )
    if status == 429:
        return NetworkError(
            f"{host} has had enough requests for now (429)",
            f"try again later; a contact in {CONTACT} or a key may allow more",
            is_passing=True,
            is_final=True,
        )
    if status in _BUSY:
        return NetworkError(f"{host} is out of order ({status})", "try again later")
    return NetworkError(f"{host} refuses the request ({status})", "compare it letter by letter")


def _asked_wait(answer: Answer) -> float:
    """The seconds that the host asks for: a number, or a date against its own clock."""
    asked = answer.headers.get("retry-after", "").strip()
    if asked.isdigit():
        return float(asked[:9])
    try:
        until = email.utils.parsedate_to_datetime(asked)
        now = email.utils.parsedate_to_datetime(answer.headers.get("date", ""))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return 0.0


def _exhausted(refusal: NetworkError, wait: float, limits: Limits) -> NetworkError:
    if wait <= limits.patience:
        return refusal
    asked = f"{wait / 60:.0f} minutes" if wait < 7200 else f"{wait / 3600:.0f} hours"
    return NetworkError(refusal.message, f"it asks to wait for {asked}", is_final=True)


__all__ = [
    "CONTACT", "OPENALEX_KEY", "ZOTERO_KEY", "Answer", "Bases", "Client", "Clock", "Keys", "Limits",
    "Line", "NetworkError", "SystemClock", "client_of", "text_of",
]  # fmt: skip
