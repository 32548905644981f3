"""A strict stand-in for the Telegram Bot API on loopback; `world.py` is what tests talk to."""
