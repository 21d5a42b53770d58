"""What benchmarks/search.py compares: engines, the queries they are asked, and the browser."""
