//! The limits on all input: sizes, depths, counts.
//!
//! One struct, so that a caller can tighten them; the defaults carry their reasons.
//! A file that meets a limit ends as `refused_by_limit` or `partly_read`, never as a crash.

use serde::{Deserialize, Serialize};

/// Seconds of processor time of one job of a reader process. The slowest page of a scan takes some
/// 5 s; the slowest sound file of the public corpora of malformed files 2 s.
pub const READER_CPU_SECONDS: u64 = 20;

/// Packed bytes of an archive that add a second of processor time: a tenth of what an inflating
/// core does, so that size is no reason to end and a bomb, being small, gets nothing.
pub const READER_BYTES_A_SECOND: u64 = 16 << 20;

/// Seconds that one answer of a reader may take by the clock: a machine that is six times
/// overloaded is still waited for.
pub const READER_WALL_SECONDS: u64 = 120;

/// Bytes of memory that a reader process may allocate; the content is mapped and does not count.
/// A page of A3 at 600 dpi in colour has 200 MB when decoded, and is turned once.
pub const READER_MEMORY_BYTES: u64 = 512 << 20;

/// Files that a reader process may have open: the socket, the content, libraries and language data.
pub const READER_FILES_MAX: u64 = 64;

/// Jobs after which a reader process is replaced, so that what its libraries leak does not add up.
pub const READER_JOBS_MAX: u32 = 1_000;

/// Limits of unpacking and reading. All are inclusive maxima.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of one file on disk. Larger ones are hashed in a stream and not opened.
    pub file_bytes_max: u64,
    /// Bytes of one member of a container after unpacking.
    pub member_bytes_max: u64,
    /// Members of one top-level file over all its levels.
    pub members_max: usize,
    /// Containers within containers: the members of a plain archive stand at depth 1.
    pub depth_max: usize,
    /// Unpacked over packed size, judged only above [`Limits::ratio_free_bytes`].
    pub ratio_max: u64,
    /// Members up to this size may have any ratio.
    pub ratio_free_bytes: u64,
    /// Bytes unpacked from one top-level file over all its levels, or `unpacked_ratio_max` times
    /// its size if that is more.
    pub unpacked_bytes_max: u64,
    /// How many times its size a large archive may unpack to.
    pub unpacked_ratio_max: u64,
    /// Pages of one document that are read or rendered.
    pub pages_max: u32,
    /// Pixels of one image, decoded.
    pub pixels_max: u64,
    /// Pictures of one office file that are looked at.
    pub pictures_max: usize,
    /// Cells of one workbook or delimited file, gaps included.
    pub cells_max: usize,
    /// Bytes of one cell, line or paragraph of text.
    pub text_bytes_max: usize,
    /// Open elements of an XML part.
    pub xml_depth_max: usize,
    /// Bytes of one XML part of an office file after unpacking.
    pub xml_bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // Files of a leak are below 40 MB, but a whole stick may come as one archive. Files are
            // mapped and not held in memory.
            file_bytes_max: 64 << 30,
            // Far above the largest scans; one member is held in memory beside its container.
            member_bytes_max: 256 << 20,
            // The largest known leaks of forms hold some 10^5 documents.
            members_max: 200_000,
            // A mail in an archive in an archive is 3; nothing honest was seen beyond 4.
            depth_max: 6,
            // Deflate reaches 1032 on zeros; text and XML stay below 60, blank bitmap pages may
            // reach some hundreds and are below the free size as a rule.
            ratio_max: 200,
            // A bitmap of a blank A4 page at 300 dpi and 8 bits has 9 MB.
            ratio_free_bytes: 16 << 20,
            // A bomb costs this much disk at most; the archives of forms seen are below 1 GB.
            unpacked_bytes_max: 2 << 30,
            // Text packs to a tenth; an archive of a whole stick holds pictures, which hardly pack.
            unpacked_ratio_max: 10,
            // A form has 1 to 4 pages; a bound register of a year some hundreds.
            pages_max: 2_000,
            // A0 at 300 dpi has 140 million.
            pixels_max: 200_000_000,
            // A scanned register, pasted page by page, has some hundred.
            pictures_max: 500,
            // 50,000 rows of 40 columns; a cell takes some 100 bytes of memory.
            cells_max: 2_000_000,
            // The longest answer seen in a form is some 2 kB.
            text_bytes_max: 8 << 20,
            // Word nests some 30 in nested tables with drawings.
            xml_depth_max: 256,
            // The document part of a form has 14 kB; of a book of 1,000 pages some 20 MB.
            xml_bytes_max: 64 << 20,
        }
    }
}
