"""The evidence room: documents, tracks, images and statements; who relays whom; what each weighs."""
