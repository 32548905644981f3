"""Measurements: loading, starting, asking, growth, and peers; figures only, nothing is asserted."""
