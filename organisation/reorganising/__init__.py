"""Works out what a reorganisation changes from a day on, and why it is refused, before anything is written."""
