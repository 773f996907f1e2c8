"""Keep the pictures of a report."""

from __future__ import annotations

from collections.abc import Iterable

from aktsom.core.files.pictures import CleanPicture
from aktsom.core.files.services import store_picture
from aktsom.reports.models import Report, ReportMessage, ReportPicture


def keep_pictures(report: Report, pictures: Iterable[CleanPicture], *, from_reporter: bool, message: ReportMessage | None = None) -> None:
    """Store cleaned pictures with the report, sealed with its key. Called inside a service."""
    for picture in pictures:
        attachment = store_picture(content_key_id=report.content_key_id, picture=picture)
        ReportPicture.objects.create(
            report=report, content_key_id=report.content_key_id, attachment=attachment, message=message, from_reporter=from_reporter
        )
