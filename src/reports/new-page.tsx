export function NewReportPage() {
  return <h1>New report</h1>
}
