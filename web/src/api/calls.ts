// The calls of the API by what they are for. Paths stand here and nowhere else.
import { pathWith, request, requestText } from "./client";
import type {
  AuditEntry, Batch, BulkAct, CaseInfo, Cluster, Dataset, DocumentDetail, Documents, EntityDetail, Entry, Filter, Found, Job, JobAsk,
  Erased, Layout, LeadDetail, Leads, Life, ListDiff, ListVersion, Member, Network, NetworkPath, Overview, Pair, Preview, ProtectionOfCase, Regrouping, Role,
  Saved, Session, Status, TeachAsk, Template, UnknownLayout, User, Verdict, WelcomeLink, Written,
} from "./types";

const ROOT = "/api/v1";

export const NO_FILTER: Filter = { facets: {} };

/** What an act may name as its subject. */
export interface Subject {
  readonly kind: "lead" | "entity" | "document" | "dataset";
  readonly id: string;
}

export function listCases(signal?: AbortSignal): Promise<CaseInfo[]> {
  return request(`${ROOT}/cases`, signal ? { signal } : {});
}

/** Who is signed in, and what they may do. */
export function readSession(signal?: AbortSignal): Promise<Session> {
  return request(`${ROOT}/session`, signal ? { signal } : {});
}

/** The accounts of the desk, for who manages them. */
export function listUsers(signal?: AbortSignal): Promise<User[]> {
  return request(`${ROOT}/users`, signal ? { signal } : {});
}

/** Makes an account; the link sets its password and is shown this once. */
export function addUser(name: string): Promise<WelcomeLink> {
  return request(`${ROOT}/users`, { method: "POST", body: { name, is_admin: false } });
}

export type UserChange = "reset" | "disable" | "enable";

/** Only a reset answers with a link. */
export function changeUser(name: string, what: UserChange): Promise<WelcomeLink | undefined> {
  return request(`${ROOT}/users/${encodeURIComponent(name)}/${what}`, { method: "POST" });
}

export type CaseCalls = ReturnType<typeof callsOf>;

