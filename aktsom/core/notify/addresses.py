"""Where a person's e-mail address is found. Core knows no domain, so the one that holds people says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

AddressSource = Callable[[Iterable[int]], dict[int, str]]
_sources: list[AddressSource] = []


def register_address_source(source: AddressSource) -> None:
    """Let a domain tell the e-mail addresses of people (called from ``AppConfig.ready``)."""
    if source not in _sources:
        _sources.append(source)


def addresses(person_ids: Iterable[int]) -> dict[int, str]:
    """Return the addresses that are known, by person."""
    wanted = list(person_ids)
    return {person: address for source in _sources for person, address in source(wanted).items()}
