"""A process gives up what it does not need to read a report, before it sees the first byte of one.

    confine()  ->  ()               no files but the libraries', no network, no other processes, no way back
    confine()  ->  ("landlock",)    this kernel has no Landlock: the rest holds

On Linux and without being root: Landlock for files, a filter of system calls for everything else (``syscalls``), a
network of its own without a way out, no privileges.  Each stands for itself; what there is none of is said, and the
others still hold.  The reports come through a pipe: the process opens none itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import logging
import os
import struct
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from index.read import syscalls

log = logging.getLogger(__name__)

# What libraries, and Python's own modules, are read from; the last ones are what numerical libraries look at.  Without
# the system's fonts pdfium drops whole words that are drawn in a font the file does not bring along.
_SYSTEM: Final = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64", "/nix/store", "/gnu/store",
    "/usr/share/fonts", "/usr/share/X11/fonts", "/usr/local/share/fonts",
    "/usr/share/zoneinfo", "/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/urandom",
    "/sys/devices/system/cpu", "/proc/cpuinfo", "/proc/meminfo",
)  # fmt: skip
_LIBRARIES: Final = ("site-packages", "dist-packages")

_NO_NEW_PRIVS: Final = 38
_NEW_USER, _NEW_NET, _NEW_IPC = 0x10000000, 0x40000000, 0x08000000
_CAPABILITIES: Final = 0x20080522  # the version of the call
_READ_ANYWHERE: Final = 1 << 2  # CAP_DAC_READ_SEARCH: root may be reading somebody else's installation

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on all machines
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_FILE_RIGHTS: Final = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # how many kinds of access each version can forbid
_told = False


def confine() -> tuple[str, ...]:
    """Give up all rights that reading does not need; the names of what this system has not got."""
    if sys.platform != "linux":
        return ("landlock", "seccomp")
    libc: Any = ctypes.CDLL(None, use_errno=True)
    lacking: list[str] = []
    with contextlib.suppress(OSError):
        _leave_network(libc)  # the filter of calls refuses sockets as well: no loss where this is not allowed
    with contextlib.suppress(OSError):
        _give_up_privileges(libc)
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        ("landlock", lambda: _only_read(libc, readable())),
        ("seccomp", syscalls.refuse_the_rest),
    )
    for name, step in steps:
        try:
            step()
        except (OSError, AttributeError):
            lacking.append(name)
    return tuple(lacking)


def tell(lacking: Iterable[str]) -> None:
    """Say once in a process that its readers are not confined as they should be."""
    global _told
    if not _told:
        _told = True
        log.warning("this system has no %s: files are read with less protection", " and no ".join(lacking))


def readable() -> list[Path]:
    """The folders and files that may still be read: what programs are made of, and nothing that is a person's.

    Not simply all that Python imports from: in a checkout that holds the settings too.
    """
    found = [*_SYSTEM, str(Path(os.__file__).parent)]
    found += [f"{prefix}/{folder}" for prefix in (sys.base_prefix, sys.base_exec_prefix) for folder in ("lib", "lib64")]
    found += [path for path in sys.path if Path(path).name in _LIBRARIES or path.endswith(".zip")]
    found += [path for path in os.environ.get("LD_LIBRARY_PATH", "").split(":") if path.startswith("/")]
    return [Path(path) for path in dict.fromkeys([*found, str(Path(__file__).resolve().parent.parent)])]


# ---------------------------------------------------------------------------------------------- network, privileges


def _leave_network(libc: Any) -> None:
    """A network of its own that leads nowhere; whoever is not root needs a user namespace for that."""
    flags = _NEW_NET | _NEW_IPC | (0 if os.geteuid() == 0 else _NEW_USER)
    _check(libc.unshare(ctypes.c_int(flags)))


def _give_up_privileges(libc: Any) -> None:
    """No program can give any back, and root is hardly more than anybody."""
    zero = ctypes.c_ulong(0)
    _check(libc.prctl(_NO_NEW_PRIVS, ctypes.c_ulong(1), zero, zero, zero))
    kept = _READ_ANYWHERE if os.geteuid() == 0 else 0
    _check(libc.capset(struct.pack("=Ii", _CAPABILITIES, 0), struct.pack("=6I", kept, kept, 0, 0, 0, 0)))


# ---------------------------------------------------------------------------------------------- files


def _only_read(libc: Any, paths: Iterable[Path]) -> None:
    """Nothing but these can be opened from now on, and these for reading only.  Raises OSError without Landlock."""
    version = _check(_call(libc, _CREATE_RULESET, None, 0, 1))
    rights = (1 << _FILE_RIGHTS.get(version, 16)) - 1
    # from the 4th on: to bind and to connect TCP; from the 6th on: to reach others by abstract sockets and by signals
    attributes = struct.pack("=3Q", rights, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = _check(_call(libc, _CREATE_RULESET, attributes, size, 0))
    try:
        for path in paths:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
                _allow(libc, rules, path)
        _check(_call(libc, _RESTRICT_SELF, rules, 0))
    finally:
        os.close(rules)


def _allow(libc: Any, rules: int, path: Path) -> None:
    file = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        right = _READ_FILE | (_READ_DIR if path.is_dir() else 0)
        _check(_call(libc, _ADD_RULE, rules, 1, struct.pack("=Qi", right, file), 0))
    finally:
        os.close(file)


def _call(libc: Any, number: int, *arguments: int | bytes | None) -> int:
    syscall = libc.syscall
    syscall.restype = ctypes.c_long
    return int(syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments)))


def _check(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code or errno.ENOSYS, os.strerror(code or errno.ENOSYS))
    return result
