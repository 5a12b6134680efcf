"""``python -m digital_diplomacy`` is the command ``digital-diplomacy``."""

from digital_diplomacy.cli import main

if __name__ == "__main__":
    main()
