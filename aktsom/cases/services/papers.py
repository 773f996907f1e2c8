"""Papers of the case: made, looked through for other people's names by a person, and given out."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from aktsom.cases.contents import Contents, case_contents, other_people, plan_contents
from aktsom.cases.models import Case, Paper
from aktsom.cases.rules.papers import PaperKind, PaperObstacle, obstacles_to_releasing
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.accounts.middleware import spoken
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.files import storage
from aktsom.core.papers.typesetting import set_paper
from aktsom.core.privacy.names import names_in, words_around
from aktsom.core.privacy.places import place_words
from aktsom.core.timing.clock import now
from aktsom.measures.selectors import plan_of_file


@service(Event.CASE_PAPER_MADE, action=Action.CASE_PRINT, on="case")
def make_paper(*, by: Actor, case: Case, kind: PaperKind) -> Paper:
    """Make a PDF of the plan or the case, sealed with the case's key. The family's is not given out yet."""
    language = spoken(case.school.language) if kind == PaperKind.PLAN_FOR_FAMILY else translation.get_language()
    with translation.override(language):
        contents = contents_of(by, case, kind)
        pdf = set_paper(contents.template, contents.content)
    found = names_found(by, case, contents) if kind == PaperKind.PLAN_FOR_FAMILY else []
    return Paper.objects.create(
        case=case,
        content_key_id=case.content_key_id,
        kind=kind,
        for_family=kind == PaperKind.PLAN_FOR_FAMILY,
        names_found="\n".join(dict.fromkeys(found)),
        stored_name=storage.put(case.content_key_id, pdf),
        sha256=storage.fingerprint(case.content_key_id, pdf),
        made_by_id=by.own_id,
        made_at=now(),
    )


def contents_of(by: Actor, case: Case, kind: PaperKind) -> Contents:
    """Return what the paper holds; raise Refused when no plan has been in force."""
    if kind == PaperKind.CASE_FILE:
        return case_contents(by, case)
    plan = plan_of_file(by, case.public_id)
    if plan is None or plan.version == 0:
        raise Refused([PaperObstacle.NO_PLAN])
    return plan_contents(case, plan, for_family=kind == PaperKind.PLAN_FOR_FAMILY)


def names_found(by: Actor, case: Case, contents: Contents) -> list[str]:
    """Return other people's names that stand in what somebody wrote, each with whose it may be and the words around it."""
    others, own = other_people(by, case)
    places = place_words("\n".join(contents.written), known=(case.school.name,)) if case.pupil.protected_address else []
    return [_("%(words)s (kan vise hvor eleven er)") % {"words": words} for words in dict.fromkeys(places)] + [
        f"{hit.written} ({hit.name}): {words_around(text, hit)}"
        for text in contents.written
        for hit in names_in(text, others, own_names=own)
    ]


@service(Event.CASE_PAPER_RELEASED, action=Action.CASE_RELEASE_PAPER, on="case")
def release_paper(*, by: Actor, case: Case, paper: Paper, decision: str) -> Paper:
    """Let the family's paper leave after a person has looked through it; names found need a written reason."""
    obstacles = obstacles_to_releasing(
        for_family=paper.for_family,
        is_released=paper.released_at is not None,
        names_found=bool(paper.names_found),
        decision=decision,
    )
    if obstacles:
        raise Refused(obstacles)
    paper.decision = decision
    paper.released_by_id, paper.released_at = by.person_id, now()
    paper.save()
    return paper
