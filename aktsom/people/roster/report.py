"""What an import did, or would do, as counts and sentences. No names: the report can be shown and kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from aktsom.people.roster.comparison import Difference
from aktsom.people.roster.neutral import Kind
from aktsom.people.roster.staging import Roster, Skips


@dataclass
class Counts:
    read: int = 0
    new: int = 0
    changed: int = 0
    ended: int = 0
    skipped: int = 0


@dataclass
class ImportReport:
    """Counts per kind, every reason for leaving something out, and what a person should look into."""

    dry_run: bool = False
    counts: dict[Kind, Counts] = field(default_factory=lambda: {kind: Counts() for kind in Kind})
    reasons: dict[tuple[Kind, str], Skips] = field(default_factory=dict)
    warnings: dict[str, Skips] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    ends_many: bool = False

    def take_reading(self, roster: Roster) -> None:
        """Take over what was read and left out."""
        for kind, number in roster.read.items():
            self.counts[kind].read = number
        for (kind, _reason), skips in roster.skipped.items():
            self.counts[kind].skipped += skips.count
        self.reasons, self.warnings = roster.skipped, roster.warned

    def add(self, kind: Kind, difference: Difference) -> None:
        """Count one difference."""
        counts = self.counts[kind]
        counts.new += len(difference.new)
        counts.changed += len(difference.changed)
        counts.ended += len(difference.ended)

    @property
    def changes(self) -> int:
        """How many things were written, or would be."""
        return sum(counts.new + counts.changed + counts.ended for counts in self.counts.values())

    def lines(self) -> Iterator[str]:
        """Yield the report as a person reads it."""
        words = kind_words()
        yield f"{'':<16}{_('lest'):>9}{_('nye'):>9}{_('endret'):>9}{_('avsluttet'):>11}{_('utelatt'):>9}"
        for kind, c in self.counts.items():
            yield f"{words[kind]:<16}{c.read:>9}{c.new:>9}{c.changed:>9}{c.ended:>11}{c.skipped:>9}"
        if self.reasons:
            yield ""
            yield _("Utelatt, og hvorfor:")
        for (kind, reason), skips in sorted(self.reasons.items(), key=lambda item: -item[1].count):
            yield f"  {skips.count:>7}  {words[kind].lower()}: {reason}{_first(skips)}"
        if self.warnings or self.notes:
            yield ""
            yield _("Se etter:")
        for reason, skips in self.warnings.items():
            yield f"  {skips.count:>7}  {reason}{_first(skips)}"
        yield from (f"           {note}" for note in self.notes)


def _first(skips: Skips) -> str:
    if not skips.first.file:
        return ""
    if not skips.first.line:
        return _(" (%(file)s)") % {"file": skips.first.file}
    return _(" (første: %(file)s, linje %(line)s)") % skips.first._asdict()


def kind_words() -> dict[Kind, str]:
    """Return what each kind is called."""
    return {
        Kind.SCHOOL: _("Skoler"),
        Kind.PERSON: _("Personer"),
        Kind.PLACE: _("Plass ved skole"),
        Kind.GROUP: _("Grupper"),
        Kind.MEMBERSHIP: _("Medlemskap"),
        Kind.GUARDIANSHIP: _("Foresatte"),
    }
