"""A folder of paper abstracts in; a literature-survey website out."""

__version__ = "0.1.0"
