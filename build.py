"""Thin entry: `python build.py` is the same as the `conspectus` command."""

from conspectus.cli import main

if __name__ == "__main__":
    main()
