"""Markup → clean text, language and sentences: what a reader would see, and where each sentence begins and ends."""
