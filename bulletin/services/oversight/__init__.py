"""What the township and the county see, and whom they remind."""
