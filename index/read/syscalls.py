"""The system calls of a process that only computes, reads open files and opens others for reading: a filter of them.

    refuse_the_rest()      socket(), fork(), execve(), ptrace(), open(…, O_WRONLY), … fail from now on; read() goes on

What is not on the list fails with an error that programs know how to live with; nothing of it can be taken back.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterable, Sequence
from typing import Final

# Name -> number on x86_64 and on aarch64 (-1: none), as in the kernel's asm/unistd_64.h and asm-generic/unistd.h.
_FREE: Final[dict[str, tuple[int, int]]] = {
    # files that are open, and what there is to know of others
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67), "pwrite64": (18, 68),
    "close": (3, 57), "lseek": (8, 62), "fstat": (5, 80), "newfstatat": (262, 79), "stat": (4, -1), "lstat": (6, -1),
    "statx": (332, 291), "access": (21, -1), "faccessat": (269, 48), "faccessat2": (439, 439), "readlink": (89, -1),
    "readlinkat": (267, 78), "getdents64": (217, 61), "getcwd": (79, 17), "dup": (32, 23), "dup2": (33, -1),
    "dup3": (292, 24), "fcntl": (72, 25), "poll": (7, -1), "ppoll": (271, 73), "select": (23, -1),
    "pselect6": (270, 72), "pipe2": (293, 59), "close_range": (436, 436), "statfs": (137, 43), "fstatfs": (138, 44),
    "fadvise64": (221, 223), "eventfd2": (290, 19), "epoll_create1": (291, 20), "epoll_ctl": (233, 21),
    "epoll_wait": (232, -1), "epoll_pwait": (281, 22),
    # memory
    "brk": (12, 214), "mmap": (9, 222), "munmap": (11, 215), "mprotect": (10, 226), "mremap": (25, 216),
    "madvise": (28, 233), "mincore": (27, 232), "mlock": (149, 228), "munlock": (150, 229), "membarrier": (324, 283),
    # signals to itself, and its threads
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "rt_sigpending": (127, 136),
    "rt_sigtimedwait": (128, 137), "rt_sigsuspend": (130, 133), "sigaltstack": (131, 132),
    "restart_syscall": (219, 128), "alarm": (37, -1), "setitimer": (38, 103), "getitimer": (36, 102), "pause": (34, -1),
    "set_robust_list": (273, 99), "get_robust_list": (274, 100), "set_tid_address": (218, 96), "futex": (202, 98),
    "futex_waitv": (449, 449), "rseq": (334, 293), "arch_prctl": (158, -1), "exit": (60, 93), "exit_group": (231, 94),
    "gettid": (186, 178), "getpid": (39, 172), "getppid": (110, 173), "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123), "sched_setaffinity": (203, 122), "sched_getparam": (143, 121),
    "sched_getscheduler": (145, 120), "sched_get_priority_max": (146, 125), "sched_get_priority_min": (147, 126),
    "getcpu": (309, 168), "getpriority": (140, 141),
    # time, chance, and what it is itself
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "clock_nanosleep": (230, 115), "nanosleep": (35, 101),
    "gettimeofday": (96, 169), "time": (201, -1), "times": (100, 153), "getrusage": (98, 165), "sysinfo": (99, 179),
    "uname": (63, 160), "getrandom": (318, 278), "getrlimit": (97, 163), "setrlimit": (160, 164),
    "getuid": (102, 174), "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177), "getresuid": (118, 148),
    "getresgid": (120, 150), "getgroups": (115, 158), "getpgrp": (111, -1), "getpgid": (121, 155), "getsid": (124, 156),
}  # fmt: skip
# These depend on what they are asked for: see _conditions.
_OPEN: Final = (2, -1)
_OPENAT: Final = (257, 56)
_CLONE: Final = (56, 220)
_TGKILL: Final = (234, 131)
_PRLIMIT: Final = (302, 261)
_IOCTL: Final = (16, 29)

_ARCHITECTURES: Final = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, AUDIT_ARCH_…
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CLONE_THREAD: Final = 0x10000
_HARMLESS_IOCTLS: Final = (0x5401, 0x802C542A, 0x5450, 0x5451, 0x541B)  # is it a terminal; close on exec; bytes waiting
_YOUNG: Final = 424  # the numbers from here on are the same everywhere; programs expect that a kernel lacks them
_X32: Final = 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_KILL, _ALLOW, _FAIL = 0x80000000, 0x7FFF0000, 0x00050000
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2

Step = tuple[int, int, int, int]  # code, steps to skip if so, if not, operand


def refuse_the_rest() -> None:
    """Install the filter; PR_SET_NO_NEW_PRIVS must be set.  Raises OSError where there is none."""
    machine = platform.machine()
    if machine not in _ARCHITECTURES or struct.calcsize("P") != 8:
        raise OSError(errno.ENOSYS, f"no list of system calls for {machine}")
    steps = program(*_ARCHITECTURES[machine], os.getpid())
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("@HP", len(steps), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    null = ctypes.c_ulong(0)
    if libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_MODE_FILTER), header, null, null):
        raise OSError(ctypes.get_errno(), "seccomp")


def program(column: int, architecture: int, process: int) -> list[Step]:
    """The filter as the steps of the kernel's little machine."""
    steps: list[Step] = [
        (_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0), (_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _FAIL | errno.ENOSYS),
    ]  # fmt: skip
    for numbers, block in _conditions(process):
        if numbers[column] >= 0:
            steps += [(_EQUAL, 0, len(block), numbers[column]), *block]
    for numbers in _FREE.values():
        if numbers[column] >= 0:
            steps += [(_EQUAL, 0, 1, numbers[column]), (_RETURN, 0, 0, _ALLOW)]
    steps += [(_AT_LEAST, 0, 1, _YOUNG), (_RETURN, 0, 0, _FAIL | errno.ENOSYS), (_RETURN, 0, 0, _FAIL | errno.EPERM)]
    return steps


def _conditions(process: int) -> Iterable[tuple[tuple[int, int], Sequence[Step]]]:
    """Calls that depend on an argument: files for reading, threads, signals and limits of the process itself."""
    yield _OPEN, _unless(1, _ANY_BIT, [_WRITING], errno.EACCES)
    yield _OPENAT, _unless(2, _ANY_BIT, [_WRITING], errno.EACCES)
    yield _CLONE, _only(0, _ANY_BIT, [_CLONE_THREAD])
    yield _TGKILL, _only(0, _EQUAL, [process])
    yield _PRLIMIT, _only(0, _EQUAL, [0, process])
    yield _IOCTL, _only(1, _EQUAL, _HARMLESS_IOCTLS)


def _only(argument: int, test: int, values: Iterable[int]) -> list[Step]:
    """The call is let through if its argument passes the test with one of the values."""
    return _tested(argument, test, values, _ALLOW, _FAIL | errno.EPERM)


def _unless(argument: int, test: int, values: Iterable[int], error: int) -> list[Step]:
    return _tested(argument, test, values, _FAIL | error, _ALLOW)


def _tested(argument: int, test: int, values: Iterable[int], passed: int, failed: int) -> list[Step]:
    steps: list[Step] = [(_LOAD, 0, 0, 16 + 8 * argument)]  # the lower half: both machines are little-endian
    for value in values:
        steps += [(test, 0, 1, value), (_RETURN, 0, 0, passed)]
    return [*steps, (_RETURN, 0, 0, failed)]
