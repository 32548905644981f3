"""Blocks of a document -> paragraphs, sentences and outline, with offsets that lead back to the printed text."""
