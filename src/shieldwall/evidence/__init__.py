"""The evidence room: documents, tracks, images, statements; who relays whom; what each weighs."""
