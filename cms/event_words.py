"""What the event log's verbs say, to those who read it."""

from __future__ import annotations

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

VERBS = {
    "absence.corrected": _("Corrected an absence"),
    "absence.recorded": _("Recorded an absence"),
    "absence.taken_back": _("Took back an absence"),
    "assignment.accepted": _("Accepted an assignment"),
    "assignment.ended": _("Ended an assignment"),
    "assignment.proposed": _("Proposed an assignment"),
    "assignment.taken_back": _("Took back a proposed assignment"),
    "audience.members_viewed": _("Looked at who is in a target group"),
    "audience.renamed": _("Renamed a target group"),
    "audience.rule_changed": _("Changed a target group"),
    "certificate.exported": _("Took home the certificates of a department"),
    "certificate.job_cancelled": _("Cancelled certificates for a department"),
    "certificate.job_finished": _("Certificates for a department were finished"),
    "certificate.job_started": _("Began certificates for a department"),
    "certificate.not_drawn": _("A certificate could not be drawn"),
    "certificate.numbered": _("A certificate got its number"),
    "certificate.replaced": _("Replaced a certificate"),
    "certificate.revoked": _("Revoked a certificate"),
    "certificate.viewed": _("Looked at somebody's certificate"),
    "city.changed": _("Changed the city's settings"),
    "content.approved": _("Approved content as a jurist"),
    "cycle_settings.changed": _("Changed the settings of the follow-up"),
    "steering_format.changed": _("Changed the file for steering systems"),
    "department.principal_changed": _("Marked another principal, or took the mark away"),
    "deputy.ended": _("Took back a deputy's right"),
    "deputy.named": _("Named a deputy"),
    "edition.given_out": _("An edition was given out"),
    "edition.withdrawal_lifted": _("Lifted a withdrawal"),
    "edition.withdrawn": _("Withdrew an edition or a step"),
    "employment.corrected": _("Corrected an employment"),
    "employment.taken_back": _("Took back an employment"),
    "erasure.prepared": _("Looked at what would be erased about a person"),
    "exemption.corrected": _("Corrected an exemption"),
    "exemption.ended": _("Ended an exemption"),
    "exemption.granted": _("Granted an exemption"),
    "exemptions.listed": _("Looked at the list of exemptions"),
    "follow_up.approved": _("Approved a follow-up report"),
    "follow_up.commented": _("Commented on a department's figures"),
    "follow_up.corrected": _("Corrected a published follow-up report"),
    "follow_up.published": _("Published a follow-up report"),
    "follow_up.cycle_opened": _("Opened a follow-up cycle"),
    "follow_up.frozen": _("Froze the figures of a follow-up report"),
    "hr.agreed": _("Agreed to import HR files"),
    "hr.discarded": _("Put HR files away without importing them"),
    "hr.handed_in": _("Handed in HR files"),
    "hr.imported": _("Imported files from the HR system"),
    "hr.previewed": _("Looked at what HR files would change"),
    "installation.filled": _("Laid the starter content and the demonstration"),
    "module_goal.changed": _("Set the goal of a module"),
    "legal_source.checked": _("Checked a legal source"),
    "login_slip.printed": _("Printed a login slip"),
    "login_slip.used": _("Logged in with a slip"),
    "module.completed": _("Completed a module"),
    "module.offered": _("Offered a module to persons"),
    "organisation.called_off": _("Called off a reorganisation"),
    "organisation.changed": _("Reorganised departments"),
    "people.listed": _("Looked at the list of people"),
    "person.erased": _("Erased a person's data"),
    "person.changed": _("Changed a person"),
    "persons.exported": _("Took home a list of persons"),
    "persons.reminded": _("Reminded persons of a module"),
    "persons.viewed": _("Looked at the persons of a department"),
    "plan_activity.added": _("Added an activity of the plan"),
    "plan_activity.changed": _("Changed an activity of the plan"),
    "plan_activity.stated": _("Stated how an activity of the plan stands"),
    "recipients.changed": _("Changed who gets mail about reports"),
    "seal.expired": _("The certificate of the seal has ended"),
    "seal.expiring": _("The certificate of the seal ends soon"),
    "seal.missing": _("There is no key for the seal"),
    "seal.not_yet": _("The certificate of the seal is not valid yet"),
    "seal.ready": _("The seal works"),
    "seal.unfit": _("The key of the seal cannot be used"),
    "symbol.approved": _("Approved a sign"),
    "symbol.edited": _("Changed a sign"),
}


def verb_words(verb: str) -> str:
    """Return what a verb says; one that is not known stands as it is stored."""
    return str(VERBS.get(verb, verb))


def kind_words(label: str) -> str:
    """Return what a kind of thing is called, from its `app.model`."""
    try:
        return capfirst(str(apps.get_model(label)._meta.verbose_name))
    except (LookupError, ValueError):
        return label
