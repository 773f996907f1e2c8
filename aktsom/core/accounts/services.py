"""Make an account, reset a colleague's second factor, and choose one's language."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import NotAllowed
from aktsom.core.accounts.models import FactorReset, ResetReason, User
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now


@service(Event.SECOND_FACTOR_RESET, action=Action.ACCOUNT_RESET_FACTOR, on="school")
def reset_second_factor(*, by: Actor, school: Any, person: Any, reason: ResetReason | str) -> FactorReset:
    """Take away somebody else's authenticators, so that she sets up new ones; she is told. Never one's own.

    Sessions she, or whoever holds her telephone, opened with them no longer count as opened with two factors.
    """
    if person.user_id is None or person.user_id == by.user_id:
        raise NotAllowed(Action.ACCOUNT_RESET_FACTOR, school)
    Authenticator.objects.filter(user_id=person.user_id).delete()
    User.objects.filter(pk=person.user_id).update(factors_reset_at=now())
    reset = FactorReset.objects.create(
        person_ref=person.pk, by_ref=by.person_id, school_ref=school.pk, reason=ResetReason(reason), at=now()
    )
    notify(
        by=by, person_ids=[person.pk], code="account.factor_reset", occasion=f"reset:{reset.pk}", path="/konto/2fa/", scope=school.scope()
    )
    return reset


def choose_language(*, user: User, language: str) -> None:
    """Remember which language the person reads best. Not a record of anybody, so no event tells of it."""
    User.objects.filter(pk=user.pk).update(language=language)


def make_account(email: str) -> User:
    """Make an account without a password; the one who has the e-mail address chooses it. Called inside a service."""
    user = User(username=_free_name(email.strip().lower()), email=email.strip())
    user.set_unusable_password()
    user.save()
    return user


def _free_name(wanted: str) -> str:
    names = [wanted, *(f"{wanted}-{number}" for number in range(2, 100))]
    taken = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    return next(name for name in names if name not in taken)


def password_link(user: User) -> str:
    """Return the address where the password is chosen. It works once, for three days."""
    path = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    )
    return f"{settings.AKTSOM_BASE_URL}{path}"


def send_password_link(user: User) -> None:
    """Send the address where the password is chosen to the account's own e-mail."""
    body = "\n\n".join(
        [
            _("Du har fått en konto i Aktsom. Velg et passord her:"),
            password_link(user),
            _("Brukernavnet ditt er %(name)s.") % {"name": user.username},
            _("Lenken virker én gang, i tre dager. Blir den for gammel, kan du be om en ny på innloggingssiden."),
        ]
    )
    EmailMessage(subject=_("Velg passord i Aktsom"), body=body, to=[user.email]).send()
