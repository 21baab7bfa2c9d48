"""Two phones press “start” in the same moment: one gets the job, the other a sentence."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import User
from crews.actions import AlreadyStarted, start_job
from crews.models import Job
from issues.models import Issue
from municipality.models import Role
from tests.factories import DepartmentFactory, IssueFactory, MembershipFactory, UserFactory

PHONES = 4


@pytest.mark.django_db(transaction=True)
def test_exactly_one_of_those_who_start_together_gets_the_job() -> None:
    department = DepartmentFactory.create()
    issue = IssueFactory.accepted(department=department)
    workers = [UserFactory.create() for _ in range(PHONES)]
    for worker in workers:
        MembershipFactory.create(user=worker, department=department, role=Role.CREW)
    ready = Barrier(PHONES)

    def press(worker: User) -> str:
        try:
            ready.wait(timeout=10)
            start_job(issue=Issue.objects.get(pk=issue.pk), worker=worker, at=None)
        except AlreadyStarted:
            return "late"
        finally:
            connection.close()
        return "started"

    with ThreadPoolExecutor(PHONES) as phones:
        told = sorted(phones.map(press, workers))
    assert told == ["late"] * (PHONES - 1) + ["started"]
    assert Job.objects.started().count() == 1
    issue.refresh_from_db()
    assert issue.events.filter(to_state="in_progress").count() == 1
