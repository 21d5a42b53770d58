"""What a site's data say of its topics, read back from one file or from many."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conspectus.publishing import topics_data


def written(folder: Path, **files: dict[str, Any]) -> Path:
    """The path of topics.json, with parts beside it."""
    for name, found in files.items():
        (folder / f"{name}.json").write_text(json.dumps(found), encoding="utf-8")
    return folder / "topics.json"


def test_topics_of_one_file_come_as_they_stand_there(tmp_path: Path) -> None:
    path = written(tmp_path, topics={"topics": [{"id": "moss"}, {"id": "lamps"}]})
    assert topics_data.read(path) == [{"id": "moss"}, {"id": "lamps"}]


def test_topics_of_parts_come_by_their_ids_whatever_part_they_are_in(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        topics={"parts": ["b.json", "a.json"]},
        a={"topics": [{"id": "moss", "name": "Möss"}, {"id": "fog"}]},
        b={"topics": [{"id": "lamps"}]},
    )
    found = topics_data.read(path)
    assert found == [{"id": "fog"}, {"id": "lamps"}, {"id": "moss", "name": "Möss"}]


@pytest.mark.parametrize(
    ("found", "fault"),
    [({"parts": ["gone.json"]}, OSError), ({}, KeyError), ({"parts": 3}, TypeError)],
)
def test_what_is_not_a_sites_file_of_topics_is_refused(
    tmp_path: Path, found: dict[str, Any], fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        topics_data.read(written(tmp_path, topics=found))
