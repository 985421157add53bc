"""The window: thin over ``wallet_app.app``, in the look of the design page."""
