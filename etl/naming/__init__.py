"""Who and where: actors and places that a report names or means."""
