"""Data sets that others made, as events: recognised, read, told in our columns, written."""
