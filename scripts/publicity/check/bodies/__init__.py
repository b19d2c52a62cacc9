"""What stands in bodies: their HTML, links, questions and quoted words."""
