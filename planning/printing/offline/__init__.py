"""A planning map as one HTML file that opens without a connection: folium, with everything inside."""
