"""What the import pages show of a run: its rows of JSON turned into what a template can say."""
