"""What the worker does for people by itself: lists nobody read in are let go of."""

from __future__ import annotations

from datetime import timedelta

from aktsom.core.access.actor import system_actor
from aktsom.core.notify.jobs import periodic
from aktsom.core.timing.clock import now
from aktsom.people.access import class_files_visible_to
from aktsom.people.services.class_files import remove_class_file

JOB = system_actor("class lists nobody read in")
KEPT = timedelta(hours=24)


@periodic(minutes=60)
def let_go_of_class_files() -> int:
    """Delete the lists that have lain for a day; return how many."""
    old = list(class_files_visible_to(JOB).filter(made_at__lt=now() - KEPT))
    for kept in old:
        remove_class_file(by=JOB, kept=kept)
    return len(old)
