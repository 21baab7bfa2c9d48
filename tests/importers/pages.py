"""The import pages in the hands of a test: forms to send, and the worker's part."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from importers.actions.carrying import carry_out_work
from importers.actions.work import begin
from importers.models import ImportRun
from tests.importers.runs import uploaded


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def form(*files: SimpleUploadedFile, into: str = "layer:new", **more: Any) -> dict[str, Any]:
    return {"files": list(files), "into": into, "title": "Πάρκα και πλατείες", "theme": "land_use", **more}


def work(run: ImportRun) -> ImportRun:
    """Do what was asked of the run, as the worker's child does."""
    run.refresh_from_db()
    begun = begin(pk=run.pk, work=run.asked)
    assert begun is not None
    carry_out_work(begun, run.asked)
    return ImportRun.objects.get(pk=run.pk)


def page(client: Client, run: ImportRun) -> str:
    answer = client.get(reverse("importers:run", args=[run.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def at(name: str, run: ImportRun) -> str:
    return reverse(f"importers:{name}", args=[run.pk])


def imported(client: Client, planner: User, content: bytes | None = None) -> ImportRun:
    run = uploaded(planner, content)
    client.post(at("check", run), {"key": "CODE"})
    work(run)
    client.post(at("import", run))
    return work(run)
