"""A curator's own vectors take the place of the computed space, or are refused with a reason."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from conspectus.content import embeddings
from conspectus.model.papers import Corpus
from tests.support.makers import paper

ANEW = "compute that paper's vector anew"
CORPUS = Corpus((paper("a"), paper("b")))


def write(folder: Path, rows: object, ids: str = "b\na\n") -> None:
    np.save(folder / "v.npy", np.array(rows))
    (folder / "v.txt").write_text(ids, encoding="utf-8")


def fault(folder: Path) -> str:
    found, problems = embeddings.read(folder, "v.npy", CORPUS)
    assert found is None
    (problem,) = problems
    return str(problem)


def test_rows_are_put_into_the_order_of_the_papers(tmp_path: Path) -> None:
    write(tmp_path, [[1.0, 2.0], [3.0, 4.0]])
    found, problems = embeddings.read(tmp_path, "v.npy", CORPUS)
    assert problems == ()
    assert found is not None
    assert found.tolist() == [[3.0, 4.0], [1.0, 2.0]]


def test_rows_of_unknown_papers_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, [[1.0], [2.0], [3.0]], "b\nz\na\n")
    found, _ = embeddings.read(tmp_path, "v.npy", CORPUS)
    assert found is not None
    assert found.tolist() == [[3.0], [1.0]]


def test_without_the_setting_nothing_is_read(tmp_path: Path) -> None:
    assert embeddings.read(tmp_path, "", CORPUS) == (None, ())


@pytest.mark.parametrize(
    ("rows", "ids", "message"),
    [
        ([1.0, 2.0], "a\nb\n", "an array of shape (2,)"),
        ([[1.0], [float("nan")]], "a\nb\n", "row 1 (from 0) holds NaN or infinity"),
        ([[1.0], [0.0]], "a\nb\n", "row 1 (from 0) holds zeros only"),
        ([["x"], ["y"]], "a\nb\n", "an array of <U1"),
        ([[1.0], [2.0]], "a\n", "1 ids for 2 rows"),
        ([[1.0], [2.0]], "a\nz\n", "no row for 1 of the papers: b"),
        ([[1.0], [2.0], [3.0]], "a\nb\na\n", 'v.txt:3:1: error: id "a" stands in line 1 too'),
    ],
)
def test_what_does_not_fit_is_told(tmp_path: Path, rows: object, ids: str, message: str) -> None:
    write(tmp_path, rows, ids)
    assert message in fault(tmp_path)


def test_a_file_that_is_no_array_is_told(tmp_path: Path) -> None:
    (tmp_path / "v.npy").write_bytes(b"not an array")
    assert "not a .npy array" in fault(tmp_path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "no such file" in fault(tmp_path)
    np.save(tmp_path / "v.npy", np.ones((2, 1)))
    assert "v.txt: error: no such file" in fault(tmp_path)


@pytest.mark.parametrize(
    ("rows", "ids", "said"),
    [
        (["x"], "b\n", "v.npy: error: an array of shape (1,)\n    save rows × dimensions"),
        ([["x"]], "b\n", "v.npy: error: an array of <U1\n    save numbers"),
        (
            [[1.0], [np.nan]], "b\na\n",
            f"v.npy: error: row 1 (from 0) holds NaN or infinity\n    {ANEW}",
        ),
        (
            [[0.0], [1.0]], "b\na\n",
            f"v.npy: error: row 0 (from 0) holds zeros only\n    {ANEW}",
        ),
        (
            [[1.0]], "z\n",
            "v.npy: error: no row for 2 of the papers: a, b\n    add their vectors and ids",
        ),
        (
            [[1.0]], "a\nb\n",
            "v.txt: error: 2 ids for 1 rows\n    write one id for each row, in their order",
        ),
        ([[1.0], [2.0]], "a\na\n", 'v.txt:2:1: error: id "a" stands in line 1 too\n    keep one'),
    ],
)  # fmt: skip
def test_a_refusal_is_said_word_for_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: object, ids: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path(), rows, ids)
    assert fault(Path()) == said


def test_ids_that_are_no_text_are_told_with_their_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path(), [[1.0]])
    Path("v.txt").write_bytes(b"\xff")
    said = fault(Path())
    assert said.startswith("v.txt: error: cannot be read: ")
    assert said.endswith("\n    save it as UTF-8")


@pytest.mark.parametrize(("papers", "ending"), [(5, ""), (6, " …")])
def test_of_many_papers_without_a_row_the_first_five_are_named(
    tmp_path: Path, papers: int, ending: str
) -> None:
    write(tmp_path, [[1.0]], "z\n")
    corpus = Corpus(tuple(paper(f"p{number}") for number in range(papers)))
    _, (problem,) = embeddings.read(tmp_path, "v.npy", corpus)
    assert problem.message.endswith(f"papers: p0, p1, p2, p3, p4{ending}")
