"""What is done in following up."""
