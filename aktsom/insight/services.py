"""A new school is set up: the first people, a first plan with the year that follows from it, and trying that things arrive."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor, system_actor
from aktsom.core.access.door import Refused, require
from aktsom.core.access.roles import Role
from aktsom.core.accounts.selectors import has_accounts
from aktsom.core.accounts.services import password_link
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import today
from aktsom.people.services import add_colleague, give_delegation, give_position, name_deputy, open_account, register_colleague
from aktsom.plans.services import begin_plan, choose_procedure, put_edition_in_force
from aktsom.schools.selectors import current_year
from aktsom.schools.services import register_owner, register_school
from aktsom.wheel.services import arrange_year

SETTING_UP = system_actor("begin installation")
LINK_LASTS = 48 * 3600  # seconds
_SALT = "aktsom begin installation"


def begin_first_plan(*, by: Actor, school: Any, template: str, at_once: bool) -> Any:
    """Begin the school's plan from a library plan; ``at_once`` also lets it and its procedure be in force from today.

    Raises Refused, and then nothing is written.
    """
    with transaction.atomic():
        plan = begin_plan(by=by, place=school, template=template)
        if at_once:
            put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
            choose_procedure(by=by, school=school, code=template, valid_from=today())
            year = current_year(school.pk, today())
            if year is not None:
                arrange_year(by=by, school=school, year=year)
    return plan


def installation_token() -> str:
    """Return what the one-time link of an empty installation holds. It is worth nothing once anybody has an account."""
    return TimestampSigner(salt=_SALT).sign("begin")


def may_begin(token: str) -> bool:
    """Return whether the link is ours, not too old, and the installation still empty."""
    try:
        TimestampSigner(salt=_SALT).unsign(token, max_age=LINK_LASTS)
    except BadSignature:
        return False
    return not has_accounts()


def begin_installation(
    *, owner: dict[str, str], school: dict[str, str], first: dict[str, Any], at_owner: dict[str, str]
) -> tuple[str, str]:
    """Write in the owner, the school, the first person and whoever receives at the owner. All or nothing; raises Refused.

    Return the first person's user name and the address where she chooses a password.
    """
    with transaction.atomic():
        if has_accounts():
            raise Refused([_("Noen har begynt allerede. Logg inn, eller spør den som drifter Aktsom.")])
        owned_by, _new = register_owner(by=SETTING_UP, **owner)
        place, _new = register_school(by=SETTING_UP, owner=owned_by, **school)
        role = first.pop("role")
        person = register_colleague(by=SETTING_UP, owner=owned_by, **first)
        give_position(by=SETTING_UP, person=person, role=role, school=place)
        opened: Any = open_account(by=SETTING_UP, school=place, person=person)
        if at_owner:
            receiver = register_colleague(by=SETTING_UP, owner=owned_by, **at_owner)
            give_position(by=SETTING_UP, person=receiver, role=Role.OWNER_HANDLER, owner=owned_by)
            open_account(by=SETTING_UP, school=place, person=receiver)
        return opened.user.username, password_link(opened.user)


def add_key_person(*, by: Actor, school: Any, stands_in: bool, receives: bool, **colleague: Any) -> Any:
    """Write in a colleague, and at the same time let her stand in for the head teacher or receive reports. Raises Refused."""
    with transaction.atomic():
        person = add_colleague(by=by, school=school, **colleague)
        if stands_in:
            name_deputy(by=by, school=school, deputy=person, valid_from=today())
        if receives:
            give_delegation(by=by, school=school, receiver=person, valid_from=today())
    return person


def try_mail(*, by: Actor, school: Any, address: str) -> None:
    """Send an e-mail to one's own address at once, so that it is seen whether it goes. Raises Refused when it does not."""
    require(by, Action.SCHOOL_TRY, school)
    if not address:
        raise Refused([_("Du har ingen e-post i registeret. Spør den som drifter Aktsom.")])
    body = _("Dette er en prøve fra Aktsom. Har du fått denne, kommer varslene fram.")
    try:
        EmailMessage(subject=_("Prøve fra Aktsom"), body=body, to=[address]).send()
    except (SMTPException, OSError) as error:
        raise Refused([_("E-posttjeneren tok ikke imot. Be den som drifter Aktsom se på innstillingene for e-post.")]) from error
    _mail_was_tried(by=by, school=school)


@service(Event.MAIL_TRIED, action=Action.SCHOOL_TRY, on="school")
def _mail_was_tried(*, by: Actor, school: Any) -> Any:
    return school


def mail_goes_to_file() -> bool:
    """Return whether e-mail is only written to a file here, as in a try-out."""
    return bool(settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"))
