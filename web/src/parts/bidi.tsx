// Text of unknown direction inside text of another: isolated, so that an Arabic name never turns the
// brackets and numbers around it.

/** One value as it was written. Arabic script gets a face and a size of its own from the stylesheet. */
export function Written({ text, className }: { text: string; className?: string }) {
  return (
    <bdi dir="auto" className={`written ${hasArabic(text) ? "arabic" : ""} ${className ?? ""}`} {...(hasArabic(text) ? { lang: "ar" } : {})}>
      {text}
    </bdi>
  );
}

/** Ids, hashes, phones, dates: always from left to right. */
export function Code({ text, title }: { text: string; title?: string }) {
  return <bdi dir="ltr" className="code" title={title}>{text}</bdi>;
}

/** A hash, its first figures; the whole of it on demand. */
export function Hash({ text }: { text: string }) {
  return <Code text={`${text.slice(0, 8)}…`} title={text} />;
}

export function hasArabic(text: string): boolean {
  return /\p{Script=Arabic}/u.test(text);
}
