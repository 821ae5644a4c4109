"""The whole recipe of the bundled models: from the folder of corpora to the ONNX files. See `make train`."""
