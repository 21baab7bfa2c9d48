"""Imports point down only; the contract is in pyproject.toml."""

import os

import pytest
from importlinter.cli import lint_imports

from tests.architecture.sources import ROOT


def test_rooms_import_downwards_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=os.fspath(ROOT / "pyproject.toml"), no_cache=True) == 0, (
        capsys.readouterr().out
    )
