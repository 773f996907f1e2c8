"""Where an object belongs in the log: its school, its owner, and the case or report it is a part of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """``withheld`` objects are logged in the owner's chain, so that the school's log does not tell that they exist.

    This is how § 12-5 second paragraph (somebody in the leadership is suspected) holds in the log as well.
    """

    school_id: int | None = None
    owner_id: int | None = None
    file_id: str = ""
    withheld: bool = False

    @property
    def chain(self) -> str:
        if self.school_id is not None and not self.withheld:
            return f"school:{self.school_id}"
        return f"owner:{self.owner_id}" if self.owner_id is not None else "system"


SYSTEM_SCOPE = Scope()
