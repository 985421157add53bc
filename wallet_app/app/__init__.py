"""What a person does: use cases that wire the rooms together. No widgets."""
