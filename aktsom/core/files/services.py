"""Keep a picture, sealed, beside the record it belongs to."""

from __future__ import annotations

from aktsom.core.files import storage
from aktsom.core.files.models import Attachment
from aktsom.core.files.pictures import CleanPicture
from aktsom.core.timing.clock import now


def store_picture(*, content_key_id: int, picture: CleanPicture) -> Attachment:
    """Write a cleaned picture to disk, sealed with the key of its report or case. Called inside a service."""
    return Attachment.objects.create(
        content_key_id=content_key_id,
        media_type="image/jpeg",
        size=len(picture.content),
        fingerprint=storage.fingerprint(content_key_id, picture.content),
        width=picture.width,
        height=picture.height,
        stored_name=storage.put(content_key_id, picture.content),
        uploaded_at=now(),
    )
