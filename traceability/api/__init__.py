"""The API of stamps: issuing, batches, what is done to them, sheets of labels."""
