"""The terminal screen: shows what the reasoner says, and reasons nothing itself."""
