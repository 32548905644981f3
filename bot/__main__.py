"""``python -m bot`` is the command ``yusuan``: ``python -m bot ask 上党区2023年教育支出多少``."""

import sys

from bot.cli import main

sys.exit(main())
