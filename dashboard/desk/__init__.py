"""The desk: what a visitor gives is read, kept apart for a while, and shown to them alone."""
