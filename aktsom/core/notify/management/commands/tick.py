"""Run what is due once, for places with a scheduler of their own."""

from typing import Any

from django.core.management.base import BaseCommand

from aktsom.core.notify.jobs import revive_tasks, tick


class Command(BaseCommand):
    help = "Kjører jobbene som er på tide, én gang hver."

    def handle(self, *args: Any, **options: Any) -> None:
        revive_tasks()
        for name in tick():
            self.stdout.write(name)
