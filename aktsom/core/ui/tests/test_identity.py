"""The head of the page names the person, when a domain knows her."""

import pytest

from aktsom.core.access.actor import ANONYMOUS, Actor
from aktsom.core.ui import identity
from aktsom.core.ui.identity import Identity, identity_of, register_identity_source


@pytest.fixture(autouse=True)
def no_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "_sources", [])


def test_identity_is_the_first_one_a_domain_gives() -> None:
    head = Identity("Grete Prøve", "rektor", "Solvik skole")
    register_identity_source(lambda actor: None)
    register_identity_source(lambda actor: head)

    assert identity_of(Actor(user_id=1)) == head


def test_identity_is_empty_for_someone_no_domain_knows_and_for_those_not_signed_in() -> None:
    assert identity_of(Actor(user_id=1)) == Identity()

    register_identity_source(lambda actor: Identity("Grete Prøve"))

    assert identity_of(ANONYMOUS) == Identity()


def test_source_registered_twice_counts_once() -> None:
    def source(actor: Actor) -> None:
        return None

    register_identity_source(source)
    register_identity_source(source)

    assert identity._sources == [source]
