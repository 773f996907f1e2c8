"""Register who owns the schools: the municipality, the county or the board of a private school."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from aktsom.core.access.actor import system_actor
from aktsom.core.access.door import Refused
from aktsom.schools.rules import OwnerKind
from aktsom.schools.services import register_owner


class Command(BaseCommand):
    help = "Registrerer en skoleeier, eller retter navnet. Kan kjøres flere ganger."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("org_number", metavar="ORGNR", help="Eierens organisasjonsnummer, ni sifre.")
        parser.add_argument("name", metavar="NAVN", help="Eierens navn.")
        kinds = ", ".join(f"{kind.value}: {kind.label}" for kind in OwnerKind)
        parser.add_argument("--kind", required=True, choices=OwnerKind.values, help=f"Hva slags eier det er ({kinds}).")

    def handle(self, *args: Any, **options: Any) -> None:
        by = system_actor("register_owner")
        try:
            owner, written = register_owner(by=by, org_number=options["org_number"], name=options["name"], kind=options["kind"])
        except Refused as error:
            raise CommandError(" ".join(str(reason.label) for reason in error.reasons)) from error
        said = _("%(name)s er registrert.") if written else _("%(name)s var registrert fra før. Ingenting er endret.")
        self.stdout.write(said % {"name": owner.name})
