"""Read lists of people and groups from another system into the register."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from aktsom.core.access.actor import system_actor
from aktsom.core.access.door import Refused
from aktsom.people.roster.neutral import UnreadableRoster
from aktsom.people.roster.reading import Format, read_roster
from aktsom.people.services import import_roster
from aktsom.schools.selectors import owner_numbered


class Command(BaseCommand):
    help = "Leser inn lister over folk og grupper (OneRoster, PIFU-IMS eller CSV med fem kolonner)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar="STI", type=Path, help="En mappe, en ZIP, en XML-fil eller en CSV-fil.")
        parser.add_argument("--owner", required=True, metavar="ORGNR", help="Skoleeierens organisasjonsnummer.")
        parser.add_argument("--dry-run", action="store_true", help="Bare vis hva som ville skjedd. Ingenting skrives.")
        parser.add_argument("--format", choices=[form.value for form in Format], default=Format.AUTO.value, help="Formatet på listen.")
        parser.add_argument("--school", default="", metavar="ORGNR", help="Les bare denne skolen. Må være med for fem kolonner.")
        parser.add_argument("--force-large-removal", action="store_true", help="Godta at mer enn en femdel av personene avsluttes.")

    def handle(self, *args: Any, **options: Any) -> None:
        by = system_actor("import_roster")
        owner = owner_numbered(by, options["owner"])
        if owner is None:
            raise CommandError(_("Det finnes ingen skoleeier med organisasjonsnummer %(number)s.") % {"number": options["owner"]})
        try:
            roster = read_roster(options["path"], form=options["format"], school=options["school"])
            report = import_roster(
                by=by,
                owner=owner,
                roster=roster,
                school_number=options["school"],
                dry_run=options["dry_run"],
                force_large_removal=options["force_large_removal"],
            )
        except (UnreadableRoster, Refused) as error:
            raise CommandError(_("Ingenting er lest inn. %(reason)s") % {"reason": error}) from error
        for line in report.lines():
            self.stdout.write(line)
        self.stdout.write("")
        self.stdout.write(_outcome(report.dry_run, report.changes))


def _outcome(dry_run: bool, changes: int) -> str:
    if dry_run:
        return _("Prøvekjøring: ingenting er skrevet. Det ville blitt %(count)s endringer.") % {"count": changes}
    return _("Ferdig: %(count)s endringer.") % {"count": changes} if changes else _("Ferdig: alt var som før, ingenting er endret.")
