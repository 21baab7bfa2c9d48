"""docker-compose.yml follows the Compose specification and keeps what docs/howto/run.md promises."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker-compose.yml"
HOWTO = ROOT / "docs" / "howto" / "run.md"


def validate(path: Path) -> subprocess.CompletedProcess[str]:
    """Check a file against the Compose specification's own JSON Schema, shipped with check-jsonschema."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())
    return document


def test_compose_file_follows_the_specification() -> None:
    result = validate(COMPOSE)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_misspelt_key_would_be_noticed(tmp_path: Path) -> None:
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(COMPOSE.read_text().replace("healthcheck:", "healthchek:", 1))
    assert validate(broken).returncode != 0


def test_services_are_those_of_a_deployment(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"db", "setup", "web", "worker", "nginx"}


def test_every_lasting_service_restarts_and_tells_its_health(compose: dict[str, Any]) -> None:
    lasting = {name: service for name, service in compose["services"].items() if name != "setup"}
    for name, service in lasting.items():
        assert service["restart"] == "unless-stopped", name
        assert service["healthcheck"]["test"], name


def test_everything_waits_for_a_healthy_database_and_a_finished_setup(compose: dict[str, Any]) -> None:
    for name in ("web", "worker"):
        waits = compose["services"][name]["depends_on"]
        assert waits["db"]["condition"] == "service_healthy"
        assert waits["setup"]["condition"] == "service_completed_successfully"


def test_only_nginx_is_reachable_from_outside(compose: dict[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["nginx"]


def test_named_volumes_are_declared_and_mounted_files_exist(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./"):
                assert (ROOT / source).is_file(), f"{name} mounts {source}"
            else:
                assert source in compose["volumes"], f"{name} uses the volume {source}"


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "POSTGRES_PASSWORD"])
def test_a_missing_secret_stops_the_start_with_a_sentence(name: str) -> None:
    text = COMPOSE.read_text()
    assert re.search(rf"\$\{{{name}:\?Set {name} in \.env to [^}}]+\}}", text)
    assert not re.search(rf"\$\{{{name}:?-", text), f"{name} must have no default"


def test_every_variable_is_documented() -> None:
    used = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE.read_text()))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", HOWTO.read_text(), flags=re.MULTILINE))
    assert used - documented == set()


def test_image_runs_the_scripts_it_names() -> None:
    for script in ("deploy/setup.sh", "script/lib/answers.py", "script/lib/prepare_data.py", "manage.py"):
        assert (ROOT / script).is_file(), script
