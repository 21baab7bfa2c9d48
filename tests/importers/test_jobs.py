"""The worker's child processes: they check, import and undo; killed or stopped they leave nothing behind."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from importers.actions import work
from importers.actions.asking import ask_check, ask_import, ask_stop, ask_undo
from importers.jobs import ImportJobs, work_folder
from importers.models import ImportRun, ImportState, Work
from importers.run_errors import CannotNow, StillAtWork
from layers.models import Feature, Layer
from tests.factories import Town
from tests.importers.runs import geojson, uploaded
from tests.issues.crash import Process, environment, mail_worker

PATIENCE = 60.0


@pytest.fixture
def committed_town(transactional_db: None, town: Town) -> Town:
    """Child processes see what this test writes."""
    return town


@pytest.fixture
def jobs(committed_town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ImportJobs]:
    """A worker's children, which use the database and the folders of this test."""
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    started = ImportJobs()
    yield started
    started.close()


@pytest.fixture
def busy_layer(committed_town: Town) -> Iterator[None]:
    """Another import of the layer “parks” is under way, so that ours waits in the middle of its work."""
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended('import of layer parks', 0))")
    yield
    other.close()


def until(true: Callable[[], bool], look: Callable[[], None] = lambda: None) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not come about in time"
        look()
        time.sleep(0.05)


def settled(jobs: ImportJobs, run: ImportRun) -> ImportRun:
    until(lambda: ImportRun.objects.get(pk=run.pk).asked == "", jobs.look)
    return ImportRun.objects.get(pk=run.pk)


def at_work(jobs: ImportJobs, run: ImportRun) -> None:
    """Until the child has begun and waits for the other import of its layer."""
    until(lambda: ImportRun.objects.get(pk=run.pk).started_at is not None, jobs.look)
    until(lambda: waits_for_a_lock())


def waits_for_a_lock() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON oid = database"
            " WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted"
        )
        return bool(cursor.fetchone()[0])


def codes(run: ImportRun) -> list[str]:
    return [finding["code"] for finding in run.findings if finding.get("refusal")]


def imported(jobs: ImportJobs, planner: User | None) -> ImportRun:
    run = uploaded(planner)
    ask_check(run=run)
    assert settled(jobs, run).state == ImportState.CHECKED
    ask_import(run=run, user=planner, set_aside=False, allow_removals=False)  # type: ignore[arg-type]
    return settled(jobs, run)


def test_check_import_and_undo_in_child_processes(jobs: ImportJobs, dora: User) -> None:
    run = uploaded(dora)
    ask_check(run=run)
    checked = settled(jobs, run)
    assert checked.state == ImportState.CHECKED
    assert checked.counts["added"] == 3
    assert checked.evidence
    assert not Layer.objects.filter(slug="parks").exists(), "a check changes nothing"

    ask_import(run=run, user=dora, set_aside=False, allow_removals=False)
    done = settled(jobs, run)
    assert done.state == ImportState.DONE
    layer = Layer.objects.get(slug="parks")
    assert Feature.objects.of_layer(layer.pk).count() == 3

    ask_undo(run=done, user=dora, back=[])
    undone = settled(jobs, done)
    assert undone.state == ImportState.UNDONE
    assert undone.undone_by.user == dora
    assert (
        not Feature.objects.of_layer(layer.pk)
        .filter(recorded__upper_inf=True, valid__upper_inf=True)
        .exists()
    )


def test_a_refused_check_says_why_and_waits_for_other_choices(jobs: ImportJobs, dora: User) -> None:
    run = uploaded(dora, b'{"type": "FeatureCollection", "features": []}')
    ask_check(run=run)
    refused = settled(jobs, run)
    assert refused.state == ImportState.UPLOADED
    assert codes(refused) == ["no_such_field"]
    ask_check(run=run)


def test_a_stopped_import_leaves_nothing(jobs: ImportJobs, dora: User, busy_layer: None) -> None:
    run = uploaded(dora, state=ImportState.CHECKED, asked=Work.IMPORT)
    at_work(jobs, run)
    folder = work_folder(run.pk)
    assert folder.is_dir()
    ask_stop(run=run)
    stopped = settled(jobs, run)
    assert (stopped.state, codes(stopped)) == (ImportState.STOPPED, ["stopped"])
    assert not Layer.objects.filter(slug="parks").exists()
    assert not folder.exists()
    assert "stop" not in stopped.order


def test_a_killed_child_is_told_and_leaves_nothing(jobs: ImportJobs, dora: User, busy_layer: None) -> None:
    run = uploaded(dora, state=ImportState.CHECKED, asked=Work.IMPORT)
    at_work(jobs, run)
    os.kill(jobs.children[run.pk].process.pid, signal.SIGKILL)
    stopped = settled(jobs, run)
    assert (stopped.state, codes(stopped)) == (ImportState.STOPPED, ["interrupted"])
    assert not Layer.objects.filter(slug="parks").exists()


