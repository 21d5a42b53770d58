"""Other ways to find topics, for benchmarks/topics.py."""
