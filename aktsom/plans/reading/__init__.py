"""Read a school's own plan from a Word file, Markdown, HTML, tab-separated text or pasted text. Nothing is invented.

``documents`` turns a file into headings, paragraphs and tables; ``columns`` finds what each column holds; ``lines`` finds the
columns again in text that lost them (a PDF copied to text); ``recognising`` makes rows and says what needs a person.
"""

from aktsom.plans.reading.documents import DocumentRefused, blocks_of
from aktsom.plans.reading.recognised import Recognised, RecognisedRow
from aktsom.plans.reading.recognising import recognise

__all__ = ["DocumentRefused", "Recognised", "RecognisedRow", "blocks_of", "recognise"]
