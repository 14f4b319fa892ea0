"""LibreOffice, as the one who gets a file opens it."""

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
PATIENCE = 120  # seconds; it makes a profile at its first start
needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None, reason="no soffice here: install Debian's package `libreoffice-writer-nogui`"
)


def printed_by_libreoffice(folder: Path, name: str, data: bytes) -> bytes:
    """The PDF that comes out when somebody opens a file and prints it."""
    file, out = folder / name, folder / "printed"
    file.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    # Only the whole package draws: without it a PDF is opened as a text.
    reading = ["--infilter=writer_pdf_import"] if file.suffix == ".pdf" else []
    command = [str(SOFFICE), "--headless", profile, *reading, "--convert-to", "pdf"]
    done = subprocess.run(
        [*command, "--outdir", str(out), str(file)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    printed = out / f"{file.stem}.pdf"
    assert printed.exists(), done.stdout + done.stderr
    return printed.read_bytes()
