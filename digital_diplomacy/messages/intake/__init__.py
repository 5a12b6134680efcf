"""Files of platforms and tools taken in as one table of messages: recognised, read in bounded memory, accounted for."""
