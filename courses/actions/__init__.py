"""What people do with modules, each in one transaction."""
