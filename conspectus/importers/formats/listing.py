"""A pasted listing in; title and abstract pairs out, found by what they look like.

A listing has header lines (a "new" mark, an invitation, the curator's line, the day), then titles,
each followed by its abstract. Pasting breaks it in many ways: blank lines vanish or multiply,
abstracts come wrapped or in paragraphs, an abstract is missing. So lines are first joined to
paragraphs, paragraphs judged by their look, and pairs made from the run of titles and prose.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from conspectus.importers.entries import Entry, Reading, SourceText
from conspectus.importers.formats import days
from conspectus.problems import Location, Problem, error, warning

_WIDEST = 180
"""Lines up to this width may have been wrapped; longer ones are paragraphs by themselves."""
_LONGEST_TITLE = 300
_WORDS_OF_NAVIGATION = 3
_NEW = re.compile(r"\W*new\W*", re.IGNORECASE)
_SUBSCRIBE = re.compile(r"\W*(?:subscribe|sign up|log ?in|submit)(?: now| here)?\W*", re.IGNORECASE)
_INVITATION = re.compile(
    r"\W*(?:get|receive|have)\b.{0,80}\b(?:e-?mail|inbox|newsletter)\b.{0,30}", re.IGNORECASE
)
_HEADING = re.compile(r"\W*(?:daily|trending|today'?s|new|hot) papers\W*", re.IGNORECASE)
_RUN_TOGETHER = re.compile(r"by(?=[A-Z@])(?P<name>.{1,80})")
_BY = re.compile(r"by:?\s+(?P<name>\S.{0,80})", re.IGNORECASE)
_COUNT = re.compile(r"\W*[0-9]+(?:[.,][0-9]+)*\s*[kKmM]?|·.{0,40}|-{3,}|={3,}|_{3,}|\*{3,}")
_MARKS = (_NEW, _SUBSCRIBE, _INVITATION, _HEADING)

_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_SENTENCE_END = re.compile(r"(?<!\bvs)(?<!\bal)(?<!e\.g)(?<!i\.e)[.!?…。！？][\"'”’)\]]*$")
_NEXT_SENTENCE = re.compile(
    r"(?<!\bvs)(?<!\bal)(?<!\bcf)(?<=[a-z0-9)%\]\"”])\.[\"”)]?\s+[A-Z\"“(]|[。！？](?=.)"
)
_OPENER = re.compile(
    r"(?:We|Our|This|These|Those|In this|In the|To|However|Moreover|Furthermore|Finally|It|They|"
    r"Here|There|The code|Codes? (?:is|are|will|and)|Project (?:page|website)|Source code|"
    r"Extensive|Experiments?|Experimental|Results|Recently|Recent)\b"
)
_URL = re.compile(r"https?://|www\.")

Look = Literal["title", "candidate", "prose"]


def read(text: str, path: str, listed: datetime.date | None = None) -> Reading:
    """Read a listing; `listed` gives the year that its day lacks, or the day itself."""
    lines = _lines(text)
    header = _header(lines)
    entries, problems, reported = _pairs(_paragraphs(lines, header), path)
    dates, date_problems = _dates(header, entries, path, listed)
    problems = [*problems, *date_problems, *_left_out(header, path)]
    if any(problem.is_error for problem in problems):
        return Reading((), len(entries) + reported, tuple(problems), header.curator)
    dated = tuple(_dated(entries, dates, listed))
    return Reading(dated, reported, tuple(problems), header.curator)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    follows_blank: bool


@dataclass(slots=True)
class _Header:
    numbers: set[int] = field(default_factory=set)
    """Lines that belong to a header."""
    curator: str = ""
    days: list[tuple[int, str, days.ListedDay]] = field(default_factory=list)
    pasted: list[_Line] = field(default_factory=list)
    """Navigation of the page from which the listing was pasted."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    source: SourceText
    look: Look

    @property
    def line(self) -> int:
        return self.source.line


def _lines(text: str) -> list[_Line]:
    """The lines that hold anything, spaces evened."""
    lines: list[_Line] = []
    follows_blank = True
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        line = _SPACES.sub(" ", raw).strip()
        if line:
            lines.append(_Line(number, line, follows_blank))
        follows_blank = not line
    return lines


