"""Papers of the road, one file each."""
