"""Finders of one kind of thing each (places, amounts, periods), shared by reports and questions."""
