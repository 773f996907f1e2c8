"""Run a command against a PostgreSQL that exists only while it runs: throwaway_postgres.py COMMAND …

A private cluster with a unix socket in a temporary folder, without fsync, gone afterwards. As root the server
runs as «postgres», since PostgreSQL refuses root. The command finds it through AKTSOM_DATABASE_URL.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' -c max_connections=60"


def binaries() -> Path:
    """Return the folder of the newest PostgreSQL on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    if not found and (initdb := shutil.which("initdb")):
        found = [Path(initdb).parent]
    if not found:
        sys.exit("Fant ikke PostgreSQL. Type: sudo apt-get install postgresql")
    return found[-1]


def run(arguments: list[str]) -> int:
    """Start the cluster, run the command, stop the cluster; return the command's own answer."""
    is_root = os.geteuid() == 0
    server = ["runuser", "-u", "postgres", "--"] if is_root else []
    folder = tempfile.mkdtemp(prefix="aktsom-pg-")
    if is_root:
        shutil.chown(folder, "postgres")
    programs, cluster = binaries(), f"{folder}/cluster"
    control = [*server, str(programs / "pg_ctl"), "-D", cluster, "-w", "-s"]
    try:
        make = [str(programs / "initdb"), "-D", cluster, "--no-sync", "--locale=C.UTF-8", "-A", "trust", "-U", "aktsom"]
        subprocess.run([*server, *make], check=True, stdout=subprocess.DEVNULL, cwd="/")
        start = [*control, "-l", f"{folder}/log", "-o", f"{FAST} -k {folder}", "start"]
        subprocess.run(start, check=True, stdout=subprocess.DEVNULL, cwd="/")
        address = f"postgresql://aktsom@/postgres?host={quote(folder, safe='')}"
        return subprocess.run(arguments, env={**os.environ, "AKTSOM_DATABASE_URL": address}, check=False).returncode
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
