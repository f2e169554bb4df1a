"""HTTP in: health and metrics, and Slack's HTTP transport."""
