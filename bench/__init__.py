"""`make bench`: the performance table. Every figure stands beside a floor that was measured in the same run."""
