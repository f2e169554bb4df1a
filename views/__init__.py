"""What people see: pure functions from records and a reader to Block Kit. They never query."""
