"""The help an owner offers its schools stands where somebody asks for help in a case (OWN-04)."""

import pytest

from aktsom.cases.tests.factories import make_case
from aktsom.plans.services import keep_resource
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def test_own_04_case_shows_the_help_its_owner_offers_and_no_other_owners(cast: Cast) -> None:
    case = make_case(cast)
    for by, place, title in (
        ("owner_handler", cast.owner, "Råd fra PP-tjenesten"),
        ("other_owner_handler", cast.other_owner, "Psykolog i nabokommunen"),
    ):
        keep_resource(by=cast.actor(by), place=place, kind="help", theme="vulnerable", title=title, text="Ring onsdager.")

    page = sign_in(cast, "case_handler").get(f"/saker/{case.public_id}/hjelp/").content.decode()

    assert ("Råd fra PP-tjenesten" in page, "Psykolog i nabokommunen" in page) == (True, False)
