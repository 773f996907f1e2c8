"""The WSGI application that gunicorn serves. It does not start where it would be unsafe."""

import os

from django.core.checks import Tags, run_checks
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aktsom.config.settings")

application = get_wsgi_application()

faults = [fault for fault in run_checks(tags=[Tags.security]) if fault.id and fault.id.startswith("aktsom.")]
if faults:
    raise SystemExit("Aktsom starter ikke:\n" + "\n".join(f"  {fault.msg} {fault.hint}" for fault in faults))
