"""What is shown of the year."""

from aktsom.wheel.planned import planned_year

__all__ = ["planned_year"]
