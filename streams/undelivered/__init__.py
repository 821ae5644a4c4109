"""What the webhook's receiver did not get: listed, and posted again by hand."""
