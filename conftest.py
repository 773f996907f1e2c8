"""Set-up for every test: demo mode off, a master key made for the run, and no network."""

import base64
import os
import tempfile

os.environ["AKTSOM_MODE"] = "test"
os.environ.setdefault("AKTSOM_MASTER_KEY", base64.b64encode(b"test master key, 32 bytes long!!").decode())
os.environ.setdefault("AKTSOM_SQLITE_FILE", ":memory:")
os.environ.setdefault("AKTSOM_FILES_DIR", tempfile.mkdtemp(prefix="aktsom-test-"))
