"""Names for made-up people: common given names and family names that are put together from parts of place names.

No real person is meant. The choice is deterministic: the same number gives the same name.
"""

from __future__ import annotations

GIVEN = (
    "Aksel Alma Amina Anders Ane Anja Are Astrid Bilal Birk Brage Dina Ebba Edvard Eira Elias Elin Emil Emma Erle Even Falk Fatima Filip"
    " Frida Hanna Hassan Hauk Hedda Henrik Iben Ida Idun Iman Ines Ingrid Isak Iver Jakob Jenny Jens Johanne Jonas Julie Kaia Kasper Khadija"
    " Lea Leon Leyla Linnea Liv Ludvig Magnus Malin Maren Marit Marius Mikkel Milla Mina Mohamed Naima Nils Nora Odin Olav Olivia Omar Oskar"
    " Peder Pia Rania Ravn Runa Sara Selma Sigrid Sigurd Simen Sivert Sofie Solveig Storm Sunniva Sverre Tale Tarik Thea Theo Tiril Tobias"
    " Tora Trym Tuva Ulrik Una Vera Vetle Vilde Viljar Yara Ylva Yusuf Zara Åse Ása Máret Áilu Biret"
).split()
FIRST_PARTS = "Askel Bekke Blå Elve Fager Furu Gran Grå Haug Hav Høst Is Kald Lang Lind Lyng Lys Mose Myr Natt Nord Ospe Regn Rogn Salt Selje Sild Snø Sol Stein Storm Sund Svart Tind Vinter Vår Ørne Øst".split()
LAST_PARTS = "berget bråten dalen elva fjell haugen heim holmen kroken lia moen myra neset odden skogen stranda sletta stua tangen vika voll ås".split()


def given_name(number: int) -> str:
    """Return a given name."""
    return GIVEN[(number * 37 + number // len(GIVEN)) % len(GIVEN)]


def family_name(number: int) -> str:
    """Return a family name nobody is registered with, such as «Mosetangen»."""
    first = FIRST_PARTS[(number * 11) % len(FIRST_PARTS)]
    last = LAST_PARTS[(number * 7 + number // len(FIRST_PARTS)) % len(LAST_PARTS)]
    return first + last
