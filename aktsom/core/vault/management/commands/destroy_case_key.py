"""Destroy the key of one case, report or draft: what it locked can never be read again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from aktsom.core.access.actor import system_actor
from aktsom.core.vault.models import ContentKey
from aktsom.core.vault.services import destroy_content_key, wipe_traces


class Command(BaseCommand):
    help = "Sletter nøkkelen til én sak. Innholdet kan aldri leses igjen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", help="Nøkkelens kode. Den står i saken under Dokumenter, og først i hver låst tekst.")
        parser.add_argument("--reason", required=True, help="Hvorfor, med høyst 40 tegn. Ingen navn.")
        parser.add_argument("--yes", action="store_true", help="Bekreft at innholdet skal bort for alltid.")

    def handle(self, *args: Any, **options: Any) -> None:
        content_key = ContentKey.objects.select_related("owner_key").filter(public_id=options["key"]).first()
        if content_key is None:
            raise CommandError("Det finnes ingen nøkkel med den koden.")
        if not options["yes"]:
            raise CommandError("Dette kan ikke angres. Skriv --yes når du er sikker.")
        destroy_content_key(by=system_actor("destroy_case_key"), content_key=content_key, reason=options["reason"])
        if not connection.in_atomic_block:
            wipe_traces()
        self.stdout.write("Nøkkelen er slettet. Sikkerhetskopier av databasen har den til de blir skrevet over.")
