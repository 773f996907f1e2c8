"""Write the plan's texts in the other written form. It is no new edition: what is decided stays as it was decided."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.plans.models import EnvironmentPlan


@service(Event.PLAN_TRANSLATED, action=Action.PLAN_EDIT, on="plan")
def translate_plan(*, by: Actor, plan: EnvironmentPlan, language: str, said: Mapping[str, str]) -> EnvironmentPlan:
    """Keep what the place says for each text in a language; an empty one is taken away. Texts that are not named stay as they are."""
    rows = EnvironmentPlan.objects.filter(pk=plan.pk)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    current: EnvironmentPlan = rows.get()
    kept = current.translations.get(language, {}) | {text: other.strip() for text, other in said.items()}
    current.translations = current.translations | {language: {text: other for text, other in kept.items() if other}}
    current.save(update_fields=["translations"])
    return current
