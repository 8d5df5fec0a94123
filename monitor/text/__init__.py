"""Markup → clean text, language, sentences, and one canonical spelling per script with the way back to the text as received."""
