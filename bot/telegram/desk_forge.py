"""Imported by the small server that processes are forked from (see ``desk_process``), by nobody else.

What it has in memory they all share: the code, and what is made of the word lists, which takes longer than a process
takes to fork.
"""

import contextlib
import gc

import bot.telegram.desk_work  # noqa: F401
from index import read_word_lists

with contextlib.suppress(Exception):  # what is wrong with a list each process finds, too, and tells those who ask
    read_word_lists()
gc.freeze()  # what is shared stays so: the collector of a process leaves it alone
