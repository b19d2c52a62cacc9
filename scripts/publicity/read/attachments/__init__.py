"""Files to take away, to watch and to listen to: their kinds by their content, and what entries name of them."""
