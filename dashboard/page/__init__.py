"""What is seen in the browser: each part with its words, controls and callbacks."""
