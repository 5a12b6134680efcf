"""Commands about published figures, and papers that print them."""
