"""Plan jobs in real child processes: done, stopped, killed; and the worker takes them along."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections, transaction

from accounts.models import User
from layers.models import Layer
from planning.actions import jobs as actions
from planning.jobs.children import PlanJobs
from planning.jobs.files import work_folders
from planning.models import JobState, PlanJob
from tests.factories import FeatureFactory, LayerFactory, Town
from tests.issues.crash import environment, mail_worker

PATIENCE = 60.0


@pytest.fixture
def children(
    transactional_db: None, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PlanJobs]:
    """A worker's children, which use the database and the folders of this test."""
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    FeatureFactory.create(layer=LayerFactory.create(slug="zones"))
    started = PlanJobs()
    yield started
    started.close()


@pytest.fixture
def busy_layer(children: PlanJobs) -> Iterator[None]:
    """Somebody holds the features, so that a job waits in the middle of its work."""
    other = connections.create_connection("default")
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("LOCK TABLE layers_feature IN ACCESS EXCLUSIVE MODE")
    yield
    other.rollback()
    other.close()


def asked(owner: User) -> PlanJob:
    order = {"what": "zones", "by": "areas-unit", "by_field": "name"}
    return actions.ask_for(kind="overlay", title="Ζώνες", order=order, owner=owner, language="en")


def until(true: Callable[[], bool], look: Callable[[], None] = lambda: None) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not come about in time"
        look()
        time.sleep(0.05)


def state_of(job: PlanJob) -> str:
    return str(PlanJob.objects.get(pk=job.pk).state)


def settled(children: PlanJobs, job: PlanJob) -> PlanJob:
    until(lambda: state_of(job) not in actions.AT_WORK, children.look)
    return PlanJob.objects.get(pk=job.pk)


def at_work(look: Callable[[], None], job: PlanJob) -> None:
    """Until the child has begun and waits for the features."""
    until(lambda: state_of(job) == JobState.WORKING, look)
    until(_waits_for_the_features)


def _waits_for_the_features() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON oid = database"
            " WHERE datname = current_database() AND locktype = 'relation' AND NOT granted"
        )
        return bool(cursor.fetchone()[0])


def test_a_child_does_the_job_and_tells_how_far_it_is(children: PlanJobs, planner: User) -> None:
    job = asked(planner)
    done = settled(children, job)
    assert (done.state, done.share) == (JobState.DONE, 1.0)
    assert done.answer["overlay"]["titles"][1]
    until(lambda: not children.children, children.look)
    assert list(work_folders().glob("*")) == []


def test_a_stopped_job_ends_within_seconds(children: PlanJobs, planner: User, busy_layer: None) -> None:
    job = asked(planner)
    at_work(children.look, job)
    actions.stop(job=job)
    assert settled(children, job).state == JobState.STOPPED


def test_a_killed_child_is_told(children: PlanJobs, planner: User, busy_layer: None) -> None:
    job = asked(planner)
    at_work(children.look, job)
    os.kill(children.children[job.pk].process.pid, signal.SIGKILL)
    told = settled(children, job)
    assert told.state == JobState.FAILED
    assert "interrupted" in told.problem


def test_a_killed_worker_takes_its_children_along_and_the_next_one_tells(
    children: PlanJobs, planner: User, busy_layer: None, tmp_path: Path
) -> None:
    job = asked(planner)
    worker = mail_worker(environment(tmp_path), tmp_path / "worker.log", "--pause", "0.05")
    worker.start()
    at_work(lambda: None, job)
    assert worker.running is not None
    os.kill(worker.running.pid, signal.SIGKILL)
    worker.running.wait()
    assert settled(children, job).state == JobState.FAILED


def test_rights_are_those_of_the_owner_when_it_is_done(children: PlanJobs, alice: User) -> None:
    """The layer was hidden between the question and the answer."""
    with transaction.atomic():
        job = asked(alice)
        Layer.objects.filter(slug="zones").update(visibility="staff")
    told = settled(children, job)
    assert told.state == JobState.FAILED
    assert "zones" in told.problem
