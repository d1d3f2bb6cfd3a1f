//! Tesseract 5 through its C interface, loaded at run time; the one module of this crate with
//! foreign calls.
//!
//! Nothing is linked: where the library or the data of a language is absent, recognition is absent
//! and everything else works. Knows pictures and words, no pages.
//! Invariants: a handle is used by the thread that made it only; every string and iterator that
//! the library hands out is given back; no pointer outlives the call that needs it.

#![expect(unsafe_code, reason = "foreign functions of libtesseract; ARCHITECTURE.md lists this")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_char, c_float, c_int, c_uchar, c_void};
use std::ptr;
use std::sync::OnceLock;

use libloading::Library;

/// Names under which the library is looked for, the exact interface first.
const NAMES: [&str; 4] =
    ["libtesseract.so.5", "libtesseract.5.dylib", "libtesseract-5.dll", "libtesseract.so"];
/// One call may take this long; a line takes some 20 ms, a page some 5 s.
const DEADLINE_MS: c_int = 60_000;

/// How the picture is laid out; the numbers are Tesseract's page segmentation modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    /// A whole page of any layout.
    Page = 3,
    /// A block of lines.
    Block = 6,
    /// One line.
    Line = 7,
    /// The picture is the line.
    Raw = 13,
}

/// A gray picture, dark on light; rows from the top without padding.
#[derive(Clone, Copy)]
pub(crate) struct Picture<'a> {
    pub(crate) pixels: &'a [u8],
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// A word as recognized.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    /// Text in logical order.
    pub(crate) text: String,
    /// Left, top, right, bottom in pixels of the picture.
    pub(crate) bounds: [i32; 4],
    /// 0..=1.
    pub(crate) confidence: f32,
    /// The first word of a line.
    pub(crate) begins_line: bool,
}

/// Why nothing can be recognized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absent {
    /// No library of version 5.
    Library,
    /// The library is there, the language's data is not.
    Language,
}

type Handle = *mut c_void;
type Edge = *mut c_int;

struct Functions {
    create: unsafe extern "C" fn() -> Handle,
    delete: unsafe extern "C" fn(Handle),
    init: unsafe extern "C" fn(Handle, *const c_char, *const c_char) -> c_int,
    set_variable: unsafe extern "C" fn(Handle, *const c_char, *const c_char) -> c_int,
    set_mode: unsafe extern "C" fn(Handle, c_int),
    set_image: unsafe extern "C" fn(Handle, *const c_uchar, c_int, c_int, c_int, c_int),
    set_resolution: unsafe extern "C" fn(Handle, c_int),
    recognize: unsafe extern "C" fn(Handle, *mut c_void) -> c_int,
    clear: unsafe extern "C" fn(Handle),
    iterator: unsafe extern "C" fn(Handle) -> *mut c_void,
    iterator_delete: unsafe extern "C" fn(*mut c_void),
    iterator_next: unsafe extern "C" fn(*mut c_void, c_int) -> c_int,
    iterator_text: unsafe extern "C" fn(*const c_void, c_int) -> *mut c_char,
    iterator_confidence: unsafe extern "C" fn(*const c_void, c_int) -> c_float,
    page_iterator: unsafe extern "C" fn(*mut c_void) -> *mut c_void,
    begins: unsafe extern "C" fn(*const c_void, c_int) -> c_int,
    bounding_box: unsafe extern "C" fn(*const c_void, c_int, Edge, Edge, Edge, Edge) -> c_int,
    delete_text: unsafe extern "C" fn(*mut c_char),
    monitor_create: unsafe extern "C" fn() -> *mut c_void,
    monitor_delete: unsafe extern "C" fn(*mut c_void),
    monitor_deadline: unsafe extern "C" fn(*mut c_void, c_int),
    /// Of the OpenMP run time that distributions link; absent in other builds.
    levels: Option<unsafe extern "C" fn(c_int)>,
    /// Keeps the code mapped; never read, never dropped.
    _library: Library,
}

