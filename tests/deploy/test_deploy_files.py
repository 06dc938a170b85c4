"""The files of `deploy/` agree with the code and with docs/operating.md.

No daemon of Docker is here: what can be read is read, what was not run is said so.
"""

import re
import subprocess
from functools import cache
from typing import Any

import pytest
import yaml
from django.core.management import get_commands
from granian.cli import cli as granian

from hub.exchange.photo import HEAVIEST_BYTES
from tests.deploy.previous import release_at
from tests.factories.sites import ROOT
from tests.house.sources import APPS

DEPLOY = ROOT / "deploy"
ENVIRONMENTS = (".env.example", "charroi.env.example")
UNITS = ("charroi.service", "charroi-backup.service")
OF_COMPOSE = {"POSTGRES_PASSWORD", "OWNER_PASSWORD", "APP_PASSWORD"}
OURS = ("prepare", "web1", "web2", "worker", "beat", "backup")
SECURITY_HEADERS = (
    "Content-Security-Policy",
    "Strict-Transport-Security",
    "X-Frame-Options",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
)


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text()


@cache
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text_of("compose.yml"))
    return found


@cache
def explained() -> set[str]:
    page = (ROOT / "docs/operating.md").read_text()
    return set(re.findall(r"`([A-Z][A-Z_]{4,})`", page))


def values_of(name: str) -> dict[str, str]:
    lines = [line for line in text_of(name).splitlines() if re.match("[A-Z]", line)]
    return dict(line.split("=", 1) for line in lines)


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_each_variable_of_an_example_is_explained(name: str) -> None:
    assert set(values_of(name)) - explained() - OF_COMPOSE == set()


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_an_example_holds_no_secret(name: str) -> None:
    secret = {
        variable: value
        for variable, value in values_of(name).items()
        if re.search("PASSWORD|KEY|URL", variable) and value
    }

    assert secret == {}


def test_each_variable_of_our_containers_is_explained() -> None:
    told = {
        variable
        for name in OURS
        for variable in compose()["services"][name]["environment"]
    }

    assert told - explained() - OF_COMPOSE == set()


def test_the_passwords_of_compose_come_from_the_environment_alone() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+):\?\}", text_of("compose.yml")))
    written = re.findall(r"//[^:@/\s]+:(?!\$\{)[^@\s]+@", text_of("compose.yml"))

    assert (asked, written) == (OF_COMPOSE | {"ALLOWED_HOSTS"}, [])
    assert asked <= set(values_of(".env.example"))


def test_only_the_migration_and_the_save_know_the_owner() -> None:
    knowing = [
        name
        for name in OURS
        if compose()["services"][name]["environment"]["DATABASE_OWNER_URL"]
    ]

    assert knowing == ["prepare", "backup"]


def test_two_web_processes_and_one_clock_run_known_programs() -> None:
    services = compose()["services"]
    commands = [services[name]["command"] for name in OURS]

    programs = [" ".join(command[:1]) for command in commands]

    assert programs == ["sh", "granian", "granian", "celery", "celery", "python"]
    assert [command.count("beat") for command in commands] == [0, 0, 0, 0, 1, 0]


def test_granian_knows_each_option_that_it_is_given() -> None:
    known = {
        option
        for each in granian.params
        for option in (*each.opts, *each.secondary_opts)
    }
    image = re.search(r'CMD \["granian", (.+)\]', text_of("Dockerfile"))
    assert image
    given = [
        *compose()["services"]["web1"]["command"][1:],
        *re.findall('"([^"]+)"', image[1]),
    ]

    options = {word.split("=")[0] for word in given if word.startswith("--")}

    assert options - known == set()


def test_every_command_of_ours_that_is_named_exists() -> None:
    files = ("compose.yml", "Dockerfile", "README.md", *UNITS)

    named = {
        word
        for name in files
        for word in re.findall(r"manage\.py,? ([a-z_]+)\b(?!\.)", text_of(name))
    }

    assert {"serve", "migrate", "backup", "collectstatic"} <= named
    assert named - set(get_commands()) == set()


