"""What most tests need: an office of their own, ready in milliseconds, and records that are valid by default."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from gridoffice.db import keys, store
from gridoffice.db.office import Office
from gridoffice.domain import setup
from tests.make import Make


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A prepared office file, migrated once; every test gets a copy."""
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRIDOFFICE_HOME", str(folder / "home"))
        office = store.create(folder / "blank.office")
        setup.prepare(office, name="云溪镇", code="990102101")
        key = office.key
        office.close()
    return folder / "blank.office", key


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees this machine's keys, settings or logs."""
    monkeypatch.setenv("GRIDOFFICE_HOME", str(tmp_path / "home"))
    for name in ("GRIDOFFICE_PASSPHRASE", "GRIDOFFICE_WORDS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _faults_fail(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A fault that would open the 程序出错 dialog fails the test instead of waiting for somebody to press 关闭."""
    if "qtbot" not in request.fixturenames or request.node.get_closest_marker("faults") is not None:
        yield
        return
    from gridoffice.ui import dialogs

    faults: list[BaseException] = []

    def note(problem: BaseException, _parent: object) -> _Closed:
        faults.append(problem)
        return _Closed()

    monkeypatch.setattr(dialogs, "unexpected", note)
    yield
    if faults:
        raise faults[0]


class _Closed:
    """Stands for a dialog that was closed at once."""

    def exec(self) -> int:
        """Nothing to wait for."""
        return 0


@pytest.fixture
def office_file(_migrated: tuple[Path, bytes], tmp_path: Path) -> Path:
    """A closed, prepared office file of this test's own, whose key this test's machine keeps."""
    blank, key = _migrated
    copy = tmp_path / "云溪.office"
    shutil.copy(blank, copy)
    keys.keep(keys.salt_of(copy), key)
    return copy


@pytest.fixture
def office(office_file: Path) -> Iterator[Office]:
    """An open, prepared, empty office of this test's own: 云溪镇."""
    opened = store.open_office(office_file)
    yield opened
    opened.close()


@pytest.fixture
def make(office: Office) -> Make:
    """Makes valid records: `make.village()`, `make.grid()`, `make.staff(name="…")`, `make.resident()`."""
    return Make(office)