# The header


def _header(lines: list[_Line]) -> _Header:
    """The lines that are a listing's own: at its top, and above each further day."""
    header = _Header()
    end = next((index for index, line in enumerate(lines) if _is_text(line.text)), len(lines))
    _read_top(lines[:end], header)
    for index in range(max(end, 1), len(lines)):
        before, line = lines[index - 1], lines[index]
        is_last = index + 1 == len(lines) or lines[index + 1].follows_blank
        is_parted = (
            line.follows_blank
            or before.number in header.numbers
            or bool(_SENTENCE_END.search(before.text) or _ends_in_url(before.text))
        )
        is_count = line.follows_blank and is_last and _COUNT.fullmatch(line.text)
        if is_count or (is_parted and _is_mark(line, header)):
            header.numbers.add(line.number)
    return header


def _read_top(top: list[_Line], header: _Header) -> None:
    """The marks above the first abstract, and the short lines that were pasted along above them.

    The last line is the first title: only a mark that can be nothing else is taken there.
    """
    last_mark = 0
    for line in top:
        is_weak = line is not top[-1] and (
            _COUNT.fullmatch(line.text) or _has_curator(line, _BY, header)
        )
        if is_weak or _is_mark(line, header):
            header.numbers.add(line.number)
            last_mark = line.number
    header.pasted = [
        line
        for line in top
        if line.number < last_mark
        and line.number not in header.numbers
        and len(line.text.split()) <= _WORDS_OF_NAVIGATION
    ]
    header.numbers.update(line.number for line in header.pasted)


def _is_text(text: str) -> bool:
    """Whether a line can only be an abstract's."""
    if any(mark.fullmatch(text) for mark in _MARKS):
        return False
    has_words = text.count(" ") >= 5
    return len(text) > _WIDEST or bool(
        _NEXT_SENTENCE.search(text) or (has_words and text[-1] in ".,;")
    )


def _is_mark(line: _Line, header: _Header) -> bool:
    day = days.read(line.text)
    if day is not None:
        header.days.append((line.number, line.text, day))
        return True
    return _has_curator(line, _RUN_TOGETHER, header) or any(
        mark.fullmatch(line.text) for mark in _MARKS
    )


def _has_curator(line: _Line, form: re.Pattern[str], header: _Header) -> bool:
    match = form.fullmatch(line.text)
    name = match["name"].strip() if match else ""
    if not name or header.curator not in ("", name):
        return False
    header.curator = name
    return True


def _ends_in_url(text: str) -> bool:
    return bool(_URL.match(text.rsplit(" ", 1)[-1]))


# Paragraphs


def _paragraphs(lines: list[_Line], header: _Header) -> list[_Paragraph]:
    blocks: list[list[_Line]] = []
    is_open = False
    for line in lines:
        if line.number in header.numbers:
            is_open = False
            continue
        if line.follows_blank or not is_open:
            blocks.append([])
        blocks[-1].append(line)
        is_open = True
    width = _wrap_width(blocks)
    has_blanks = len(blocks) > 3
    return [_judged(joined) for block in blocks for joined in _unwrapped(block, width, has_blanks)]


def _wrap_width(blocks: list[list[_Line]]) -> int:
    """The width at which the listing was wrapped, or 0 where it was not.

    It is the width for want of which most lines would have ended. It counts only where those are
    more than half of all and few lines are longer.
    """
    lengths = [len(line.text) for block in blocks for line in block]
    breaks = [pair for block in blocks for pair in pairwise(block)]
    ended: Counter[int] = Counter()
    for before, line in breaks:
        ended.update(range(len(before.text), min(_needed(before, line), _WIDEST + 1)))
    width, forced = max(ended.items(), key=lambda pair: (pair[1], -pair[0]), default=(0, 0))
    longer = sum(length > width for length in lengths)
    return width if longer <= 0.15 * len(lengths) and 2 * forced > len(breaks) else 0


def _needed(before: _Line, line: _Line) -> int:
    """The width that a line would have needed to take the next word as well."""
    return len(before.text) + 1 + len(line.text.split(" ", 1)[0])


