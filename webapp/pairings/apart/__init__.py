"""Not these two: a coordinator's word that two people are not to be matched, and whoever said no for themselves."""