/// Tesseract's levels of iteration.
const LINE: c_int = 2;
const WORD: c_int = 3;

impl Functions {
    fn load() -> Option<Functions> {
        // SAFETY: loading runs the library's initializers; it is the distribution's own.
        let library = NAMES.iter().find_map(|name| unsafe { Library::new(*name) }.ok())?;
        macro_rules! symbol {
            ($name:literal) => {
                // SAFETY: the field's type is this name's declaration in capi.h of Tesseract 5.
                *unsafe { library.get(concat!($name, "\0").as_bytes()) }.ok()?
            };
        }
        // SAFETY: `void omp_set_max_active_levels(int)` by the OpenMP standard.
        let levels =
            unsafe { library.get(b"omp_set_max_active_levels\0") }.ok().map(|symbol| *symbol);
        Some(Functions {
            create: symbol!("TessBaseAPICreate"),
            delete: symbol!("TessBaseAPIDelete"),
            init: symbol!("TessBaseAPIInit3"),
            set_variable: symbol!("TessBaseAPISetVariable"),
            set_mode: symbol!("TessBaseAPISetPageSegMode"),
            set_image: symbol!("TessBaseAPISetImage"),
            set_resolution: symbol!("TessBaseAPISetSourceResolution"),
            recognize: symbol!("TessBaseAPIRecognize"),
            clear: symbol!("TessBaseAPIClear"),
            iterator: symbol!("TessBaseAPIGetIterator"),
            iterator_delete: symbol!("TessResultIteratorDelete"),
            iterator_next: symbol!("TessResultIteratorNext"),
            iterator_text: symbol!("TessResultIteratorGetUTF8Text"),
            iterator_confidence: symbol!("TessResultIteratorConfidence"),
            page_iterator: symbol!("TessResultIteratorGetPageIterator"),
            begins: symbol!("TessPageIteratorIsAtBeginningOf"),
            bounding_box: symbol!("TessPageIteratorBoundingBox"),
            delete_text: symbol!("TessDeleteText"),
            monitor_create: symbol!("TessMonitorCreate"),
            monitor_delete: symbol!("TessMonitorDelete"),
            monitor_deadline: symbol!("TessMonitorSetDeadlineMSecs"),
            levels,
            _library: library,
        })
    }
}

fn functions() -> Option<&'static Functions> {
    static FUNCTIONS: OnceLock<Option<Functions>> = OnceLock::new();
    FUNCTIONS.get_or_init(Functions::load).as_ref()
}

/// One recognizer: a language on a thread.
pub(crate) struct Engine {
    functions: &'static Functions,
    handle: Handle,
    whitelist: String,
}

thread_local! {
    /// Loading a language takes some 50 ms, so each thread keeps what it loaded.
    static ENGINES: RefCell<BTreeMap<String, Result<Engine, Absent>>> =
        const { RefCell::new(BTreeMap::new()) };
}

/// Runs the work with this thread's engine of a language.
pub(crate) fn with_engine<T>(
    language: &str,
    work: impl FnOnce(&mut Engine) -> T,
) -> Result<T, Absent> {
    ENGINES.with_borrow_mut(|engines| {
        let engine = engines.entry(language.to_owned()).or_insert_with(|| Engine::new(language));
        engine.as_mut().map(work).map_err(|absent| *absent)
    })
}

impl Engine {
    fn new(language: &str) -> Result<Engine, Absent> {
        let functions = functions().ok_or(Absent::Library)?;
        let name = CString::new(language).map_err(|_| Absent::Language)?;
        // SAFETY: `create` gives a fresh handle, which this engine owns until it is dropped; the
        // strings live through the calls; a null data path means the library's own.
        unsafe {
            if let Some(levels) = functions.levels {
                // Documents are read in parallel; threads within a line cost more than they give.
                // No active level means one thread, whatever number the library asks for.
                levels(0);
            }
            let handle = (functions.create)();
            if handle.is_null() {
                return Err(Absent::Library);
            }
            let mut engine = Engine { functions, handle, whitelist: String::new() };
            engine.set(c"debug_file", c"/dev/null");
            if (functions.init)(handle, ptr::null(), name.as_ptr()) != 0 {
                return Err(Absent::Language); // Dropping the engine deletes the handle.
            }
            // Dark text on light paper was made sure of before; looking again costs time.
            engine.set(c"tessedit_do_invert", c"0");
            Ok(engine)
        }
    }

