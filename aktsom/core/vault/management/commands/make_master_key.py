"""Write a new master key file that only its owner can read; never over one that exists."""

import base64
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from aktsom.core.vault.sealing import KEY_BYTES


class Command(BaseCommand):
    requires_system_checks = []  # the checks stop a start without the very key this makes
    help = "Lager en ny hovednøkkel i en fil bare eieren kan lese."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--id", default="1", help="Navnet på nøkkelen, for eksempel årstallet.")

    def handle(self, *args: Any, **options: Any) -> None:
        line = f"{options['id']} {base64.b64encode(os.urandom(KEY_BYTES)).decode()}\n"
        try:
            descriptor = os.open(options["file"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise CommandError("Fila finnes. En hovednøkkel skrives aldri over.") from None
        with os.fdopen(descriptor, "w") as file:
            file.write(line)
        self.stdout.write("Nøkkelen er laget. Ta vare på den et annet sted enn sikkerhetskopien av databasen.")
