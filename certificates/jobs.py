"""Certificates for a whole department, in the background: begun, worked on batch by batch, cancelled, finished.

What is done of a job stands in its items. Several workers share them: each takes a batch that no other has. A worker may be
killed between any two lines here: whoever goes on finds what is left, and nobody gets two new certificates for one.
"""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.actions import (
    BATCH,
    CannotBeDrawn,
    CannotBeSealed,
    HolderErased,
    Outcome,
    issue_many,
    replace_many,
    reserve_many,
    take_turns,
)
from certificates.models import Certificate, IssuingItem, IssuingJob, completions_without_document
from certificates.seals import seal_state
from courses.models import Completion
from organisation.models import Department, User, log_event
from organisation.tree import Tree, names_on

SILENCE = dt.timedelta(seconds=20)
"""After this without a sign of life a batch's worker is taken to be gone, and so are all of a job's."""


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
    """Do a batch of what is left of a job, and return whether more may be left. Any number may work on it at once.

    Raises what went wrong with one, when the others of the batch are done; it is tried again later.
    """
    job = IssuingJob.objects.filter(pk=job_id).select_related("started_by").first()
    # Without a seal the whole job waits, and the sweep asks again.
    if job is None or seal_state(at).waits or not _open(job).update(touched_at=at):
        return False
    batch = _take_batch(job, at)
    outcomes = issue_many([item.completion_id for item in batch], at=at) if batch else {}
    _note_done(batch, outcomes, at)
    if len(batch) == BATCH:
        return True
    if not job.items.filter(done_at=None).exists() and _open(job).update(finished_at=at):
        log_event("certificate.job_finished", job, by=job.started_by, at=at, **counts_of(job))
    return False


def _open(job: IssuingJob) -> QuerySet[IssuingJob]:
    return IssuingJob.objects.filter(pk=job.pk, finished_at=None, cancelled_at=None)


@transaction.atomic
def _take_batch(job: IssuingJob, at: dt.datetime) -> list[IssuingItem]:
    """Return items that no other works on, now ours and numbered."""
    free = job.items.filter(Q(taken_at=None) | Q(taken_at__lt=at - SILENCE), done_at=None).order_by("pk")
    together = free.select_related("former__renews").select_for_update(of=("self",), skip_locked=True)
    batch = list(together[:BATCH])
    _number(job, [item for item in batch if item.certificate_id is None], at)
    for item in batch:
        item.taken_at = at
    IssuingItem.objects.bulk_update(batch, ["certificate", "taken_at"])
    return batch


def _number(job: IssuingJob, items: list[IssuingItem], at: dt.datetime) -> None:
    """Give each item its certificate; none to those of the erased."""
    if not items:
        return
    keys = [item.completion_id for item in items]
    take_turns(keys)
    formers = [item.former for item in items if item.former]
    replace_many(formers, reason=job.reason, by=job.started_by, at=at, tells_holders=job.tells_holders)
    # What somebody else replaced or revoked meanwhile stays; what holds now is what the job hands out.
    current = reserve_many(keys, at=at)
    for item in items:
        item.certificate = current.get(item.completion_id)


def _note_done(batch: list[IssuingItem], outcomes: dict[int, Outcome], at: dt.datetime) -> None:
    """Write down which items are done. Raises what went wrong with one."""
    done, undrawn, faults = [], [], []
    for item in batch:
        match outcomes[item.completion_id]:
            case CannotBeSealed():
                continue
            case CannotBeDrawn():
                undrawn.append(item.pk)
            case Exception() as fault if not isinstance(fault, HolderErased):
                faults.append(fault)
                continue
        done.append(item.pk)
    IssuingItem.objects.filter(pk__in=done).update(done_at=at)
    IssuingItem.objects.filter(pk__in=undrawn).update(is_undrawn=True)
    if faults:
        raise faults[0]


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


def take_up_silent(at: dt.datetime) -> list[int]:
    """Return the keys of jobs whose workers have not been heard of for a while; asked again at once, there are none."""
    silent = IssuingJob.objects.filter(finished_at=None, cancelled_at=None, touched_at__lt=at - SILENCE)
    return [key for key in silent.values_list("pk", flat=True) if silent.filter(pk=key).update(touched_at=at)]


def left_to_the_sweep() -> list[int]:
    """Return the keys of completions without a stored certificate, oldest first, but for those that a job works on."""
    open_items = IssuingItem.objects.filter(done_at=None, job__finished_at=None, job__cancelled_at=None)
    return list(completions_without_document().exclude(pk__in=open_items.values("completion")).values_list("pk", flat=True))
