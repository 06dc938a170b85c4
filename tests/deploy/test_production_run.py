"""The production run on this machine's services: what docs/operating.md promises.

One run for the folder (see conftest), hurt in the order of the tests.
"""

import os
import re
import signal
from concurrent.futures import ThreadPoolExecutor
from email import message_from_string
from email.policy import default as default_policy

import pytest

from tests.deploy.conftest import Saved
from tests.deploy.post import PostOffice
from tests.deploy.runs import Run, wait_until
from tests.deploy.world import LEA
from tests.factories.sites import Program, Visitor, send

FOREVER = "max-age=315360000, public, immutable"
pytestmark = [pytest.mark.services, pytest.mark.timeout(180)]


def statuses(run: Run, number: int) -> set[int]:
    """How `number` requests at once were answered.

    What waited at the door of a process that was killed is reset by the system, and
    asked again, as a proxy does.
    """

    def one(_number: int) -> int:
        try:
            return send(run.port, "/help/", None, {})[0]
        except ConnectionError:
            return send(run.port, "/help/", None, {})[0]

    with ThreadPoolExecutor(8) as crowd:
        return set(crowd.map(one, range(number)))


def answering(run: Run) -> set[int]:
    """The processes that answered a request and still live."""
    return {line["process"] for line in run.told("request")} & set(run.web())


def test_it_starts_without_a_warning_and_does_not_tell_the_web_who_owns(
    run: Run,
) -> None:
    told = run.log.read_text()
    parts = [run.head(name) for name in ("granian", "worker", "beat")]

    knowing = [
        pid
        for pid in (*parts, *run.web())
        if any(each.startswith(b"DATABASE_OWNER_URL=") for each in _environment(pid))
    ]

    assert "System check identified no issues" in told
    assert (len(run.web()), knowing) == (2, [])


def _environment(pid: int) -> list[bytes]:
    with open(f"/proc/{pid}/environ", "rb") as file:
        return file.read().split(b"\0")


def test_files_are_compressed_under_a_hashed_name_and_kept_for_ever(run: Run) -> None:
    visitor = Visitor(run.port)
    _status, _headers, page = visitor.ask("/help/")
    names = sorted(set(re.findall(r"/static/[^\"'#]+\.(?:css|js)", page)))

    found = {
        (
            status,
            headers["Content-Encoding"],
            headers["Cache-Control"],
            bool(re.search(r"\.[0-9a-f]{12}\.(css|js)$", name)),
        )
        for name in names
        for asked in ("br", "gzip")
        for status, headers, _ in [visitor.ask(name, more={"Accept-Encoding": asked})]
    }

    assert len(names) > 1
    assert found == {(200, "br", FOREVER, True), (200, "gzip", FOREVER, True)}


def test_a_person_signs_in_by_the_code_of_a_mail(run: Run, post: PostOffice) -> None:
    visitor = Visitor(run.port)

    visitor.ask("/accounts/login/")
    visitor.ask("/accounts/login/code/", {"email": LEA})
    wait_until(lambda: any(LEA in each for each in post.letters), "a mail came")
    (letter,) = [each for each in post.letters if LEA in each]
    subject = message_from_string(letter, policy=default_policy)["Subject"]
    visitor.ask("/accounts/login/confirm/", {"code": str(subject).split()[-1]})
    status, _headers, _page = visitor.ask("/today/")

    assert status == 200


def test_a_plan_asked_of_the_web_is_made_by_the_worker(run: Run, saved: Saved) -> None:
    program = Program(run.port, saved.world.plan_key)

    status, _headers, words = program.act(
        "/plans", saved.world.plan_asked, once="essai-du-plan"
    )
    job_id = _id_of(words)
    wait_until(lambda: program.read(f"/jobs/{job_id}")[1]["state"] == "done", "planned")

    _status, plans = program.read("/plans")
    assert (status, len(plans["items"])) == (202, 1)


def _id_of(words: str) -> str:
    found = re.search(r'"id": ?"([2-9a-z]{12})"', words)
    assert found, words
    return found[1]


def test_when_one_web_process_is_killed_the_other_serves_until_it_is_back(
    run: Run,
) -> None:
    wait_until(
        lambda: statuses(run, 8) == {200} and len(answering(run)) == 2, "both answer"
    )
    victim, other = run.web()

    os.kill(victim, signal.SIGKILL)
    wait_until(lambda: victim not in run.web(), "it is gone", pause_s=0.01)
    served = statuses(run, 24)
    alone = answering(run)
    wait_until(
        lambda: statuses(run, 8) == {200} and len(answering(run)) == 2, "both again"
    )

    assert (served, alone) == ({200}, {other})


@pytest.mark.soak
def test_whatever_part_is_killed_whole_is_started_again(run: Run) -> None:
    names = ("granian", "worker", "beat")
    before = {name: run.head(name) for name in names}

    for pid in before.values():
        os.killpg(pid, signal.SIGKILL)
    wait_until(lambda: len(run.told("process_started")) == 3, "three starts")
    wait_until(lambda: _is_serving(run), "it serves again")

    after = {name: run.head(name) for name in names}
    # Who is found fallen first is the system's choice: a worker's head has a child.
    ended = run.told("process_ended")
    fallen = sorted((line["name"], line["code"]) for line in ended)
    assert set(before.values()) & set(after.values()) == set()
    assert fallen == [("clock", -9), ("web", -9), ("worker", -9)]


def test_the_clock_the_queue_and_the_worker_are_heard_on_the_health_page(
    run: Run,
) -> None:
    wait_until(lambda: run.health()[1]["clock"] == "ticking", "it ticks", seconds=40)

    status, found = run.health()

    assert (status, found["database"]) == (200, "up")


def _is_serving(run: Run) -> bool:
    try:
        return run.health()[0] == 200
    except OSError:
        return False
