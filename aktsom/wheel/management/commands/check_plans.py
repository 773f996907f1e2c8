"""Print how whole the library's plans are."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from aktsom.core.timing.clock import today
from aktsom.plans.loading import LIBRARY_CODES
from aktsom.wheel.checking import check_plan, expressions, ordinary_year


class Command(BaseCommand):
    help = "Viser hvor hele planene i biblioteket er. Feiler hvis en rad eller et tidsuttrykk mangler."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per plan and one for the time expressions; exit non-zero when something is missing."""
        year = ordinary_year(today())
        checks = [check_plan(code, year) for code in LIBRARY_CODES]
        self.stdout.write(f"{'plan':14}{'rader':>12}{'uten ansvar':>14}{'gjøremål i år':>16}")
        for check in checks:
            rows = f"{check.rows} av {check.asked}"
            self.stdout.write(f"{check.code:14}{rows:>12}{check.without_owner:>14}{check.tasks:>16}")
        rows = f"{sum(check.rows for check in checks)} av {sum(check.asked for check in checks)}"
        self.stdout.write(
            f"{'i alt':14}{rows:>12}{sum(check.without_owner for check in checks):>14}{sum(check.tasks for check in checks):>16}"
        )
        understood, asked, unread = expressions()
        self.stdout.write(f"Tidsuttrykk forstått: {understood} av {asked}.")
        self.stdout.write("Gjøremålene er regnet ut for et vanlig skoleår og to klasser på hvert trinn.")
        missing = [row for check in checks for row in check.missing] + unread
        if missing or any(check.without_owner for check in checks):
            raise CommandError(f"Mangler: {', '.join(missing)}")
