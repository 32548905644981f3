"""核对: the slips of one parsed report, by small named rules over its facts, sentences and tables."""
