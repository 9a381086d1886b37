"""compose.yaml cannot be run here; it is compared with what it must agree with."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from ckan.config.environment import CONFIG_FROM_ENV_VARS

from launcher import portal
from launcher.checkout import Checkout

DEPLOY = Path(__file__).resolve().parents[4] / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("web", "worker", "setup")


def test_it_has_the_parts_of_a_portal():
    assert set(SERVICES) == {"web", "worker", "setup", "postgres", "redis", "solr"}


def test_only_the_web_is_reachable_from_outside():
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"web"}
    assert SERVICES["web"]["ports"] == ["${PORT:-5000}:5000"]


@pytest.mark.parametrize("name", OURS)
def test_ckan_knows_each_address_variable(name: str):
    own = {"SUPERUSER_URL", "DEMO"}
    variables = set(SERVICES[name]["environment"]) - own
    assert variables
    assert variables <= set(CONFIG_FROM_ENV_VARS.values())


def test_the_setup_gets_every_address_it_writes():
    sys.path.insert(0, str(DEPLOY))
    import compose_setup

    assert set(compose_setup.ADDRESS_VARIABLES.values()) <= set(SERVICES["setup"]["environment"])


@pytest.mark.parametrize("name", OURS)
def test_files_and_settings_are_on_one_lasting_volume(name: str):
    assert SERVICES[name]["volumes"] == ["portal:/srv/portal/var"]
    assert SERVICES[name]["environment"]["CKAN_STORAGE_PATH"].startswith("/srv/portal/var/")


def test_every_named_volume_is_declared_and_used():
    used = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service["volumes"]
        if not volume.startswith(".")
    }
    assert used == set(COMPOSE["volumes"])


def test_the_worker_runs_what_the_launcher_runs(checkout: Checkout):
    launched = {
        daemon.name: command[command.index(str(checkout.ini)) + 1 :]
        for daemon, command in portal.background(checkout).items()
    }
    composed = {name: SERVICES[name]["command"][3:] for name in launched}
    assert composed == launched


def test_hosts_in_addresses_are_services():
    addresses = SERVICES["web"]["environment"]
    hosts = {
        match[1]
        for value in addresses.values()
        for match in re.finditer(r"(?:@|http://)(\w+)(?::\d+)?/", value)
    }
    assert hosts - {"localhost"} == {"postgres", "redis", "solr"}


def test_every_password_is_asked_for_in_the_example():
    text = (DEPLOY / "compose.yaml").read_text()
    asked = set(re.findall(r"\$\{(\w+)", text))
    offered = set(
        re.findall(r"^(\w+)=", (DEPLOY / "compose.env.example").read_text(), re.MULTILINE)
    )
    assert asked == offered


def test_files_it_names_are_there():
    build = SERVICES["setup"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()
    assert (DEPLOY / Path(SERVICES["setup"]["command"][1]).name).is_file()
    assert (DEPLOY / "compose_initdb.sh").stat().st_mode & 0o100
    assert "wsgi:application" in (DEPLOY / "Dockerfile").read_text()


def test_the_setup_says_which_variable_is_missing():
    done = subprocess.run(
        [sys.executable, str(DEPLOY / "compose_setup.py")],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "CKAN_SITE_URL": "http://localhost:5000"},
    )
    assert done.returncode == 1
    assert "CKAN_SOLR_URL" in done.stderr
    assert "Traceback" not in done.stderr
