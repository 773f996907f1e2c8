"""Register a school with the plan it follows and the dates of its school year. It lies here since plans know schools."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from aktsom.core.access.actor import Actor, system_actor
from aktsom.core.access.door import Refused
from aktsom.core.timing.clock import today
from aktsom.plans.loading import LIBRARY_CODES, PlanFileInvalid
from aktsom.plans.selectors import follows
from aktsom.plans.services import choose_procedure
from aktsom.schools.rules import SchoolLevel
from aktsom.schools.selectors import owner_numbered
from aktsom.schools.services import ClosedDays, register_school, set_school_year


class Command(BaseCommand):
    help = "Registrerer en skole, planen den følger og datoene for skoleåret. Kan kjøres flere ganger."

    def add_arguments(self, parser: CommandParser) -> None:
        levels = ", ".join(f"{level.value}: {level.label}" for level in SchoolLevel)
        parser.add_argument("org_number", metavar="ORGNR", help="Skolens organisasjonsnummer, ni sifre.")
        parser.add_argument("name", metavar="NAVN", help="Skolens navn.")
        parser.add_argument("--owner", required=True, metavar="ORGNR", help="Eierens organisasjonsnummer.")
        parser.add_argument("--level", required=True, choices=SchoolLevel.values, help=f"Hvem som går der ({levels}).")
        parser.add_argument("--plan", default="", choices=LIBRARY_CODES, help="Planen skolen følger, når det er en av de som følger med.")
        parser.add_argument("--plan-file", type=Path, metavar="FIL", help="Skolens egen plan som YAML-fil.")
        parser.add_argument("--short-name", default="", metavar="ORD", help="Kortnavnet i adressen. Ellers lages det av navnet.")
        parser.add_argument("--phone", default="", metavar="NUMMER", help="Telefonen som står på sidene elevene ser.")
        parser.add_argument("--year", nargs=2, type=_day, metavar=("FØRSTE", "SISTE"), help="Skoleårets første og siste dag: 2026-08-17.")
        parser.add_argument(
            "--closed", nargs=3, action="append", default=[], metavar=("NAVN", "FØRSTE", "SISTE"), help="En ferie eller fridag."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = system_actor("register_school")
        owner = owner_numbered(by, options["owner"])
        if owner is None:
            raise CommandError(_("Det finnes ingen skoleeier med organisasjonsnummer %(number)s.") % {"number": options["owner"]})
        try:
            with transaction.atomic():
                school, written = self._school(by, owner, options)
                written |= self._year(by, school, options)
                written |= self._plan(by, school, options)
        except Refused as error:
            raise CommandError(" ".join(str(reason.label) for reason in error.reasons)) from error
        except (PlanFileInvalid, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        said = _("%(name)s er registrert. Elevene finner siden på /skole/%(slug)s/.")
        self.stdout.write((said if written else _("%(name)s var registrert fra før. Ingenting er endret.")) % vars(school))

    def _school(self, by: Actor, owner: Any, options: dict[str, Any]) -> tuple[Any, bool]:
        return register_school(
            by=by,
            owner=owner,
            org_number=options["org_number"],
            name=options["name"],
            level=options["level"],
            slug=options["short_name"],
            phone=options["phone"],
        )

    def _year(self, by: Actor, school: Any, options: dict[str, Any]) -> bool:
        if not options["year"]:
            return False
        first_day, last_day = options["year"]
        closed = [ClosedDays(name, _day(first), _day(last)) for name, first, last in options["closed"]]
        return set_school_year(by=by, school=school, first_day=first_day, last_day=last_day, closed=closed)[1]

    def _plan(self, by: Actor, school: Any, options: dict[str, Any]) -> bool:
        path = options["plan_file"]
        code, text = (path.stem, path.read_text(encoding="utf-8")) if path else (options["plan"], "")
        if not code or follows(school.pk, code=code, text=text):
            return False
        choose_procedure(by=by, school=school, code=code, valid_from=today(), text=text)
        return True


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(_("«%(text)s» er ingen dato. Skriv den som 2026-08-17.") % {"text": text}) from error
