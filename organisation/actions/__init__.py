"""What people do with the organisation, each in one transaction."""
