"""*Ge ut utgåva*: the pages of the administration where a module becomes an edition, and where one is stopped."""
