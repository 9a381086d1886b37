"""What may be asked of the portal: actions, their permissions, their words."""
