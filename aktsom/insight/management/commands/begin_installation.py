"""Print the one-time link where an empty installation gets its first owner, school and person."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.core.accounts.selectors import has_accounts
from aktsom.insight.services import installation_token


class Command(BaseCommand):
    help = "Skriver engangslenken der den første setter opp skolen. Den virker i 48 timer, og bare til noen har en konto."

    def handle(self, *args: Any, **options: Any) -> None:
        if has_accounts():
            raise CommandError(_("Noen har en konto her allerede. Bruk register_school og open_account for neste skole."))
        self.stdout.write(f"{settings.AKTSOM_BASE_URL}{reverse('insight:begin', args=[installation_token()])}")
