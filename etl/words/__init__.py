"""What a language writes: its letters, words, rules, numbers, sentences and names."""
