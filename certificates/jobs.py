"""Certificates for a whole department, in the background: begun, worked on piece by piece, cancelled, finished.

What is done of a job stands in its items. A worker may be killed between any two lines here: whoever goes on finds
what is left, and nobody gets two new certificates for one.
"""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.actions import CannotBeDrawn, CannotBeSealed, HolderErased, LifeRefused, issue, replace, reserve
from certificates.models import Certificate, IssuingItem, IssuingJob
from certificates.seals import SealState, seal_state
from courses.models import Completion
from organisation.models import Department, User, log_event
from organisation.tree import Tree, names_on

BATCH = 50
"""Items of one turn: short enough for every broker's patience with a task."""
SILENCE = dt.timedelta(minutes=2)
"""After this without a sign of life a job's worker is taken to be gone."""


class JobRefused(Exception):
    """The job was not begun; the text says why."""


@transaction.atomic
def begin_job(
    *, department: Department, kind: str, by: User, at: dt.datetime, reason: str = "", tells_holders: bool = False
) -> IssuingJob:
    """Write down what is to be done: the latest completion in each module of all who work there today.

    Persons with protected identity are left out and counted. Raises `JobRefused`.
    """
    day = timezone.localdate(at)
    people = User.objects.get_queryset().employed_in(Tree.on(day).below(department.pk), day)
    items = _items(Completion.objects.filter(user__in=people.filter(is_protected=False)), kind)
    if not items:
        raise JobRefused(_("Nobody in the department has completed a module."))
    hidden = Completion.objects.filter(user__in=people.filter(is_protected=True)).values("user", "module").distinct().count()
    job = IssuingJob(
        kind=kind,
        department=department,
        department_name=names_on(day)[department.pk],
        reason=reason.strip(),
        tells_holders=tells_holders,
        started_by=by,
        started_at=at,
        touched_at=at,
        left_out=hidden,
    )
    _save(job)
    for item in items:
        item.job = job
    IssuingItem.objects.bulk_create(items, batch_size=500)
    log_event("certificate.job_started", job, by=by, at=at, kind=kind, department=department.pk, certificates=len(items))
    return job


def _save(job: IssuingJob) -> None:
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError as twice:
        raise JobRefused(_("Certificates are being issued for this department already.")) from twice


def _items(completions: QuerySet[Completion], kind: str) -> list[IssuingItem]:
    """One item for each person and module, without those whose certificate is revoked."""
    latest = {(one.user_id, one.module_id): one for one in completions.order_by("round__number").only("user", "module")}
    current = Certificate.objects.current().filter(completion__in=completions).select_related("revocation")
    held = {certificate.completion_id: certificate for certificate in current}
    return [
        IssuingItem(completion=completion, former=former if kind == IssuingJob.Kind.REISSUE else None)
        for completion in latest.values()
        if not hasattr(former := held.get(completion.pk), "revocation")
    ]


def work_on(job_id: int, *, at: dt.datetime) -> bool:
    """Do a batch of what is left of a job, and return whether more is left. Two at once do no harm."""
    job = IssuingJob.objects.filter(pk=job_id, finished_at=None, cancelled_at=None).select_related("started_by").first()
    if job is None:
        return False
    state = seal_state(at)
    left = list(job.items.filter(done_at=None).order_by("pk")[: BATCH + 1])
    for item in left[:BATCH]:
        if not _open(job).update(touched_at=at):
            return False
        try:
            _finish(job, item, at, state)
        except CannotBeSealed:
            # The whole job waits for the seal, and the sweep asks again.
            return False
    if len(left) > BATCH:
        return True
    if _open(job).update(finished_at=at):
        log_event("certificate.job_finished", job, by=job.started_by, at=at, **counts_of(job))
    return False


def _open(job: IssuingJob) -> QuerySet[IssuingJob]:
    return IssuingJob.objects.filter(pk=job.pk, finished_at=None, cancelled_at=None)


def _finish(job: IssuingJob, item: IssuingItem, at: dt.datetime, state: SealState) -> None:
    """Number, draw and store the certificate of one item; each step may be repeated after a crash."""
    is_undrawn = False
    try:
        completion = _number_item(job, item.pk, at)
        issue(completion, at=at, state=state)
    except CannotBeSealed:
        raise
    except CannotBeDrawn:
        is_undrawn = True
    except HolderErased:
        pass
    IssuingItem.objects.filter(pk=item.pk).update(done_at=at, is_undrawn=is_undrawn)


@transaction.atomic
def _number_item(job: IssuingJob, item_id: int, at: dt.datetime) -> Completion:
    """Give the item its certificate, once, and return its completion."""
    item = IssuingItem.objects.select_for_update(of=("self",)).select_related("completion", "former").get(pk=item_id)
    if item.certificate_id is None:
        item.certificate = _certificate_for(job, item, at)
        item.save(update_fields=["certificate"])
    return item.completion


def _certificate_for(job: IssuingJob, item: IssuingItem, at: dt.datetime) -> Certificate:
    if item.former is None:
        return reserve(item.completion, at=at)
    try:
        with transaction.atomic():
            return replace(item.former, reason=job.reason, by=job.started_by, at=at, tells_holder=job.tells_holders)
    except LifeRefused:
        # Somebody replaced or revoked it meanwhile; what holds now is what the job hands out.
        return Certificate.objects.current().get(completion=item.completion)


def cancel(job: IssuingJob, *, by: User, at: dt.datetime) -> bool:
    """Stop a job where it stands; what is issued stays issued. Returns whether there was anything to stop."""
    if not _open(job).update(cancelled_at=at):
        return False
    log_event("certificate.job_cancelled", job, by=by, at=at, **counts_of(job))
    return True


def counts_of(job: IssuingJob) -> dict[str, int]:
    """Return how many items there are, are done, and could not be drawn; one query."""
    done, undrawn = Count("pk", filter=~Q(done_at=None)), Count("pk", filter=Q(is_undrawn=True))
    return job.items.aggregate(total=Count("pk"), done=done, undrawn=undrawn)


def silent_jobs(at: dt.datetime) -> list[int]:
    """Return the keys of jobs whose worker has not been heard of for a while."""
    waiting = IssuingJob.objects.filter(finished_at=None, cancelled_at=None, touched_at__lt=at - SILENCE)
    return list(waiting.values_list("pk", flat=True))
