"""What people get who install the package: a command that works without the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support.building import ROOT

PACKED = ("conspectus", "templates", "static", "docs")
PACKED_FILES = ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what goes into it."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for name in PACKED:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in PACKED_FILES:
        shutil.copy(ROOT / name, source / name)
    _run(
        [sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "--no-build-isolation",
         "--no-index", "--wheel-dir", str(folder)],
        cwd=source,
    )  # fmt: skip
    (built,) = folder.glob("conspectus-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of its own with the wheel; the dependencies are those that lie here."""
    environment = tmp_path_factory.mktemp("environment with a space")
    venv.create(environment, with_pip=False, symlinks=os.name != "nt")
    python = _script(environment, "python")
    _run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps",
         "--no-index", str(wheel)],
        cwd=environment,
    )  # fmt: skip
    # Behind the wheel on the path, and read as plain folders: the checkout stays out of sight.
    (packages,) = environment.glob("**/site-packages")
    lines = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "dependencies.pth").write_text("\n".join(sorted(lines)))
    return environment


def test_the_wheel_holds_every_template_and_every_asset(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())

    expected = {
        f"conspectus/_bundled/{path.relative_to(ROOT).as_posix()}"
        for folder in ("templates", "static")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert expected
    assert expected - packed == set()


def test_the_wheel_holds_nothing_but_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        roots = {name.split("/")[0] for name in archive.namelist()}

    assert {root for root in roots if not root.endswith(".dist-info")} == {"conspectus"}


def test_the_installed_package_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = _run(
        [str(_script(installed, "python")), "-c", "import conspectus; print(conspectus.__file__)"],
        cwd=tmp_path,
    )

    assert Path(where.strip()).is_relative_to(installed)


def test_the_installed_command_begins_and_builds_a_survey_in_an_empty_folder(
    installed: Path, tmp_path: Path
) -> None:
    command = str(_script(installed, "conspectus"))

    _run([command, "init", "reading"], cwd=tmp_path)
    _run([command, "new", "Learning to Count Sheep by Their Shadows"], cwd=tmp_path / "reading")
    _run([command, "build"], cwd=tmp_path / "reading")

    site = tmp_path / "reading" / "_site"
    assert (site / "index.html").is_file()
    assert "Sheep" in (site / "papers" / "index.html").read_text(encoding="utf-8")
    assert list(site.glob("assets/*.css"))


def _script(environment: Path, name: str) -> Path:
    folder = environment / ("Scripts" if os.name == "nt" else "bin")
    return folder / (f"{name}.exe" if os.name == "nt" else name)


def _run(command: list[str], cwd: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run = subprocess.run(
        command, cwd=cwd, env=clean, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, f"{command}\n{run.stdout}\n{run.stderr}"
    return run.stdout