def test_a_killed_worker_takes_its_children_along_and_the_next_one_tells(
    jobs: ImportJobs, dora: User, busy_layer: None, tmp_path: Path
) -> None:
    run = uploaded(dora, state=ImportState.CHECKED, asked=Work.IMPORT)
    worker = mail_worker(environment(tmp_path), tmp_path / "worker.log", "--pause", "0.05")
    worker.start()
    at_work_by_another(run)
    kill_alone(worker)
    until(lambda: not waits_for_a_lock())
    mail_worker(environment(tmp_path), tmp_path / "worker.log", "--once").start()
    until(lambda: ImportRun.objects.get(pk=run.pk).asked == "")
    stopped = ImportRun.objects.get(pk=run.pk)
    assert (stopped.state, codes(stopped)) == (ImportState.STOPPED, ["interrupted"])
    assert not Layer.objects.filter(slug="parks").exists()


def at_work_by_another(run: ImportRun) -> None:
    until(lambda: ImportRun.objects.get(pk=run.pk).started_at is not None)
    until(waits_for_a_lock)


def kill_alone(worker: Process) -> None:
    """SIGKILL to the worker, not to its children."""
    assert worker.running is not None
    os.kill(worker.running.pid, signal.SIGKILL)
    worker.running.wait()


def test_a_worker_that_is_told_to_stop_ends_its_children(
    jobs: ImportJobs, dora: User, busy_layer: None, tmp_path: Path
) -> None:
    run = uploaded(dora, state=ImportState.CHECKED, asked=Work.IMPORT)
    worker = mail_worker(environment(tmp_path), tmp_path / "worker.log", "--pause", "0.05")
    worker.start()
    at_work_by_another(run)
    assert worker.running is not None
    worker.running.terminate()
    assert worker.running.wait(20) == 0
    assert codes(ImportRun.objects.get(pk=run.pk)) == ["interrupted"]


def test_a_file_that_needs_too_much_memory_is_told(
    jobs: ImportJobs, dora: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPORT_MEMORY_MB", "100")
    run = uploaded(dora)
    ask_check(run=run)
    stopped = settled(jobs, run)
    assert stopped.state == ImportState.STOPPED
    assert codes(stopped) == ["too_much_memory"]


def test_no_more_children_than_the_setting_says(
    jobs: ImportJobs, dora: User, busy_layer: None, settings: Any
) -> None:
    settings.IMPORT_PROCESSES = 1
    runs = [uploaded(dora, state=ImportState.CHECKED, asked=Work.IMPORT) for _ in range(2)]
    at_work(jobs, runs[0])
    jobs.look()
    assert list(jobs.children) == [runs[0].pk]


def test_two_processes_never_work_on_one_run(jobs: ImportJobs, dora: User, busy_layer: None) -> None:
    run = uploaded(dora, state=ImportState.CHECKED, asked=Work.IMPORT)
    at_work(jobs, run)
    command = ["manage.py", "import_run", str(run.pk), "--work", "import"]
    second = subprocess.run([os.sys.executable, *command], capture_output=True, text=True, check=False)  # type: ignore[attr-defined]
    assert second.returncode == 1
    assert "Another process works on import" in second.stderr


def test_a_run_at_work_cannot_be_asked_for_more(town: Town, dora: User) -> None:
    run = uploaded(dora)
    ask_check(run=run)
    with pytest.raises(StillAtWork):
        ask_check(run=run)


def test_an_unchecked_file_cannot_be_imported(town: Town, dora: User) -> None:
    with pytest.raises(CannotNow):
        ask_import(run=uploaded(dora), user=dora, set_aside=True, allow_removals=True)


def test_what_nobody_has_begun_stops_at_once(town: Town, dora: User) -> None:
    run = uploaded(dora)
    ask_check(run=run)
    ask_stop(run=run)
    run.refresh_from_db()
    assert (run.asked, run.state) == ("", ImportState.UPLOADED)


def test_an_interrupted_undo_leaves_the_import_done(town: Town, dora: User) -> None:
    run = uploaded(dora, state=ImportState.DONE, asked=Work.UNDO, started_at=timezone.now())
    work.settle_interrupted()
    run.refresh_from_db()
    assert (run.state, codes(run)) == (ImportState.DONE, ["interrupted"])


def test_files_are_removed_when_their_time_is_over_and_rows_stay(town: Town, dora: User) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    old = uploaded(dora, state=ImportState.DONE, file_kept_until=yesterday)
    new = uploaded(dora, state=ImportState.DONE, file_kept_until=timezone.localdate())
    gone, kept = Path(old.file.path), Path(new.file.path)
    call_command("worker", "--once")
    old.refresh_from_db()
    assert not old.file
    assert not gone.exists()
    assert kept.is_file()


def test_progress_is_what_the_child_prints(town: Town, dora: User, capsys: Any, settings: Settings) -> None:
    # Not a child here: a bound would stay with the tests that follow.
    settings.IMPORT_MEMORY_MB = 0
    run = uploaded(dora, geojson([f"{number}" for number in range(50)]))
    ask_check(run=run)
    call_command("import_run", run.pk, work="check")
    assert '{"share": 1.0, "rows": 50}' in capsys.readouterr().out
