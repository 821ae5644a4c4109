"""Why an article did or did not alert: its whole path, read from the topics or from a folder of a run."""
