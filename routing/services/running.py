"""What a worker does with a job: plan a day, close a cycle. Safe to run twice.

A job's row is the truth: the run beats it, obeys it, and writes its effect in the
transaction that ends it. A refusal ends the job with a reason: the English sentence
in `reason`, and in `progress["refusal"]` the same with its data, for other languages.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hub.core.errors import N_, DomainError, JobLost
from hub.services import jobs
from hub.services.heartbeat import beating
from orders import selectors as order_selectors
from routing import bridge
from routing.bridge import Day
from routing.core import formats
from routing.core.check import violations_of
from routing.core.errors import PlanBreaksRules
from routing.core.matrix import Matrix
from routing.core.plan import Plan
from routing.core.problem import Problem
from routing.core.rest import locked_day, rest_of, whole_plan
from routing.models import FleetPool
from routing.models import Plan as PlanRows
from routing.services import breakdown
from routing.services.closing import close_with_costs
from routing.services.ways import streets

if TYPE_CHECKING:
    from hub.models import Job
    from routing.models import Plan as PlanRow
    from routing.travel.base import TravelProvider

REASON_LENGTH = 300
INTERRUPTED = N_("The work was interrupted. Ask for it again.")


def run_plan(*, job_id: int, travel: TravelProvider | None = None) -> PlanRow | None:
    """Plan the day a job asks for: measure, search, check, keep.

    None when there was nothing to do, nothing to keep, or a refusal, which the job
    then tells. `travel` measures the ways; the known streets unless given.
    """
    with _claimed(job_id) as job:
        if job is None:
            return None
        if "plan" in job.payload:
            return _improve(job, travel or streets())
        return _plan(job, travel or streets())
    return None


def run_close(*, job_id: int, travel: TravelProvider | None = None) -> None:
    """Close the cycle a job asks for, with the costs of picking up."""
    with _claimed(job_id) as job:
        if job is None or job.organization is None:
            return
        cycle = job.organization.cycles.get(pk=job.payload["cycle"])
        asked = job.payload.get("close", cycle.public_id)
        if asked != order_selectors.name_of_close(cycle):
            # It was closed and opened again since: this close is over.
            jobs.finish_job(
                job_id=job.pk, claim=job.claim, now=timezone.now(), result={}
            )
            return
        with beating(job=job):
            closing = close_with_costs(
                cycle=cycle,
                by=job.requested_by,
                now=timezone.now(),
                travel=travel,
            )
        jobs.finish_job(
            job_id=job.pk,
            claim=job.claim,
            now=timezone.now(),
            result=dict(closing.summary),
        )


def run_rest(*, job_id: int, travel: TravelProvider | None = None) -> None:
    """Plan the rest of a day without the truck that a job names."""
    with _claimed(job_id) as job:
        if job is not None:
            _tell(job, {"step": "measuring"})
            document = _search(job, *breakdown.rest_to_plan(job))
            with transaction.atomic():
                result = breakdown.propose_rest(
                    job, document, travel=travel or streets()
                )
                jobs.finish_job(
                    job_id=job.pk, claim=job.claim, now=timezone.now(), result=result
                )


@contextlib.contextmanager
def _claimed(job_id: int) -> Iterator[Job | None]:
    """Hold a job for the block; whatever goes wrong in it ends the job with a reason.

    What is not a refusal fails the job too, and is raised again for the logs.
    """
    claim = uuid.uuid4().hex
    job = jobs.claim_job(
        job_id=job_id,
        claim=claim,
        now=timezone.now(),
        heartbeat_limit_s=settings.JOB_HEARTBEAT_LIMIT_S,
    )
    try:
        yield job
    except JobLost:
        return
    except DomainError as refusal:
        _fail(job_id, claim, refusal.sentence, refusal.data)
    except Exception:
        _fail(job_id, claim, INTERRUPTED, {})
        raise


def _fail(job_id: int, claim: str, sentence: str, data: Mapping[str, Any]) -> None:
    now = timezone.now()
    words = {"sentence": sentence, "data": dict(data)}
    with contextlib.suppress(JobLost):
        jobs.beat_job(job_id=job_id, claim=claim, now=now, progress={"refusal": words})
        reason = (sentence % dict(data))[:REASON_LENGTH]
        jobs.fail_job(job_id=job_id, claim=claim, now=now, reason=reason)


def _plan(job: Job, travel: TravelProvider) -> PlanRow | None:
    _tell(job, {"step": "measuring"})
    with beating(job=job):
        day = bridge.problem_for(
            pool=FleetPool.objects.get(pk=job.payload["pool"]),
            service_on=date.fromisoformat(job.payload["service_on"]),
        )
        matrix = travel.matrix_for(day.points)
        problem = formats.problem_document(day.problem, matrix)
    document = _search(job, problem)
    if document is None:
        jobs.finish_job(job_id=job.pk, claim=job.claim, now=timezone.now(), result={})
        return None
    _tell(job, {**job.progress, "step": "drawing"})
    with beating(job=job):
        plan = judged(day, matrix, document)
        lines = bridge.lines_of(day.problem, plan, points=day.points, travel=travel)
    with transaction.atomic():
        row = bridge.save_plan(
            day=day,
            matrix=matrix,
            plan=plan,
            lines=lines,
            seed=job.payload["seed"],
            job=job,
            now=timezone.now(),
        )
        jobs.finish_job(
            job_id=job.pk,
            claim=job.claim,
            now=timezone.now(),
            result={"plan": row.public_id, "cost_cents": row.cost_cents},
        )
    return row


def _improve(job: Job, travel: TravelProvider) -> PlanRow | None:
    """Search again what is not locked of a plan; the whole day is judged."""
    row = PlanRows.objects.select_related("pool").get(pk=job.payload["plan"])
    problem, matrix, plan = bridge.read_plan(row)
    locks = bridge.locks_of(row)
    day = locked_day(problem, plan, locks)
    rest, start = rest_of(day, matrix, plan, locks)
    document = _search(
        job, formats.problem_document(rest, matrix), formats.plan_document(start)
    )
    if document is None:
        jobs.finish_job(job_id=job.pk, claim=job.claim, now=timezone.now(), result={})
        return None
    found = whole_plan(day, plan, locks, formats.read_plan(document))
    _require_sound(bridge.day_of(row, problem), day, matrix, found)
    _tell(job, {**job.progress, "step": "drawing"})
    with beating(job=job), transaction.atomic():
        better = bridge.save_version(
            row, found, job=job, now=timezone.now(), travel=travel
        )
        jobs.finish_job(
            job_id=job.pk,
            claim=job.claim,
            now=timezone.now(),
            result={"plan": better.public_id, "cost_cents": better.cost_cents},
        )
    return better


def _search(
    job: Job, document: Mapping[str, Any], start: Mapping[str, Any] | None = None
) -> Any | None:
    """The planner's last plan, telling the job of each better one on the way."""
    progress: dict[str, Any] = {"step": "searching"}
    asked = job.payload
    with bridge.solving(
        document,
        seconds=asked["seconds"],
        seed=asked["seed"],
        iterations=asked.get("iterations"),
        start=start,
    ) as solver:
        for incumbents in solver.incumbents():
            for incumbent in incumbents:
                progress |= incumbent
            progress["searched_s"] = min(solver.searched_s, asked["seconds"])
            if _tell(job, progress):
                solver.stop()
        return solver.plan_document()


def judged(day: Day, matrix: Matrix, document: object) -> Plan:
    """A plan's document, read and checked without trusting who wrote it.

    Raises PlanBreaksRules, or RoutingRefused for what cannot be read.
    """
    plan = formats.read_plan(document)
    _require_sound(day, day.problem, matrix, plan)
    return plan


def _require_sound(day: Day, problem: Problem, matrix: Matrix, plan: Plan) -> None:
    if violations := violations_of(problem, matrix, plan):
        broken = violations[0]
        raise PlanBreaksRules(
            count=len(violations),
            first=str(broken),
            rule=broken.code,
            values=broken.values,
            names=bridge.names_in(day, broken),
        )


def _tell(job: Job, progress: Mapping[str, Any]) -> bool:
    """Beat, saying how far it is; True when asked to stop. Raises JobLost."""
    job.progress = dict(progress)
    return jobs.beat_job(
        job_id=job.pk, claim=job.claim, now=timezone.now(), progress=progress
    )