/** The calls that concern one case. */
export function callsOf(name: string) {
  const root = `${ROOT}/cases/${encodeURIComponent(name)}`;
  const at = (id: string) => encodeURIComponent(id);
  const read = <T>(path: string, query: Parameters<typeof pathWith>[1] = {}, signal?: AbortSignal) =>
    request<T>(root + path, { query, ...(signal ? { signal } : {}) });
  const write = <T>(path: string, body: unknown) => request<T>(root + path, { method: "POST", body });
  return {
    root,
    case: (signal?: AbortSignal) => read<CaseInfo>("", {}, signal),
    overview: (signal?: AbortSignal) => read<Overview>("/overview", {}, signal),
    leads: (filter: Filter, sort: string, offset: number, limit: number, facets: boolean, signal?: AbortSignal) =>
      request<Leads>(`${root}/leads/query`, {
        method: "POST", body: { filter, sort, offset, limit, facets }, ...(signal ? { signal } : {}),
      }),
    lead: (id: string, signal?: AbortSignal) => read<LeadDetail>(`/leads/${at(id)}`, {}, signal),
    history: (id: string, query: { user?: string; offset?: number; limit?: number }, signal?: AbortSignal) =>
      read<Entry[]>(`/leads/${at(id)}/history`, query, signal),
    journal: (query: { lead?: string; user?: string; act?: string; offset?: number; limit?: number }, signal?: AbortSignal) =>
      read<Entry[]>("/journal", query, signal),
    decide: (id: string, body: { seen: number; status: Status; reason?: string; blind?: boolean }) =>
      write<Written>(`/leads/${at(id)}/decision`, body),
    assign: (id: string, body: { seen: number; to: string | null; due: string | null }) =>
      write<Written>(`/leads/${at(id)}/assignment`, body),
    judge: (body: { seen: number; left: string; right: string; verdict: Verdict; relation?: string; reason?: string }) =>
      write<Written>("/judgements", body),
    note: (body: { seen: number; subject: Subject; text: string }) => write<Written>("/notes", body),
    mark: (body: { seen: number; subject: Subject; kind: "tag" | "category" | "handling"; value: string; on: boolean }) =>
      write<Written>("/marks", body),
    claimLife: (body: { seen: number; entity: string; life: Life; date: string | null; text: string; grade: string; reason?: string }) =>
      write<Written>("/life-claims", body),
    grade: (body: { seen: number; subject: Subject; grade: string; reason?: string }) => write<Written>("/gradings", body),
    correct: (body: { seen: number; record: string; key: string; before: string; written: string | null; reason: string }) =>
      write<Written>("/corrections", body),
    undo: (body: { entry?: number; batch?: string; reason?: string }) => write<Written>("/undo", body),
    preview: (filter: Filter, what: BulkAct) => write<Preview>("/bulk/preview", { filter, what }),
    bulk: (body: { filter: Filter; what: BulkAct; seen: number; count: number; reason?: string }) => write<Written>("/bulk", body),
    cluster: (id: string, signal?: AbortSignal) => read<Cluster>(`/clusters/${at(id)}`, {}, signal),
    previewSplit: (id: string, apart: readonly string[]) => write<Regrouping>(`/clusters/${at(id)}/split/preview`, { apart }),
    split: (id: string, body: { apart: readonly string[]; seen: number; reason: string }) =>
      write<Written>(`/clusters/${at(id)}/split`, body),
    previewMerge: (left: string, right: string) => write<Regrouping>("/merge/preview", { left, right }),
    pair: (left: string, right: string, signal?: AbortSignal) => read<Pair>("/pairs", { left, right }, signal),
    entity: (id: string, signal?: AbortSignal) => read<EntityDetail>(`/entities/${at(id)}`, {}, signal),
    documents: (query: { state?: string; dataset?: string; text?: string; offset: number; limit: number }, signal?: AbortSignal) =>
      read<Documents>("/documents", query, signal),
    document: (id: string, signal?: AbortSignal) => read<DocumentDetail>(`/documents/${at(id)}`, {}, signal),
    layout: (id: string, signal?: AbortSignal) => read<Layout>(`/documents/${at(id)}/layout`, {}, signal),
    pageUrl: (id: string, page: number, width: number) => pathWith(`${root}/documents/${at(id)}/pages/${page}`, { width }),
    originalUrl: (id: string) => `${root}/documents/${at(id)}/original`,
    around: (id: string, kinds: readonly string[], signal?: AbortSignal) =>
      read<Network>(`/network/around/${at(id)}`, kinds.length > 0 ? { kinds: kinds.join(",") } : {}, signal),
    path: (from: string, to: string, signal?: AbortSignal) => read<NetworkPath>("/network/path", { from, to }, signal),
    search: (body: { q: string; in?: string[]; filter?: Filter; top?: number }, signal?: AbortSignal) =>
      request<Found>(`${root}/search`, { method: "POST", body, ...(signal ? { signal } : {}) }),
    batch: (csv: string, cutoff: number) =>
      request<Batch>(`${root}/search/batch`, { method: "POST", text: csv, query: { cutoff } }),
    saved: (signal?: AbortSignal) => read<Saved[]>("/saved", {}, signal),
    save: (kind: "view" | "search", name: string, body: unknown) => write<{ id: number }>("/saved", { kind, name, body }),
    forget: (id: number) => request<undefined>(`${root}/saved/${id}`, { method: "DELETE" }),
    lists: (signal?: AbortSignal) => read<Dataset[]>("/lists", {}, signal),
    listVersions: (list: string, signal?: AbortSignal) => read<ListVersion[]>(`/lists/${at(list)}/versions`, {}, signal),
    listDiff: (
      list: string, query: { from: number; to: number; what: string | undefined; after: string | undefined; limit: number },
      signal?: AbortSignal,
    ) => read<ListDiff>(`/lists/${at(list)}/diff`, query, signal),
    rules: (signal?: AbortSignal) => read<{ text: string }>("/rules", {}, signal),
    putRules: (text: string) => request<{ text: string }>(`${root}/rules`, { method: "PUT", body: { text } }),
    policy: (signal?: AbortSignal) => read<{ text: string }>("/policy", {}, signal),
    putPolicy: (text: string) => request<{ text: string }>(`${root}/policy`, { method: "PUT", body: { text } }),
    teach: (body: Partial<TeachAsk> & Pick<TeachAsk, "document" | "name" | "marks">) => write<Template>("/templates", body),
    unknownLayouts: (signal?: AbortSignal) => read<UnknownLayout[]>("/templates/unknown", {}, signal),
    templates: (signal?: AbortSignal) => read<Template[]>("/templates", {}, signal),
    jobs: (signal?: AbortSignal) => read<Job[]>("/jobs", {}, signal),
    begin: (job: JobAsk) => write<Job>("/jobs", job),
    cancel: (id: number) => request<undefined>(`${root}/jobs/${id}`, { method: "DELETE" }),
    members: (signal?: AbortSignal) => read<Member[]>("/members", {}, signal),
    putMember: (user: string, role: Role) =>
      request<undefined>(`${root}/members/${at(user)}`, { method: "PUT", body: { role } }),
    deleteMember: (user: string) => request<undefined>(`${root}/members/${at(user)}`, { method: "DELETE" }),
    protection: (signal?: AbortSignal) => read<ProtectionOfCase>("/protection", {}, signal),
    setProtection: (body: { purpose: string | null; legal_basis: string | null; retain_until: string | null }) =>
      request<undefined>(`${root}/protection`, { method: "PUT", body }),
    restrict: (body: { subject: Subject; on: boolean; reason: string }) => write<undefined>("/protection/restrict", body),
    erase: (body: { subject: Subject; with_document: boolean; reason: string }) => write<Erased[]>("/protection/erase", body),
    audit: (query: { before?: number; newest?: boolean; user?: string; action?: string; limit?: number }, signal?: AbortSignal) =>
      read<AuditEntry[]>("/audit", query, signal),
    export: (body: { format: "csv" | "ftm"; filter: Filter; sort?: string; reason: string; sensitive: boolean }) =>
      requestText(`${root}/exports`, { method: "POST", body }),
    merge: (body: { left: string; right: string; seen: number; reason: string }) => write<Written>("/merge", body),
  };
}
