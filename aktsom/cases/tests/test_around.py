"""The team around the pupil stands in the case, and being in it opens nothing."""

import pytest

from aktsom.cases.tests.factories import make_case
from tests.cast import Cast
from tests.signed_in import sign_in


@pytest.mark.django_db
def test_org_09_team_around_the_pupil_stands_in_the_case_and_opens_it_for_nobody(cast: Cast) -> None:
    case = make_case(cast)

    page = sign_in(cast, "case_handler").get(f"/saker/{case.public_id}/hvem/rundt/").content.decode()
    around = page.rsplit("Laget rundt eleven", 1)[1].split("</ul>")[0]

    assert [name in around for name in ("Kari Karistad", "Kontaktlærer", "Petra", "Vidar")] == [True, True, False, False]
    assert sign_in(cast, "contact_teacher").get(f"/saker/{case.public_id}/hvem/rundt/").status_code == 404
