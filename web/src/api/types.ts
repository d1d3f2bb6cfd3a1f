// What the API answers and takes, under the names that the screens use.

export type Status = "listed" | "listed_reported_dead" | "reported_dead" | "possible" | "not_found" | "too_little_data";
/** In the order of the keys 1 to 6. */
export const STATUSES: readonly Status[] = [
  "listed", "listed_reported_dead", "reported_dead", "possible", "not_found", "too_little_data",
];
export type Verdict = "same" | "different" | "related" | "unsure";
export type Life = "unknown" | "reported_dead" | "disputed";
export type Level = "conflict" | "missing" | "near" | "agree";
export type DocumentState =
  | "read" | "partly_read" | "encrypted" | "unsupported" | "corrupt" | "refused_by_limit" | "empty" | "duplicate";
export const DOCUMENT_STATES: readonly DocumentState[] = [
  "read", "partly_read", "encrypted", "unsupported", "corrupt", "refused_by_limit", "empty", "duplicate",
];
export type Decided = "open" | "decided" | "stale" | "reopened";

export interface Dataset {
  name: string;
  kind: "cache" | "list";
  title: string;
  date?: string | null;
  sha256: string;
  entities: number;
  info: Record<string, string>;
}

export interface CaseInfo {
  name: string;
  datasets: Dataset[];
  people: number;
  seq: number;
  needs_run: boolean;
}

export interface Accounting {
  files: number;
  states: Record<string, number>;
  equation: string;
}

export interface Count {
  value: string;
  count: number;
}

export interface Facet {
  facet: string;
  values: Count[];
  distinct: number;
  missing: number;
}

export interface Overview {
  accounting: Accounting;
  datasets: Record<string, Accounting>;
  people: number;
  records: number;
  in_several_records: number;
  facets: Facet[];
  seq: number;
  needs_run: boolean;
}

export interface Best {
  list: string;
  entity: string;
  caption: string;
  score: number;
  probability: number;
  proposes: Status;
  name_only: boolean;
}

export interface Decision {
  seq: number;
  status: Status;
  user: string;
  time: string;
  reason?: string | null;
  blind: boolean;
  stale: boolean;
  lists_changed: boolean;
}

export interface Lead {
  id: string;
  rank: number;
  points: number;
  reasons: string[];
  status: Status;
  life: Life;
  names: string[];
  records: number;
  countries: string[];
  entry_points: string[];
  months: string[];
  minor: boolean;
  matches: number;
  best?: Best | null;
  decision?: Decision | null;
  decided: Decided;
  reopened?: string | null;
  assignee?: string | null;
  due?: string | null;
  tags: string[];
  notes: number;
  seq: number;
}

export interface Leads {
  total: number;
  leads: Lead[];
  facets: Facet[];
  seq: number;
  needs_run: boolean;
}

export interface Filter {
  facets: Record<string, string[]>;
  text?: string | null;
  ids?: string[] | null;
}

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Citation {
  document: string;
  place: string;
  page?: number | null;
  area?: Area | null;
  method: "text" | "ocr" | "record" | "typed";
  confidence: number;
}

export interface Statement {
  entity: string;
  schema: string;
  prop: string;
  value: string;
  written: string;
  latin?: string | null;
  dataset: string;
  origin?: string | null;
  citation?: Citation | null;
}

export interface Part {
  comparison: string;
  level: Level;
  outcome: string;
  weight: number;
  left?: string | null;
  right?: string | null;
  left_latin?: string | null;
  right_latin?: string | null;
  notes: string[];
}

export interface Explanation {
  prior: number;
  parts: Part[];
}

export interface Judgement {
  seq: number;
  left: string;
  right: string;
  verdict: Verdict;
  relation?: string | null;
  user: string;
  time: string;
  reason?: string | null;
  stale: boolean;
}

export interface Pair {
  left: string;
  right: string;
  weight: number;
  probability: number;
  score: number;
  name_only: boolean;
  explanation: Explanation;
  judgement?: Judgement | null;
}

export interface Value {
  key: string;
  written: string;
  value: string;
  latin?: string | null;
  citation?: Citation | null;
}

export interface LeadRecord {
  id: string;
  document: string;
  path: string;
  row: number;
  values: Value[];
}

export interface Sheet {
  id: string;
  path: string;
  dataset: string;
  state: DocumentState;
  reason?: string | null;
  media_type: string;
  size: number;
  pages: number;
}

export interface NamePart {
  text: string;
  latin: string;
  tag: string;
  reason: string;
}

export interface Match {
  list: string;
  list_date?: string | null;
  list_sha256?: string | null;
  entity: string;
  caption: string;
  score: number;
  probability: number;
  weight: number;
  proposes: Status;
  name_only: boolean;
  explanation: Explanation;
  open: string[];
  entry: Statement[];
  parts: NamePart[];
  judgement?: Judgement | null;
}

export interface Name {
  name: string;
  latin?: string | null;
  bearers: number;
  parts: NamePart[];
}

