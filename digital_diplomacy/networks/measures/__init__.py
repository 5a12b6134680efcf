"""What is measured of actors and of whole networks, each with its convention named in the result."""
