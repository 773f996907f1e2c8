"""Where people are reached, and what they are called. Core knows no domain, so those that hold it say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from aktsom.core.notify.rules import norwegian_number


@dataclass(frozen=True)
class Contact:
    """Where one person is reached, and in which language."""

    email: str = ""
    phone: str = ""
    language: str = "nb"

    @property
    def number(self) -> str:
        """Return the telephone number as an SMS gateway takes it, or ""."""
        return norwegian_number(self.phone)


NOWHERE = Contact()
ContactSource = Callable[[Iterable[int]], dict[int, Contact]]
NameSource = Callable[[Iterable[int]], dict[int, str]]
_contacts: list[ContactSource] = []
_staff: list[NameSource] = []
_schools: list[NameSource] = []


def register_contact_source(source: ContactSource) -> None:
    """Let a domain tell where people are reached (called from ``AppConfig.ready``)."""
    if source not in _contacts:
        _contacts.append(source)


def register_staff_names(source: NameSource) -> None:
    """Let a domain tell the names of those who work at a school or owner, and of nobody else."""
    if source not in _staff:
        _staff.append(source)


def register_school_names(source: NameSource) -> None:
    """Let a domain tell what schools are called."""
    if source not in _schools:
        _schools.append(source)


def contacts(person_ids: Iterable[int]) -> dict[int, Contact]:
    """Return where people are reached, by person."""
    wanted = list(person_ids)
    return {person: contact for source in _contacts for person, contact in source(wanted).items()}


def staff_names(person_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of those among these people who work at a school or owner."""
    return _names(_staff, person_ids)


def school_names(school_ids: Iterable[int]) -> dict[int, str]:
    """Return what schools are called."""
    return _names(_schools, school_ids)


def _names(sources: list[NameSource], wanted: Iterable[int]) -> dict[int, str]:
    wanted = list(wanted)
    return {key: name for source in sources for key, name in source(wanted).items()}
