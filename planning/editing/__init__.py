"""Drawing and changing the features of a layer in the browser; every save is one revision with who and why."""
