"""Read a school's own plan from a file and show what was understood; write it as a draft only when asked to."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from aktsom.core.access.actor import system_actor
from aktsom.core.access.door import Refused
from aktsom.plans.reading import DocumentRefused, Recognised, blocks_of, recognise
from aktsom.plans.rules.duty_roles import role_names
from aktsom.plans.services import begin_plan
from aktsom.schools.selectors import school_numbered


class Command(BaseCommand):
    help = "Leser en skoles egen plan (docx, md, html, tsv, txt). Med --dry-run vises bare hva som ble forstått."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the school and whether anything is to be written."""
        parser.add_argument("file")
        parser.add_argument("--school", required=True, help="organisasjonsnummeret til skolen")
        parser.add_argument("--dry-run", action="store_true", help="vis hva som ble forstått, og skriv ingenting")
        parser.add_argument("--title", default="", help="tittelen på planen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every row with roles and times and what needs a person; then begin the school's plan as a draft."""
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"Fant ikke fila {path.name}.")
        try:
            found = recognise(blocks_of(path.read_bytes(), path.name))
        except DocumentRefused as refused:
            raise CommandError(str(refused)) from refused
        title = options["title"] or found.title
        self.stdout.write(f"Tittel: {title or '– (planen får navnet til skolen)'}")
        self.show(found)
        if options["dry_run"]:
            return
        by = system_actor("import_plan")
        school = school_numbered(by, options["school"])
        if school is None:
            raise CommandError("Fant ingen skole med dette organisasjonsnummeret.")
        try:
            plan = begin_plan(by=by, place=school, content=found.content(title or f"{school}: plan for et trygt og godt skolemiljø"))
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Planen er lagt inn som utkast: {plan.public_id}.")

    def show(self, found: Recognised) -> None:
        """Print the rows under their sections, then the numbers."""
        section = ""
        for row in found.rows:
            if row.section != section:
                section = row.section
                self.stdout.write(f"\n{section}")
            who = ", ".join(role_names(row.row.who)) or row.row.who_said or "–"
            who = who[:1].upper() + who[1:]
            self.stdout.write(f"  {'✓' if row.is_whole else '?'} {row.row.what[:90]} | {who} | {row.row.when_said or '–'}")
            for question in row.questions:
                self.stdout.write(f"      {question}")
        if found.unread:
            self.stdout.write("\nIkke tatt med, fordi vi ikke ser hva som skal gjøres, hvem eller når:")
            for text in found.unread:
                self.stdout.write(f"  · {' '.join(text.split())[:160]}")
        matched = sum(bool(row.row.who) and not row.row.who_said for row in found.rows)
        timed = sum(bool(row.row.when_said) and not any("forstår ikke" in text for text in row.questions) for row in found.rows)
        with_when = sum(bool(row.row.when_said) for row in found.rows)
        asked = sum(bool(row.questions) for row in found.rows)
        self.stdout.write(
            f"\nRader funnet: {len(found.rows)}. Hele: {found.whole}. Ansvar forstått: {matched}. "
            f"Tider forstått: {timed} av {with_when}. Trenger et menneske: {asked}. Tekst utenfor tabeller: {len(found.unread)}"
            f"{f', som kan velges i {len(found.rest)} biter' if found.rest else ''}."
        )
