"""The index in SQLite, and the only SQL of the program: ``write.store`` fills it, ``lookup.Index`` reads it."""
