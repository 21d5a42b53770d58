"""`python -m conspectus` is the `conspectus` command."""

from conspectus.cli import main

if __name__ == "__main__":
    main()