export interface Claim {
  subject: string;
  life: Life;
  date?: string | null;
  text: string;
  source: string;
  grade: string;
  citation?: Citation | null;
  seq?: number | null;
}

export interface ActDetail {
  subject_kind?: string;
  subject?: string;
  left?: string;
  right?: string;
  verdict?: Verdict;
  relation?: string;
  status?: Status;
  blind?: boolean;
  key?: string;
  before?: string;
  written?: string;
  life?: Life;
  date?: string;
  text?: string;
  grade?: string;
  to?: string;
  due?: string;
  kind?: string;
  value?: string;
  on?: boolean;
  cause?: string;
  undone_entry?: number;
  undone_batch?: string;
}

export interface Entry {
  seq: number;
  act: string;
  what: ActDetail;
  user: string;
  time: string;
  reason?: string | null;
  batch?: string | null;
  holds: boolean;
  leads: string[];
  lists: Record<string, string>;
}

export interface LeadDetail {
  lead: Lead;
  members: string[];
  records: LeadRecord[];
  documents: Sheet[];
  matches: Match[];
  names: Name[];
  claims: Claim[];
  history: Entry[];
  history_length: number;
  previous?: string | null;
  next?: string | null;
  seq: number;
  needs_run: boolean;
}

export interface Written {
  entries: Entry[];
  count: number;
  batch?: string | null;
  leads: Lead[];
  seq: number;
  needs_run: boolean;
}

export type BulkAct =
  | { act: "decide"; status: Status }
  | { act: "judge_best"; verdict: Verdict }
  | { act: "assign"; to: string | null; due: string | null }
  | { act: "mark"; kind: "tag" | "category" | "handling"; value: string; on: boolean };

export interface Preview {
  count: number;
  sample: Lead[];
  decided: number;
  name_alone: string[];
  seq: number;
}

export interface Bridge {
  left: string;
  right: string;
  weight: number;
  left_side: string[];
  right_side: string[];
}

export interface Cluster {
  lead: Lead;
  members: string[];
  pairs: Pair[];
  bridge?: Bridge | null;
  history: Entry[];
  seq: number;
}

export interface Regrouping {
  groups: string[][];
  pairs: Pair[];
  warnings: string[];
  judged: number;
  seq: number;
}

export interface DocumentRow {
  id: string;
  path: string;
  dataset: string;
  state: DocumentState;
  reason?: string | null;
  media_type: string;
  size: number;
}

export interface Documents {
  total: number;
  documents: DocumentRow[];
}

export interface DocumentDetail {
  document: Sheet;
  records: { id: string; lead?: string | null; name?: string | null }[];
}

export interface Span {
  text: string;
  place: string;
  page?: number | null;
  area?: Area | null;
  confidence: number;
}

export interface Block {
  kind: string;
  rows: Span[][][];
}

export interface Layout {
  pages: { width: number; height: number }[];
  blocks: Block[];
}

export interface EntityDetail {
  id: string;
  is_record: boolean;
  lead?: string | null;
  dataset?: Dataset | null;
  statements: Statement[];
}

export interface NetworkPerson {
  id: string;
  name?: string | null;
  status: Status;
  life: Life;
  rank: number;
}

export interface TieLink {
  person: string;
  record: string;
  document?: string | null;
  path?: string | null;
  written: string;
}

export interface Tie {
  kind: string;
  label: string;
  count: number;
  links: TieLink[];
}

export interface Network {
  people: NetworkPerson[];
  ties: Tie[];
}

export interface NetworkPath {
  found: boolean;
  steps: string[];
  network: Network;
}

export interface Found {
  people: { lead: Lead; record: string; by: string; found: string; score?: number | null }[];
  listed: { list: string; entity: string; caption: string; score: number }[];
  documents: { id: string; path: string; dataset?: string | null; spans: Span[] }[];
  documents_total: number;
}

export interface BatchLine {
  id: string;
  name: string;
  people: number;
  listed: number;
  best_lead?: string | null;
  best_lead_score?: number | null;
  best_listed?: string | null;
  best_listed_score?: number | null;
}

export interface Batch {
  lines: number;
  without_hit: number;
  results: BatchLine[];
}

export interface Saved {
  id: number;
  kind: "view" | "search";
  name: string;
  body: unknown;
  time: string;
}

export interface Job {
  id: number;
  kind: string;
  user: string;
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
  task: string;
  done: number;
  total?: number | null;
  outcome?: string | null;
}

export type JobAsk =
  | { kind: "run"; again: boolean }
  | { kind: "add"; path: string; name?: string }
  | { kind: "add_list"; path: string; name?: string }
  | { kind: "verify" };

export interface Template {
  name: string;
  origin: string;
}

/** Who is signed in. */
export interface Session {
  user: string;
  is_admin: boolean;
  is_alone: boolean;
  /** To be sent with every write. */
  csrf: string;
  /** Codes of an app have to be set up before anything else. */
  needs_codes: boolean;
  cases: { name: string; role: string; permissions: string[] }[];
}

export interface AuditEntry {
  seq: number;
  time: string;
  user: string;
  action: string;
  [more: string]: unknown;
}
