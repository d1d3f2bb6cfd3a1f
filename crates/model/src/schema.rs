//! The schemata and properties of FtM that we use, read from `data/schemata.json`.
