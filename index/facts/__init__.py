"""Sentences and table cells -> facts, by named rules: ``prose`` reads text, ``tables`` tables, ``about`` the title."""
