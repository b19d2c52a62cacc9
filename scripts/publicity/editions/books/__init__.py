"""What is bound from entries: compilations, handouts, the slides of a lesson."""
