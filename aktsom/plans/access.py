"""A school's plan is public on system level (offentleglova § 3), so everyone reaches it."""

from django.db.models import QuerySet

from aktsom.core.access.actor import Actor
from aktsom.core.access.door import register_reach
from aktsom.plans.models import ChosenProcedure


def procedures_visible_to(actor: Actor) -> QuerySet[ChosenProcedure]:
    """Return every school's chosen procedure."""
    return ChosenProcedure.objects.all()


register_reach(ChosenProcedure, procedures_visible_to)