def _is_forced(before: _Line, line: _Line, width: int) -> bool:
    """Whether a line ended because the next word had no room on it.

    One that ends although there was room, or that is wider, was ended by its author.
    """
    return len(before.text) <= width < _needed(before, line)


def _unwrapped(block: list[_Line], width: int, has_blanks: bool) -> Iterator[list[_Line]]:
    """The block's paragraphs: lines that wrapping parted are joined, a title above prose is not."""
    for joined in _rejoined(block, width, has_blanks):
        count = _lines_of_title(joined) if width else 0
        if count:
            yield joined[:count]
        yield joined[count:]


def _rejoined(block: list[_Line], width: int, has_blanks: bool) -> Iterator[list[_Line]]:
    """The block's lines, parted where an author ended one.

    Without blank lines, a line in capitals after a finished sentence is taken to be a title.
    """
    joined = [block[0]]
    for before, line in pairwise(block):
        is_title = (
            not has_blanks and _SENTENCE_END.search(before.text) and _is_in_capitals(line.text)
        )
        is_wrapped = _is_forced(before, line, width) or _goes_on(before.text, line.text)
        if is_title or not is_wrapped:
            yield joined
            joined = []
        joined.append(line)
    yield joined


def _goes_on(before: str, after: str) -> bool:
    """Whether a sentence runs over a line's end, however much room was left there."""
    return after[0].islower() and not _SENTENCE_END.search(before)


def _lines_of_title(block: list[_Line]) -> int:
    """How many lines in capitals stand above prose, where no blank line parts them; else 0."""
    count = 0
    for line in block[:3]:
        if not _is_in_capitals(line.text) or _SENTENCE_END.search(line.text):
            break
        count += 1
    rest = " ".join(line.text for line in block[count:])
    is_prose = _SENTENCE_END.search(rest) or _NEXT_SENTENCE.search(rest)
    return count if is_prose and rest[0].isupper() and _capitals(rest) < 0.4 else 0


def _is_in_capitals(text: str) -> bool:
    return text[0].isupper() and _capitals(text) >= 0.7


def _judged(lines: list[_Line]) -> _Paragraph:
    source = _joined(lines)
    return _Paragraph(source, _look(source.text))


def _joined(lines: Iterable[_Line]) -> SourceText:
    text = ""
    starts: list[tuple[int, int]] = []
    for line in lines:
        text += "" if not text or _is_broken_word(text, line.text) else " "
        starts.append((len(text), line.number))
        text += line.text
    return SourceText(text, tuple(starts))


def _is_broken_word(before: str, after: str) -> bool:
    """Whether "fine-" and "tuning" meet: the hyphen is kept, as a part of the word."""
    is_hyphen = len(before) > 1 and before[-1] == "-" and before[-2].isalpha()
    return is_hyphen and after[0].islower() and after.split(" ", 1)[0] not in ("and", "or", "to")


def _look(text: str) -> Look:
    """Whether a paragraph looks like a title, like prose, or like either."""
    if len(text) > _LONGEST_TITLE or _NEXT_SENTENCE.search(text) or _URL.search(text):
        return "prose"
    is_ended = bool(_SENTENCE_END.search(text)) and text[-1] not in "?!？！"
    if is_ended and (_OPENER.match(text) or len(text) > 150):
        return "prose"
    if is_ended or (text[0].islower() and _capitals(text) < 0.5 and not re.match(r"\w+:", text)):
        return "candidate"
    if len(text) > 160 and _capitals(text) < 0.4:
        return "candidate"
    return "title"