def test_what_compose_refers_to_is_there() -> None:
    services = compose()["services"]
    mounted = [
        volume.split(":")[0]
        for each in services.values()
        for volume in each.get("volumes", [])
    ]
    files = [name for name in mounted if name.startswith("./") and name != "./saves"]
    volumes = {name for name in mounted if not name.startswith("./")}
    waited_for = {
        name for each in services.values() for name in each.get("depends_on", [])
    }

    assert [name for name in files if not (DEPLOY / name).is_file()] == []
    assert volumes == set(compose()["volumes"])
    assert waited_for - set(services) == set()


def test_the_image_is_built_from_the_locks_and_run_by_nobody_special() -> None:
    lines = text_of("Dockerfile").replace("\\\n", " ").splitlines()
    images = [line.split()[1] for line in lines if line.startswith("FROM")]
    users = [line.split()[1] for line in lines if line.startswith("USER")]
    told = "\n".join(lines)

    assert [image for image in images if ":" not in image or "/" in image] == []
    assert users == ["charroi"]
    for step in ("--require-hashes -r requirements.lock", "npm ci", "collectstatic"):
        assert step in told


def test_the_image_holds_every_floor_and_nothing_that_is_not_named() -> None:
    copied = [
        word
        for line in text_of("Dockerfile").splitlines()
        if line.startswith("COPY") and "--from" not in line
        for word in line.split()[1:-1]
    ]
    let_in = {
        line[1:]
        for line in text_of("Dockerfile.dockerignore").splitlines()
        if line.startswith("!")
    }

    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {*APPS, "config"} <= set(copied)
    assert set(copied) == let_in


def test_the_proxy_leaves_our_headers_alone_and_lets_a_photo_pass() -> None:
    told = re.sub(r"#.*", "", text_of("Caddyfile"))
    limit = re.search(r"max_size (\d+)MB", told)
    upstreams = re.search(r"reverse_proxy (.+) \{", told)
    assert limit
    assert upstreams

    assert [name for name in SECURITY_HEADERS if name in told] == []
    assert int(limit[1]) * 1_000_000 > HEAVIEST_BYTES * 1.2
    assert upstreams[1].split() == ["web1:8000", "web2:8000"]


def test_the_service_gives_us_the_time_to_stop() -> None:
    unit = text_of("charroi.service")
    limit = re.search(r"TimeoutStopSec=(\d+)", unit)
    assert limit

    assert int(limit[1]) > 30
    assert "serve --production" in unit


def test_the_script_of_the_roles_can_be_read_by_any_shell() -> None:
    read = subprocess.run(
        ["sh", "-n", str(DEPLOY / "make-roles.sh")], capture_output=True, check=False
    )

    assert (read.returncode, read.stderr) == (0, b"")


def test_every_file_of_the_folder_is_named_in_its_readme() -> None:
    page = text_of("README.md")

    left_out = [
        path.name
        for path in DEPLOY.iterdir()
        if path.is_file() and path.name not in f"{page} README.md"
    ]

    assert left_out == []


def test_the_database_is_ready_only_once_the_others_can_reach_it() -> None:
    asked = compose()["services"]["database"]["healthcheck"]["test"]

    assert "--host=127.0.0.1" in asked


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_an_example_asks_where_people_reach_the_site(name: str) -> None:
    assert {"ALLOWED_HOSTS", "PUBLIC_ORIGIN"} <= set(values_of(name))


def test_a_command_by_hand_runs_where_and_as_whom_the_service_does() -> None:
    service = dict(
        line.split("=", 1)
        for line in text_of("charroi.service").splitlines()
        if re.match("[A-Za-z]+=", line)
    )
    by_hand = text_of("by-hand").replace("\\\n", " ").split()

    assert {
        f"--uid={service['User']}",
        f"--gid={service['Group']}",
        f"--working-directory={service['WorkingDirectory']}",
        f"--property=EnvironmentFile={service['EnvironmentFile']}",
        f"--property=StateDirectory={service['StateDirectory']}",
        service["ExecStart"].split()[0],
    } <= set(by_hand)


def test_a_release_that_git_does_not_know_is_said_in_words() -> None:
    with pytest.raises(SystemExit, match="Name a tag or a commit: REF="):
        release_at("no-such-release")
