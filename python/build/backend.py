"""A build backend (PEP 517, PEP 660) of the standard library alone, so that installing needs no network."""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
import zipfile
from pathlib import Path
from typing import Any, Iterator, Optional

ROOT = Path(__file__).resolve().parent.parent
NAME = "agsec"
VERSION = "0.3.0"
INFO = f"{NAME}-{VERSION}.dist-info"
METADATA = f"""Metadata-Version: 2.1
Name: {NAME}
Version: {VERSION}
Summary: Asks agsec before a tool of an AI agent runs: the Python client
License: Apache-2.0
Requires-Python: >=3.9
"""
WHEEL = "Wheel-Version: 1.0\nGenerator: agsec\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
# The earliest time that a zip file can tell: the same sources give the same wheel.
TIME = (1980, 1, 1, 0, 0, 0)


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: Optional[str] = None) -> str:
    return _write_wheel(wheel_directory, dict(_sources()))


def build_editable(wheel_directory: str, config_settings: Any = None, metadata_directory: Optional[str] = None) -> str:
    return _write_wheel(wheel_directory, {f"{NAME}.pth": f"{ROOT}\n".encode()})


def build_sdist(sdist_directory: str, config_settings: Any = None) -> str:
    name = f"{NAME}-{VERSION}.tar.gz"
    own = ["pyproject.toml", "README.md", "build/backend.py"]
    files = {**{path: (ROOT / path).read_bytes() for path in own}, **dict(_sources()), "PKG-INFO": METADATA.encode()}
    with tarfile.open(Path(sdist_directory) / name, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for path, content in files.items():
            member = tarfile.TarInfo(f"{NAME}-{VERSION}/{path}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return name


def _sources() -> Iterator[tuple[str, bytes]]:
    for path in sorted((ROOT / NAME).rglob("*")):
        if path.suffix == ".py" or path.name == "py.typed":
            yield path.relative_to(ROOT).as_posix(), path.read_bytes()


def _write_wheel(folder: str, files: dict[str, bytes]) -> str:
    name = f"{NAME}-{VERSION}-py3-none-any.whl"
    written = {**files, f"{INFO}/METADATA": METADATA.encode(), f"{INFO}/WHEEL": WHEEL.encode()}
    record = "".join(f"{path},sha256={_digest(content)},{len(content)}\n" for path, content in written.items())
    written[f"{INFO}/RECORD"] = f"{record}{INFO}/RECORD,,\n".encode()
    with zipfile.ZipFile(Path(folder) / name, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, content in written.items():
            member = zipfile.ZipInfo(path, TIME)
            member.external_attr = 0o644 << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(member, content)
    return name


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
