//! Files to documents: unpack, hash, sniff, text and layout, OCR.
