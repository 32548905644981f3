"""The chat: python-telegram-bot on the outside, the front door of ``index`` on the inside.

    update -> gate -> handler -> a desk in a worker thread -> card or table (HTML, buttons) -> one message, later edited

``app`` wires it; ``cards``, ``tables``, ``buttons``, ``sheets`` are pure; ``state.file`` is the only SQL; ``admin`` is
what those who look after the index see.
"""
