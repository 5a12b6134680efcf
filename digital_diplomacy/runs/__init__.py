"""What a run is: a notebook with parameters, what it depends on, whether its results are current, where they go."""
