"""What is asked in a school's first steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.core.ui.forms import PlainForm
from aktsom.plans.selectors.procedure import library

AT_ONCE, DRAFT = "at_once", "draft"


class FirstPlanForm(PlainForm):
    """Which plan to begin with, and whether it is in force at once."""

    template = forms.ChoiceField(
        label=_("Hvilken plan vil dere begynne med?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg en plan. Du kan endre alt i den etterpå.")},
    )
    start = forms.ChoiceField(
        label=_("Når skal den gjelde?"),
        widget=forms.RadioSelect,
        choices=[(DRAFT, _("Ikke ennå. Lag et utkast som SMU og andre kan se på først")), (AT_ONCE, _("Fra i dag"))],
        initial=DRAFT,
        error_messages={"required": _("Velg når planen skal gjelde.")},
    )

    def __init__(self, *args: Any, may_approve: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [(plan.code, plan.name) for plan in library()]  # type: ignore[attr-defined]
        if not may_approve:
            self.fields["start"].choices = self.fields["start"].choices[:1]  # type: ignore[attr-defined]
