"""The editing page: its server, its addresses and templates, who may ask."""
