export function ReportPage({ id }: { readonly id: string }) {
  return <h1>Report {id}</h1>
}
