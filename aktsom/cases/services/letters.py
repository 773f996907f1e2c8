"""Letters on paper for those who are not digital, and the handwritten answers led back to the right case."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from aktsom.cases.access import shut_out_of
from aktsom.cases.circle import own_part, told_guardians
from aktsom.cases.letter_contents import letter_contents
from aktsom.cases.models import Case, FamilyLetter, LetterReply, Note
from aktsom.cases.rules import NoteKind
from aktsom.cases.rules.family import CODE_LENGTH, CODE_LETTERS, LetterObstacle, receivers_of_letters, written_code
from aktsom.cases.services.family import tell_handlers
from aktsom.cases.services.records import write
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.access.roles import Role
from aktsom.core.accounts.middleware import spoken
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.files import storage
from aktsom.core.files.pictures import PictureRefused, clean_picture
from aktsom.core.papers.typesetting import set_paper
from aktsom.core.privacy.places import place_words
from aktsom.core.timing.clock import now
from aktsom.core.ui.dates import long_day

LARGEST_SCAN = 15 * 1024 * 1024
PDF_START = b"%PDF-"


@service(Event.CASE_LETTER_MADE, action=Action.CASE_ANSWER_FAMILY, on="case")
def make_letter(*, by: Actor, case: Case, person: Any, text: str) -> FamilyLetter:
    """Make a letter to one person with an answer sheet. Its code is random and says nothing of whom it is for."""
    family = {case.pupil_id, *(guardian.pk for guardian in told_guardians(case))}
    found = {
        LetterObstacle.NO_TEXT: not text.strip(),
        LetterObstacle.SHOWS_PLACE: case.pupil.protected_address and bool(place_words(text, known=(case.school.name,))),
        LetterObstacle.NOT_RECEIVER: not receivers_of_letters(family=family, person_id=person.pk),
    }
    obstacles = [obstacle for obstacle, holds in found.items() if holds]
    if obstacles:
        raise Refused(obstacles)
    code = "".join(secrets.choice(CODE_LETTERS) for _number in range(CODE_LENGTH))
    with translation.override(spoken(person.user.language if person.user_id else case.school.language)):
        pdf = set_paper("family_letter", letter_contents(case, person, text, code))
    stored = storage.put(case.content_key_id, pdf)
    return write(FamilyLetter, case, person=person, code=code, text=text, stored_name=stored, made_by_id=by.own_id, made_at=now())


@service(Event.CASE_LETTER_REPLY_KEPT, action=Action.LETTER_REPLY_KEEP)
def keep_reply(*, by: Actor, code: str, upload: Any, received_on: date) -> LetterReply:
    """Lay a scanned answer in the case its code leads to. Whoever opens the post does it blind: she learns nothing of the case."""
    letter = _letter_of(by, code)
    if letter is None:
        raise Refused([LetterObstacle.WRONG_CODE])
    content, media_type = _scan(upload)
    case = letter.case
    reply = write(
        LetterReply,
        case,
        letter=letter,
        stored_name=storage.put(case.content_key_id, content),
        media_type=media_type,
        received_on=received_on,
        registered_by_id=by.own_id,
        registered_at=now(),
    )
    _note(by, case, letter, received_on)
    tell_handlers(by, case, "family.wrote", reply.public_id)
    return reply


def _letter_of(by: Actor, code: str) -> FamilyLetter | None:
    """Return the letter when it belongs to a place where the actor works; the shut out meet nothing."""
    letter = FamilyLetter.objects.select_related("case__pupil", "person").filter(code=written_code(code)).first()
    if letter is None or by.person_id in shut_out_of(letter.case):
        return None
    at_school = letter.case.school_id in by.schools_as(Role.STAFF) and not letter.case.is_withheld
    return letter if at_school or letter.case.owner_id in by.owners_as(Role.OWNER_HANDLER) else None


def _scan(upload: Any) -> tuple[bytes, str]:
    """Return the scan as it is kept: a picture is written anew, a PDF is kept sealed and only ever given out as a file."""
    if upload is None:
        raise Refused([LetterObstacle.NO_FILE])
    if upload.size > LARGEST_SCAN:
        raise Refused([LetterObstacle.TOO_LARGE])
    start = upload.read(len(PDF_START))
    upload.seek(0)
    if start == PDF_START:
        return upload.read(), "application/pdf"
    try:
        return clean_picture(upload).content, "image/jpeg"
    except PictureRefused:
        raise Refused([LetterObstacle.NOT_READABLE]) from None


def _note(by: Actor, case: Case, letter: FamilyLetter, received_on: date) -> None:
    """Write the entry in the pupil's own part, with where it comes from."""
    write(
        Note,
        case,
        part=own_part(case),
        kind=NoteKind.LOG,
        happened_at=timezone.make_aware(datetime.combine(received_on, time(12))),
        text=_("Svar på brev fra %(who)s. Skannet, ligger under Familien.") % {"who": letter.person},
        source=_("Brev på papir, sendt %(day)s") % {"day": long_day(letter.made_at)},
        written_by_id=by.own_id,
        written_at=now(),
    )
