"""Stored files nobody points to, and records whose file is gone. Dry unless told otherwise."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from aktsom.core.files import storage
from aktsom.core.files.selectors import strays


class Command(BaseCommand):
    help = "Finner krypterte filer ingen post viser til, og poster der filen mangler. Sletter ingenting uten --delete."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="Slett filene ingen post viser til.")
        parser.add_argument("--hours", type=float, default=24, help="La filer som er yngre enn dette være i fred.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = strays(timedelta(hours=options["hours"]))
        for name in found.files:
            if options["delete"]:
                storage.remove(name)
            self.stdout.write(f"{'slettet' if options['delete'] else 'uten post'}: {name}")
        for label in found.records:
            self.stdout.write(f"filen mangler: {label}")
        self.stdout.write(f"{len(found.files)} filer uten post, {len(found.records)} poster uten fil.")
        if found.records:
            raise CommandError("Noen filer mangler. Hent dem fra sikkerhetskopien av filmappen.")
