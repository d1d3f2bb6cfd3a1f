// Formats of files as people call them. The media type itself is for programs.

const NAMES: Readonly<Record<string, string>> = {
  "application/pdf": "PDF", "application/zip": "ZIP", "application/rtf": "RTF", "application/msword": "DOC", "application/vnd.ms-excel": "XLS",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
  "application/vnd.oasis.opendocument.text": "ODT", "application/vnd.oasis.opendocument.spreadsheet": "ODS",
  "message/rfc822": "EML", "text/plain": "TXT", "text/csv": "CSV", "text/html": "HTML", "inode/x-empty": "–",
};

/** A short name of a media type; a type that has none stands as it is. */
export function mediaName(type: string): string {
  return NAMES[type] ?? (type.startsWith("image/") ? type.slice("image/".length).toUpperCase() : type);
}