    fn set(&mut self, name: &CStr, value: &CStr) {
        // SAFETY: the handle is live, the strings live through the call.
        unsafe { (self.functions.set_variable)(self.handle, name.as_ptr(), value.as_ptr()) };
    }

    /// Recognizes a picture. `whitelist` are the only characters allowed; empty allows all.
    pub(crate) fn read(
        &mut self,
        picture: Picture<'_>,
        dpi: i32,
        setting: Setting,
        whitelist: &str,
    ) -> Vec<Word> {
        let sizes = (c_int::try_from(picture.width), c_int::try_from(picture.height));
        let (Ok(width), Ok(height)) = sizes else { return Vec::new() };
        let area = u64::from(picture.width) * u64::from(picture.height);
        if width < 3 || height < 3 || u64::try_from(picture.pixels.len()) != Ok(area) {
            return Vec::new();
        }
        if self.whitelist != whitelist
            && let Ok(value) = CString::new(whitelist)
        {
            self.set(c"tessedit_char_whitelist", &value);
            whitelist.clone_into(&mut self.whitelist);
        }
        let f = self.functions;
        // SAFETY: the handle is live and of this thread; `set_image` copies `width * height` bytes
        // of one byte a pixel, which is the length checked above; the monitor is deleted once.
        unsafe {
            (f.set_mode)(self.handle, setting as c_int);
            (f.set_image)(self.handle, picture.pixels.as_ptr(), width, height, 1, width);
            (f.set_resolution)(self.handle, dpi);
            let monitor = (f.monitor_create)();
            (f.monitor_deadline)(monitor, DEADLINE_MS);
            let status = (f.recognize)(self.handle, monitor);
            (f.monitor_delete)(monitor);
            let words = if status == 0 { self.words() } else { Vec::new() };
            (f.clear)(self.handle);
            words
        }
    }

    /// The words of the last recognition.
    ///
    /// # Safety
    /// `recognize` succeeded on this handle and the image is still set.
    unsafe fn words(&self) -> Vec<Word> {
        let f = self.functions;
        let mut words = Vec::new();
        // SAFETY: the iterator is ours until deleted, the page iterator is a view of it; texts are
        // null or strings ending in zero that `delete_text` frees; the box is written to locals.
        unsafe {
            let iterator = (f.iterator)(self.handle);
            if iterator.is_null() {
                return words;
            }
            let page = (f.page_iterator)(iterator);
            loop {
                let text = (f.iterator_text)(iterator, WORD);
                if !text.is_null() {
                    let owned = CStr::from_ptr(text).to_string_lossy().trim().to_owned();
                    (f.delete_text)(text);
                    let mut b: [c_int; 4] = [0; 4];
                    let [x0, y0, x1, y1] = &mut b;
                    (f.bounding_box)(page, WORD, x0, y0, x1, y1);
                    let confidence = (f.iterator_confidence)(iterator, WORD) / 100.0;
                    let confidence = confidence.clamp(0.0, 1.0);
                    let begins_line = (f.begins)(page, LINE) != 0;
                    if !owned.is_empty() {
                        words.push(Word { text: owned, bounds: b, confidence, begins_line });
                    }
                }
                if (f.iterator_next)(iterator, WORD) == 0 {
                    break;
                }
            }
            (f.iterator_delete)(iterator);
        }
        words
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // SAFETY: the handle is ours and not used again.
        unsafe { (self.functions.delete)(self.handle) };
    }
}
