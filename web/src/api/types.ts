// What the API answers and takes, under the names that the screens use. The shapes are generated
// from openapi.json (`npm run types`, part of every build); what stands here narrows words that the
// description leaves open, and lists those that the screens go through in order.
import type { components } from "./schema";

type Shapes = components["schemas"];

export type Status = Shapes["StatusWord"];
/** In the order of the keys 1 to 6. */
export const STATUSES: readonly Status[] = [
  "listed", "listed_reported_dead", "reported_dead", "possible", "not_found", "too_little_data",
];
export type Verdict = Shapes["VerdictWord"];
export type Life = Shapes["LifeWord"];
export type Level = Shapes["LevelWord"];
export type DocumentState = Shapes["DocumentStateWord"];
export const DOCUMENT_STATES: readonly DocumentState[] = [
  "read", "partly_read", "encrypted", "unsupported", "corrupt", "refused_by_limit", "empty", "duplicate",
];

export type Dataset = Shapes["DatasetShape"];
export type CaseInfo = Shapes["CaseShape"];
export type Accounting = Shapes["AccountingShape"];
export type Count = Shapes["CountShape"];
export type Facet = Shapes["FacetShape"];
export type Overview = Shapes["OverviewShape"];
export type Best = Shapes["BestShape"];
export type Decision = Shapes["DecisionShape"];
export type Lead = Shapes["LeadShape"];
export type Leads = Shapes["LeadsShape"];
/** The screens always name the facets, if none. */
export type Filter = Shapes["FilterShape"] & { facets: Record<string, string[]> };
export type Area = Shapes["AreaShape"];
export type Citation = Shapes["CitationShape"];
export type Latin = Shapes["LatinShape"];
export type Statement = Shapes["StatementShape"];
export type Part = Shapes["PartShape"];
export type Explanation = Shapes["ExplanationShape"];
export type Judgement = Shapes["JudgementShape"];
export type Pair = Shapes["PairShape"];
export type Value = Shapes["ValueShape"];
export type LeadRecord = Shapes["RecordShape"];
export type Sheet = Shapes["SheetShape"];
export type NamePart = Shapes["NamePartShape"];
export type Match = Shapes["MatchShape"];
export type Name = Shapes["NameShape"];
export type Claim = Shapes["ClaimShape"];
export type ActDetail = Shapes["ActShape"];
export type Entry = Shapes["EntryShape"];
export type LeadDetail = Shapes["LeadDetail"];
export type Written = Shapes["Written"];
export type BulkAct = Shapes["BulkShape"];
export type Preview = Shapes["PreviewShape"];
export type Bridge = Shapes["BridgeShape"];
export type Cluster = Shapes["ClusterShape"];
export type Regrouping = Shapes["RegroupingShape"];
export type DocumentRow = Shapes["DocumentShape"];
export type Documents = Shapes["DocumentsShape"];
export type DocumentDetail = Shapes["DocumentDetail"];
export type Span = Shapes["SpanShape"];
export type Block = Shapes["BlockShape"];
export type Layout = Shapes["LayoutShape"];
export type EntityDetail = Shapes["EntityShape"];
export type NetworkPerson = Shapes["PersonNode"];
export type TieLink = Shapes["TieLinkShape"];
export type Tie = Shapes["TieShape"];
export type Network = Shapes["NetworkShape"];
export type NetworkPath = Shapes["NetworkPathShape"];
export type Found = Shapes["SearchShape"];
export type BatchLine = Shapes["BatchLine"];
export type Batch = Shapes["BatchShape"];
export type Saved = Shapes["SavedShape"];
export type Job = Shapes["JobShape"];
export type JobAsk = Shapes["JobAsk"];
export type Template = Shapes["TemplateShape"];
export type Session = Shapes["SessionAnswer"];
export type AuditEntry = Shapes["AuditShape"];
export type User = Shapes["UserAnswer"];
export type WelcomeLink = Shapes["LinkAnswer"];
export type Member = Shapes["MemberAnswer"];
export type Role = Shapes["RoleWord"];
/** Roles that somebody may have in a case, from the one who only reads up. */
export const ROLES: readonly Role[] = ["reader", "analyst", "reviewer", "lead"];
export type ProtectionOfCase = Shapes["ProtectionAnswer"];
export type Erased = Shapes["ErasingAnswer"];
export type ListVersion = Shapes["VersionShape"];
export type ListChange = Shapes["ChangeShape"];
export type ListDiff = Shapes["DiffShape"];
export type Answers = Shapes["AnswersWord"];
/** Where answers may stand, seen from their labels. */
export const ANSWERS: readonly Answers[] = ["after", "before", "below", "above", "same", "column"];
export type TeachAsk = Shapes["TeachAsk"];
export type UnknownLayout = Shapes["UnknownShape"];
/** The questions of a form, in their order there. */
export const KEYS = [
  "full_name", "kunya", "mother_name", "blood_type", "birth_date", "nationality", "marital_status", "children", "residence",
  "education", "sharia_level", "occupation", "travelled", "entry_point", "facilitator", "recommender", "entry_date", "prior_jihad",
  "role", "speciality", "workplace", "deposits", "obedience", "contact", "death_date", "death_place", "notes",
] as const;
