"""Find the names of other people in a text before it leaves for the family (fact 32): see core/privacy/names.py."""

from aktsom.core.privacy.names import ENDINGS, SHORTEST, NameFound, folded, names_in, parts_of, words_around

__all__ = ["ENDINGS", "SHORTEST", "NameFound", "folded", "names_in", "parts_of", "words_around"]
