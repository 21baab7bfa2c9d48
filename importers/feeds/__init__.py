"""Files that come by themselves: from a folder, or from an address of the web."""
