"""How the machine is put to work: on all its processors, and never twice at the same thing."""
