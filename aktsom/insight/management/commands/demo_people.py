"""Tell whom one can be in the demo."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from aktsom.core.accounts.demo import demo_people


class Command(BaseCommand):
    help = "Skriver ut hvem du kan være i utprøvingen."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Du kan være disse. Velg dem på første side; du trenger ikke passord.")
        for place, people in groupby(demo_people(), key=lambda person: person.place):
            slug = ""
            self.stdout.write(f"\n{place}")
            for person in people:
                slug = person.username.split("-")[0]
                self.stdout.write(f"  {person.name}, {person.title}")
            if not slug.startswith("eier"):
                self.stdout.write(f"  Elev uten konto: {settings.AKTSOM_BASE_URL}/skole/{slug}/")
