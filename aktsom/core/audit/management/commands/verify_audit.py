"""Tell whether the audit log is whole, or where it breaks. Exit code 1 when it breaks."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from aktsom.core.audit.verification import verify_all


class Command(BaseCommand):
    help = "Går gjennom hele revisjonsloggen og sier om den er hel eller hvor den er brutt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            metavar="KJEDE=NUMMER:HASH",
            help="Et hode som er tatt vare på et annet sted. Loggen må fortsatt inneholde det.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for report in verify_all():
            if report.broken_at is not None:
                broken += 1
                self.stderr.write(f"{report.chain}: BRUTT ved rad {report.broken_at}")
            else:
                self.stdout.write(f"{report.chain}: hel, {report.length} rader, hode {report.length}:{report.head}")
        broken += sum(not self.still_there(head) for head in options["head"])
        if broken:
            self.stderr.write("Loggen er endret etter at den ble skrevet.")
            raise SystemExit(1)
        self.stdout.write("Loggen er hel.")

    def still_there(self, head: str) -> bool:
        from aktsom.core.audit.models import AuditEvent  # slow import

        chain, _, rest = head.partition("=")
        number, _, digest = rest.partition(":")
        found = AuditEvent.objects.filter(chain=chain, number=int(number), hash=digest).exists()
        if not found:
            self.stderr.write(f"{chain}: hodet {number} finnes ikke lenger")
        return found
