"""What coordinators decide about the follow-up reports: when, for whom, and who is told."""
