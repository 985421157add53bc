"""The pieces every screen is built from. They hold no sentence and know no safe."""
