"""What the invented owners keep for their schools: a guide with its head, a regulation in two editions, and other plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from aktsom.core.access.actor import actor_for
from aktsom.people.selectors import owner_handlers
from aktsom.plans.rules.content import RowKind
from aktsom.plans.rules.editions import ProcedureHead
from aktsom.plans.rules.steps import Edit, mark_of
from aktsom.plans.selectors.editions import content_of, guide_in_force
from aktsom.plans.services import begin_edition, begin_plan, edit_plan, keep_resource, put_edition_in_force, renew_resource
from aktsom.schools.models import SchoolOwner
from aktsom.schools.rules import OwnerKind

RULES = (
    "Vi møter hverandre vennlig, kommer til rett tid og tar vare på det vi har sammen. Elevrådet er med når reglene endres.",
    "Vi møter hverandre vennlig, kommer til rett tid og tar vare på det vi har sammen. Telefonen er i sekken i timene. Elevrådet er med.",
)
STRATEGY = "Alle barn skal høre til. Skolene arbeider med fellesskapet før noe går galt, og tar med hjemmene tidlig."
ABSENCE = "Hva skolen gjør når en elev er borte uten at noen vet hvorfor. Ligger i rutinene på alle skolene."


def keep_texts(owner: SchoolOwner, *, today: date) -> None:
    """Put up a regulation that has been renewed once, a strategy and a guide for absence; a municipality has a guide as well."""
    person = owner_handlers(owner.pk, today)[0]
    by = actor_for(person.user, second_factor=True)  # type: ignore[arg-type]
    said: dict[str, Any] = {"by": by, "place": owner, "theme": "participation", "publisher": "Sektor skole"}
    first = keep_resource(
        **said, kind="regulation", title="Forskrift om skoleregler og skoledemokrati", text=RULES[0], edition="Første utgave",
        valid_from=today - timedelta(days=800), audiences=["staff", "pupils", "guardians"],
    )  # fmt: skip
    renew_resource(by=by, resource=first, text=RULES[1], edition="Andre utgave", valid_from=today - timedelta(days=100))
    keep_resource(**said | {"theme": "culture"}, kind="strategy", title="Strategi for inkludering", text=STRATEGY)
    keep_resource(**said | {"theme": "vulnerable"}, kind="neighbour", title="Veileder for bekymringsfullt fravær", text=ABSENCE)
    if owner.kind == OwnerKind.MUNICIPALITY:
        guide = begin_plan(by=by, place=owner, template="steinkjer")
        head = ProcedureHead("Sektorleder skole", today - timedelta(days=105), None, "1", "1")
        put_edition_in_force(by=by, edition=guide.editions.get(), valid_from=today - timedelta(days=100), head=head)


def revise_guide(owner: SchoolOwner, *, today: date) -> None:
    """Change one row of a guide that is in force: its schools see it, and take it in or keep their own."""
    by = actor_for(owner_handlers(owner.pk, today)[0].user, second_factor=True)  # type: ignore[arg-type]
    guide = guide_in_force(owner.pk)
    if guide is None:
        return
    draft = begin_edition(by=by, plan=guide.plan, reason="Etter nettverksmøtet for rektorer")
    content = content_of(draft)
    row = [row for _section, row in content.rows() if row.kind == RowKind.TASK][1]
    said = replace(row, how=f"{row.how} Ta det opp med elevrådet først.".strip())
    edit_plan(by=by, edition=draft, edit=Edit("change_row", row.key, row=said, seen=mark_of(content, Edit("change_row", row.key))))
    head = ProcedureHead("Sektorleder skole", today - timedelta(days=12), today - timedelta(days=12), "1", "2")
    put_edition_in_force(by=by, edition=draft, valid_from=today - timedelta(days=10), head=head)
