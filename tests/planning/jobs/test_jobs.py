"""Long work: asked for, done, refused, stopped; its result is its owner's alone."""

import logging
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from pytest_django.fixtures import Settings

from accounts.models import User
from core.errors import BadCoordinates, TooManyRequests
from planning.actions import jobs as actions
from planning.jobs import kinds
from planning.jobs.kinds import Progress, Result
from planning.models import JobState, PlanJob
from tests.conftest import SignIn
from tests.factories import Town


def report(job: PlanJob, progress: Progress) -> Result:
    progress(0.5)
    file = Path(tempfile.mkdtemp()) / "result.csv"
    file.write_text(f"for {job.owner.email}\n")
    return Result({"summary": [["rows", job.order["rows"]]], "file_name": "χρήσεις.csv"}, file)


def refuse(job: PlanJob, progress: Progress) -> Result:
    raise BadCoordinates()


@pytest.fixture(autouse=True)
def works(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    # Not a child here: a bound would stay with the tests that follow.
    settings.PLAN_MEMORY_MB = 0
    monkeypatch.setitem(kinds.KINDS, "report", f"{__name__}.report")
    monkeypatch.setitem(kinds.KINDS, "refuse", f"{__name__}.refuse")


def asked(owner: User, kind: str = "report", **order: Any) -> PlanJob:
    return actions.ask_for(kind=kind, title="Χρήσεις", order=order, owner=owner, language="en")


def fresh(job: PlanJob) -> PlanJob:
    return PlanJob.objects.get(pk=job.pk)


def test_a_job_is_done_and_its_owner_downloads_the_file(planner: User, sign_in: SignIn, capsys: Any) -> None:
    job = asked(planner, rows=7)
    call_command("plan_job", job.pk)
    assert '{"share": 0.5}' in capsys.readouterr().out
    assert (fresh(job).state, fresh(job).share) == (JobState.DONE, 1.0)
    client = sign_in(planner)
    page = client.get(f"/plan/jobs/{job.pk}/").content.decode()
    assert "rows" in page
    assert "7" in page
    answer = client.get(f"/plan/jobs/{job.pk}/file/")
    assert b"".join(answer.streaming_content) == b"for planner@example.gr\n"  # type: ignore[attr-defined]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_an_administrator_sees_the_job_but_not_the_file(planner: User, dora: User, sign_in: SignIn) -> None:
    job = asked(planner, rows=7)
    call_command("plan_job", job.pk)
    assert sign_in(dora).get(f"/plan/jobs/{job.pk}/").status_code == 200
    assert sign_in(dora).get(f"/plan/jobs/{job.pk}/file/").status_code == 404


def test_others_are_told_that_there_is_no_such_job(planner: User, bea: User, sign_in: SignIn) -> None:
    job = asked(planner)
    for address in ("", "progress/", "file/"):
        assert sign_in(bea).get(f"/plan/jobs/{job.pk}/{address}").status_code == 404
    assert "Χρήσεις" not in sign_in(bea).get("/plan/jobs/").content.decode()


def test_citizens_may_not_open_the_list(alice: User, town: Town, sign_in: SignIn) -> None:
    assert sign_in(alice).get("/plan/jobs/").status_code == 403
    assert Client().get("/plan/jobs/").status_code == 302


def test_a_refusal_is_told_in_its_sentence(planner: User) -> None:
    job = asked(planner, "refuse")
    call_command("plan_job", job.pk)
    assert fresh(job).state == JobState.FAILED
    with override("en"):
        assert fresh(job).problem == str(BadCoordinates())


def test_a_job_is_begun_once(planner: User) -> None:
    job = asked(planner, rows=1)
    call_command("plan_job", job.pk)
    with pytest.raises(CommandError, match="does not wait"):
        call_command("plan_job", job.pk)


def test_what_nobody_has_begun_stops_at_once(planner: User, sign_in: SignIn) -> None:
    job = asked(planner)
    assert sign_in(planner).post(f"/plan/jobs/{job.pk}/stop/").status_code == 302
    assert fresh(job).state == JobState.STOPPED


def test_an_interrupted_job_says_so(planner: User, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "worker")
    job = asked(planner)
    actions.begin(pk=job.pk)
    actions.settle_interrupted()
    assert fresh(job).state == JobState.FAILED
    assert "interrupted" in fresh(job).problem


def test_a_job_that_was_to_stop_says_so(planner: User) -> None:
    job = asked(planner)
    actions.begin(pk=job.pk)
    actions.stop(job=job)
    assert actions.settle(pk=job.pk, why="failed")
    assert fresh(job).state == JobState.STOPPED


def test_one_person_cannot_fill_the_queue(planner: User) -> None:
    for _ in range(actions.MOST_AT_ONCE):
        asked(planner)
    with pytest.raises(TooManyRequests):
        asked(planner)


def test_a_removed_job_takes_its_file_along(
    planner: User, sign_in: SignIn, django_capture_on_commit_callbacks: Any, settings: Settings
) -> None:
    job = asked(planner, rows=1)
    call_command("plan_job", job.pk)
    file = Path(settings.PRIVATE_FILES_DIR) / fresh(job).file
    assert file.is_file()
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(planner).post(f"/plan/jobs/{job.pk}/forget/")
    assert not PlanJob.objects.filter(pk=job.pk).exists()
    assert not file.exists()


def test_old_jobs_are_forgotten(planner: User) -> None:
    old, new = asked(planner, rows=1), asked(planner, rows=1)
    call_command("plan_job", old.pk)
    call_command("plan_job", new.pk)
    PlanJob.objects.filter(pk=old.pk).update(ended_at=timezone.now() - 2 * actions.KEPT_FOR)
    assert actions.forget_old_jobs() == 1
    assert list(PlanJob.objects.values_list("pk", flat=True)) == [new.pk]
