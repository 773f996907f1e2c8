"""The papers made from a case: one of them, those the family may fetch, and what is in them."""

from __future__ import annotations

from aktsom.cases.models import Case, Paper
from aktsom.core.files import storage


def paper_of(case: Case, public_id: str) -> Paper | None:
    """Return one paper of the case."""
    return Paper.objects.filter(case=case, public_id=public_id).first()


def released_papers(case: Case) -> list[Paper]:
    """Return the papers the family may fetch, newest first."""
    papers = Paper.objects.filter(case=case, for_family=True, released_at__isnull=False)
    return list(papers.order_by("-released_at", "-id"))


def released_paper_of(case: Case, public_id: str) -> Paper | None:
    """Return one of the papers the family may fetch."""
    return next((paper for paper in released_papers(case) if paper.public_id == public_id), None)


def paper_content(paper: Paper) -> bytes:
    """Return the PDF, unsealed."""
    return storage.get(paper.content_key_id, paper.stored_name)
