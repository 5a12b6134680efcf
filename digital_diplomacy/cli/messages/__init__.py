"""Commands that count messages, and tell of who passes on whom."""
