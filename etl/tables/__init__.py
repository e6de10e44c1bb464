"""The table on disk: checked, written, read, joined, indexed."""
