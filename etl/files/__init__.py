"""Files as reports: their text, language and day of publication."""
