//! Reading and writing of FtM entities (`.ftm.json` lines) and statement CSV.
