export default function Stub(_props: { id?: string }) {
  return null;
}
