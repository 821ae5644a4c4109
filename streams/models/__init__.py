"""spaCy pipelines on this machine: which there are, what they are, how good, and where to get one."""