def _capitals(text: str) -> float:
    """The share of the longer words that begin with a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w-]*", text) if len(word) > 3]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0


# Pairs


def _pairs(paragraphs: list[_Paragraph], path: str) -> tuple[list[Entry], list[Problem], int]:
    """Titles with the prose that follows them; what is left alone is reported."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    reported = 0
    title: _Paragraph | None = None
    prose: list[_Paragraph] = []

    def finish() -> None:
        nonlocal reported
        if title is not None and not prose and not _is_certain(title):
            reported += 1
            problems.append(
                _unpaired(title, path, "a line without an abstract is no certain title")
            )
        elif title is not None:
            if not prose:
                problems.append(_without_abstract(title, path))
            entries.append(Entry(title.source, _combined(prose)))
        elif prose:
            reported += 1
            problems.append(_unpaired(prose[0], path, "an abstract without a title"))

    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1].look if index + 1 < len(paragraphs) else None
        goes_on = bool(prose) and _goes_on(prose[-1].source.text, paragraph.source.text)
        if not goes_on and _begins_entry(
            paragraph, following, has_title=title is not None, has_prose=bool(prose)
        ):
            finish()
            title, prose = paragraph, []
        else:
            prose.append(paragraph)
    finish()
    return entries, problems, reported


def _begins_entry(
    paragraph: _Paragraph, following: Look | None, *, has_title: bool, has_prose: bool
) -> bool:
    if paragraph.look != "candidate":
        return paragraph.look == "title"
    # Either: a title where prose follows and none is awaited.
    return following == "prose" and (has_prose or not has_title)


def _is_certain(title: _Paragraph) -> bool:
    return title.look == "title" and len(title.source.text.split()) >= 3


def _combined(paragraphs: list[_Paragraph]) -> SourceText:
    text = ""
    starts: list[tuple[int, int]] = []
    for paragraph in paragraphs:
        if text:
            text += " " if _goes_on(text, paragraph.source.text) else "\n\n"
        starts.extend((len(text) + offset, line) for offset, line in paragraph.source.lines)
        text += paragraph.source.text
    return SourceText(text, tuple(starts))


def _without_abstract(title: _Paragraph, path: str) -> Problem:
    return warning(
        Location(path, title.line, 1),
        f'"{_cut(title.source.text)}" has no abstract; it is imported without one',
        "add the abstract to the paper's file, or to the listing and import it with --update",
    )


def _unpaired(paragraph: _Paragraph, path: str, message: str) -> Problem:
    return warning(
        Location(path, paragraph.line, 1),
        f'{message}, so it is not imported: "{_cut(paragraph.source.text)}"',
        "give it its title line and its abstract in the listing, and import again",
    )


def _left_out(header: _Header, path: str) -> Iterator[Problem]:
    if header.pasted:
        words = ", ".join(f'"{_cut(line.text)}"' for line in header.pasted)
        yield warning(
            Location(path, header.pasted[0].number, 1),
            f"lines above the listing are taken for its page's navigation: {words}",
            "nothing is to be done, unless one of them is a title",
        )


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


# Days


def _dates(
    header: _Header, entries: list[Entry], path: str, listed: datetime.date | None
) -> tuple[dict[int, datetime.date], list[Problem]]:
    """The full date of each day line, by its number."""
    dates: dict[int, datetime.date] = {}
    problems: list[Problem] = []
    for number, written, day in header.days:
        date = day.before(listed) if listed else (day.in_year(day.year) if day.year else None)
        if date is None:
            problems.append(
                error(
                    Location(path, number, 1),
                    f'the listing\'s day "{written}" has no year',
                    f"say the whole day: --listed YYYY-{day.month:02}-{day.day:02}",
                )
            )
        else:
            dates[number] = date
    if listed and dates and listed not in dates.values():
        number, written, _ = header.days[0]
        problems.append(
            warning(
                Location(path, number, 1),
                f'the listing says "{written}", but --listed says {listed}',
                "the day that --listed names is used; leave it out or correct it if it is wrong",
            )
        )
        if len(dates) == 1:
            dates = {number: listed}
    return dates, problems


def _dated(
    entries: list[Entry], dates: dict[int, datetime.date], listed: datetime.date | None
) -> Iterator[Entry]:
    """The entries with the day above them and their place below it, from 1."""
    first = listed or next(iter(dates.values()), None)
    places: dict[datetime.date | None, int] = {}
    for entry in entries:
        above = [number for number in dates if number < entry.line]
        day = dates[max(above)] if above else first
        places[day] = places.get(day, 0) + 1
        yield replace(entry, listed=day, position=places[day])
