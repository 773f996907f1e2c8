"""Accounts' background work. The link is made when it is sent, so that no secret lies in the queue."""

from django_tasks import task

from aktsom.core.accounts.models import User
from aktsom.core.accounts.selectors import is_unused
from aktsom.core.accounts.services import send_password_link


@task()  # type: ignore[untyped-decorator]
def invite(user_id: int) -> None:
    """Send somebody who has never been in the link to choose a password."""
    user = User.objects.get(pk=user_id)
    if is_unused(user):
        send_password_link(user)
