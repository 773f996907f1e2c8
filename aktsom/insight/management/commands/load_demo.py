"""Put the made-up county, municipality and schools into an empty database. Only in demo and test mode."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor, system_actor
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.schools.access import schools_visible_to

JOB = system_actor("demo")


@service(Event.DEMO_LOADED, action=Action.DEMO_LOAD)
def load_people(*, by: Actor) -> Any:
    """Write owners, schools and people."""
    from demo import town  # slow import

    return town.build()


class Command(BaseCommand):
    help = "Legger inn øvingsdata i en tom database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="Gjør ingenting når det alt finnes skoler.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.AKTSOM_DEMO_SIGN_IN:
            raise CommandError("Øvingsdata kan bare legges inn i utprøving (AKTSOM_MODE=demo).")
        if schools_visible_to(JOB).exists():
            if options["if_empty"]:
                return
            raise CommandError("Databasen har alt skoler. Begynn på nytt med ./run --fresh.")
        from demo import town  # slow import

        with transaction.atomic():
            town.tell_stories(load_people(by=JOB))
        self.stdout.write("Øvingsdata er lagt inn.")
