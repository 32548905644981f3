"""The outside of the program: command line, terminal and chat.  It sees only the front door of ``index``."""
