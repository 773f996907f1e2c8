"""Loaded by pytest before Django's settings are read, so that a bare «pytest» runs in test mode."""

import base64
import os
import tempfile

os.environ["AKTSOM_MODE"] = "test"
os.environ.setdefault("AKTSOM_MASTER_KEY", base64.b64encode(b"test master key, 32 bytes long!!").decode())
os.environ.setdefault("AKTSOM_SQLITE_FILE", ":memory:")
os.environ.setdefault("AKTSOM_FILES_DIR", tempfile.mkdtemp(prefix="aktsom-test-"))
