"""What happened, to whom, by whom, with what toll: sentences as mentions."""
